#include "apps/immich/behaviour.hpp"
#include "oidc/system.hpp"
#include "providers/authelia/behaviour.hpp"
#include "systems.hpp"

#include <algorithm>
#include <set>
#include <string>

#include <doctest/doctest.h>

using namespace oidcgen;

namespace {

std::string resolved(const char* system, std::string_view text) {
    const auto target = oidc::resolve_version(*find_system(system), text);
    if (!target) {
        return "! " + target.error().message.text();
    }
    CHECK((target->newer || target->asked == to_string(target->used)));
    return target->newer ? target->asked + " as " + to_string(target->used) : target->asked;
}

} // namespace

TEST_CASE("resolve_version: the newest release of what was written") {
    CHECK(resolved("authelia", "") == "4.39.20");
    CHECK(resolved("authelia", "4.38") == "4.38.19");
    CHECK(resolved("authelia", "4.38.7") == "4.38.7");
    CHECK(resolved("authelia", "4") == "4.39.20");
    CHECK(resolved("immich", "") == "3.2.2");
    CHECK(resolved("immich", "1.132") == "1.132.3");
    CHECK(resolved("immich", "1") == "1.144.1");
    CHECK(resolved("immich", "v2") == "2.7.5");
    CHECK(resolved("immich", "3.0.0-rc.2") == "3.0.0-rc.2");
    CHECK(resolved("immich", "3.0") == "3.0.3");
}

TEST_CASE("resolve_version: a newer release is taken for the newest of its line, or of all") {
    CHECK(resolved("authelia", "4.39.28") == "4.39.28 as 4.39.20");
    CHECK(resolved("authelia", "4.38.20") == "4.38.20 as 4.38.19");
    CHECK(resolved("authelia", "4.40") == "4.40 as 4.39.20");
    CHECK(resolved("authelia", "v5") == "5 as 4.39.20");
    CHECK(resolved("authelia", "4.39.21-rc.1") == "4.39.21-rc.1 as 4.39.20");
    CHECK(resolved("immich", "3.3") == "3.3 as 3.2.2");
    CHECK(resolved("immich", "3.3.1") == "3.3.1 as 3.2.2");
    CHECK(resolved("immich", "2.7.9") == "2.7.9 as 2.7.5");
}

TEST_CASE("resolve_version: refuses releases that never were, and says which there are") {
    CHECK(resolved("authelia", "4.38.0-rc.1") ==
          "! Authelia 4.38.0-rc.1 does not exist; the releases of 4.38 are 4.38.0 to 4.38.19");
    CHECK(resolved("authelia", "4.37") == "! Authelia 4.37 is older than the known releases, 4.38.0 to 4.39.20");
    CHECK(resolved("immich", "1.145") == "! Immich 1.145 does not exist; 1.144 is followed by 2.0");
    CHECK(resolved("immich", "2.8.0") == "! Immich 2.8.0 does not exist; 2.7 is followed by 3.0");
    CHECK(resolved("immich", "3.0.0-rc.9").starts_with("! Immich 3.0.0-rc.9 does not exist"));
    CHECK(resolved("immich", "latest") == "! \"latest\" is not a version of Immich; write it like 3.2.2");
}

TEST_CASE("resolve_version, newest_version: a system without releases") {
    oidc::System system;
    system.title = "Made Up";
    CHECK(newest_version(system) == util::Version{});
    CHECK(oidc::resolve_version(system, "")->asked.empty());
    CHECK(oidc::resolve_version(system, "1").error().message.text() == "Made Up has no releases to choose from");
}

TEST_CASE("first_release: the first behind another for which something holds") {
    const auto& immich = *find_system("immich");
    const auto forwards = [](const util::Version& it) { return apps::immich::behaviour(it).honours_mobile_override; };
    CHECK(to_string(*first_release(immich, forwards)) == "1.90.0");
    CHECK(to_string(*first_release(immich, forwards, {1, 118, 0})) == "1.118.1");
    CHECK_FALSE(first_release(immich, [](const util::Version&) { return false; }).has_value());
}

TEST_CASE("systems: every key holds once in every version") {
    for (const auto* const system : systems()) {
        for (const auto& line : system->releases) {
            for (int patch = 0; patch <= line.last_patch; ++patch) {
                const util::Version version{line.major, line.minor, patch};
                std::set<std::string_view> seen;
                for (const auto& key : system->keys) {
                    if (key.versions.holds(version)) {
                        CAPTURE(std::string(key.path));
                        CAPTURE(to_string(version));
                        CHECK(seen.insert(key.path).second);
                    }
                }
            }
        }
    }
}

TEST_CASE("systems: the number of Immich's settings by version line") {
    const auto& immich = *find_system("immich");
    const auto count = [&](const util::Version& version) {
        return std::ranges::count_if(immich.keys, [&](const oidc::Key& key) { return key.versions.holds(version); });
    };
    CHECK(count({1, 90, 0}) == 11);
    CHECK(count({1, 95, 0}) == 12);
    CHECK(count({1, 98, 0}) == 14);
    CHECK(count({1, 109, 0}) == 15);
    CHECK(count({1, 133, 0}) == 17);
    CHECK(count({1, 135, 3}) == 17);
    CHECK(count({1, 136, 0}) == 18);
    CHECK(count({2, 7, 5}) == 18);
    CHECK(count({3, 0, 0, 0}) == 21);
    CHECK(count({3, 2, 0}) == 22);
}

TEST_CASE("client_behaviour: what Immich changed, and when") {
    using apps::immich::behaviour;
    CHECK(behaviour({1, 112, 1}).mobile_redirect_uri == "app.immich:/");
    CHECK(behaviour({1, 113, 0}).mobile_redirect_uri == "app.immich:///oauth-callback");
    CHECK_FALSE(behaviour({1, 118, 0}).honours_mobile_override);
    CHECK(behaviour({1, 118, 1}).honours_mobile_override);
    CHECK_FALSE(behaviour({1, 131, 3}).login.sends_pkce);
    CHECK(behaviour({1, 132, 0}).login.sends_pkce);
    CHECK(behaviour({1, 134, 0}).zero_quota_is_unlimited);
    CHECK_FALSE(behaviour({1, 135, 0}).zero_quota_is_unlimited);
    CHECK_FALSE(behaviour({2, 7, 5}).login.refuses_http);
    CHECK(behaviour({3, 0, 0}).login.refuses_http);
}

TEST_CASE("provider_behaviour: what Authelia changed, and when") {
    using providers::authelia::behaviour;
    CHECK_FALSE(behaviour({4, 38, 17}).takes_http_redirect_uris);
    CHECK(behaviour({4, 38, 18}).takes_http_redirect_uris);
    CHECK_FALSE(behaviour({4, 38, 19}).has_claims_policies);
    CHECK(behaviour({4, 39, 0}).has_claims_policies);
    CHECK_FALSE(behaviour({4, 39, 16}).login.issuer_is_configured);
    CHECK(behaviour({4, 39, 17}).login.issuer_is_configured);
}
