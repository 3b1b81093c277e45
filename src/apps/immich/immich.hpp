#pragma once

#include "oidc/system.hpp"

namespace oidcgen::apps::immich {

extern const oidc::System k_system;

} // namespace oidcgen::apps::immich
