#pragma once

#include "oidc/system.hpp"

#include <span>

namespace oidcgen::toy::gatewarden {

/// What rules that know no product mean in Gatewarden.
[[nodiscard]] std::span<const oidc::RuleNote> notes();

} // namespace oidcgen::toy::gatewarden
