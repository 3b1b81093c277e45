#include "providers/authelia/sections.hpp"

#include <doctest/doctest.h>
#include <string_view>

using namespace oidcgen;
using providers::authelia::explain_unknown;
using providers::authelia::former_name;
using providers::authelia::is_setting_elsewhere;

namespace {

constexpr util::Version k_4_38{4, 38, 19};
constexpr util::Version k_4_39{4, 39, 20};

bool is_known(std::string_view path, const util::Version& version) {
    return is_setting_elsewhere(path, version, providers::authelia::release(version));
}

} // namespace

TEST_CASE("is_setting_elsewhere: names as the release has them") {
    CHECK(is_known("theme", k_4_38));
    CHECK(is_known("session", k_4_38));
    CHECK(is_known("session.secret", k_4_38));
    CHECK_FALSE(is_known("log", k_4_38));
    CHECK_FALSE(is_known("session.secrt", k_4_39));
    CHECK_FALSE(is_known("Session.secret", k_4_39));
    CHECK_FALSE(is_known("", k_4_39));
    CHECK(is_known("webauthn.user_verification", k_4_38));
    CHECK_FALSE(is_known("webauthn.user_verification", k_4_39));
    CHECK_FALSE(is_known("regulation.modes", k_4_38));
    CHECK(is_known("regulation.modes", k_4_39));
    CHECK_FALSE(is_known("server.endpoints.rate_limits.openid_connect_token.enable", {4, 39, 16}));
    CHECK(is_known("server.endpoints.rate_limits.openid_connect_token.enable", {4, 39, 17}));
}

TEST_CASE("is_setting_elsewhere: items of lists have their own names") {
    CHECK(is_known("access_control.rules[].policy", k_4_38));
    CHECK_FALSE(is_known("access_control.rules.policy", k_4_38));
    CHECK_FALSE(is_known("access_control.rules[].default_policy", k_4_38));
}

TEST_CASE("is_setting_elsewhere: names that the user chose") {
    CHECK(is_known("server.endpoints.authz.forward-auth.implementation", k_4_38));
    CHECK(is_known("server.endpoints.authz.forward-auth.authn_strategies[].name", k_4_38));
    CHECK_FALSE(is_known("server.endpoints.authz.forward-auth.implementaton", {4, 39, 19}));
    CHECK_FALSE(is_known("server.endpoints.authz.Forward.implementation", k_4_38));
    CHECK(is_known("server.endpoints.authz.Forward.implementation", k_4_39));
    SUBCASE("with nothing below them, since 4.39") {
        CHECK_FALSE(is_known("server.endpoints.authz.forward-auth", k_4_38));
        CHECK(is_known("server.endpoints.authz.forward-auth", k_4_39));
        CHECK(is_known("definitions.network.internal", {4, 39, 0}));
        CHECK_FALSE(is_known("definitions.networks.internal", k_4_39));
    }
    SUBCASE("what reads like a part of such a name, since 4.39.20") {
        CHECK_FALSE(is_known("definitions.user_attributes.quota.expresion", {4, 39, 19}));
        CHECK(is_known("definitions.user_attributes.quota.expresion", k_4_39));
    }
}

TEST_CASE("former_name: old names, from the release on that has them as such") {
    REQUIRE(former_name("jwt_secret", k_4_38) != nullptr);
    CHECK(former_name("jwt_secret", k_4_38)->replaced_by == "identity_validation.reset_password.jwt_secret");
    CHECK(former_name("webauthn.user_verification", k_4_38) == nullptr);
    CHECK(former_name("webauthn.user_verification", k_4_39) != nullptr);
    CHECK(former_name("session.secret", k_4_39) == nullptr);
}

TEST_CASE("former_name: new names are names of settings") {
    for (const std::string_view path : {"log_level", "host", "server.path", "storage.postgres.sslmode",
                                        "authentication_backend.ldap.url", "webauthn.user_verification"}) {
        CAPTURE(path);
        REQUIRE(former_name(path, k_4_39) != nullptr);
        CHECK(is_known(former_name(path, k_4_39)->replaced_by, k_4_39));
    }
}

TEST_CASE("explain_unknown: the first name that is not known") {
    SUBCASE("beside others") {
        const auto it = explain_unknown("session.redis.hots", k_4_39);
        CHECK(it.name == "hots");
        CHECK(it.neighbours.front() == "database_index");
        CHECK_FALSE(it.is_section);
    }
    SUBCASE("a section") {
        const auto it = explain_unknown("sesion.redis.host", k_4_39);
        CHECK(it.name == "sesion");
        CHECK(it.neighbours.front() == "access_control");
        CHECK(it.elsewhere.empty());
    }
    SUBCASE("below a name that the user chose") {
        const auto it = explain_unknown("server.endpoints.authz.a.implementaton", {4, 39, 19});
        CHECK(it.name == "implementaton");
        CHECK(it.neighbours.back() == "implementation");
    }
    SUBCASE("of a newer release") {
        const auto it = explain_unknown("definitions.network.internal", k_4_38);
        CHECK(it.name == "definitions");
        CHECK(it.since == util::Version{4, 39, 0});
    }
    SUBCASE("of another place") {
        CHECK(explain_unknown("session.jwt_secret", k_4_39).elsewhere ==
              "identity_validation.reset_password.jwt_secret");
        CHECK(explain_unknown("session.level", k_4_39).elsewhere == "log.level");
        CHECK(explain_unknown("log.timeout", k_4_39).elsewhere.empty()); // several have one
    }
}

TEST_CASE("explain_unknown: a section without settings") {
    CHECK(explain_unknown("log", k_4_39).is_section);
    CHECK_FALSE(explain_unknown("log", k_4_39).has_secrets);
    CHECK(explain_unknown("duo_api", k_4_39).has_secrets);
    CHECK(explain_unknown("identity_providers", k_4_39).is_section);
    CHECK_FALSE(explain_unknown("identity_provider", k_4_39).is_section);
}
