#pragma once

#include "oidc/system.hpp"
#include "rule/rule.hpp"

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace oidcgen::report {

/// What a system has to say about a rule.
struct SystemNote {
    const oidc::System* system = nullptr;
    const oidc::RuleNote* note = nullptr;
};

/// In the order of the systems.
[[nodiscard]] std::vector<SystemNote> notes_on(const rule::Rule& rule, std::span<const oidc::System* const> systems);

/// The sources of the rule and of its notes, each once.
[[nodiscard]] std::vector<std::string_view> sources_of(const rule::Rule& rule,
                                                       std::span<const oidc::System* const> systems);

/// `error: provider-refuses, app-refuses; warning: risk`, for every consequence that the rule names.
[[nodiscard]] std::string seriousness(const rule::Rule& rule);

/// All that is known of a rule as markdown, below a heading of that level; 0: no heading.
[[nodiscard]] std::string markdown_of(const rule::Rule& rule, std::span<const oidc::System* const> systems,
                                      std::size_t level);

} // namespace oidcgen::report
