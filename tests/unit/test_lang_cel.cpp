#include "lang/cel/cel.hpp"

#include <doctest/doctest.h>
#include <string>
#include <string_view>

using namespace oidcgen::lang::cel;

namespace {

Environment environment(bool is_open = false) {
    const Type text{Kind::text};
    return {.variables = {{"username", text},
                          {"groups", {Kind::list, {text}}},
                          {"address", {Kind::map, {text, text}}},
                          {"updated_at", {Kind::integer}},
                          {"email_verified", {Kind::boolean}},
                          {"anything", {}},
                          {"work.phone", text}},
            .is_open = is_open};
}

bool compiles(std::string_view expression) { return !compile_fault(expression, environment()); }

std::string fault_of(std::string_view expression) {
    const auto fault = compile_fault(expression, environment());
    return fault ? fault->message.text() : std::string();
}

} // namespace

TEST_CASE("compile_fault: literals") {
    for (const auto* const text : {"1",
                                   "-1",
                                   "0x1F",
                                   "5u",
                                   "0xFFu",
                                   "1.5",
                                   ".5",
                                   "1e3",
                                   "2.5E-3",
                                   "-2.0",
                                   "9223372036854775807",
                                   "-9223372036854775808",
                                   "18446744073709551615u",
                                   "true",
                                   "null",
                                   "'a'",
                                   "\"it's\"",
                                   "'it\\'s'",
                                   "r'\\d'",
                                   "R\"\\\"",
                                   "'''a'b'''",
                                   "\"\"\"two\nlines\"\"\"",
                                   "b'\\xff'",
                                   "bR'x'",
                                   "'\\u00e9\\U0001F600\\x41\\101'",
                                   "'é'",
                                   "[]",
                                   "[1, 'a',]",
                                   "[,]",
                                   "{}",
                                   "{'a': 1, 'b': 2,}",
                                   "{,}"}) {
        CAPTURE(text);
        CHECK(compiles(text));
    }
    for (const auto* const text : {"'a",
                                   "'it's'",
                                   "'a\nb'",
                                   "'\\q'",
                                   "'\\u12'",
                                   "'\\ud800'",
                                   "'\\400'",
                                   "b'\\u0041'",
                                   "'''a'",
                                   "9223372036854775808",
                                   "18446744073709551616u",
                                   "0x",
                                   "1.",
                                   "1.5.6",
                                   "50 GiB",
                                   "50GiB",
                                   "'a' 'b'",
                                   "[1,,]",
                                   "[1",
                                   "{'a'}",
                                   "{1:}"}) {
        CAPTURE(text);
        CHECK_FALSE(compiles(text));
    }
}

TEST_CASE("compile_fault: the grammar") {
    for (const auto* const text :
         {"1 + 2 * 3 - -4", "1--1", "!!email_verified", "--updated_at", "!(1 < 2)", "1 < 2 == true", "address.package",
          ".username", "(username)", "groups[0].size() > 3 // a comment", "\n'admin' in groups\n",
          "email_verified ? 1 : true ? 2 : 3", "email_verified && true || false",
          "google.protobuf.Duration{seconds: 1}"}) {
        CAPTURE(text);
        CHECK(compiles(text));
    }
    for (const auto* const text : {"",         "  ",       "// only",      "1 +",          "+ 1",
                                   "(1",       "1)",       "not true",     "true & false", "true ? true ? 1 : 2 : 3",
                                   "if",       "$x",       "package.x",    "address.in",   "username == 'a' and true",
                                   "size(1,)", "true ? 1", "username = 1", "a ` b",        "!-email_verified"}) {
        CAPTURE(text);
        CHECK_FALSE(compiles(text));
    }
    CHECK(fault_of("username = 'a'") == "\"=\" is not allowed there; values are compared with ==");
    CHECK(fault_of("") == "it is empty");
    CHECK(fault_of("(1") == "the expression ends without )");
    CHECK(compile_fault("'é' +", environment())->at == 6);
}

TEST_CASE("compile_fault: what it cannot follow is not refused") {
    CHECK(compiles(std::string(1000, '(') + "1"));
    std::string sum = "oops";
    for (int term = 0; term < 2000; ++term) {
        sum += " + 1";
    }
    CHECK(compiles(sum));
    CHECK(compiles("address.`a b`"));
}

TEST_CASE("compile_fault: names") {
    CHECK(fault_of("group") == "variable \"group\" does not exist; did you mean \"groups\"?");
    CHECK(fault_of("username.lower()") == "function \"lower\" does not exist");
    CHECK(fault_of("Thing{a: 1}") == "type \"Thing\" does not exist");
    CHECK(compile_fault("admin", environment())->is_name);
    CHECK_FALSE(compile_fault("admin", environment(true)));
    CHECK(compiles("work.phone"));
    CHECK(compiles("type(username) == string"));
    CHECK(compiles("math.greatest(1, 2) > 1 && sets.contains(groups, ['a'])"));
    CHECK(compiles("groups.first().orValue('none')"));
    CHECK(compiles("cel.bind(username, 1, username + 1)"));
    CHECK_FALSE(compiles("sets.contains(groups, roles)"));
}

TEST_CASE("compile_fault: types") {
    for (const auto* const text : {"username + '.photos'",
                                   "groups + ['a']",
                                   "[] + ['a']",
                                   "updated_at + 1",
                                   "1.5 * 2.0",
                                   "[1, 'a'][0] + 'b'",
                                   "'admin' in groups ? 'admin' : 'user'",
                                   "'x' in address",
                                   "[] == [null]",
                                   "null == null",
                                   "address.x + 'a'",
                                   "address['x'] == 'a'",
                                   "groups[-1]",
                                   "anything + 1",
                                   "anything.x.y ? 1 : 2",
                                   "dyn(1) == 'a'",
                                   "size(groups) > 1",
                                   "groups.size() == username.size()",
                                   "string(updated_at) + 'x'",
                                   "duration(null)",
                                   "timestamp(1) - timestamp(0)",
                                   "username.startsWith('a') ? username.substring(1) : ''",
                                   "groups.join(',') + username.split('.')[0]",
                                   "null <= null",
                                   "{1: 'a', 'b': 2}['b']"}) {
        CAPTURE(text);
        CHECK(compiles(text));
    }
    for (const auto* const text : {"username + 1",
                                   "username * 2",
                                   "-username",
                                   "!username",
                                   "groups + [1]",
                                   "1 + 1.5",
                                   "1 == 'a'",
                                   "1 == 1.0",
                                   "[1] < [2]",
                                   "username == null",
                                   "email_verified == 'true'",
                                   "username && true",
                                   "groups ? 1 : 2",
                                   "'a' in groups ? 1 : 'x'",
                                   "email_verified ? 'a' : null",
                                   "'x' in username",
                                   "1 in groups",
                                   "1 in address",
                                   "username[0]",
                                   "groups['x']",
                                   "groups[1.0]",
                                   "address[1]",
                                   "username.size",
                                   "groups.name",
                                   "address.a.b",
                                   "groups.contains('x')",
                                   "contains(username, 'a')",
                                   "username.startsWith(1)",
                                   "size(1)",
                                   "int(true)",
                                   "1u + 1",
                                   "true + anything",
                                   "groups.lowerAscii()"}) {
        CAPTURE(text);
        CHECK_FALSE(compiles(text));
    }
    CHECK(fault_of("username + 1") == "+ does not work with a string and an int");
    CHECK(fault_of("groups.contains('x')") == "contains(a string) of a list does not exist");
}

TEST_CASE("compile_fault: macros") {
    for (const auto* const text :
         {"groups.exists(g, g.startsWith('a'))", "groups.all(g, g != '')", "groups.filter(g, g == username)[0] + 'x'",
          "groups.map(g, {'name': g})[0].name + 'x'", "groups.map(g, g != '', g.size())[0] + 1", "has(address.country)",
          "address.exists_one(key, key == 'country')", "groups.sortBy(g, g)",
          "groups.exists(username, username == 'a')"}) {
        CAPTURE(text);
        CHECK(compiles(text));
    }
    for (const auto* const text :
         {"groups.exists(g, g == 1)", "groups.all(g, g)", "groups.all('g', true)", "username.exists(c, true)",
          "has(username)", "has(address['country'])", "has(username.x)", "groups.map(g, x)", "groups.map(g, g, g)",
          "groups.exists(g, true) && g == 'a'"}) {
        CAPTURE(text);
        CHECK_FALSE(compiles(text));
    }
}
