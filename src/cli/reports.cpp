#include "cli/reports.hpp"

#include "cli/choice.hpp"
#include "lint/rules.hpp"
#include "systems.hpp"
#include "util/file.hpp"
#include "util/text.hpp"
#include "util/words.hpp"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <filesystem>
#include <optional>
#include <set>
#include <string_view>
#include <utility>

namespace oidcgen::cli {

namespace {

using namespace std::string_view_literals;
using rule::Severity;

constexpr std::array k_severities{"error"sv, "warning"sv, "note"sv}; ///< in the order of rule::Severity

void add_list(CLI::App& command, const char* name, std::vector<std::string>& values, const char* type,
              const char* about) {
    may_be_repeated(command.add_option(name, values, about)->type_name(type));
}

bool is_in_github_actions() {
    const char* const value = std::getenv("GITHUB_ACTIONS");
    return value != nullptr && value == "true"sv;
}

/// The names of formats that have something.
util::Words names_of(bool report::Format::*what) {
    std::vector<std::string_view> names;
    for (const auto& format : report::formats()) {
        if (format.*what) {
            names.push_back(format.name);
        }
    }
    return util::own(util::alternatives(names));
}

/// The two sides of `NAME=VALUE`; nothing without the sign or one of them.
std::optional<std::pair<std::string_view, std::string_view>> both_sides(std::string_view text) {
    const auto sign = text.find('=');
    if (sign == std::string_view::npos || sign == 0 || sign + 1 == text.size()) {
        return std::nullopt;
    }
    return std::pair(text.substr(0, sign), text.substr(sign + 1));
}

util::Expected<ReportPlan::File> planned_file(const std::string& text) {
    const auto sides = both_sides(text);
    if (!sides) {
        return util::failure(util::words("--report {} is not FORMAT=PATH, write it like --report sarif=oidcgen.sarif",
                                         util::outside(text)));
    }
    const auto& [name, path] = *sides;
    const auto* const format = report::find_format(name);
    if (format == nullptr) {
        const auto names = report::format_names();
        return util::failure(util::words("--report: {} is not {}{}", util::outside(name),
                                         util::own(util::alternatives(names)), util::did_you_mean(name, names)));
    }
    if (path == "-") {
        return util::failure(util::words("--report writes files; use --format {} for standard output", name));
    }
    return ReportPlan::File{format, std::string(path)};
}

/// Adds the rules of a list as `--select` and `--ignore` take it.
util::Expected<void> add_rules(const char* option, const std::vector<std::string>& lists,
                               std::set<const rule::Rule*>& rules) {
    for (const auto& list : lists) {
        for (const auto name : util::split(list, ',')) {
            const auto named = lint::named_rules(util::trimmed(name));
            if (!named) {
                return util::failure(util::words("{}: {}", option, named.error().message));
            }
            rules.insert(named->rules.begin(), named->rules.end());
        }
    }
    return {};
}

util::Expected<void> add_severity(const std::string& text, lint::Filter& filter) {
    const auto sides = both_sides(text);
    if (!sides) {
        return util::failure(
            util::words("--severity {} is not RULE=LEVEL, write it like --severity OG4=error", util::outside(text)));
    }
    const auto& [name, level] = *sides;
    const auto* const found = std::ranges::find(k_severities, level);
    if (found == k_severities.end()) {
        return util::failure(util::words("--severity: {} is not {}{}", util::outside(level),
                                         util::own(util::alternatives(k_severities)),
                                         util::did_you_mean(level, k_severities)));
    }
    const auto named = lint::named_rules(name);
    if (!named) {
        return util::failure(util::words("--severity: {}", named.error().message));
    }
    for (const auto* const rule : named->rules) {
        filter.severities[rule] = static_cast<Severity>(found - k_severities.begin());
    }
    return {};
}

} // namespace

void add_report_options(CLI::App& command, ReportOptions& options) {
    limit_to_words(*command.add_option("--format", options.format,
                                       "form of the report (default: text; in GitHub Actions: github)"),
                   report::format_names());
    add_list(command, "--report", options.files, "FORMAT=PATH",
             "write the report to a file too, in any of these forms; may be repeated");
    command.add_flag("--quiet", options.is_quiet, "print findings only: no sums, logins and hints");
    command.add_flag("--statistics", options.has_statistics, "count the findings of each rule");
    add_list(command, "--select", options.selected, "RULE",
             "report only these rules: names, codes or the beginning of codes (OG3); may be repeated");
    add_list(command, "--ignore", options.ignored, "RULE", "do not report these rules; may be repeated");
    add_list(command, "--severity", options.severities, "RULE=LEVEL",
             "report a rule as error, warning or note; may be repeated");
}

util::Expected<ReportPlan> report_plan(const ReportOptions& options, bool has_trace) {
    ReportPlan result;
    result.wishes.is_quiet = options.is_quiet;
    result.wishes.has_statistics = options.has_statistics;
    result.wishes.has_trace = has_trace;
    const bool is_for_people = has_trace || options.has_statistics || !is_in_github_actions();
    result.on_stdout = report::find_format(!options.format.empty() ? std::string_view(options.format)
                                           : is_for_people         ? "text"
                                                                   : "github");
    const auto& format = *result.on_stdout;
    if (has_trace && !format.has_trace) {
        return util::failure(util::words("--trace cannot be used with --format {}; use {}", util::own(format.name),
                                         names_of(&report::Format::has_trace)));
    }
    if (options.has_statistics && !format.has_statistics) {
        return util::failure(util::words("--statistics cannot be used with --format {}; use {}", util::own(format.name),
                                         names_of(&report::Format::has_statistics)));
    }
    std::set<std::filesystem::path> paths;
    for (const auto& text : options.files) {
        OIDCGEN_TRY(auto file, planned_file(text));
        if (!paths.insert(std::filesystem::path(file.path).lexically_normal()).second) {
            return util::failure(util::words("--report: two reports would be written to {}", util::path(file.path)));
        }
        result.files.push_back(std::move(file));
    }
    return result;
}

util::Expected<lint::Filter> filter_of(const ReportOptions& options, const lint::Project& project) {
    lint::Filter result;
    OIDCGEN_CHECK(add_rules("--select", options.selected, result.selected));
    OIDCGEN_CHECK(add_rules("--ignore", options.ignored, result.left_out));
    for (const auto& text : options.severities) {
        OIDCGEN_CHECK(add_severity(text, result));
    }
    result.ignores = project.ignores;
    result.folder = project.folder;
    result.project_file = project.document;
    return result;
}

util::Expected<void> hand_out(const ReportPlan& plan, report::Report& report, Exit exit, Streams& streams) {
    report.rules = lint::all_rules();
    report.systems = systems();
    auto wishes = plan.wishes;
    wishes.exit_status = static_cast<int>(exit);
    report::Presented presented(report, wishes);
    const auto is_told = [&](const report::Format& format) { return report.failure.empty() || format.tells_failure; };
    if (is_told(*plan.on_stdout)) {
        streams.show(plan.on_stdout->written(presented, streams.style()));
    }
    util::Expected<void> result;
    for (const auto& file : plan.files) {
        if (is_told(*file.format)) {
            auto written = util::write_file(file.path, file.format->written(presented, {}).text(), util::Overwrite::yes,
                                            util::ReadableBy::umask);
            if (!written && result) {
                result = std::move(written);
            }
        }
    }
    return result;
}

} // namespace oidcgen::cli
