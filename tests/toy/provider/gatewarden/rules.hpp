#pragma once

#include "rule/rule.hpp"

#include <span>

namespace oidcgen::toy::gatewarden {

/// What an inspection can find.
[[nodiscard]] std::span<const rule::Rule* const> rules();

#define OIDCGEN_RULE(name) extern const rule::Rule name;
#include "provider/gatewarden/rules.inc"
#undef OIDCGEN_RULE

} // namespace oidcgen::toy::gatewarden
