#pragma once

#include "oidc/system.hpp"

namespace oidcgen::providers::authentik {

extern const oidc::System k_system;

} // namespace oidcgen::providers::authentik
