#pragma once

#include "oidc/system.hpp"

namespace oidcgen::toy::gatewarden {

/// Gatewarden, a made-up provider: an issuer for each client, redirect URIs by pattern, secrets in plain text, tags in
/// its YAML, and no releases.
extern const oidc::System k_system;

} // namespace oidcgen::toy::gatewarden
