#pragma once

#include "oidc/system.hpp"

namespace oidcgen::toy::larder {

/// Larder, a made-up application: one way to log in, no features, a few settings in JSON, two lines of releases.
extern const oidc::System k_system;

} // namespace oidcgen::toy::larder
