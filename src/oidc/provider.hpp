#pragma once

#include "oidc/located.hpp"
#include "oidc/registration.hpp"
#include "oidc/terms.hpp"

#include <optional>
#include <string>
#include <vector>

namespace oidcgen::oidc {

/// A claim that a provider takes from an attribute of its users.
struct CustomClaim {
    std::string name;
    Text attribute;
};

/// Which claims go where, beyond those that a scope asks for.
struct ClaimsPolicy {
    Text name;
    Texts id_token;     ///< claims that go into the ID token
    Texts access_token; ///< claims that go into the access token
    std::vector<CustomClaim> custom_claims;
};

/// A scope beyond the standard ones, and the claims that it asks for.
struct CustomScope {
    Text name;
    Texts claims;
};

/// The provider: what it says of itself and does besides keeping registrations.
struct Provider {
    document::Place place;
    /// The issuer identifiers under which people and applications may reach it (RFC 8414 section 2), without final
    /// slash.
    std::vector<Text> issuers;
    std::vector<ClaimsPolicy> claims_policies;
    std::vector<CustomScope> scopes;
    std::vector<Registration> registrations;
};

} // namespace oidcgen::oidc
