#include "apps/immich/behaviour.hpp"

#include "util/assert.hpp"

#include <algorithm>
#include <array>

namespace oidcgen::apps::immich {

namespace {

using oidc::AuthMethod;
using oidc::ClientBehaviour;
using util::Version;
using util::VersionRange;

constexpr std::array k_basic{AuthMethod::client_secret_basic};
constexpr std::array k_post{AuthMethod::client_secret_post};
constexpr std::array k_post_or_basic{AuthMethod::client_secret_post, AuthMethod::client_secret_basic};

/// What a release changed. Rows apply in order to the behaviour of the oldest release.
struct Change {
    VersionRange versions;
    void (*apply)(ClientBehaviour&);
};

/// server/src/services/auth.service.ts, repositories/oauth.repository.ts and the openid-client of each lock file.
constexpr std::array k_changes{
    // 1.90: openid-client 5, https://github.com/panva/openid-client/tree/v5.x
    Change{{{1, 90, 0}},
           [](ClientBehaviour& it) {
               it = {.auth_methods = k_basic,
                     .auth_method_is_setting = false,
                     .empty_secret_is_public = false,
                     .sends_pkce = false,
                     .mobile_redirect_uri = "app.immich:/",
                     .honours_mobile_override = true,
                     .override_needs_dotted_host = true,
                     .checks_issuer = false,
                     .refuses_http = false,
                     .checks_signatures = true,
                     .id_token_alg_is_setting = false,
                     .userinfo_alg_is_setting = false,
                     .takes_signed_userinfo_unasked = false,
                     .claims_from_id_token = false,
                     .normalises_redirect_uri = false,
                     .zero_quota_is_unlimited = true,
                     .quota_takes_text = false,
                     .has_quota = false,
                     .has_role = false,
                     .role_takes_list = false};
           }},
    // https://github.com/immich-app/immich/pull/6818
    Change{{{1, 95, 0}}, [](ClientBehaviour& it) { it.id_token_alg_is_setting = true; }},
    // https://github.com/immich-app/immich/pull/7548
    Change{{{1, 98, 0}}, [](ClientBehaviour& it) { it.has_quota = true; }},
    // https://github.com/immich-app/immich/pull/10756
    Change{{{1, 109, 0}}, [](ClientBehaviour& it) { it.userinfo_alg_is_setting = true; }},
    // https://github.com/immich-app/immich/pull/10832
    Change{{{1, 113, 0}}, [](ClientBehaviour& it) { it.mobile_redirect_uri = "app.immich:///oauth-callback"; }},
    // https://github.com/immich-app/immich/pull/13474
    Change{{{1, 118, 0}, {1, 118, 1}}, [](ClientBehaviour& it) { it.honours_mobile_override = false; }},
    // https://github.com/immich-app/immich/issues/14160
    Change{{{1, 121, 0}}, [](ClientBehaviour& it) { it.quota_takes_text = true; }},
    // openid-client 6, https://github.com/immich-app/immich/issues/17825
    Change{{{1, 132, 0}},
           [](ClientBehaviour& it) {
               it.auth_methods = k_post;
               it.sends_pkce = true;
               it.checks_issuer = true;
               it.checks_signatures = false;
               it.takes_signed_userinfo_unasked = true;
               it.normalises_redirect_uri = true;
           }},
    // https://github.com/immich-app/immich/pull/17968
    Change{{{1, 133, 0}},
           [](ClientBehaviour& it) {
               it.auth_methods = k_post_or_basic;
               it.auth_method_is_setting = true;
               it.empty_secret_is_public = true;
           }},
    // https://github.com/immich-app/immich/pull/18526
    Change{{{1, 135, 0}}, [](ClientBehaviour& it) { it.zero_quota_is_unlimited = false; }},
    // https://github.com/immich-app/immich/pull/19758
    Change{{{1, 136, 0}}, [](ClientBehaviour& it) { it.has_role = true; }},
    // https://github.com/immich-app/immich/pull/26717
    Change{{{2, 6, 0}}, [](ClientBehaviour& it) { it.claims_from_id_token = true; }},
    // https://github.com/immich-app/immich/pull/27844
    Change{{{3, 0, 0, 0}}, [](ClientBehaviour& it) { it.refuses_http = true; }},
    // zod instead of class-validator,
    // https://github.com/immich-app/immich/blob/v3.0.0/server/src/dtos/system-config.dto.ts
    Change{{{3, 0, 0, 0}}, [](ClientBehaviour& it) { it.override_needs_dotted_host = false; }},
    // https://github.com/immich-app/immich/pull/29991
    Change{{{3, 1, 0}}, [](ClientBehaviour& it) { it.role_takes_list = true; }},
};

struct Advice {
    VersionRange versions;
    Recipe recipe;
};

/// History of https://www.authelia.com/integration/openid-connect/clients/immich/. The guide of August 2026 needs a
/// choice of the authentication method, so it holds from the release that has one.
constexpr std::array k_advice{
    Advice{{{1, 90, 0}, {1, 132, 0}}, {AuthMethod::client_secret_basic, false, true}},
    Advice{{{1, 132, 0}, {1, 133, 0}}, {AuthMethod::client_secret_post, false, true}},
    Advice{{{1, 133, 0}}, {AuthMethod::client_secret_basic, true, false}},
};

} // namespace

Recipe recipe(const Version& version) {
    const auto* const found =
        std::ranges::find_if(k_advice, [&](const Advice& advice) { return advice.versions.holds(version); });
    OIDCGEN_ASSERT(found != k_advice.end());
    return found->recipe;
}

ClientBehaviour behaviour(const Version& version) {
    ClientBehaviour result;
    for (const auto& change : k_changes) {
        if (change.versions.holds(version)) {
            change.apply(result);
        }
    }
    return result;
}

} // namespace oidcgen::apps::immich
