#include "lang/go/url.hpp"

#include <doctest/doctest.h>
#include <string_view>

using namespace oidcgen::lang::go;

namespace {

Url parsed(std::string_view text) {
    const auto url = parse_url(text, HostColons::strict);
    REQUIRE(url);
    return *url;
}

bool is_refused(std::string_view text, HostColons colons = HostColons::strict) { return !parse_url(text, colons); }

} // namespace

TEST_CASE("parse_url: the parts of an address") {
    const auto url = parsed("HTTPS://ann:pass%20word@photos.example.com:8443/a%20b?x=1#top");
    CHECK(url.scheme == "https");
    CHECK(url.user_name == "ann");
    CHECK(url.has_password);
    CHECK(url.host == "photos.example.com:8443");
    CHECK(url.path == "/a b");
    CHECK(url.query == "x=1");
    CHECK(url.fragment == "top");
    CHECK(parsed("photos.example.com:8443").opaque == "8443");
    CHECK(parsed("photos.example.com").path == "photos.example.com");
    CHECK_FALSE(parsed("").has_anything());
}

TEST_CASE("parse_url: a path is raw unless it is escaped as Go escapes it") {
    CHECK_FALSE(parsed("photos.example.com").has_raw_path);
    CHECK_FALSE(parsed("https://photos.example.com/a%20b/c+d").has_raw_path);
    CHECK(parsed("photos example").has_raw_path);
    CHECK(parsed("%61pp").has_raw_path);
    CHECK(parsed("photos!").has_raw_path);
}

TEST_CASE("parse_url: what Go refuses") {
    CHECK(is_refused("https://photos.example.com:port/"));
    CHECK(is_refused("https://photos example/"));
    CHECK(is_refused("https://photos.example.com/%zz"));
    CHECK(is_refused("192.0.2.1:8443/x"));
    CHECK(is_refused("https://photos.example.com/\n"));
    CHECK(is_refused("https://2001:db8::1/"));
    CHECK_FALSE(is_refused("https://2001:db8::1/", HostColons::any));
    CHECK_FALSE(is_refused("https://[2001:db8::1]/"));
    CHECK_FALSE(is_refused("app.example:///x"));
}
