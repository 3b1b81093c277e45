#pragma once

#include "report/presented.hpp"
#include "report/style.hpp"
#include "util/words.hpp"

#include <span>
#include <string_view>

namespace oidcgen::report {

/// One form of the report.
struct Format {
    std::string_view name;
    util::Shown (*written)(Presented&, const Style&) = nullptr; ///< the style is for people alone
    bool tells_failure = false;                                 ///< also why the job could not be done
    bool has_trace = false;                                     ///< it has a place for the steps of logins
    bool has_statistics = false;                                ///< it can say how often each rule was found
};

[[nodiscard]] std::span<const Format> formats();
/// Their names, in the same order.
[[nodiscard]] std::span<const std::string_view> format_names();
/// Null when there is none of that name.
[[nodiscard]] const Format* find_format(std::string_view name);

// Each format in a file of its own.

/// The report for people: findings with source lines, a line of sums, a line per device and address.
[[nodiscard]] util::Shown to_text(Presented& report, const Style& style);
/// A line for each finding, for editors and for matching with patterns.
[[nodiscard]] util::Shown to_concise(Presented& report, const Style& style);
/// `oidcgen-lint/1`.
[[nodiscard]] util::Shown to_json(Presented& report, const Style& style);
/// SARIF 2.1.0, https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
[[nodiscard]] util::Shown to_sarif(Presented& report, const Style& style);
/// Commands that annotate lines in a run of GitHub Actions,
/// https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands
[[nodiscard]] util::Shown to_github(Presented& report, const Style& style);
/// The code quality report of GitLab, https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format
[[nodiscard]] util::Shown to_gitlab(Presented& report, const Style& style);
/// JUnit XML as test reports have it, https://github.com/testmoapp/junitxml
[[nodiscard]] util::Shown to_junit(Presented& report, const Style& style);

} // namespace oidcgen::report
