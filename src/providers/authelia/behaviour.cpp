#include "providers/authelia/behaviour.hpp"

#include <array>
#include <string_view>

namespace oidcgen::providers::authelia {

namespace {

using oidc::ProviderBehaviour;
using util::Version;
using util::VersionRange;
using namespace std::string_view_literals;

/// https://github.com/authelia/authelia/blob/v4.38.19/internal/oidc/claims.go
constexpr std::array k_claims_4_38{"sub"sv,    "email"sv, "email_verified"sv,    "alt_emails"sv,
                                   "groups"sv, "name"sv,  "preferred_username"sv};

/// What a release changed. Rows apply in order to the behaviour of the oldest release.
struct Change {
    VersionRange versions;
    void (*apply)(ProviderBehaviour&);
};

/// Release notes at https://github.com/authelia/authelia/releases
constexpr std::array k_changes{
    Change{{{4, 38, 0}},
           [](ProviderBehaviour& it) {
               it = {.takes_http_redirect_uris = false,
                     .has_claims_policies = false,
                     .standard_claims = k_claims_4_38,
                     .id_token_has_profile_claims = true,
                     .userinfo_needs_openid = false,
                     .prompt_login_works = false,
                     .issuer_is_configured = false};
           }},
    Change{{{4, 38, 18}}, [](ProviderBehaviour& it) { it.takes_http_redirect_uris = true; }},
    Change{{{4, 39, 0}},
           [](ProviderBehaviour& it) {
               it.has_claims_policies = true;
               it.standard_claims = {};
               it.id_token_has_profile_claims = false;
               it.userinfo_needs_openid = true;
               it.prompt_login_works = true;
           }},
    // https://github.com/authelia/authelia/pull/11685
    Change{{{4, 39, 17}}, [](ProviderBehaviour& it) { it.issuer_is_configured = true; }},
};

} // namespace

ProviderBehaviour behaviour(const Version& version) {
    ProviderBehaviour result;
    for (const auto& change : k_changes) {
        if (change.versions.holds(version)) {
            change.apply(result);
        }
    }
    return result;
}

} // namespace oidcgen::providers::authelia
