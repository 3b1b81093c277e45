#pragma once

#include "oidc/system.hpp"

#include <span>

namespace oidcgen::providers::google {

/// What rules that know no product mean with Google, ordered by code.
[[nodiscard]] std::span<const oidc::RuleNote> notes();

} // namespace oidcgen::providers::google
