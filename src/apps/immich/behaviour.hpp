#pragma once

#include "oidc/behaviour.hpp"
#include "oidc/terms.hpp"
#include "util/version.hpp"

namespace oidcgen::apps::immich {

/// What the official guides advise for one release, where several ways work.
struct Recipe {
    oidc::AuthMethod auth_method = oidc::AuthMethod::client_secret_basic;
    bool require_pkce = true;
    /// The issuer is configured as the address of its metadata, `/.well-known/openid-configuration`.
    bool metadata_address_as_issuer = false;
};

/// How that release of Immich, and the openid-client library it uses, behave in a login.
[[nodiscard]] oidc::ClientBehaviour behaviour(const util::Version& version);

/// What Authelia's and Immich's own guides advised when that release of Immich was current.
[[nodiscard]] Recipe recipe(const util::Version& version);

} // namespace oidcgen::apps::immich
