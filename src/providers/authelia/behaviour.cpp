#include "providers/authelia/behaviour.hpp"

#include <array>

namespace oidcgen::providers::authelia {

namespace {

using oidc::ProviderBehaviour;
using util::Version;
using util::VersionRange;

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
                     .id_token_has_profile_claims = true,
                     .userinfo_needs_openid = false,
                     .prompt_login_works = false,
                     .issuer_is_configured = false};
           }},
    Change{{{4, 38, 18}}, [](ProviderBehaviour& it) { it.takes_http_redirect_uris = true; }},
    Change{{{4, 39, 0}},
           [](ProviderBehaviour& it) {
               it.has_claims_policies = true;
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
