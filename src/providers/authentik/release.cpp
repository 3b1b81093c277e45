#include "providers/authentik/release.hpp"

#include <array>

namespace oidcgen::providers::authentik {

namespace {

using oidc::ReleaseLine;
using Change = util::Change<Release>;
using util::Version;

/// https://github.com/goauthentik/authentik/releases
constexpr std::array k_releases{
    ReleaseLine{.major = 2023, .minor = 10, .last_patch = 7}, ReleaseLine{.major = 2024, .minor = 2, .last_patch = 4},
    ReleaseLine{.major = 2024, .minor = 4, .last_patch = 4},  ReleaseLine{.major = 2024, .minor = 6, .last_patch = 5},
    ReleaseLine{.major = 2024, .minor = 8, .last_patch = 6},  ReleaseLine{.major = 2024, .minor = 10, .last_patch = 5},
    ReleaseLine{.major = 2024, .minor = 12, .last_patch = 5}, ReleaseLine{.major = 2025, .minor = 2, .last_patch = 4},
    ReleaseLine{.major = 2025, .minor = 4, .last_patch = 4},  ReleaseLine{.major = 2025, .minor = 6, .last_patch = 4},
    ReleaseLine{.major = 2025, .minor = 8, .last_patch = 6},  ReleaseLine{.major = 2025, .minor = 10, .last_patch = 4},
    ReleaseLine{.major = 2025, .minor = 12, .last_patch = 6}, ReleaseLine{.major = 2026, .minor = 2, .last_patch = 7},
    ReleaseLine{.major = 2026, .minor = 5, .last_patch = 8},  ReleaseLine{.major = 2026, .minor = 8, .last_patch = 5},
};

/// authentik/providers/oauth2 and authentik/blueprints/v1 of each release.
constexpr std::array k_changes{
    Change{{{2023, 10, 0}},
           [](Release& it) {
               it.login.issuer_is_configured = false;
               it.login.id_token_needs_openid = false;
               it.login.learns_redirect_uri = true;
               it.login.sends_errors_to_apps = false;
               it.login.basic_coding = oidc::BasicCoding::none;
           }},
    // https://docs.goauthentik.io/security/cves/CVE-2024-52289/
    Change{{{2024, 8, 5}, {2024, 10, 0}}, [](Release& it) { it.takes_list_of_redirect_uris = true; }},
    Change{{{2024, 10, 3}}, [](Release& it) { it.takes_list_of_redirect_uris = true; }},
    Change{{{2025, 4, 0}}, [](Release& it) { it.knows_ec_curves = true; }},
    Change{{{2025, 8, 0}},
           [](Release& it) {
               it.takes_mapping_of_entries = true;
               it.reserves_slugs = true;
               it.publishes_backchannel_logout = true;
           }},
    Change{{{2025, 10, 4}, {2025, 12, 0}}, [](Release& it) { it.fails_with_non_ascii_secret = true; }},
    Change{{{2025, 12, 4}}, [](Release& it) { it.fails_with_non_ascii_secret = true; }},
    // https://github.com/goauthentik/authentik/pull/20779
    Change{{{2026, 2, 2}}, [](Release& it) { it.login.basic_coding = oidc::BasicCoding::percent; }},
    // https://github.com/goauthentik/authentik/pull/20363, /pull/20011, /pull/21746
    Change{{{2026, 5, 0}},
           [](Release& it) {
               it.knows_grant_types = true;
               it.tells_redirect_uri_types = true;
               it.login.learns_redirect_uri = false;
               it.publishes_frontchannel_logout = true;
           }},
};

} // namespace

std::span<const ReleaseLine> releases() { return k_releases; }

Release release(const Version& version) { return util::changed(k_changes, version); }

} // namespace oidcgen::providers::authentik
