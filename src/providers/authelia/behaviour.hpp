#pragma once

#include "oidc/behaviour.hpp"
#include "util/version.hpp"

#include <span>
#include <string_view>

namespace oidcgen::providers::authelia {

/// How one release of Authelia behaves in a login.
struct Behaviour {
    oidc::ProviderBehaviour login;

    /// Redirect URIs with http on other hosts than localhost, for confidential clients.
    bool takes_http_redirect_uris = true;
    bool has_claims_policies = true; ///< custom claims can be sent
    /// The standard claims it sends for scopes; empty: all of OpenID Connect Core section 5.4.
    std::span<const std::string_view> standard_claims{};
    bool id_token_has_profile_claims = false; ///< the ID token carries what the scopes ask for
};

[[nodiscard]] Behaviour behaviour(const util::Version& version);

} // namespace oidcgen::providers::authelia
