#pragma once

#include "cli/reports.hpp"
#include "cli/run.hpp"
#include "lint/lint.hpp"
#include "util/error.hpp"

#include <map>
#include <string>
#include <vector>

#include <CLI/CLI.hpp>

namespace oidcgen::cli {

/// What `lint` is asked for.
struct LintOptions {
    std::vector<std::string> files;
    ReportOptions report;
    std::string kind;
    std::string site;
    std::string use = "file";
    std::string show;
    std::string provider_url;
    std::string fail_on = "warning";
    std::vector<std::string> addresses;
    std::vector<std::string> definitions;
    std::vector<std::string> env_files;
    std::vector<std::string> values_files;
    std::map<std::string, std::string> versions; ///< by system name, as given
    std::vector<std::string> configs;
    std::string metadata; ///< file with what a provider publishes; empty: none
    std::string client;
    std::vector<std::string> only;
    bool follow = false;
    bool resolve = false;
    bool literal = false;
    bool strict = false;
    bool trace = false;
};

/// Adds the options about the site that files are for: releases, addresses, and whether placeholders are text.
void add_site_of_files(CLI::App& command, LintOptions& options);

/// Reads the files and lints them, without a report of it.
[[nodiscard]] util::Expected<lint::Result> lint_quietly(const LintOptions& options, Streams& streams);

} // namespace oidcgen::cli
