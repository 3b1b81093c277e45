#pragma once

#include "oidc/system.hpp"

#include <span>

namespace oidcgen::providers::other {

/// The members of metadata (RFC 8414 section 2, OpenID Connect Discovery 1.0 section 3).
[[nodiscard]] std::span<const oidc::Key> keys();

} // namespace oidcgen::providers::other
