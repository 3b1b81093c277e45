#include "login_of_texts.hpp"

#include <doctest/doctest.h>

using namespace oidcgen::test;

TEST_CASE("authorize: each device needs its own redirect URI") {
    auto texts = working();
    SUBCASE("web") {
        replace(texts.provider, "          - https://photos.example.com/auth/login\n", "");
        CHECK(login(texts) == "fails at authorize: redirect-uri-unregistered");
        CHECK(login(texts, "link") == "works");
        CHECK(login(texts, "mobile") == "works");
    }
    SUBCASE("link") {
        replace(texts.provider, "          - https://photos.example.com/user-settings\n", "");
        CHECK(login(texts) == "works");
        CHECK(login(texts, "link") == "fails at authorize: redirect-uri-unregistered");
        CHECK(login(texts, "mobile") == "works");
    }
    SUBCASE("mobile") {
        replace(texts.provider, "          - app.immich:///oauth-callback\n", "");
        CHECK(login(texts) == "works");
        CHECK(login(texts, "link") == "works");
        CHECK(login(texts, "mobile") == "fails at authorize: redirect-uri-unregistered");
    }
}

TEST_CASE("authorize: redirect URIs are compared letter by letter") {
    auto texts = working();
    SUBCASE("a slash more") { replace(texts.provider, "/auth/login", "/auth/login/"); }
    SUBCASE("a capital") { replace(texts.provider, "/auth/login", "/auth/Login"); }
    SUBCASE("a port that is the default") { replace(texts.provider, "com/auth/login", "com:443/auth/login"); }
    CHECK(login(texts) == "fails at authorize: redirect-uri-unregistered");
    CHECK(login(texts, "link") == "works");
}

TEST_CASE("authorize: the address where the application is opened decides the redirect URI") {
    auto texts = working();
    texts.address = "https://pictures.example.com";
    CHECK(login(texts) == "fails at authorize: redirect-uri-unregistered");
    CHECK(login(texts, "mobile") == "works");
    texts.address = "";
    CHECK(login(texts) == "works assuming address"); // the registered one is taken for it
}

TEST_CASE("authorize: the client id is compared letter by letter") {
    auto texts = working();
    replace(texts.app, "clientId: photos", "clientId: Photos");
    CHECK(login(texts) == "fails at authorize: client-id-unknown");
    CHECK(login(texts, "mobile") == "fails at authorize: client-id-unknown");
}

TEST_CASE("authorize: scopes beside the registered ones are refused") {
    auto texts = working();
    SUBCASE("fewer are fine") {
        replace(texts.provider, "[openid, profile, email]", "[openid, profile, email, groups]");
        CHECK(login(texts) == "works");
    }
    SUBCASE("the default has groups") {
        replace(texts.provider, "        scopes: [openid, profile, email]\n", "");
        replace(texts.app, "openid profile email", "openid profile email groups");
        CHECK(login(texts) == "works");
    }
    SUBCASE("more") {
        replace(texts.app, "openid profile email", "openid profile email groups");
        CHECK(login(texts) == "fails at authorize: scope-unregistered");
    }
}

TEST_CASE("authorize: a demand for PKCE is met by releases that know it") {
    auto texts = working();
    replace(texts.provider, "        scopes:", "        require_pkce: true\n        scopes:");
    CHECK(login(texts) == "works");
    replace(texts.app, "  tokenEndpointAuthMethod: client_secret_post\n", "");
    replace(texts.provider, "client_secret_post", "client_secret_basic");
    texts.immich_version = "1.131.3";
    CHECK(login(texts) == "fails at authorize: pkce-demanded");
}

TEST_CASE("authorize: Immich hashes its code challenge") {
    auto texts = working();
    replace(texts.provider, "        scopes:", "        pkce_challenge_method: S256\n        scopes:");
    CHECK(login(texts) == "works");
    replace(texts.provider, "S256", "plain");
    CHECK(login(texts) == "fails at authorize: code-challenge-method-unusable");
}

TEST_CASE("authorize: whom the policy denies does not come back") {
    auto texts = working();
    replace(texts.provider, "  oidc:\n", R"(  oidc:
    authorization_policies:
      family:
        default_policy: one_factor
        rules:
          - policy: two_factor
            subject: 'group:family'
)");
    replace(texts.provider, "authorization_policy: two_factor", "authorization_policy: family");
    CHECK(login(texts) == "works");
    replace(texts.provider, "default_policy: one_factor", "default_policy: deny");
    CHECK(login(texts) == "unknown: person");
    replace(texts.provider, "policy: two_factor", "policy: deny");
    CHECK(login(texts) == "fails at authorize: policy-denies");
    CHECK(login(texts, "mobile") == "fails at authorize: policy-denies");
}

TEST_CASE("authorize: a client that takes only pushed requests refuses those of the browser") {
    auto texts = working();
    replace(texts.provider, "        scopes:", "        require_pushed_authorization_requests: true\n        scopes:");
    CHECK(login(texts) == "fails at authorize: pushed-request-demanded");
}

TEST_CASE("authorize: several subjects of a rule, all of them or any one, leave it to the person") {
    auto texts = working();
    replace(texts.provider, "  oidc:\n", R"(  oidc:
    authorization_policies:
      family:
        default_policy: deny
        rules:
          - policy: two_factor
            subject: ['group:family', 'user:somebody']
)");
    replace(texts.provider, "authorization_policy: two_factor", "authorization_policy: family");
    for (const auto* const release : {"4.39.0", "4.39.1"}) {
        CAPTURE(release);
        texts.authelia_version = release;
        CHECK(login(texts) == "unknown: person");
    }
}
