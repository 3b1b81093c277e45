#pragma once

#include "cli/run.hpp"
#include "util/error.hpp"
#include "util/file.hpp"

#include <string>
#include <string_view>

#include <CLI/CLI.hpp>

namespace oidcgen::cli {

/// Where a generated configuration goes.
struct OutputOptions {
    std::string path; ///< empty or `-`: standard output
    bool force = false;
};

void add_output(CLI::App& command, OutputOptions& options);

[[nodiscard]] util::Expected<void> write_output(const OutputOptions& options, std::string_view content,
                                                util::ReadableBy readable_by, Streams& streams);

} // namespace oidcgen::cli
