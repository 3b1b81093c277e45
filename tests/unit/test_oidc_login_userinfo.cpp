#include "login_of_texts.hpp"

#include <doctest/doctest.h>

using namespace oidcgen::test;

TEST_CASE("userinfo: plain JSON on both sides") {
    auto texts = working();
    replace(texts.app, "  scope:", "  profileSigningAlgorithm: none\n  scope:");
    replace(texts.provider, "        scopes:", "        userinfo_signed_response_alg: none\n        scopes:");
    CHECK(login(texts) == "works");
}

TEST_CASE("userinfo: a signature that is expected and does not come") {
    auto texts = working();
    replace(texts.app, "  scope:", "  profileSigningAlgorithm: RS256\n  scope:");
    CHECK(login(texts) == "fails at userinfo: userinfo-alg-mismatch");
    CHECK(login(texts, "link") == "fails at userinfo: userinfo-alg-mismatch");
    replace(texts.provider, "        scopes:", "        userinfo_signed_response_alg: RS256\n        scopes:");
    CHECK(login(texts) == "works");
}

TEST_CASE("userinfo: a signature that nobody expects stops releases before 1.132 only") {
    auto texts = working();
    replace(texts.provider, "        scopes:", "        userinfo_signed_response_alg: RS256\n        scopes:");
    CHECK(login(texts) == "works");
    replace(texts.app, "  tokenEndpointAuthMethod: client_secret_post\n", "");
    replace(texts.provider, "client_secret_post", "client_secret_basic");
    texts.immich_version = "1.131.3";
    CHECK(login(texts) == "fails at userinfo: userinfo-alg-mismatch");
}

TEST_CASE("userinfo: Authelia 4.39 tells nothing without the scope openid, 4.38 has told it before") {
    auto texts = working();
    replace(texts.app, "openid profile email", "profile email");
    CHECK(login(texts) == "fails at userinfo: openid-scope-missing");
    texts.authelia_version = "4.38";
    texts.immich_version = "2.7.5";
    CHECK(login(texts) == "works");
}

TEST_CASE("userinfo: an ID token that holds the mail address makes Immich 2.6 ask no further") {
    auto texts = working();
    replace(texts.app, "  scope:", "  profileSigningAlgorithm: RS256\n  scope:");
    texts.authelia_version = "4.38";
    texts.immich_version = "2.7.5";
    CHECK(login(texts) == "works");
    texts.immich_version = "2.5";
    CHECK(login(texts) == "fails at userinfo: userinfo-alg-mismatch");
}

TEST_CASE("userinfo: up to 4.39.3 Authelia answers without the scope openid") {
    auto texts = working();
    replace(texts.app, "openid profile email", "profile email");
    for (const auto* const release : {"4.39.0", "4.39.3"}) {
        CAPTURE(release);
        texts.authelia_version = release;
        CHECK(login(texts) == "works");
    }
    texts.authelia_version = "4.39.4";
    CHECK(login(texts) == "fails at userinfo: openid-scope-missing");
}
