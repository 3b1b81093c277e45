#include "login_of_texts.hpp"

#include <doctest/doctest.h>

using namespace oidcgen::test;

TEST_CASE("id_token: the algorithm is the expected one") {
    auto texts = working();
    replace(texts.app, "  scope:", "  signingAlgorithm: RS256\n  scope:");
    CHECK(login(texts) == "works");
}

TEST_CASE("id_token: another algorithm is refused, also one that differs in case") {
    auto texts = working();
    replace(texts.app, "  scope:", "  signingAlgorithm: ES256\n  scope:");
    CHECK(login(texts) == "fails at id_token: id-token-alg-mismatch");
    CHECK(login(texts, "mobile") == "fails at id_token: id-token-alg-mismatch");
    replace(texts.app, "ES256", "rs256");
    CHECK(login(texts) == "fails at id_token: id-token-alg-mismatch");
}

TEST_CASE("id_token: without the scope openid there is none") {
    auto texts = working();
    replace(texts.app, "openid profile email", "profile email");
    replace(texts.app, "  tokenEndpointAuthMethod: client_secret_post\n", "");
    replace(texts.provider, "client_secret_post", "client_secret_basic");
    texts.immich_version = "1.131.3";
    CHECK(login(texts) == "fails at id_token: openid-scope-missing");
    CHECK(login(texts, "link") == "fails at id_token: openid-scope-missing");
}

TEST_CASE("id_token: an algorithm that is filled in later leaves the login open") {
    auto texts = working();
    replace(texts.app, "  scope:", "  signingAlgorithm: ${ALGORITHM}\n  scope:");
    CHECK(login(texts) == "unknown: placeholder");
}

TEST_CASE("id_token: before 1.95 Immich expects HS256 where the metadata list it first") {
    auto texts = working();
    texts.immich_version = "1.94"; // which reads JSON alone
    texts.app = R"({"oauth": {"enabled": true, "issuerUrl": "https://auth.example.com", "clientId": "photos",
        "clientSecret": "made-up-secret-of-the-mutations-0123456789abcdef", "scope": "openid profile email"}})";
    replace(texts.provider, "client_secret_post", "client_secret_basic");
    replace(texts.provider, "app.immich:///oauth-callback", "app.immich:/");
    for (const auto* const release : {"4.38", "4.39.0", "4.39.1"}) {
        CAPTURE(release);
        texts.authelia_version = release;
        CHECK(login(texts) == "works");
    }
    texts.authelia_version = "4.39.2";
    CHECK(login(texts) == "fails at id_token: id-token-alg-mismatch");
}
