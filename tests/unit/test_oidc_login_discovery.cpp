#include "login_of_texts.hpp"

#include <doctest/doctest.h>

using namespace oidcgen::test;

TEST_CASE("discovery: the issuer URL leads to the metadata") {
    auto texts = working();
    SUBCASE("bare") {}
    SUBCASE("with a final slash") { replace(texts.app, "auth.example.com", "auth.example.com/"); }
    SUBCASE("that of the metadata") {
        replace(texts.app, "auth.example.com", "auth.example.com/.well-known/openid-configuration");
    }
    SUBCASE("below a path") {
        replace(texts.app, "auth.example.com", "example.com/auth");
        texts.provider_url = "https://example.com/auth";
    }
    CHECK(login(texts) == "works");
    CHECK(login(texts, "link") == "works");
    CHECK(login(texts, "mobile") == "works");
}

TEST_CASE("discovery: a path that is not the issuer's leads nowhere") {
    auto texts = working();
    replace(texts.app, "auth.example.com", "auth.example.com/api/oidc");
    CHECK(login(texts) == "fails at discovery: issuer-path-wrong");
    CHECK(login(texts, "link") == "fails at discovery: issuer-path-wrong");
    CHECK(login(texts, "mobile") == "fails at discovery: issuer-path-wrong");
}

TEST_CASE("discovery: only https is asked, unless Immich is told otherwise") {
    auto texts = working();
    replace(texts.app, "https://auth", "http://auth");
    CHECK(login(texts) == "fails at discovery: issuer-insecure");
    texts.provider_url = "http://auth.example.com";
    CHECK(login(texts) == "fails at discovery: issuer-insecure");
    replace(texts.app, "  scope:", "  allowInsecureRequests: true\n  scope:");
    CHECK(login(texts) == "works");
}

TEST_CASE("discovery: another host than the provider's is not the provider") {
    auto texts = working();
    replace(texts.app, "auth.example.com", "photos.example.com");
    CHECK(login(texts) == "fails at discovery: issuer-elsewhere");
}

TEST_CASE("discovery: what is not an address cannot be asked") {
    auto texts = working();
    texts.immich_version = "1.131.3";
    replace(texts.app, "https://auth", "auth");
    CHECK(login(texts) == "fails at discovery: issuer-unusable");
}

TEST_CASE("discovery: a login that is switched off does not come so far") {
    auto texts = working();
    replace(texts.app, "enabled: true", "enabled: false");
    CHECK(login(texts) == "fails at config-app: oauth-disabled");
}

TEST_CASE("discovery: the timeout has to fit a timer") {
    auto texts = working();
    replace(texts.app, "  scope:", "  timeout: 2147483\n  scope:");
    CHECK(login(texts) == "works");
    replace(texts.app, "2147483", "2147484");
    CHECK(login(texts) == "fails at discovery: timeout-out-of-range");
}

TEST_CASE("discovery: a placeholder for the issuer leaves the login open") {
    auto texts = working();
    replace(texts.app, "https://auth.example.com", "${ISSUER}");
    CHECK(login(texts) == "unknown: placeholder");
}
