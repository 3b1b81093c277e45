#include "util/url.hpp"

#include <string>

#include <doctest/doctest.h>

using namespace oidcgen::util;

namespace {

std::string written(std::string_view text) {
    const auto origin = parse_origin(text);
    return origin ? to_string(*origin) : "! " + origin.error().message.text();
}

} // namespace

TEST_CASE("parse_origin: a NUL byte ends no address") {
    using namespace std::string_view_literals;
    CHECK_FALSE(parse_origin("http://127.0.0.1\0"sv));
    CHECK_FALSE(parse_origin("http://127.0.0.1\0:80"sv));
    CHECK_FALSE(parse_origin("http://[::1\0]"sv));
    CHECK_FALSE(is_ip_address("::1\0"sv));
    CHECK_FALSE(is_ip6_with_zone("::1\0%eth0"sv));
}

TEST_CASE("parse_origin: writes an address as a browser does") {
    CHECK(written("https://Photos.Example.com") == "https://photos.example.com");
    CHECK(written(" https://photos.example.com:443/ ") == "https://photos.example.com");
    CHECK(written("http://photos.example.com:80") == "http://photos.example.com");
    CHECK(written("https://photos.example.com:8443") == "https://photos.example.com:8443");
    CHECK(written("http://192.168.1.20:2283") == "http://192.168.1.20:2283");
    CHECK(written("http://[2001:DB8:0:0::1]:2283") == "http://[2001:db8::1]:2283");
    CHECK(written("HTTPS://fotos.bücher.example") == "https://fotos.xn--bcher-kva.example");
    CHECK(written("http://immich:2283") == "http://immich:2283");
}

TEST_CASE("parse_origin: refuses what is more or less than an origin") {
    for (const auto* text :
         {"photos.example.com", "ftp://photos.example.com", "https://", "https://:443", "https://a b.example.com",
          "https://photos.example.com/immich", "https://photos.example.com?x", "https://photos.example.com/#x",
          "https://me@photos.example.com", "https://photos.example.com:0", "https://photos.example.com:65536",
          "https://photos.example.com:80x", "https://photos..example.com", "https://[::1", "https://[x]",
          "https://a\\b"}) {
        CAPTURE(std::string(text));
        CHECK_FALSE(parse_origin(text));
    }
}

TEST_CASE("host_name: takes names, not addresses") {
    CHECK(host_name("Example.COM.").value() == "example.com");
    CHECK(host_name("straße.example").value() == "xn--strae-oqa.example");
    CHECK(host_name("a.b.example.com").value() == "a.b.example.com");
    for (const auto* text : {"", ".", "https://example.com", "example.com/x", "example.com:443", "192.168.1.1", "::1",
                             "[::1]", "a b", "a..b", "-a.example", "a-.example", "under_score.example", "exa$mple"}) {
        CAPTURE(std::string(text));
        CHECK_FALSE(host_name(text));
    }
    CHECK_FALSE(host_name(std::string(64, 'a') + ".example"));
    CHECK_FALSE(host_name(std::string("a\0b", 3)));
    CHECK_FALSE(host_name("photos\u00a0")); // becomes a blank
}

TEST_CASE("is_ip_address: knows both families") {
    CHECK(is_ip_address("10.0.0.1"));
    CHECK(is_ip_address("fe80::1"));
    CHECK(is_ip_address("[fe80::1]"));
    CHECK_FALSE(is_ip_address("10.0.0"));
    CHECK_FALSE(is_ip_address("example.com"));
}
