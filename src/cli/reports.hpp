#pragma once

#include "cli/command.hpp"
#include "lint/project.hpp"
#include "lint/suppress.hpp"
#include "report/formats.hpp"
#include "util/error.hpp"

#include <string>
#include <vector>

#include <CLI/CLI.hpp>

namespace oidcgen::cli {

/// What a person wants to be told of the findings, and in which forms.
struct ReportOptions {
    std::string format; ///< of standard output; empty: as it suits
    std::vector<std::string> files;
    std::vector<std::string> selected;
    std::vector<std::string> ignored;
    std::vector<std::string> severities;
    bool is_quiet = false;
    bool has_statistics = false;
};

void add_report_options(CLI::App& command, ReportOptions& options);

/// The forms of a report and where each goes.
struct ReportPlan {
    struct File {
        const report::Format* format = nullptr;
        std::string path;
    };
    const report::Format* on_stdout = nullptr;
    std::vector<File> files;
    report::Wishes wishes;
};

/// The plan for these options; a problem when they do not go together.
[[nodiscard]] util::Expected<ReportPlan> report_plan(const ReportOptions& options, bool has_trace);

/// Which findings are reported, and how serious they are, by the options and the settings of the project.
[[nodiscard]] util::Expected<lint::Filter> filter_of(const ReportOptions& options, const lint::Project& project);

/// Shows and writes the report in all forms of the plan. After a failure only those that tell it.
[[nodiscard]] util::Expected<void> hand_out(const ReportPlan& plan, report::Report& report, Exit exit,
                                            Streams& streams);

} // namespace oidcgen::cli
