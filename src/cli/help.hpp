#pragma once

#include "report/style.hpp"
#include "util/words.hpp"

#include <string>

#include <CLI/CLI.hpp>

namespace oidcgen::cli {

/// The command line of the program or of one of its commands: `oidcgen lint [OPTIONS] FILE…`.
[[nodiscard]] std::string usage_of(const CLI::App& app);

/// All that can be given to the program or a command, with examples.
[[nodiscard]] util::Shown help_of(const CLI::App& app, const report::Style& style);

/// How the program is called and its commands, for a person who gave none.
[[nodiscard]] util::Shown short_help(const CLI::App& program, const report::Style& style);

} // namespace oidcgen::cli
