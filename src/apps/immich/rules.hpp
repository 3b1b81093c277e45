#pragma once

#include "rule/rule.hpp"

#include <span>

namespace oidcgen::apps::immich {

/// What an inspection of Immich's settings can find.
[[nodiscard]] std::span<const rule::Rule* const> rules();

#define OIDCGEN_RULE(name) extern const rule::Rule name;
#include "apps/immich/rules.inc"
#undef OIDCGEN_RULE

} // namespace oidcgen::apps::immich
