#pragma once

#include "oidc/log.hpp"

namespace oidcgen::providers::authentik {

extern const oidc::Log k_log;

} // namespace oidcgen::providers::authentik
