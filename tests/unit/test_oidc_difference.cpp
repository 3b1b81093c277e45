#include "oidc/difference.hpp"

#include <doctest/doctest.h>

#include <string>
#include <string_view>

namespace {

std::string difference(std::string_view address, std::string_view right) {
    return oidcgen::oidc::difference(address, right).text();
}

} // namespace

TEST_CASE("difference: names the first part in which two addresses differ") {
    const auto* const right = "https://auth.example.com/base";
    CHECK(difference("https://AUTH.example.com/base", right) == "differs in upper and lower case");
    CHECK(difference("https://auth.example.com/base/", right) == "has a slash at the end");
    CHECK(difference(" https://auth.example.com/base", right) == "has spaces around it");
    CHECK(difference("http://auth.example.com/base", right) == "begins with http instead of https");
    CHECK(difference("http://auth:9091/base", right) ==
          "begins with http://auth:9091 instead of https://auth.example.com");
    CHECK(difference("https://auth.example.org/base", right) ==
          "has the host auth.example.org instead of auth.example.com");
    CHECK(difference("https://auth.example.com:9091/base", right) == "has the port 9091, which does not belong there");
    CHECK(difference("https://user@auth.example.com/base", right) == "differs in the user name in front of the host");
    CHECK(difference("https://auth.example.com/other", right) == "has the path /other instead of /base");
    CHECK(difference("https://auth.example.com/base?x", right) == "has something else behind the path");
}

TEST_CASE("difference: names what an address lacks") {
    CHECK(difference("https://auth.example.com", "https://auth.example.com/") == "lacks the slash at the end");
    CHECK(difference("https://auth.example.com", "https://auth.example.com/base") == "lacks the path /base");
    CHECK(difference("https://auth.example.com", "https://auth.example.com:9091") == "lacks the port 9091");
    CHECK(difference("https://auth.example.com:1", "https://auth.example.com:2") == "has the port 1 instead of 2");
}

TEST_CASE("difference: repeats what is not an address") {
    CHECK(difference("app.photos:/", "app.photos:///callback") == "is \"app.photos:/\"");
}
