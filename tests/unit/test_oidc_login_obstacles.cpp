// What is told behind the first obstacle, and what each stage takes for granted once its obstacle is fixed.

#include "login_of_texts.hpp"

#include <string>
#include <vector>

#include <doctest/doctest.h>
#include <fmt/format.h>
#include <fmt/ranges.h>

using namespace oidcgen::test;

namespace {

/// All that stops a login, in order: `stage: rule; rule, rule` with the first stage alone.
std::string obstacles(const Texts& texts, const std::string& device = "web") {
    const auto all = said(texts).logins;
    REQUIRE(all.contains(device));
    const auto& it = all.at(device);
    std::string result =
        it.outcome == "fails" ? fmt::format("{}: {}", it.stage, fmt::join(it.because, ", ")) : it.outcome;
    if (!it.then.empty()) {
        result += fmt::format("; {}", fmt::join(it.then, ", "));
    }
    return result;
}

constexpr auto k_secret = "made-up-secret-of-the-mutations-0123456789abcdef";

} // namespace

TEST_CASE("obstacles: of an application that was never set up, only that its login is off is told") {
    auto texts = working();
    texts.app = "oauth:\n  enabled: false\n";
    CHECK(obstacles(texts) == "config-app: oauth-disabled");
}

TEST_CASE("obstacles: behind a login that is off, everything else is told") {
    auto texts = working();
    replace(texts.app, "enabled: true", "enabled: false");
    replace(texts.app, k_secret, "another-secret-of-somebody-77");
    CHECK(obstacles(texts) == "config-app: oauth-disabled; secret-mismatch");
}

TEST_CASE("obstacles: behind a wrong issuer the metadata is the provider's own") {
    auto texts = working();
    replace(texts.app, "https://auth.example.com", "https://auth.example.com/oauth");
    CHECK(obstacles(texts) == "discovery: issuer-path-wrong");
    replace(texts.app, "client_secret_post", "client_secret_basic");
    CHECK(obstacles(texts) == "discovery: issuer-path-wrong; auth-method-mismatch");
}

TEST_CASE("obstacles: behind an unknown client id the application names the client that it most likely means") {
    auto texts = working();
    replace(texts.app, "clientId: photos", "clientId: Photos");
    replace(texts.app, k_secret, "another-secret-of-somebody-77");
    CHECK(obstacles(texts) == "authorize: client-id-unknown; secret-mismatch");
    replace(texts.app, "clientId: Photos", "clientId: ''");
    CHECK(obstacles(texts) == "discovery: client-id-empty; secret-mismatch");
}

TEST_CASE("obstacles: a misspelt scope is taken for the one that was meant") {
    auto texts = working();
    replace(texts.app, "scope: openid profile email", "scope: openid profile emial");
    CHECK(obstacles(texts) == "authorize: scope-unregistered");
    replace(texts.app, "scope: openid profile emial", "scope: openid,profile,email");
    CHECK(obstacles(texts) == "authorize: scope-unregistered");
    replace(texts.app, "scope: openid,profile,email", "scope: openid profile photos");
    CHECK(obstacles(texts) == "authorize: scope-unregistered; email-not-sent");
}

TEST_CASE("obstacles: scopes that the client lacks are one fault, and count as granted behind it") {
    auto texts = working();
    replace(texts.provider, "scopes: [openid, profile, email]", "scopes: [profile]");
    const auto it = said(texts);
    CHECK(it.faults.size() == 1);
    CHECK(obstacles(texts) == "authorize: scope-unregistered");
}

TEST_CASE("obstacles: an override that has to be written in another form is told once") {
    auto texts = working();
    replace(texts.app, "  scope:",
            "  mobileOverrideEnabled: true\n"
            "  mobileRedirectUri: https://Photos.example.com/api/oauth/mobile-redirect\n  scope:");
    CHECK(obstacles(texts, "mobile") == "authorize: redirect-uri-unregistered");
}

TEST_CASE("obstacles: a secret that has to be put in is not compared before") {
    auto texts = working();
    replace(texts.app, k_secret, "''");
    CHECK(obstacles(texts) == "token: auth-method-mismatch");
}

TEST_CASE("obstacles: once openid is asked for, the ID token is judged") {
    auto texts = working();
    replace(texts.app, "scope: openid profile email", "scope: profile email\n  signingAlgorithm: ES256");
    CHECK(obstacles(texts) == "userinfo: openid-scope-missing; id-token-alg-mismatch");
}

TEST_CASE("obstacles: mail address and registration are two faults of one stage") {
    auto texts = working();
    replace(texts.app, "scope: openid profile email", "scope: openid profile\n  autoRegister: false");
    CHECK(obstacles(texts) == "account: email-not-sent; registration-off");
}

TEST_CASE("obstacles: what a login goes without is told though something stops it") {
    auto texts = working();
    replace(texts.app, "client_secret_post", "client_secret_basic");
    replace(texts.app, "  scope:", "  defaultStorageQuota: 0\n  scope:");
    const auto it = said(texts);
    CHECK(it.faults.size() == 2);
    CHECK(it.logins.at("web").lost.empty());
}

TEST_CASE("obstacles: nothing is concluded from a setting that a side is refused for") {
    auto texts = working();
    replace(texts.provider, "token_endpoint_auth_method: client_secret_post", "token_endpoint_auth_method: basic");
    CHECK(obstacles(texts) == "config-provider: auth-method-unknown");
    replace(texts.provider, "          - https://photos.example.com/auth/login\n", "          - photos/auth/login\n");
    CHECK(obstacles(texts) == "config-provider: auth-method-unknown, redirect-uri-invalid");
    replace(texts.app, k_secret, "another-secret-of-somebody-77");
    CHECK(obstacles(texts) == "config-provider: auth-method-unknown, redirect-uri-invalid; secret-mismatch");
}

TEST_CASE("obstacles: of a file that cannot be read nothing is told but that") {
    auto texts = working();
    texts.app += "  buttonText: [\n";
    CHECK(obstacles(texts) == "config-app: syntax-error");
}

TEST_CASE("obstacles: both sides may be refused") {
    auto texts = working();
    replace(texts.provider, "token_endpoint_auth_method: client_secret_post", "token_endpoint_auth_method: basic");
    replace(texts.app, "enabled: true", "enabled: 7");
    CHECK(obstacles(texts).starts_with("config-provider: auth-method-unknown; "));
}
