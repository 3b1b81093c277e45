#include "util/version.hpp"

#include <string>

#include <doctest/doctest.h>

using namespace oidcgen::util;

TEST_CASE("Version: candidates come before their release") {
    CHECK(Version{3, 0, 0, 1} < Version{3, 0, 0});
    CHECK(Version{2, 7, 5} < Version{3, 0, 0, 0});
    CHECK(Version{1, 9, 0} < Version{1, 10, 0});
    CHECK(to_string(Version{3, 0, 0, 4}) == "3.0.0-rc.4");
    CHECK(to_string(Version{4, 39, 20}) == "4.39.20");
}

TEST_CASE("parse_version_request: takes one to three parts, a v, a candidate") {
    const auto line = parse_version_request(" 4.39 ");
    REQUIRE(line);
    CHECK(line->covers({4, 39, 20}));
    CHECK(line->covers({4, 39, 0}));
    CHECK_FALSE(line->covers({4, 38, 19}));
    const auto release = parse_version_request("v1.132.3");
    REQUIRE(release);
    CHECK(release->covers({1, 132, 3}));
    CHECK_FALSE(release->covers({1, 132, 0}));
    const auto major = parse_version_request("3");
    REQUIRE(major);
    CHECK(major->covers({3, 2, 2}));
    CHECK_FALSE(major->covers({3, 0, 0, 1}));
    const auto candidate = parse_version_request("3.0.0-rc.1");
    REQUIRE(candidate);
    CHECK(candidate->covers({3, 0, 0, 1}));
    CHECK_FALSE(candidate->covers({3, 0, 0}));
}

TEST_CASE("parse_version_request: refuses anything else") {
    for (const auto* text : {"", "v", "latest", "4.", "4.39.", "4.39.20.1", "04.39", "4.39-rc.1", "-1.0", "4 .39",
                             "4.x", "99999999999.1", "4.39.20-beta"}) {
        CAPTURE(std::string(text));
        CHECK_FALSE(parse_version_request(text));
    }
}

TEST_CASE("VersionRange: includes its start and excludes its end") {
    constexpr VersionRange range{{1, 132, 0}, {1, 133, 0}};
    CHECK(range.holds({1, 132, 0}));
    CHECK(range.holds({1, 132, 3}));
    CHECK_FALSE(range.holds({1, 133, 0}));
    CHECK_FALSE(range.holds({1, 131, 3}));
    CHECK(VersionRange{{1, 95, 0}}.holds({99, 0, 0}));
}
