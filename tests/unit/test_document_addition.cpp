#include "document/addition.hpp"
#include "document/reader.hpp"

#include <doctest/doctest.h>

#include <array>
#include <memory>
#include <string>
#include <utility>

using namespace oidcgen::document;

namespace {

std::unique_ptr<Document> yaml(std::string text) { return read_document("a.yml", std::move(text), Dialect::go_yaml); }
std::unique_ptr<Document> json(std::string text) { return read_document("a.json", std::move(text), Dialect::json); }

/// The line around the word VALUE; `none` for none.
std::string line(const Place& missing, Quotes quotes) {
    const auto result = line_to_set(missing, quotes);
    return result ? result->before + "VALUE" + result->after + (result->is_first ? " first" : "") : "none";
}

} // namespace

TEST_CASE("addition_to: a line for each item, indented as the others are") {
    const auto document = yaml("a:\n  list:\n    - one\n");
    const auto place = document->root().find("a").find("list").place();
    CHECK(addition_to(place, std::array<std::string, 2>{"two", "it's"}) == "    - 'two'\n    - 'it''s'");
}

TEST_CASE("addition_to: behind its name where the list is missing") {
    const auto document = yaml("clients:\n  - id: a\n    name: b\n");
    const auto client = document->root().find("clients").children().front();
    CHECK(addition_to(client.missing("scopes"), std::array<std::string, 2>{"a", "b"}) ==
          "    scopes:\n      - 'a'\n      - 'b'");
}

TEST_CASE("addition_to: nothing for a list in brackets, or in JSON") {
    const auto document = yaml("list: [one]\n");
    CHECK_FALSE(addition_to(document->root().find("list").place(), std::array<std::string, 1>{"two"}));
    const auto other = json("{\n  \"list\": [\n    \"one\"\n  ]\n}\n");
    CHECK_FALSE(addition_to(other->root().find("list").place(), std::array<std::string, 1>{"two"}));
}

TEST_CASE("line_to_set: a line of YAML in the block of the setting") {
    const auto document = yaml("oauth:\n    scope: openid\nclients:\n  - id: a\n");
    const auto place = document->root().find("oauth").missing("method");
    CHECK(line(place, Quotes::yes) == "    method: 'VALUE'");
    CHECK(line(place, Quotes::no) == "    method: VALUE");
    const auto client = document->root().find("clients").children().front();
    CHECK(line(client.missing("method"), Quotes::yes) == "    method: 'VALUE'");
    SUBCASE("for a path that names every step") {
        auto stepwise = place;
        stepwise.path = k_root_path.child("oauth").child("method");
        CHECK(line(stepwise, Quotes::yes) == "    method: 'VALUE'");
        stepwise.path = k_root_path.child("other").child("method");
        CHECK(line(stepwise, Quotes::yes) == "none");
    }
}

TEST_CASE("line_to_set: the first line of an object in JSON") {
    const auto document =
        json("{\n  \"oauth\": {\n    \"scope\": \"openid\"\n  },\n  \"flat\": {\"a\": 1}, \"none\": {}\n}\n");
    CHECK(line(document->root().find("oauth").missing("method"), Quotes::yes) == "    \"method\": \"VALUE\", first");
    CHECK(line(document->root().find("flat").missing("method"), Quotes::yes) == "none");
    CHECK(line(document->root().find("none").missing("method"), Quotes::yes) == "none");
}

TEST_CASE("line_to_set: nothing for what is set, or in a mapping that is missing") {
    const auto document = yaml("oauth:\n  scope: openid\n");
    CHECK(line(document->root().find("oauth").find("scope").place(), Quotes::yes) == "none");
    CHECK(line(document->root().find("other").missing("method"), Quotes::yes) == "none");
    CHECK(line({}, Quotes::yes) == "none");
}
