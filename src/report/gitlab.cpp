#include "report/fingerprint.hpp"
#include "report/formats.hpp"
#include "util/text.hpp"

#include <array>
#include <map>
#include <string>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace oidcgen::report {

namespace {

std::string_view severity_of(const ShownFinding& it) {
    switch (it.finding->severity()) {
    case rule::Severity::error:
        return "major";
    case rule::Severity::warning:
        return "minor";
    case rule::Severity::note:
        break;
    }
    return "info";
}

/// A finding that is in no file is told of the first one.
std::string path_of(const ShownFinding& it, const Presented& report) {
    const auto& files = report.report().files;
    return it.place ? report.relative(it.place->path) : files.empty() ? "." : report.relative(files.front().path);
}

} // namespace

util::Shown to_gitlab(Presented& report, const Style& /*style*/) {
    using nlohmann::ordered_json;
    auto result = ordered_json::array();
    std::map<std::string, std::size_t> counts;
    for (const auto& it : report.findings()) {
        if (it.is_suppressed()) {
            continue;
        }
        const auto& rule = *it.finding->rule;
        const auto path = path_of(it, report);
        const std::array<std::string_view, 4> parts{rule.code, path,
                                                    it.place ? std::string_view(it.place->pointer) : "", it.message};
        auto fingerprint = digits_of(parts);
        if (const auto count = ++counts[fingerprint]; count > 1) {
            fingerprint += fmt::format(":{}", count);
        }
        ordered_json entry;
        entry["description"] = fmt::format("{}: {}", rule.name, it.message);
        entry["check_name"] = rule.name;
        entry["fingerprint"] = fingerprint;
        entry["severity"] = severity_of(it);
        entry["location"]["path"] = path;
        entry["location"]["lines"]["begin"] = it.place ? it.place->start.line : 1;
        result.push_back(std::move(entry));
    }
    return util::Shown::rendered(
        util::escaped_in_json(result.dump(2, ' ', false, ordered_json::error_handler_t::replace) + "\n"));
}

} // namespace oidcgen::report
