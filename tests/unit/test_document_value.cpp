#include "document/reader.hpp"
#include "document/value.hpp"

#include <doctest/doctest.h>

#include <string>
#include <string_view>

using namespace oidcgen::document;

namespace {

Value text(std::string content) { return Value{std::move(content)}; }

Value sample() {
    Value::Members oauth;
    oauth.emplace_back("enabled", Value{true});
    oauth.emplace_back("clientId", text("immich"));
    oauth.emplace_back("quota", Value{nullptr});
    oauth.emplace_back("timeout", Value{std::int64_t{-30}});
    oauth.emplace_back("scopes", Value{Value::List{text("a"), text("b")}});
    oauth.emplace_back("none", Value{Value::List{}});
    oauth.emplace_back("empty", Value{Value::Members{}});
    Value::Members root;
    root.emplace_back("oauth", Value{std::move(oauth)});
    return Value{std::move(root)};
}

/// Texts that careless writers spoil.
const std::string k_hostile_texts[] = {
    "",
    " ",
    " a ",
    "true",
    "no",
    "null",
    "~",
    "0123",
    "1e3",
    "2001-01-01",
    "<<",
    "=",
    "- a",
    "a: b",
    "a #b",
    "#a",
    "'",
    "it's ''quoted''",
    "\"",
    "\\",
    "\\n",
    "a\nb",
    "a\n\n  b\n",
    "\t",
    "\r\n",
    "@x",
    "%x",
    "*x",
    "&x",
    "!x",
    "|",
    ">",
    "{{ x }}",
    "[a]",
    "{a}",
    "---",
    "...",
    "--- a",
    std::string("\0", 1),
    "\x01",
    "\x1B",
    "\x7F",
    "\xC2\x80",
    "\xC2\x85",
    "\xC2\xA0",
    "\xE2\x80\xA8",
    "a\xE2\x80\xA9z",
    "\xEF\xBB\xBF",
    "h\xC3\xA9llo \xE4\xB8\xAD\xE6\x96\x87 \xF0\x9F\x98\x80",
};

} // namespace

TEST_CASE("to_json: keeps the order, indents by two, ends with a line break") {
    CHECK(to_json(sample()) == R"({
  "oauth": {
    "enabled": true,
    "clientId": "immich",
    "quota": null,
    "timeout": -30,
    "scopes": [
      "a",
      "b"
    ],
    "none": [],
    "empty": {}
  }
}
)");
    CHECK(to_json(text("h\xC3\xA9")) == "\"h\xC3\xA9\"\n");
}

TEST_CASE("to_json: valid UTF-8 whatever texts hold") {
    const auto written = [](std::string text) { return to_json({std::move(text)}); };
    CHECK(written("a\xED\xA0\x80z") == "\"a\\ud800z\"\n");
    CHECK(written("\xED\xBF\xBF") == "\"\\udfff\"\n");
    CHECK(written("\xED\x9F\xBF\"") == "\"\xED\x9F\xBF\\\"\"\n");
    CHECK(written("\xFFz") == "\"\xEF\xBF\xBDz\"\n");
    CHECK(to_json({Value::List{}}) == "[]\n");
    CHECK(to_json({Value::Members{{"a", {Value::List{{nullptr}, {true}}}}}}) ==
          "{\n  \"a\": [\n    null,\n    true\n  ]\n}\n");
}

TEST_CASE("to_yaml: keeps the order, indents by two, quotes text") {
    CHECK(to_yaml(sample()) == R"(oauth:
  enabled: true
  clientId: 'immich'
  quota: ~
  timeout: -30
  scopes:
    - 'a'
    - 'b'
  none: []
  empty: {}
)");
}

TEST_CASE("to_yaml: keys that are no plain words are quoted") {
    Value::Members members;
    members.emplace_back("yes", text("a"));
    members.emplace_back("a b", text("c"));
    members.emplace_back("0x1", text("d"));
    members.emplace_back("line\nbreak", text("e"));
    const std::string written = to_yaml(Value{members});
    const auto document = read_document("x", written, Dialect::go_yaml);
    CHECK(document->faults().empty());
    for (const auto& member : members) {
        CAPTURE(member.first);
        CHECK(document->root().find(member.first).text() == std::get<std::string>(member.second.data));
        CHECK(document->source().text(document->root().find(member.first).key_place().span).size() >
              member.first.size());
    }
    CHECK(written.find("\nyes:") == std::string::npos);
}

TEST_CASE("yaml_scalar: every reader takes it for the same text") {
    for (const std::string& original : k_hostile_texts) {
        CAPTURE(original);
        const std::string written = yaml_scalar(original);
        CHECK(written.find('\n') == std::string::npos);
        const std::string line = "k: " + written + "\n";
        for (const Dialect dialect : {Dialect::go_yaml, Dialect::js_yaml}) {
            const auto document = read_document("x", line, dialect);
            CHECK(document->faults().empty());
            const Scalar scalar = document->root().find("k").scalar();
            CHECK(scalar.type == ScalarType::text);
            CHECK(scalar.text == original);
        }
    }
}

TEST_CASE("yaml_scalar: single quotes unless the text needs escapes") {
    CHECK(yaml_scalar("plain") == "'plain'");
    CHECK(yaml_scalar("it's") == "'it''s'");
    CHECK(yaml_scalar("h\xC3\xA9") == "'h\xC3\xA9'");
    CHECK(yaml_scalar("a\nb") == "\"a\\nb\"");
}

TEST_CASE("to_json: reading it back gives the same text") {
    for (const std::string& original : k_hostile_texts) {
        CAPTURE(original);
        const std::string written = to_json(Value{Value::Members{{"k", text(original)}}});
        const auto document = read_document("x", written, Dialect::json);
        CHECK(document->faults().empty());
        CHECK(document->root().find("k").text() == original);
    }
}

TEST_CASE("to_yaml: a tag stands in front of its value") {
    const Value tagged{std::string("A"), "!env"};
    const Value list{Value::List{tagged}, "!any"};
    CHECK(to_yaml(Value{Value::Members{{"k", tagged}, {"l", list}}}) == "k: !env 'A'\nl: !any [!env 'A']\n");
}
