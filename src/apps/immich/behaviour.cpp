#include "apps/immich/behaviour.hpp"

#include "util/assert.hpp"

#include <algorithm>
#include <array>

namespace oidcgen::apps::immich {

namespace {

using oidc::AuthMethod;
using Change = util::Change<Behaviour>;
using util::Version;
using util::VersionRange;

constexpr std::array k_basic{AuthMethod::client_secret_basic};
constexpr std::array k_post{AuthMethod::client_secret_post};
constexpr std::array k_post_or_basic{AuthMethod::client_secret_post, AuthMethod::client_secret_basic};

constexpr std::int64_t k_most_timer_seconds = 2'147'483; ///< 2^31 milliseconds

/// server/src/services/auth.service.ts, repositories/oauth.repository.ts and the openid-client of each lock file.
constexpr std::array k_changes{
    // 1.90: openid-client 5, https://github.com/panva/openid-client/tree/v5.x
    Change{{{1, 90, 0}},
           [](Behaviour& it) {
               it = {.login = {.auth_methods = k_basic,
                               .auth_method_is_setting = false,
                               .empty_secret_is_public = false,
                               .sends_pkce = false,
                               .basic_coding = oidc::BasicCoding::loose,
                               .longest_timeout = k_most_timer_seconds,
                               .checks_issuer = false,
                               .refuses_http = false,
                               .checks_signatures = true,
                               .userinfo_alg_is_setting = false,
                               .takes_signed_userinfo_unasked = false,
                               .claims_from_id_token = false},
                     .mobile_redirect_uri = "app.immich:/",
                     .honours_mobile_override = true,
                     .override_needs_dotted_host = true,
                     .normalises_redirect_uri = false,
                     .id_token_alg_is_setting = false,
                     .zero_quota_is_unlimited = true,
                     .quota_takes_text = false,
                     .has_quota = false,
                     .has_role = false,
                     .role_takes_list = false};
           }},
    // https://github.com/immich-app/immich/pull/6818
    Change{{{1, 95, 0}}, [](Behaviour& it) { it.id_token_alg_is_setting = true; }},
    // https://github.com/immich-app/immich/pull/7548
    Change{{{1, 98, 0}}, [](Behaviour& it) { it.has_quota = true; }},
    // https://github.com/immich-app/immich/pull/10756
    Change{{{1, 109, 0}}, [](Behaviour& it) { it.login.userinfo_alg_is_setting = true; }},
    // https://github.com/immich-app/immich/pull/10832
    Change{{{1, 113, 0}}, [](Behaviour& it) { it.mobile_redirect_uri = "app.immich:///oauth-callback"; }},
    // https://github.com/immich-app/immich/pull/13474
    Change{{{1, 118, 0}, {1, 118, 1}}, [](Behaviour& it) { it.honours_mobile_override = false; }},
    // https://github.com/immich-app/immich/issues/14160
    Change{{{1, 121, 0}}, [](Behaviour& it) { it.quota_takes_text = true; }},
    // openid-client 6, https://github.com/immich-app/immich/issues/17825
    Change{{{1, 132, 0}},
           [](Behaviour& it) {
               it.login.auth_methods = k_post;
               it.login.sends_pkce = true;
               it.login.basic_coding = oidc::BasicCoding::strict;
               it.login.checks_issuer = true;
               it.login.checks_signatures = false;
               it.login.takes_signed_userinfo_unasked = true;
               it.normalises_redirect_uri = true;
           }},
    // https://github.com/immich-app/immich/pull/17968
    Change{{{1, 133, 0}},
           [](Behaviour& it) {
               it.login.auth_methods = k_post_or_basic;
               it.login.auth_method_is_setting = true;
               it.login.empty_secret_is_public = true;
           }},
    // https://github.com/immich-app/immich/pull/18526
    Change{{{1, 135, 0}}, [](Behaviour& it) { it.zero_quota_is_unlimited = false; }},
    // https://github.com/immich-app/immich/pull/19758
    Change{{{1, 136, 0}}, [](Behaviour& it) { it.has_role = true; }},
    // https://github.com/immich-app/immich/pull/26717
    Change{{{2, 6, 0}}, [](Behaviour& it) { it.login.claims_from_id_token = true; }},
    // https://github.com/immich-app/immich/pull/27844
    Change{{{3, 0, 0, 0}}, [](Behaviour& it) { it.login.refuses_http = true; }},
    // zod instead of class-validator,
    // https://github.com/immich-app/immich/blob/v3.0.0/server/src/dtos/system-config.dto.ts
    Change{{{3, 0, 0, 0}}, [](Behaviour& it) { it.override_needs_dotted_host = false; }},
    // The server updates the session with nothing when no `sid` came, which the database refuses;
    // https://github.com/immich-app/immich/releases/tag/v3.0.2
    Change{{{3, 0, 0, 0}, {3, 0, 2}}, [](Behaviour& it) { it.login.linking_needs_session_id = true; }},
    // https://github.com/immich-app/immich/pull/29991
    Change{{{3, 1, 0}}, [](Behaviour& it) { it.role_takes_list = true; }},
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

Behaviour behaviour(const Version& version) { return util::changed(k_changes, version); }

} // namespace oidcgen::apps::immich
