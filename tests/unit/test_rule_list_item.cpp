#include "document/reader.hpp"
#include "rule/list_item.hpp"

#include <string>

#include <doctest/doctest.h>

using namespace oidcgen;

namespace {

std::string help(const char* text, std::string_view key, std::string_view item,
                 document::Dialect dialect = document::Dialect::go_yaml) {
    const auto document = document::read_document("x", text, dialect);
    const auto list = document->root().find("a").find(key);
    const auto place = list ? list.place() : document->root().find("a").missing(key);
    return rule::item_to_add(place, key, item).text();
}

} // namespace

TEST_CASE("item_to_add: a line at the indentation of the list, or what to write inside the brackets") {
    CHECK(help("a:\n  scopes:\n      - openid\n", "scopes", "email") == "add this line to scopes: `      - email`");
    CHECK(help("a:\n  scopes:\n  - openid\n", "scopes", "email") == "add this line to scopes: `  - email`");
    CHECK(help("a:\n  scopes: [openid]\n", "scopes", "email") == "add email to scopes: write `, email]` at its end");
    CHECK(help("a:\n  scopes: openid\n", "scopes", "email") == "add email to scopes");
    CHECK(help("a:\n  b: 1\n", "scopes", "email") == "add `scopes: [email]`");
    CHECK(help("a:\n  uris:\n    - x\n", "uris", "https://photos.example.com/auth/login") ==
          "add this line to uris: `    - https://photos.example.com/auth/login`");
    CHECK(help("a:\n  types:\n    - x\n", "types", "id_token token") ==
          "add this line to types: `    - 'id_token token'`");
    CHECK(help(R"({"a": {"scopes": ["openid"]}})", "scopes", "email", document::Dialect::json) ==
          "add \"email\" to scopes");
}
