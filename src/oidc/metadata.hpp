#pragma once

#include "oidc/located.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace oidcgen::oidc {

/// What a provider publishes about itself for one client (RFC 8414 section 2, OpenID Connect Discovery 1.0 section 3),
/// as far as a login depends on it.
struct Metadata {
    std::string issuer;
    bool has_userinfo_endpoint = true;
    /// In the order of the document, which some clients go by; empty: not known.
    std::vector<std::string> id_token_signing_alg_values_supported{};
};

/// The same as a file of it says. A list that is absent says nothing, since publishing most of them is optional.
struct SavedMetadata {
    document::Place place{};
    Text issuer{}; ///< as it is published, a final slash included
    Text authorization_endpoint{};
    Text token_endpoint{};
    Text jwks_uri{};
    bool has_userinfo_endpoint = true;
    Texts scopes_supported{};
    Texts prompt_values_supported{}; ///< Initiating User Registration via OpenID Connect, section 4
    Texts token_endpoint_auth_methods_supported{};
    Texts id_token_signing_alg_values_supported{};
    Texts userinfo_signing_alg_values_supported{};
    Texts code_challenge_methods_supported{};
};

/// True when the list is known and does not have that word.
[[nodiscard]] bool lacks(const Texts& list, std::string_view word);

} // namespace oidcgen::oidc
