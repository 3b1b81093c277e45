#include "providers/authentik/claims.hpp"

#include <array>

#include <fmt/format.h>

namespace oidcgen::providers::authentik {

namespace {

/// blueprints/system/providers-oauth2.yaml
struct ShippedClaim {
    std::string_view scope;
    std::string_view name;
};
constexpr std::array k_shipped_claims{
    ShippedClaim{"email", "email"},
    ShippedClaim{"email", "email_verified"},
    ShippedClaim{"profile", "name"},
    ShippedClaim{"profile", "given_name"},
    ShippedClaim{"profile", "preferred_username"},
    ShippedClaim{"profile", "nickname"},
    ShippedClaim{"profile", "groups"},
    ShippedClaim{"entitlements", "entitlements"},
    ShippedClaim{"entitlements", "roles"},
};

} // namespace

void add_shipped_claims(std::string_view scope, const document::Place& place, oidc::ClaimRules& rules) {
    for (const auto& claim : k_shipped_claims) {
        if (claim.scope == scope) {
            oidc::OwnClaim own;
            own.name = {std::string(claim.name), place, oidc::Known::given};
            own.scope = scope;
            rules.own_claims.push_back(std::move(own));
        }
    }
}

std::string rules_name(std::size_t number) { return fmt::format("client {}", number); }

} // namespace oidcgen::providers::authentik
