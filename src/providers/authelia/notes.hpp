#pragma once

#include "oidc/system.hpp"

#include <span>

namespace oidcgen::providers::authelia {

/// What rules that know no product mean in Authelia, ordered by code.
[[nodiscard]] std::span<const oidc::RuleNote> notes();

} // namespace oidcgen::providers::authelia
