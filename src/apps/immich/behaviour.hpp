#pragma once

#include "oidc/behaviour.hpp"
#include "oidc/system.hpp"
#include "util/version.hpp"

namespace oidcgen::apps::immich {

/// How that release of Immich, and the openid-client library it uses, behave in a login.
[[nodiscard]] oidc::ClientBehaviour behaviour(const util::Version& version);

/// What Authelia's and Immich's own guides advised when that release of Immich was current.
[[nodiscard]] oidc::Recipe recipe(const util::Version& version);

} // namespace oidcgen::apps::immich
