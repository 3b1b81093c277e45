#pragma once

#include "oidc/system.hpp"

#include <span>

namespace oidcgen::apps::immich {

/// Where Immich began to understand the same settings differently.
[[nodiscard]] std::span<const oidc::ChangeOfMeaning> changes();

} // namespace oidcgen::apps::immich
