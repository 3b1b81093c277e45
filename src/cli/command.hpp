#pragma once

#include "cli/describe.hpp"
#include "cli/run.hpp"
#include "oidc/system.hpp"
#include "util/error.hpp"

#include <functional>
#include <memory>
#include <vector>

#include <CLI/CLI.hpp>

namespace oidcgen::cli {

enum class Exit : int { clean = 0, findings = 1, failed = 2 };

/// What the chosen command does: its exit, or why it could not do its job.
using Action = std::function<util::Expected<Exit>(Streams&)>;

// Each adds its command to the parser; parsing it stores what is to be done in `action`.
void add_init(CLI::App& program, Action& action);
void add_provider(CLI::App& program, const oidc::System& system, Action& action);
void add_application(CLI::App& program, const oidc::System& system, Action& action);
void add_checklist(CLI::App& program, Action& action);
void add_hash(CLI::App& program, Action& action);
void add_lint(CLI::App& program, Action& action);
void add_diagnose(CLI::App& program, Action& action);
void add_explain(CLI::App& program, Action& action);

/// The parser with every command.
[[nodiscard]] std::unique_ptr<CLI::App> make_parser(Action& action);

/// What `--color` says, as far as the arguments were parsed.
[[nodiscard]] report::Colour wished_colour(const CLI::App& program);

/// What that parser accepts, as describe() tells it.
[[nodiscard]] std::vector<CommandDescription> described(const CLI::App& program);

} // namespace oidcgen::cli
