#include "apps/immich/urls.hpp"

#include <array>
#include <doctest/doctest.h>
#include <string>
#include <string_view>

using namespace oidcgen::apps::immich;
using oidcgen::util::Version;

namespace {

constexpr Version k_oldest{1, 90, 0};
constexpr Version k_1_135{1, 135, 3};
constexpr Version k_2_3{2, 3, 1};
constexpr Version k_2_4{2, 4, 1};
constexpr Version k_2_7{2, 7, 5};

bool is_dotted(std::string_view text, const Version& version) {
    return is_validator_url(text, Addresses::any_dotted, version);
}

} // namespace

TEST_CASE("is_validator_url: hosts") {
    constexpr std::array<std::string_view, 10> k_good{
        "https://photos.example.com/api/oauth/mobile-redirect",
        "HTTPS://photos.example.com",
        "ftp://photos.example.com/x",
        "https://photos.local/x",
        "https://192.168.1.20:2283/x",
        "https://[2001:db8::1]:8443/x",
        "https://user:word@photos.example.com/",
        "photos.example.com/x",
        "https://фото.рф/x",
        "https://photos.example.com/x?y#z",
    };
    constexpr std::array<std::string_view, 20> k_bad{
        "",
        "http://localhost:2283",
        "http://immich:2283/x",
        "app.immich:///oauth-callback",
        "//photos.example.com",
        "https://photos_1.example.com",
        "https://photos.example.com.",
        "https://photos.example.c",
        "https://-photos.example.com",
        "https://photos..example.com",
        "https://photos.example.com:0",
        "https://photos.example.com:65536",
        "https://photos.example.com:x",
        "https://[2001:db8::1",
        "https://@photos.example.com",
        "https://a:b:c@photos.example.com",
        " https://photos.example.com",
        "https://photos.example.com/a b",
        "https://photos.example.com/<",
        "mailto:me@example.com",
    };
    for (const auto& version : {k_oldest, k_1_135, k_2_3, k_2_4, k_2_7}) {
        for (const auto text : k_good) {
            CAPTURE(text);
            CHECK(is_dotted(text, version));
        }
        for (const auto text : k_bad) {
            CAPTURE(text);
            CHECK_FALSE(is_dotted(text, version));
        }
    }
}

TEST_CASE("is_validator_url: what releases of the library changed") {
    SUBCASE("the scheme is what stands before the slashes, later before the colon") {
        CHECK(is_dotted("app.immich:/", k_1_135));
        CHECK_FALSE(is_dotted("app.immich:/", k_2_3));
        CHECK_FALSE(is_dotted("https:photos.example.com", k_1_135));
        CHECK(is_dotted("https:photos.example.com", k_2_3));
    }
    SUBCASE("a port is taken for no scheme") {
        CHECK(is_dotted("photos.example.com:2283/x", k_1_135));
        CHECK_FALSE(is_dotted("photos.example.com:2283/x", k_2_3));
        CHECK(is_dotted("photos.example.com:2283/x", k_2_4));
    }
    SUBCASE("nor is a user with a password, if nothing in it is encoded") {
        CHECK(is_dotted("user:word@photos.example.com", k_2_3));
        CHECK(is_dotted("user:wo%20rd@photos.example.com", k_2_4));
        CHECK_FALSE(is_dotted("user:wo%20rd@photos.example.com", k_2_7));
    }
    SUBCASE("length") {
        const std::string front = "https://photos.example.com/";
        const auto of_length = [&](std::size_t length) { return front + std::string(length - front.size(), 'a'); };
        CHECK(is_dotted(of_length(2082), k_oldest));
        CHECK_FALSE(is_dotted(of_length(2083), k_oldest));
        CHECK(is_dotted(of_length(2084), k_1_135));
        CHECK_FALSE(is_dotted(of_length(2085), k_1_135));
    }
}

TEST_CASE("is_validator_url: web addresses only") {
    for (const auto& version : {k_1_135, k_2_3, k_2_7}) {
        CHECK(is_validator_url("http://immich:2283", Addresses::web_only, version));
        CHECK(is_validator_url("http://localhost", Addresses::web_only, version));
        CHECK_FALSE(is_validator_url("photos.example.com", Addresses::web_only, version));
        CHECK_FALSE(is_validator_url("ftp://photos.example.com", Addresses::web_only, version));
        CHECK_FALSE(is_validator_url("http://", Addresses::web_only, version));
        CHECK_FALSE(is_validator_url("user:word@photos.example.com", Addresses::web_only, version));
    }
}
