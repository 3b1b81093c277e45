#pragma once

#include "oidc/log.hpp"

namespace oidcgen::providers::authelia {

extern const oidc::Log k_log;

} // namespace oidcgen::providers::authelia
