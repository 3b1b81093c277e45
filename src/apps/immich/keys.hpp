#pragma once

#include "oidc/system.hpp"

#include <array>
#include <span>

namespace oidcgen::apps::immich {

/// Every release since 1.90.0.
[[nodiscard]] std::span<const oidc::ReleaseLine> releases();

/// Every setting of the `oauth` section, in the order of Immich's own export, with paths below `oauth`.
[[nodiscard]] std::span<const oidc::Key> keys();

} // namespace oidcgen::apps::immich
