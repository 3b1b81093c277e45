#include "oidc/terms.hpp"

#include <doctest/doctest.h>

using namespace oidcgen::oidc;

TEST_CASE("parse_auth_method: knows the words of RFC 7591, letter by letter") {
    for (const auto method : {AuthMethod::none, AuthMethod::client_secret_basic, AuthMethod::client_secret_post,
                              AuthMethod::client_secret_jwt, AuthMethod::private_key_jwt}) {
        CHECK(parse_auth_method(to_string(method)) == method);
    }
    CHECK(parse_auth_method("client_secret_post") == AuthMethod::client_secret_post);
    CHECK_FALSE(parse_auth_method("Client_Secret_Post"));
    CHECK_FALSE(parse_auth_method("basic"));
}

TEST_CASE("parse_code_challenge_method: is case-sensitive") {
    CHECK(parse_code_challenge_method("S256") == CodeChallengeMethod::s256);
    CHECK(parse_code_challenge_method("plain") == CodeChallengeMethod::plain);
    CHECK_FALSE(parse_code_challenge_method("s256"));
    CHECK_FALSE(parse_code_challenge_method(""));
}

TEST_CASE("RedirectUri: tells web addresses from app schemes") {
    CHECK(RedirectUri{"https://photos.example.com/auth/login"}.is_web());
    CHECK(RedirectUri{"HTTP://photos.example.com"}.is_web());
    CHECK_FALSE(RedirectUri{"app.immich:///oauth-callback"}.is_web());
    CHECK(RedirectUri{"app.immich:///oauth-callback"}.scheme() == "app.immich");
    CHECK(RedirectUri{"/auth/login"}.scheme().empty());
    CHECK(RedirectUri{"1.2.3.4:80/x"}.scheme().empty());
    CHECK(RedirectUri{":x"}.scheme().empty());
}

TEST_CASE("parse_scope: words in their order") {
    CHECK(parse_scope(" openid  email ") == std::vector<std::string>{"openid", "email"});
    CHECK(to_scope({"openid", "email"}) == "openid email");
    CHECK(to_scope({}).empty());
}

TEST_CASE("scope_of_claim: standard claims only") {
    CHECK(scope_of_claim("preferred_username") == "profile");
    CHECK(scope_of_claim("phone_number") == "phone");
    CHECK(scope_of_claim("sub") == "");
    CHECK_FALSE(scope_of_claim("immich_quota"));
}
