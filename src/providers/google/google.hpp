#pragma once

#include "oidc/system.hpp"

namespace oidcgen::providers::google {

extern const oidc::System k_system;

} // namespace oidcgen::providers::google
