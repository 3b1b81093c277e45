#pragma once

#include "oidc/system.hpp"

namespace oidcgen::providers::other {

/// Any provider without a folder of its own, known by the metadata that it publishes (RFC 8414, OpenID Connect
/// Discovery 1.0) or by its issuer alone.
extern const oidc::System k_system;

} // namespace oidcgen::providers::other
