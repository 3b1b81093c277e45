#pragma once

#include "oidc/system.hpp"

namespace oidcgen::providers::authelia {

/// What Authelia publishes for this file: `openid_configuration` (RFC 8414, OpenID Connect Discovery 1.0; null when it
/// publishes none) and `jwks`, the keys without their numbers. The signature over the metadata is left out.
[[nodiscard]] oidc::Published discovery(const document::Document& document, const oidc::InspectOptions& options);

} // namespace oidcgen::providers::authelia
