#pragma once

#include "oidc/system.hpp"

#include <span>

namespace oidcgen::apps::immich {

/// What rules that know no product mean in Immich, ordered by code.
[[nodiscard]] std::span<const oidc::RuleNote> notes();

} // namespace oidcgen::apps::immich
