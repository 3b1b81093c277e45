#include "report/formats.hpp"
#include "util/text.hpp"

#include <cstddef>
#include <string>
#include <string_view>

#include <fmt/format.h>

namespace oidcgen::report {

namespace {

using rule::Severity;

constexpr std::size_t k_most = 10; ///< of each level that are shown of a step

std::string_view level_of(Severity severity) { return severity == Severity::note ? "notice" : to_string(severity); }

/// The value of a property, or the message: with `more` also what separates properties is escaped.
std::string escaped(std::string_view text, std::string_view more) {
    std::string result;
    for (const char c : text) {
        if (c == '%' || c == '\r' || c == '\n' || more.find(c) != std::string_view::npos) {
            result += fmt::format("%{:02X}", static_cast<unsigned char>(c));
        } else {
            result += c;
        }
    }
    return util::printable(result);
}

std::string property(std::string_view text) { return escaped(text, ":,"); }

std::string message_of(const ShownFinding& it) {
    auto result = it.message;
    for (const auto& note : it.notes) {
        result += '\n';
        if (note.place) {
            result += fmt::format("{}:{}:{}: ", note.place->path, note.place->start.line, note.place->start.column);
        }
        result += note.message;
    }
    if (!it.help.empty()) {
        result += "\nhelp: " + it.help;
    }
    return escaped(result, {});
}

std::string command(const ShownFinding& it, const Presented& report) {
    const auto& rule = *it.finding->rule;
    auto result = fmt::format("::{} ", level_of(it.finding->severity()));
    if (it.place) {
        const auto start = it.place->start;
        const auto end = it.place->end;
        result +=
            fmt::format("file={},line={},endLine={},", property(report.relative(it.place->path)), start.line, end.line);
        if (start.line == end.line) {
            result += fmt::format("col={},endColumn={},", start.column, end.column);
        }
    }
    result +=
        fmt::format("title={}::{}\n", property(fmt::format("oidcgen ({} {})", rule.code, rule.name)), message_of(it));
    return result;
}

std::string counted(std::size_t count, std::string_view noun) {
    return fmt::format("{} {}{}", count, noun, count == 1 ? "" : "s");
}

} // namespace

util::Shown to_github(Presented& report, const Style& /*style*/) {
    const auto& all = report.report();
    std::string result;
    std::size_t missing = all.dropped.size();
    for (const auto severity : {Severity::error, Severity::warning, Severity::note}) {
        std::size_t count = 0;
        for (const auto& it : report.findings()) {
            if (it.is_suppressed() || it.finding->severity() != severity) {
                continue;
            }
            if (++count <= k_most) {
                result += command(it, report);
            } else {
                ++missing;
            }
        }
    }
    if (!report.wishes().is_quiet) {
        result +=
            fmt::format("{}, {}, {}\n", counted(all.count(Severity::error), "error"),
                        counted(all.count(Severity::warning), "warning"), counted(all.count(Severity::note), "note"));
    }
    if (missing > 0) {
        result += fmt::format("{} not shown here, because at most {} of each level are shown for a step\n",
                              missing == 1 ? "1 finding is" : fmt::format("{} findings are", missing), k_most);
    }
    return util::Shown::rendered(std::move(result));
}

} // namespace oidcgen::report
