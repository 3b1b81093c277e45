#include "document/env_reader.hpp"

#include <doctest/doctest.h>

#include <string>

using namespace oidcgen::document;

namespace {

/// `KEY=value;` for each variable.
std::string variables(std::string text) {
    const auto document = read_env("x.env", std::move(text));
    if (!document) {
        return document.error().message.text();
    }
    std::string result;
    for (const auto& member : (*document)->root().children()) {
        result += std::string(member.key()) + "=" + std::string(member.text()) + ";";
    }
    return result;
}

} // namespace

TEST_CASE("read_env: lines as Compose reads them") {
    CHECK(variables("A=1\nB = 2\n\nexport C=3\nD: 4\n# E=5\n  F=6\r\n") == "A=1;B=2;C=3;D=4;F=6;");
    CHECK(variables("\xEF\xBB\xBF"
                    "A=1") == "A=1;");
    CHECK(variables("A=\nB\nC=x y  \n") == "A=;C=x y;");
    CHECK(variables("A=x # comment\nB=x#y\nC= # comment\n") == "A=x;B=x#y;C=;");
    CHECK(variables("A='x # y'\nB=\"x\" # comment\n") == "A=x # y;B=x;");
    CHECK(variables(R"(A='it\'s\n')"
                    "\n"
                    R"(B="a\tb\"c\\d")"
                    "\n"
                    R"(C=a\tb)") == R"(A=it's\n;B=a)"
                                    "\t"
                                    R"(b"c\d;C=a\tb;)");
    CHECK(variables("KEY=\"-----BEGIN\nMII\n-----END\"\nB=2") == "KEY=-----BEGIN\nMII\n-----END;B=2;");
    CHECK(variables("").empty());
}

TEST_CASE("read_env: what is wrong, without showing it") {
    CHECK(variables("A=1\nsome text\n") == "x.env:2: this line is not of the form NAME=VALUE");
    CHECK(variables("=x\n") == "x.env:1: this line is not of the form NAME=VALUE");
    CHECK(variables("A=1\nB='x\nC=2\n") == "x.env:2: the quote that begins on this line is not closed");
    CHECK(variables("A='x'y\n") == "x.env:1: there is text after the closing quote");
    CHECK(variables("A=\xFF\n") == "x.env is not valid UTF-8");
}

TEST_CASE("read_env: values have their bytes as their place") {
    const auto document = read_env("x.env", "A=1\nB='two'\n");
    REQUIRE(document);
    const auto place = (*document)->root().find("B").place();
    CHECK((*document)->source().text(place.span) == "'two'");
    CHECK((*document)->source().position(place.span.start).line == 2);
    CHECK((*document)->pointer(place.path) == "/B");
}
