#pragma once

#include "oidc/system.hpp"

namespace oidcgen::providers::authelia {

extern const oidc::System k_system;

} // namespace oidcgen::providers::authelia
