#pragma once

#include "oidc/behaviour.hpp"
#include "util/version.hpp"

namespace oidcgen::providers::authelia {

/// How that release of Authelia behaves in a login.
[[nodiscard]] oidc::ProviderBehaviour behaviour(const util::Version& version);

} // namespace oidcgen::providers::authelia
