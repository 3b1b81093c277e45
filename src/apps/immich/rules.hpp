#pragma once

#include "rule/rule.hpp"

#include <span>

namespace oidcgen::apps::immich {

/// What an inspection of Immich's settings can find, ordered by code.
[[nodiscard]] std::span<const rule::Rule* const> rules();

} // namespace oidcgen::apps::immich
