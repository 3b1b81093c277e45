#include "util/text.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <random>
#include <string>
#include <string_view>
#include <vector>

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

TEST_CASE("edit_distance: the same as by the whole table, up to the limit") {
    // Optimal string alignment as textbooks have it.
    const auto plain = [](std::string_view from, std::string_view to) {
        std::vector<std::vector<std::size_t>> table(from.size() + 1, std::vector<std::size_t>(to.size() + 1));
        for (std::size_t i = 0; i <= from.size(); ++i) {
            for (std::size_t j = 0; j <= to.size(); ++j) {
                if (i == 0 || j == 0) {
                    table[i][j] = i + j;
                    continue;
                }
                const std::size_t change = from[i - 1] == to[j - 1] ? 0 : 1;
                table[i][j] = std::min({table[i - 1][j] + 1, table[i][j - 1] + 1, table[i - 1][j - 1] + change});
                if (i > 1 && j > 1 && from[i - 1] == to[j - 2] && from[i - 2] == to[j - 1]) {
                    table[i][j] = std::min(table[i][j], table[i - 2][j - 2] + 1);
                }
            }
        }
        return table[from.size()][to.size()];
    };
    std::minstd_rand random(1);
    const auto word = [&] {
        std::string result(random() % 8, 'a');
        std::ranges::generate(result, [&] { return static_cast<char>('a' + random() % 3); });
        return result;
    };
    for (int round = 0; round < 3000; ++round) {
        const auto from = word();
        const auto to = word();
        for (std::size_t limit = 1; limit <= 3; ++limit) {
            CAPTURE(from);
            CAPTURE(to);
            CHECK(edit_distance(from, to, limit) == std::min(plain(from, to), limit + 1));
        }
    }
}

TEST_CASE("start_of: cuts between code points") {
    CHECK(start_of("abc", 3) == "abc");
    CHECK(start_of("abcd", 3) == "abc");
    CHECK(start_of("aäb", 2) == "a");
    CHECK(start_of("aäb", 3) == "aä");
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
