#pragma once

#include "rule/rule.hpp"

#include <span>

namespace oidcgen::providers::google {

/// What is found about a downloaded client. Every rule is defined beside the code that finds it.
[[nodiscard]] std::span<const rule::Rule* const> rules();

#define OIDCGEN_RULE(name) extern const rule::Rule name;
#include "providers/google/rules.inc"
#undef OIDCGEN_RULE

} // namespace oidcgen::providers::google
