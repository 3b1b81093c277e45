#include "util/words.hpp"

#include "util/assert.hpp"

#include <array>
#include <string>
#include <string_view>
#include <type_traits>

#include <doctest/doctest.h>

using namespace oidcgen::util;
using namespace std::string_literals;
using namespace std::string_view_literals;

namespace {

/// The parts that came from outside, joined by bars.
std::string outside_of(const Words& words) {
    std::string result;
    for (const auto& part : words.outside()) {
        result.append(words.raw(part)).append("|");
    }
    return result;
}

} // namespace

// A text that is no literal does not become a sentence, or something shown, by itself.
static_assert(!std::is_convertible_v<std::string, Words>);
static_assert(!std::is_convertible_v<std::string_view, Words>);
static_assert(!std::is_convertible_v<std::string, Shown> && !std::is_convertible_v<Words, Shown>);

TEST_CASE("words: knows which part came from outside") {
    const auto sentence = words("the {} is {}, not {}", "type"sv, outside("te\"xt"), 5);
    CHECK(sentence.text() == "the type is \"te\\\"xt\", not 5");
    CHECK(outside_of(sentence) == "type|te\"xt|");
    CHECK(outside_of(words("{}{}", sentence, outside("b"))) == "type|te\"xt|b|");
    CHECK(outside_of(words("{} {} {}", own("ours"s), path("a/b"), bare("c\n"))) == "a/b|c\n|");
    CHECK(outside_of("our own \"word\"").empty());
}

TEST_CASE("words: numbered arguments, doubled braces") {
    CHECK(words("{1} {0} {1}", "a", "b").text() == "b a b");
    CHECK(words("{{ {} }}", "x").text() == "{ x }");
    CHECK_THROWS_AS(static_cast<void>(words("{} {}", "one")), BrokenInvariant);
}

TEST_CASE("operator+=: parts keep their places") {
    Words sum("a ");
    sum += outside("b");
    sum += " c ";
    sum += outside("d");
    CHECK(sum.text() == "a \"b\" c \"d\"");
    CHECK(outside_of(sum) == "b|d|");
}

TEST_CASE("did_you_mean: says nothing when nothing is near") {
    constexpr std::array candidates{"domain"sv};
    CHECK(did_you_mean("domaim", candidates).text() == "; did you mean \"domain\"?");
    CHECK(outside_of(did_you_mean("domaim", candidates)) == "domain|");
    CHECK(did_you_mean("x", candidates).empty());
}
