#include "lang/python/pattern.hpp"
#include "lang/python/syntax.hpp"

#include <string>
#include <string_view>

#include <doctest/doctest.h>

using namespace oidcgen::lang::python;

TEST_CASE("check_pattern: what re.compile refuses") {
    for (const auto* const pattern : {"*", "+a", "a**", "(auth", "auth)", "[a-", "[b-a]", "a{2,1}", "\\", "\\i"}) {
        CAPTURE(pattern);
        CHECK(check_pattern(pattern) == PatternFault::invalid);
    }
    for (const auto* const pattern : {".*", "a{,}", "{", "a{2}", "x*?", "[]]", "[^a-z]", "(?:a|b)+", "(?P<n>a)", ""}) {
        CAPTURE(pattern);
        CHECK(check_pattern(pattern) == PatternFault::none);
    }
    for (const auto* const pattern : {"(?=a)", "(a)\\1", "(?i)a", "a*+", "\\bx"}) {
        CAPTURE(pattern);
        CHECK(check_pattern(pattern) == PatternFault::unjudged);
    }
}

TEST_CASE("full_match: the whole text has to fit") {
    const std::string_view text = "https://photos.example.com/auth/login";
    CHECK(full_match(R"(https://photos\.example\.com/(auth/login|user-settings))", text) == true);
    CHECK(full_match(R"(https://photos\.example\.com/auth)", text) == false);
    CHECK(full_match("https://photos.example.com/auth/login", "https://photosXexample.com/auth/login") == true);
    CHECK(full_match(".*", text) == true);
    CHECK(full_match("[a-z:/.]+", text) == true);
    CHECK(full_match("^https?://.{3,40}$", text) == true);
    CHECK(full_match("a{2,3}", "aaaa") == false);
    CHECK(full_match("(a|b)*c", "ababc") == true);
    CHECK_FALSE(full_match("(", text).has_value());
    // A pattern that takes exponential time in a backtracking engine.
    CHECK(full_match("(a*)*b", std::string(2000, 'a')) == false);
}

TEST_CASE("syntax_fault: brackets, texts and values") {
    for (const auto* const code : {"return {", "return {\"a\": ", "return (", "return ]", "return \"a",
                                   "if x\n    return {}", "return {\"a\": 1} {\"b\": 2}", "x = 1 +", "return a b"}) {
        CAPTURE(code);
        CHECK(syntax_fault(code).has_value());
    }
    for (const auto* const code :
         {"return {}", "return {\"a\": quota}", "# comment (\nreturn {'a': 'it''s'}", "return f\"{a['b']}\" \"c\"",
          "role = \"admin\" if ak_is_group_member(request.user, name=\"admins\") else \"user\"\nreturn {\"r\": role}",
          "return {\n    \"a\": 1,\n}", "return \"\"\"two\nlines (\"\"\"", "if x:\n    return {}\nreturn None",
          "return not x", "print(x, *y)", "return lambda x: x"}) {
        CAPTURE(code);
        CHECK_FALSE(syntax_fault(code).has_value());
    }
}

TEST_CASE("returned_by: the items of a dictionary") {
    const auto constant = returned_by("return {\"quota\": 50, \"role\": \"admin\", \"none\": None, \"list\": [1]}");
    REQUIRE(constant.items.size() == 4);
    CHECK(constant.is_known);
    CHECK(constant.items[0].outcome == Outcome::number);
    CHECK(constant.items[0].value == "50");
    CHECK(constant.items[1].outcome == Outcome::text);
    CHECK(constant.items[2].outcome == Outcome::none);
    CHECK(constant.items[3].outcome == Outcome::list);

    const auto computed =
        returned_by("q = f()\nreturn {\"role\": role} | ({} if q is None else {\"quota\": int(q)})\n");
    REQUIRE(computed.items.size() == 2);
    CHECK(computed.is_known);
    CHECK(computed.items[1].name == "quota");
    CHECK(computed.items[1].outcome == Outcome::computed);

    CHECK(returned_by("return \"admin\"").is_known);
    CHECK(returned_by("return \"admin\"").items.empty());
    CHECK_FALSE(returned_by("return user.attributes").is_known);
    CHECK_FALSE(returned_by("return {x: 1}").is_known);
    CHECK_FALSE(returned_by("return dict(a=1)").is_known);
}

TEST_CASE("returned_by: what looks something up that may not be there") {
    for (const auto* const code : {"return {\"quota\": request.user.attributes.get(\"quota\")}",
                                   "return {\"quota\": request.user.group_attributes(request).get('quota')}",
                                   "return {\"quota\": (a or b).get(\"quota\"), \"role\": \"user\"}",
                                   "quota = request.user.attributes.get(\"quota\")\nreturn {\"quota\": quota}"}) {
        CAPTURE(code);
        const auto returned = returned_by(code);
        REQUIRE(!returned.items.empty());
        CHECK(returned.items.front().may_be_none);
    }
    for (const auto* const code :
         {"return {\"quota\": request.user.attributes.get(\"quota\", 10)}",
          "return {\"quota\": int(request.user.attributes.get(\"quota\"))}",
          "return {\"quota\": request.user.attributes.get(\"quota\") or 10}", "return {\"quota\": get(\"quota\")}",
          "return {\"quota\": 1 + a.get(\"quota\")}", "return {\"quota\": a.get(\"b\").c}",
          "quota = a.get(\"quota\")\nif quota is None:\n    return {}\nreturn {\"quota\": quota}",
          "quota = a.get(\"quota\")\nreturn {} if quota is None else {\"quota\": quota}"}) {
        CAPTURE(code);
        const auto returned = returned_by(code);
        REQUIRE(!returned.items.empty());
        CHECK_FALSE(returned.items.front().may_be_none);
    }
}

TEST_CASE("returned_by: variables that nothing sets") {
    CHECK(returned_by("return {\"a\": quota}").items.front().outcome == Outcome::name);
    CHECK(returned_by("return {\"a\": quota}").items.front().value == "quota");
    CHECK(returned_by("quota = 1\nreturn {\"a\": quota}").items.front().outcome == Outcome::computed);
    CHECK(returned_by("return {\"a\": quota.x}").items.front().outcome == Outcome::computed);
}

TEST_CASE("returned_by: what is returned in some cases only") {
    const auto is_conditional = [](std::string_view code) {
        const auto returned = returned_by(code);
        REQUIRE(!returned.items.empty());
        return returned.items.front().is_conditional;
    };
    CHECK(is_conditional("return {} if x is None else {\"a\": x}"));
    CHECK(is_conditional("return ({} if x is None else {\"a\": x}) | {\"b\": 1}"));
    CHECK(is_conditional("if x:\n    return {\"a\": x}\nreturn {\"b\": 1}"));
    CHECK_FALSE(is_conditional("return {\"a\": x} | ({} if y is None else {\"b\": y})"));
    CHECK_FALSE(is_conditional("return {\"a\": x if x else y}"));
}
