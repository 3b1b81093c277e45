#pragma once

#include "rule/rule.hpp"

#include <span>

namespace oidcgen::providers::authentik {

/// What an inspection of a blueprint can find. Every rule is defined beside the code that finds it.
[[nodiscard]] std::span<const rule::Rule* const> rules();

#define OIDCGEN_RULE(name) extern const rule::Rule name;
#include "providers/authentik/rules.inc"
#undef OIDCGEN_RULE

} // namespace oidcgen::providers::authentik
