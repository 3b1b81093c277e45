#pragma once

#include "oidc/system.hpp"

#include <span>

namespace oidcgen::providers::authentik {

/// What rules that know no product mean in authentik, ordered by code.
[[nodiscard]] std::span<const oidc::RuleNote> notes();

} // namespace oidcgen::providers::authentik
