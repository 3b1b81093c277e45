#include "util/text.hpp"

#include <array>
#include <string>
#include <string_view>

#include <doctest/doctest.h>

using namespace oidcgen::util;
using namespace std::string_view_literals;

TEST_CASE("trimmed: drops white space at both ends only") {
    CHECK(trimmed("  a b\t\n") == "a b");
    CHECK(trimmed(" \r\n") == "");
    CHECK(trimmed("") == "");
}

TEST_CASE("lowered: changes ASCII letters only") { CHECK(lowered("ABZ09ÄÖ") == "abz09ÄÖ"); }

TEST_CASE("split: n separators give n + 1 parts") {
    CHECK(split("a,,b", ',') == std::vector{"a"sv, ""sv, "b"sv});
    CHECK(split("", ',') == std::vector{""sv});
}

TEST_CASE("words: runs of blanks separate") {
    CHECK(words("  openid  email\tprofile ") == std::vector{"openid"sv, "email"sv, "profile"sv});
    CHECK(words(" \t").empty());
}

TEST_CASE("edit_distance: counts insertions, deletions, changes and swaps") {
    CHECK(edit_distance("domain", "domain", 2) == 0);
    CHECK(edit_distance("domian", "domain", 2) == 1);
    CHECK(edit_distance("domin", "domain", 2) == 1);
    CHECK(edit_distance("dormain", "domain", 2) == 1);
    CHECK(edit_distance("client", "domain", 2) == 3);
    CHECK(edit_distance("", "ab", 2) == 2);
    CHECK(edit_distance("", "abc", 2) == 3);
}

TEST_CASE("nearest: takes the closest candidate within two edits") {
    constexpr std::array candidates{"domain"sv, "subdomain"sv, "client_id"sv};
    CHECK(nearest("subdomian", candidates) == "subdomain"sv);
    CHECK(nearest("Domain", candidates) == "domain"sv);
    CHECK_FALSE(nearest("issuer", candidates));
    constexpr std::array short_ones{"api"sv};
    CHECK(nearest("apy", short_ones) == "api"sv);
    CHECK_FALSE(nearest("xpy", short_ones));
}

TEST_CASE("quoted: shows what cannot be seen") {
    CHECK(quoted("a\nb\t\"\\") == R"("a\nb\t\"\\")");
    CHECK(quoted("\x01\xc2\x85\xe2\x80\xa8\xef\xbb\xbf") == R"("\u0001\u0085\u2028\ufeff")");
    CHECK(quoted("caf\xe9") == R"("caf\xe9")");
    CHECK(quoted("grün 🙂") == "\"grün 🙂\"");
    CHECK(quoted("äöüß", 2) == "\"äö…\"");
}

TEST_CASE("alternatives: joins with commas and or") {
    CHECK(alternatives(std::array{"a"sv}) == "a");
    CHECK(alternatives(std::array{"a"sv, "b"sv}) == "a or b");
    CHECK(alternatives(std::array{"a"sv, "b"sv, "c"sv}) == "a, b or c");
}

TEST_CASE("invalid_utf8: finds the first bad byte") {
    CHECK_FALSE(invalid_utf8("grün 🙂"));
    CHECK(invalid_utf8("ab\xff") == 2);
    CHECK(invalid_utf8("\xc3") == 0);
    CHECK(invalid_utf8("ä\xed\xa0\x80") == 2);
}

TEST_CASE("code_points and display_width: count what they say") {
    CHECK(code_points("grün 🙂") == 6);
    CHECK(display_width("grün 🙂") == 7);
    CHECK(display_width("a\tb") == 3);
    CHECK(display_width("e\xcc\x81") == 1);
    CHECK(display_width("\xff") == 1);
}
