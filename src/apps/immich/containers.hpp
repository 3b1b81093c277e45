#pragma once

#include "oidc/system.hpp"

namespace oidcgen::apps::immich {

/// How Immich is run in containers (https://docs.immich.app/install/environment-variables).
[[nodiscard]] const oidc::Containers& containers();

} // namespace oidcgen::apps::immich
