#include "lang/go/expand.hpp"

#include <string>
#include <string_view>

#include <doctest/doctest.h>

using namespace oidcgen;

namespace {

std::string expanded(std::string_view text) {
    return lang::go::expand(text, [](std::string_view name) { return name == "A" ? "value" : name == "$" ? "$" : ""; });
}

} // namespace

// https://pkg.go.dev/os#Expand
TEST_CASE("expand: names are replaced, with braces and without") {
    CHECK(expanded("x$A.y") == "xvalue.y");
    CHECK(expanded("x${A}y") == "xvaluey");
    CHECK(expanded("$Ab${B}") == "");
    CHECK(expanded("") == "");
}

TEST_CASE("expand: digits and signs are names of one byte") {
    CHECK(expanded("$310000") == "10000");
    CHECK(expanded("${3}1") == "1");
    CHECK(expanded("$$A") == "$A");
    CHECK(expanded("$-x$!") == "x");
}

TEST_CASE("expand: a dollar sign without a name stays, broken braces go") {
    CHECK(expanded("a$/b$") == "a$/b$");
    CHECK(expanded("a${}b") == "ab");
    CHECK(expanded("a${b") == "ab");
}

TEST_CASE("expand: of a digest hardly anything is left") {
    CHECK(expanded("$pbkdf2-sha512$310000$salt.x$key/y") == "-sha51210000.x/y");
    CHECK(expanded("$$pbkdf2-sha512$$310000$$salt$$key") == "$pbkdf2-sha512$310000$salt$key");
}
