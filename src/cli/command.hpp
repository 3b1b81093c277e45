#pragma once

#include "cli/run.hpp"
#include "util/error.hpp"

#include <functional>
#include <memory>

#include <CLI/CLI.hpp>

namespace oidcgen::cli {

enum class Exit : int { clean = 0, findings = 1, failed = 2 };

/// What the chosen command does: its exit, or why it could not do its job. A command that has already told why on
/// `err` returns Exit::failed.
using Action = std::function<util::Expected<Exit>(Streams&)>;

// Each adds its command to the parser; parsing it stores what is to be done in `action`.
void add_init(CLI::App& program, Action& action);
void add_authelia(CLI::App& program, Action& action);
void add_immich(CLI::App& program, Action& action);
void add_hash(CLI::App& program, Action& action);
void add_lint(CLI::App& program, Action& action);
void add_explain(CLI::App& program, Action& action);

/// The parser with every command.
[[nodiscard]] std::unique_ptr<CLI::App> make_parser(Action& action);

} // namespace oidcgen::cli
