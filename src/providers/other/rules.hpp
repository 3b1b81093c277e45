#pragma once

#include "rule/rule.hpp"

#include <span>

namespace oidcgen::providers::other {

/// What an inspection of metadata can find. Every rule is defined beside the code that finds it.
[[nodiscard]] std::span<const rule::Rule* const> rules();

#define OIDCGEN_RULE(name) extern const rule::Rule name;
#include "providers/other/rules.inc"
#undef OIDCGEN_RULE

} // namespace oidcgen::providers::other
