#pragma once

#include "oidc/log.hpp"

namespace oidcgen::apps::immich {

extern const oidc::Log k_log;

} // namespace oidcgen::apps::immich
