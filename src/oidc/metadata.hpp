#pragma once

#include <string>
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

} // namespace oidcgen::oidc
