#pragma once

#include "oidc/system.hpp"

#include <span>

namespace oidcgen::providers::authelia {

/// Every release since 4.38.0.
[[nodiscard]] std::span<const oidc::ReleaseLine> releases();

/// Every setting below `identity_providers.oidc`, in the order of Authelia's documentation. Keys of 4.37 and before
/// that are still read follow their successors, with their new name.
[[nodiscard]] std::span<const oidc::Key> keys();

} // namespace oidcgen::providers::authelia
