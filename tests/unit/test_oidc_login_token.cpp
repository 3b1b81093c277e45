#include "login_of_texts.hpp"

#include <doctest/doctest.h>

using namespace oidcgen::test;

TEST_CASE("token: the secret has to belong to the digest") {
    auto texts = working();
    CHECK(login(texts) == "works");
    replace(texts.app, "made-up-secret", "another-secret");
    CHECK(login(texts) == "fails at token: secret-mismatch");
    CHECK(login(texts, "link") == "fails at token: secret-mismatch");
    CHECK(login(texts, "mobile") == "fails at token: secret-mismatch");
}

TEST_CASE("token: a secret that is filled in later is not compared") {
    auto texts = working();
    replace(texts.app, "made-up-secret-of-the-mutations-0123456789abcdef", "${SECRET}");
    CHECK(login(texts) == "works assuming secret");
}

TEST_CASE("token: both sides have to agree on the method") {
    auto texts = working();
    SUBCASE("both basic") {
        replace(texts.provider, "client_secret_post", "client_secret_basic");
        replace(texts.app, "client_secret_post", "client_secret_basic");
        CHECK(login(texts) == "works");
    }
    SUBCASE("one of them") {
        replace(texts.app, "client_secret_post", "client_secret_basic");
        CHECK(login(texts) == "fails at token: auth-method-mismatch");
    }
    SUBCASE("the application's default is post") {
        replace(texts.app, "  tokenEndpointAuthMethod: client_secret_post\n", "");
        CHECK(login(texts) == "works");
    }
    SUBCASE("the provider's default is basic") {
        replace(texts.provider, "        token_endpoint_auth_method: client_secret_post\n", "");
        CHECK(login(texts) == "fails at token: auth-method-mismatch");
    }
}

TEST_CASE("token: before 1.132 Immich knows client_secret_basic alone") {
    auto texts = working();
    replace(texts.app, "  tokenEndpointAuthMethod: client_secret_post\n", "");
    texts.immich_version = "1.131.3";
    CHECK(login(texts) == "fails at token: auth-method-mismatch");
    replace(texts.provider, "client_secret_post", "client_secret_basic");
    CHECK(login(texts) == "works");
}

TEST_CASE("token: the client has to be allowed to exchange a code") {
    auto texts = working();
    replace(texts.provider, "        scopes:", "        grant_types: [authorization_code]\n        scopes:");
    CHECK(login(texts) == "works");
    replace(texts.provider, "[authorization_code]", "[refresh_token]");
    CHECK(login(texts).starts_with("fails at "));
}
