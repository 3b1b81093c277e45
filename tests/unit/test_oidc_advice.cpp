#include "document/reader.hpp"
#include "oidc/advice.hpp"

#include <string>

#include <doctest/doctest.h>

using namespace oidcgen;

namespace {

std::string help(const char* text, std::string_view key, std::string_view item,
                 document::Dialect dialect = document::Dialect::go_yaml) {
    const auto document = document::read_document("x", text, dialect);
    const auto list = document->root().find("a").find(key);
    const auto place = list ? list.place() : document->root().find("a").missing(key);
    return oidc::how_to_add(place, util::own(key), item).text();
}

} // namespace

TEST_CASE("how_to_add: the lines to paste, at the indentation of the list") {
    CHECK(help("a:\n  scopes:\n      - openid\n", "scopes", "email") == "add this line to scopes:\n      - 'email'");
    CHECK(help("a:\n  scopes:\n  - openid\n", "scopes", "email") == "add this line to scopes:\n  - 'email'");
    CHECK(help("a:\n  uris:\n    -\n      x\n", "uris", "it's") == "add it's to uris");
    CHECK(help("a:\n  uris:\n    - x\n", "uris", "it's") == "add this line to uris:\n    - 'it''s'");
}

TEST_CASE("how_to_add: a list that is missing comes with its name, at the indentation of its neighbours") {
    CHECK(help("a:\n  b: 1\n", "scopes", "email") == "add these lines to the client:\n  scopes:\n    - 'email'");
    CHECK(help("b:\n  - 1\na: {b: 1}\n", "scopes", "email") == "add email to scopes");
}

TEST_CASE("how_to_add: what is not a block of YAML is told in words") {
    CHECK(help("a:\n  scopes: [openid]\n", "scopes", "email") == "add email to scopes");
    CHECK(help("a:\n  scopes: openid\n", "scopes", "email") == "add email to scopes");
    CHECK(help(R"({"a": {"scopes": ["openid"]}})", "scopes", "email", document::Dialect::json) ==
          "add email to scopes");
    CHECK(help("a:\n  scopes:\n    - x\n", "scopes", "caf\xC3\xA9") == "add caf\xC3\xA9 to scopes");
}

TEST_CASE("how_to_add: nothing is cut from what comes through an alias") {
    CHECK(help("x: &x\n  - openid\na:\n  scopes: *x\n", "scopes", "email") == "add email to scopes");
}
