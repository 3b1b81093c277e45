#include "document/reader.hpp"

#include <doctest/doctest.h>

#include <array>
#include <chrono>
#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

using namespace oidcgen::document;

namespace {

std::unique_ptr<Document> read(std::string text, Dialect dialect, const Limits& limits = {}) {
    return read_document("file", std::move(text), dialect, limits);
}
std::unique_ptr<Document> go(std::string text) { return read(std::move(text), Dialect::go_yaml); }
std::unique_ptr<Document> js(std::string text, JsYaml js_yaml = JsYaml::v4_2) {
    Limits limits;
    limits.js_yaml = js_yaml;
    return read(std::move(text), Dialect::js_yaml, limits);
}
std::unique_ptr<Document> json(std::string text) { return read(std::move(text), Dialect::json); }

std::string_view written(const Cursor& cursor) {
    const Place place = cursor.place();
    return place.document->source().text(place.span);
}

/// The kinds of all faults, `!` in front of fatal ones.
std::string faults(const Document& document) {
    constexpr std::string_view k_names[] = {
        "too_large",     "nul_byte",      "encoding",          "syntax",    "template_syntax",
        "duplicate_key", "unknown_alias", "cyclic_alias",      "bad_merge", "bad_key",
        "bad_tag",       "bad_directive", "several_documents", "too_deep",  "too_many_aliases",
    };
    std::string result;
    for (const Fault& fault : document.faults()) {
        result += result.empty() ? "" : " ";
        result += fault.fatal ? "!" : "";
        result += k_names[static_cast<std::size_t>(fault.kind)];
    }
    return result;
}

/// `line:column` and the text of the first fault.
std::string first_place(const Document& document) {
    REQUIRE_FALSE(document.faults().empty());
    const Fault& fault = document.faults().front();
    const Position position = document.source().position(fault.span.start);
    return std::to_string(position.line) + ":" + std::to_string(position.column) + " " +
           std::string(document.source().text(fault.span));
}

std::string repeated(std::string_view text, std::size_t count) {
    std::string result;
    result.reserve(text.size() * count);
    for (std::size_t index = 0; index < count; ++index) {
        result += text;
    }
    return result;
}

} // namespace

TEST_CASE("read_document: spans are byte exact in YAML") {
    const auto document = go("# c\n"
                             "plain: some text   # comment\n"
                             "single: 'it''s'\n"
                             "double: \"a\\nb\"\n"
                             "empty:\n"
                             "flow: {a: [1, 2] , b: }\n"
                             "block:\n"
                             "  - x\n"
                             "  - y: z\n"
                             "\n"
                             "literal: |\n"
                             "  one\n"
                             "  two\n"
                             "\n"
                             "folded: >-\n"
                             "  one\n"
                             "  two\n"
                             "several: one\n"
                             "  two\n");
    REQUIRE(document->faults().empty());
    const Cursor root = document->root();
    CHECK(written(root.find("plain")) == "some text");
    CHECK(written(root.find("single")) == "'it''s'");
    CHECK(root.find("single").text() == "it's");
    CHECK(written(root.find("double")) == "\"a\\nb\"");
    CHECK(root.find("double").text() == "a\nb");
    CHECK(written(root.find("empty")).empty());
    CHECK(root.find("empty").place().span.start == document->source().text().find("empty:") + 6);
    CHECK(written(root.find("flow")) == "{a: [1, 2] , b: }");
    CHECK(written(root.find("flow").find("a")) == "[1, 2]");
    CHECK(written(root.find("block")) == "- x\n  - y: z");
    CHECK(written(root.find("block").children()[1]) == "y: z");
    CHECK(written(root.find("literal")) == "|\n  one\n  two");
    CHECK(root.find("literal").text() == "one\ntwo\n");
    CHECK(written(root.find("folded")) == ">-\n  one\n  two");
    CHECK(root.find("folded").text() == "one two");
    CHECK(written(root.find("several")) == "one\n  two");
    CHECK(root.find("several").text() == "one two");
    CHECK(written(root).substr(0, 6) == "plain:");
    CHECK(written(root).substr(written(root).size() - 3) == "two");
}

TEST_CASE("read_document: spans count bytes behind other than ASCII text") {
    const auto document = go("\xC3\xA4\xC3\xB6: \"\xE4\xB8\xAD\", x: y\n");
    CHECK(faults(*document) == "!syntax");
    const auto good =
        go("k: {\xC3\xA4\xC3\xB6: \xE4\xB8\xAD, x: y} # \xF0\x9F\x98\x80\n\xC3\xA9: [\xF0\x9F\x98\x80, z]\n");
    REQUIRE(good->faults().empty());
    CHECK(written(good->root().find("k").find("x")) == "y");
    CHECK(written(good->root().find("k").find("\xC3\xA4\xC3\xB6")) == "\xE4\xB8\xAD");
    CHECK(written(good->root().find("\xC3\xA9").children()[1]) == "z");
    CHECK(written(good->root().find("\xC3\xA9")) == "[\xF0\x9F\x98\x80, z]");
}

TEST_CASE("read_document: spans with a byte order mark and with Windows line ends") {
    for (const std::string_view mark : {"", "\xEF\xBB\xBF"}) {
        const auto document = go(std::string(mark) + "a: b\r\nc:\r\n  - d\r\n  - |\r\n    e\r\n");
        REQUIRE(document->faults().empty());
        CHECK(written(document->root().find("a")) == "b");
        CHECK(written(document->root().find("c").children()[0]) == "d");
        CHECK(document->root().find("c").children()[1].text() == "e\n");
        CHECK(document->root().find("a").place().span.start == mark.size() + 3);
    }
}

TEST_CASE("read_document: anchors and tags are no part of a scalar's span") {
    const auto document = go("a: &x !!str 'b'\nc: !!int 5\nd: &y\ne: *x\nf: &z [1]\n");
    REQUIRE(document->faults().empty());
    const Cursor root = document->root();
    CHECK(written(root.find("a")) == "'b'");
    CHECK(written(root.find("c")) == "5");
    CHECK(written(root.find("d")).empty());
    CHECK(root.find("d").is_null());
    CHECK(written(root.find("e")) == "*x");
    CHECK(root.find("e").text() == "b");
}

TEST_CASE("read_document: spans are byte exact in JSON") {
    const auto document =
        json("\xEF\xBB\xBF {\"a\" : -1.5e3 ,\r\n\"b\\\"\\u00e9\": [true,null,\"x\\\\\" ],\n \"c\":{}, \"d\": 7}\n");
    REQUIRE(document->faults().empty());
    const Cursor root = document->root();
    CHECK(root.place().span.start == 4);
    CHECK(written(root.find("a")) == "-1.5e3");
    CHECK(document->source().text(root.children()[1].key_place().span) == "\"b\\\"\\u00e9\"");
    CHECK(root.children()[1].key() == "b\"\xC3\xA9");
    CHECK(written(root.children()[1]) == "[true,null,\"x\\\\\" ]");
    CHECK(written(root.children()[1].children()[1]) == "null");
    CHECK(written(root.children()[1].children()[2]) == "\"x\\\\\"");
    CHECK(root.children()[1].children()[2].text() == "x\\");
    CHECK(written(root.find("c")) == "{}");
    CHECK(written(root.find("d")) == "7");
    CHECK(written(root).back() == '}');
}

TEST_CASE("read_document: JSON text gives the same tree by way of YAML") {
    const auto strict = js("{\"a\": [1, \"b\"], \"c\": {\"d\": null}}");
    const auto loose = js("{\"a\": [1, \"b\"], \"c\": {\"d\": null}, }");
    for (const auto* document : {strict.get(), loose.get()}) {
        CHECK(document->faults().empty());
    }
    CHECK(written(strict->root().find("a").children()[1]) == written(loose->root().find("a").children()[1]));
    CHECK(strict->root().find("c").place().span == loose->root().find("c").place().span);
    CHECK(loose->root().find("c").find("d").is_null());
}

TEST_CASE("read_document: nothing to read is no fault in YAML, and one in JSON") {
    for (const std::string_view text : {"", "\n\n", "# only a comment\n", "\xEF\xBB\xBF"}) {
        CHECK(go(std::string(text))->faults().empty());
        CHECK_FALSE(go(std::string(text))->root());
        CHECK(js(std::string(text))->faults().empty());
        CHECK_FALSE(js(std::string(text))->root());
    }
    CHECK(faults(*json("")) == "!syntax");
    CHECK(faults(*json(" ")) == "!syntax");
}

TEST_CASE("read_document: keys that stand twice") {
    SUBCASE("both places and the pointer") {
        const auto document = go("a:\n  - b: 1\n    c: 2\n    b: 3\n");
        REQUIRE(faults(*document) == "duplicate_key");
        const Fault& fault = document->faults().front();
        CHECK(first_place(*document) == "4:5 b");
        CHECK(document->source().position(fault.other.start).line == 2);
        CHECK(document->pointer(fault.path) == "/a/0/b");
        CHECK(document->root().find("a").children()[0].find("b").text() == "1");
    }
    SUBCASE("in all dialects") {
        CHECK(faults(*js("{\"a\": 1, \"a\": 2}")) == "duplicate_key");
        CHECK(faults(*js("a: 1\na: 2\n")) == "duplicate_key");
        CHECK(faults(*json("{\"a\": 1, \"a\": 2}")) == "duplicate_key");
    }
    SUBCASE("go-yaml compares text") {
        CHECK(faults(*go("1: a\n'1': b\n")) == "duplicate_key");
        CHECK(faults(*go("1: a\n0x1: b\n")).empty());
        CHECK(faults(*go("<<: {a: 1}\n<<: {b: 1}\n")) == "duplicate_key");
    }
    SUBCASE("js-yaml compares names of properties") {
        CHECK(faults(*js("1: a\n'1': b\n")) == "duplicate_key");
        CHECK(faults(*js("1: a\n0x1: b\n")) == "duplicate_key");
        CHECK(faults(*js("~: a\n'null': b\n")) == "duplicate_key");
        CHECK(faults(*js("<<: {a: 1}\n<<: {b: 1}\n")).empty());
    }
    SUBCASE("merged keys may be overridden") {
        CHECK(faults(*go("x: &x {a: 1}\ny:\n  <<: *x\n  a: 2\n")).empty());
        CHECK(faults(*js("x: &x {a: 1}\ny:\n  <<: *x\n  a: 2\n")).empty());
    }
    SUBCASE("in large mappings, in the order of the text") {
        std::string text;
        for (int key = 0; key < 100; ++key) {
            text += "k" + std::to_string(key) + ": 1\n";
        }
        text += "k70: 2\nk3: 2\nk70: 3\n";
        const auto document = go(text);
        REQUIRE(faults(*document) == "duplicate_key duplicate_key duplicate_key");
        CHECK(document->pointer(document->faults()[0].path) == "/k70");
        CHECK(document->pointer(document->faults()[1].path) == "/k3");
        CHECK(document->source().position(document->faults()[2].other.start).line == 71);
    }
    SUBCASE("the message quotes the key") {
        CHECK(go("a: 1\na: 2\n")->faults().front().message.text().find("\"a\"") != std::string::npos);
    }
}

TEST_CASE("read_document: aliases") {
    CHECK(faults(*go("a: *b\nb: &b 1\n")) == "!unknown_alias");
    CHECK(first_place(*go("a: [x, *b]\n")) == "1:8 *b");
    CHECK(faults(*go("a: &a [x, *a]\n")) == "cyclic_alias");
    CHECK(faults(*js("a: &a {b: *a}\n")) == "cyclic_alias");
    CHECK(faults(*go("a: &a {<<: *a}\n")) == "cyclic_alias");
    CHECK(faults(*js("a: &a {b: 1, <<: *a}\n")).empty());
    const auto document = go("a: &a [x, *a]\n");
    CHECK(document->root().find("a").children()[1].kind() == NodeKind::alias);
    CHECK(document->root().find("a").children()[1].children().empty());
}

TEST_CASE("read_document: merge values") {
    CHECK(faults(*go("a: {<<: x}\n")) == "bad_merge");
    CHECK(faults(*go("a: {<<: [x]}\n")) == "bad_merge");
    CHECK(faults(*go("a: {<<: }\n")) == "bad_merge");
    CHECK(faults(*go("l: &l [{x: 1}]\na: {<<: *l}\n")) == "bad_merge");
    CHECK(faults(*js("l: &l [{x: 1}]\na: {<<: *l}\n")).empty());
    CHECK(faults(*js("a: {<<: x}\n")) == "bad_merge");
    CHECK(faults(*js("a: {<<: }\n")) == "bad_merge");
    CHECK(faults(*go("a: {'<<': x}\n")).empty());
    CHECK(faults(*go("a: {<<: [{x: 1}, {y: 1}]}\n")).empty());
}

TEST_CASE("read_document: keys that are no scalars") {
    CHECK(faults(*go("? [a, b]\n: c\n")) == "bad_key");
    CHECK(faults(*go("a: &a {b: c}\n*a : d\n")) == "bad_key");
    CHECK(faults(*go("a: &a b\n*a : d\n")).empty());
    CHECK(faults(*js("? [a, b]\n: c\n")).empty());
    CHECK(faults(*js("? [[a], b]\n: c\n")) == "bad_key");
}

TEST_CASE("read_document: tags") {
    CHECK(faults(*go("a: !custom b\n")).empty());
    CHECK(faults(*go("a: !!int b\n")) == "bad_tag");
    CHECK(faults(*go("a: !!map [b]\n")).empty());
    CHECK(faults(*js("a: !custom b\n")) == "bad_tag");
    CHECK(faults(*js("a: !!int b\n")) == "bad_tag");
    CHECK(faults(*js("a: !!map [b]\n")) == "bad_tag");
    CHECK(faults(*js("a: !!set {b, c}\n")).empty());
    CHECK(faults(*js("a: !!set {b: 1}\n")) == "bad_tag");
    CHECK(faults(*js("a: !!omap [b: 1, c: 1]\n")).empty());
    CHECK(faults(*js("a: !!omap [b: 1, b: 1]\n")) == "bad_tag");
    CHECK(faults(*js("a: !!set [b, c, d]\n")) == "bad_tag");
    CHECK(faults(*js("a: !!omap {b: 1, c: 1}\n")) == "bad_tag");
    CHECK(faults(*js("a: !!pairs [b: 1, b: 1]\n")).empty());
    CHECK(faults(*js("a: !!js/function b\n")) == "bad_tag");
}

TEST_CASE("read_document: tags of a system's own") {
    constexpr std::array<std::string_view, 1> k_tags{"!env"};
    Limits limits;
    limits.tags = k_tags;
    const auto document = read("a: !env 1\nb: !env [2]\nc: &x !env {d: 3}\ne: *x\n", Dialect::js_yaml, limits);
    CHECK(faults(*document).empty());
    const auto root = document->root();
    CHECK(root.find("a").tag() == "!env");
    CHECK(root.find("a").scalar().type == ScalarType::text);
    CHECK(root.find("b").tag() == "!env");
    CHECK(root.find("b").children().front().tag().empty());
    CHECK(root.find("b").children().front().scalar().type == ScalarType::integer);
    CHECK(root.find("e").tag() == "!env");
    CHECK(root.find("f").tag().empty());
    CHECK(faults(*read("a: !env 1\nb: !enw 2\n", Dialect::js_yaml, limits)) == "bad_tag");
    CHECK(faults(*read("a: !enw [2]\n", Dialect::js_yaml, limits)) == "bad_tag");
}

TEST_CASE("read_document: documents and directives") {
    CHECK(faults(*go("a: 1\n---\nb: [\n")).empty());
    CHECK(faults(*go("a: 1\n---\n@\n")) == "!syntax");
    CHECK(faults(*go("a: 1\n---\nb: 1\nc: 1\nc: 2\n")).empty());
    CHECK(go("a: 1\n---\na: 2\n")->root().find("a").text() == "1");
    CHECK(faults(*js("a: 1\n---\nb: 1\n")) == "!several_documents");
    CHECK(faults(*js("---\na: 1\n...\n")).empty());
    CHECK(faults(*go("%YAML 1.1\n---\na: 1\n")).empty());
    CHECK(faults(*go("%YAML 1.2\n---\na: 1\n")) == "!bad_directive");
    CHECK(faults(*js("%YAML 1.2\n---\na: 1\n")).empty());
    CHECK(faults(*js("%YAML 2.0\n---\na: 1\n")) == "!bad_directive");
}

TEST_CASE("read_document: what go-yaml refuses or takes unlike libyaml") {
    CHECK(faults(*go("a: \"b\\/c\"\n")) == "!syntax");
    CHECK(first_place(*go("a: \"b\\/c\"\n")) == "1:6 \\/");
    CHECK(faults(*go("a: \"b\\\\/c\"\n")).empty());
    CHECK(go("a: \"b\\'c\\x41\"\nd: 'e\\'\n")->root().find("a").text() == "b'cA");
    CHECK(faults(*go("a: \"b\\'c\"\nd: 'e\\'\n")).empty());
    CHECK(faults(*go("a: [https://b/?c=d]\n")) == "!syntax");
    CHECK(faults(*go("a: ['https://b/?c=d']\n")).empty());
    CHECK(faults(*go("a: https://b/?c=d\n")).empty());
    CHECK(faults(*go("a: 1\n\xEF\xBB\xBF"
                     "b: 2\n"))
              .empty());
    CHECK(go("a: 1\n\xEF\xBB\xBF"
             "b: 2\n")
              ->root()
              .children()[1]
              .key() == "\xEF\xBB\xBF"
                        "b");
}

TEST_CASE("read_document: what js-yaml refuses or takes unlike libyaml") {
    SUBCASE("tabs") {
        CHECK(faults(*js("\t{\"a\": 1,}\n")).empty());
        CHECK(faults(*js("a:\n  b: 1\n\t\n  c: 2\n\t# d\n")).empty());
        CHECK(faults(*js("a:\n  b: x\n\t# d")).empty());
        CHECK(faults(*js("a:\n\tb: 1\n")) == "!syntax");
        CHECK(faults(*js("{\n\t\"a\": 1,\n}\n")).empty());
    }
    SUBCASE("escapes") {
        CHECK(js("a: \"\\ud83d\\ude00 \\u00e9 \\/\"\n")->root().find("a").text() == "\xF0\x9F\x98\x80 \xC3\xA9 /");
        CHECK(faults(*js("a: \"\\'\"\n")) == "!syntax");
        CHECK(js("a: '\\ud83d'\nb: \"\\ud83d\"\n")->root().find("a").text() == "\\ud83d");
        CHECK(js("a: |\n  \\ud83d\nb: \"\\ud83d\"\n")->root().find("a").text() == "\\ud83d\n");
        CHECK(js("a: \"\\\\ud83d \\ud83d\"\n")->root().find("a").text() == "\\ud83d \xED\xA0\xBD");
    }
    SUBCASE("line breaks of other kinds are text") {
        CHECK(js("a: b\xE2\x80\xA8"
                 "c\xC2\x85"
                 "d\n")
                  ->root()
                  .find("a")
                  .text() == "b\xE2\x80\xA8"
                             "c\xC2\x85"
                             "d");
        CHECK(js("a: \"\\x41\xE2\x80\xA8\"\n")->root().find("a").text() == "A\xE2\x80\xA8");
    }
    SUBCASE("control characters in comments and quotes") {
        CHECK(faults(*js("a: 1 # \x01\n")).empty());
        CHECK(js("a: \"b\x7F\"\n")->root().find("a").text() == "b\x7F");
        CHECK(faults(*js("a: b\x7F\n")) == "!syntax");
        CHECK(faults(*js("a: \"b\x01\"\n")) == "!syntax");
    }
    SUBCASE("a colon on another line than its key in braces") {
        CHECK(faults(*js("{\"a\"\n: 1}\n")) == "!syntax");
        CHECK(faults(*js("{a\n  : 1, }\n")) == "!syntax");
        CHECK(faults(*js("{? a\n  : 1 }\n")).empty());
        CHECK(faults(*js("{\"a\":\n 1}\n")).empty());
        CHECK(faults(*json("{\"a\"\n: 1}\n")).empty());
    }
    SUBCASE("comments behind block indicators") {
        CHECK(faults(*js("a: |#c\n  b\n")) == "!syntax");
        CHECK(faults(*js("a: | #c\n  b\n")).empty());
    }
    SUBCASE("comments") {
        CHECK(faults(*js("{\"a\": \"x\" // b\n}\n")) == "!syntax");
        CHECK(faults(*js("{\"a\": 1 # b\n}\n")).empty());
    }
}

TEST_CASE("read_document: marks in flow style that js-yaml takes for text") {
    const auto items = [](std::string text) {
        std::string result;
        const auto document = js(std::move(text));
        for (const Cursor& item : document->root().children()) {
            result += std::string(item.key()) + "=" + std::string(item.text()) + ";";
        }
        return faults(*document).empty() ? result : faults(*document);
    };
    CHECK(items("[:a, ?b, -c]\n") == "=:a;=?b;=-c;");
    CHECK(items("{:a: ?b, ?c: :d}\n") == ":a=?b;?c=:d;");
    CHECK(items("[?\"a\", ::b, :?c]\n") == "=?\"a\";=::b;=:?c;");
    CHECK(items("{\"a\":b, c: [:d\n  e]}\n") == "a=b;c=;");
    CHECK(items("{? a: b, c: }\n") == "a=b;c=;");
    CHECK(js("{a: [:d\n  e]}\n")->root().find("a").children()[0].text() == ":d e");
    CHECK(items("[\xC3\xA4, :\xC3\xB6]\n") == "=\xC3\xA4;=:\xC3\xB6;");
    for (const std::string_view text : {"[-]\n", "[?]\n", "[a, -]\n", "{a: -}\n", "{a: ?, b: c}\n", "[?,]\n"}) {
        CAPTURE(text);
        CHECK(faults(*js(std::string(text))) == "!syntax");
    }
    CHECK(faults(*js("{-: a}\n")).empty());
}

TEST_CASE("read_document: flow style in js-yaml") {
    CHECK(faults(*js("a: {b: c\n d}\n")).empty());
    CHECK(faults(*js("a: {b: c\n\n d,\ne: f}\n")).empty());
    CHECK(faults(*js("a: {b: c\nd}\n")) == "!syntax");
    CHECK(faults(*js("a:\n  - {b: c\n    d}\n")).empty());
    CHECK(faults(*js("a:\n  - {b: c\n  d}\n")) == "!syntax");
    CHECK(faults(*js("{b: c\nd}\n")).empty());
    CHECK(js("{a: b, c:}\n")->root().find("c").is_null());
    CHECK(js("{a:}\n")->root().find("a").is_null());
    CHECK(js("{a:?b: c}\n")->root().find("a:?b").text() == "c");
    CHECK(faults(*js("{a: b:}\n")) == "!syntax");
    CHECK(faults(*go("{a: b, c:}\n")) == "!syntax");
}

TEST_CASE("read_document: properties in front of a first key, by release of js-yaml") {
    for (const std::string_view text :
         {"!!str a: b\n", "a:\n  &x b: c\n", "- !!str a: b\n", "a: &m\n  &x b: c\n", "&x [a]: b\n", "!!str : b\n"}) {
        CAPTURE(text);
        CHECK(faults(*js(std::string(text), JsYaml::v4_1)) == "!syntax");
        CHECK(faults(*js(std::string(text), JsYaml::v4_2)).empty());
    }
    for (const std::string_view text :
         {"a: b\n!!str c: d\n", "&m\na: b\n", "? !!str a\n: b\n", "{!!str a: b}\n", "- &x\n  a: b\n", "a: !!str b\n"}) {
        CAPTURE(text);
        CHECK(faults(*js(std::string(text), JsYaml::v4_1)).empty());
    }
}

TEST_CASE("read_document: js-yaml goes on behind directives that it does not know") {
    CHECK(js("%SITE a b\n---\nc: d\n")->root().find("c").text() == "d");
    CHECK(faults(*js("%SITE-1 a # b\n%OTHER\n\n# c\n--- {d: e}\n")).empty());
    CHECK(faults(*js("%YAML 1.3\n---\na: b\n")).empty());
    CHECK(faults(*js("%YAML! 1.3\n%! a\n---\na: b\n")).empty());
    CHECK(faults(*js("%SITE a\nc: d\n")) == "!syntax");
    CHECK(faults(*js("% a\n---\nc: d\n")) == "!syntax");
    CHECK(faults(*js("%YAML 2.0\n---\na: b\n")) == "!bad_directive");
    CHECK(faults(*js("%SITE a\n%YAML 2.0\n---\nc: d\n")) == "!bad_directive");
}

TEST_CASE("read_document: surrogates without a partner stay what they are") {
    for (const std::string_view text :
         {"{\"a\": \"\\ud800\\ud800\\udbff\\udfffx\"}", "a: \"\\ud800\\U0000D800\\udbff\\udfffx\"\n"}) {
        CAPTURE(text);
        const auto document = js(std::string(text));
        CHECK(faults(*document).empty());
        CHECK(document->root().find("a").text() == "\xED\xA0\x80\xED\xA0\x80\xF4\x8F\xBF\xBFx");
    }
    const auto strict = json("{\"\\udc00\": 1, \"\\udc01\": 1e999, \"b\\n\": \"\\\\ud800\\/\"}");
    CHECK(faults(*strict).empty());
    CHECK(strict->root().find("\xED\xB0\x81").scalar().type == ScalarType::floating);
    CHECK(strict->root().find("b\n").text() == "\\ud800/");
    CHECK(faults(*js("{\"\\ud800\": 1, \"\\ud801\": 2}")).empty());
}

TEST_CASE("read_document: js-yaml 4.2 merges no more than 20 mappings of a list") {
    const std::string text = "a: &a {b: c}\nd:\n  <<: [" + repeated("*a, ", 20) + "*a]\n";
    CHECK(faults(*js(text, JsYaml::v4_1)).empty());
    CHECK(faults(*js(text, JsYaml::v4_2)) == "bad_merge");
    CHECK(faults(*js(text, JsYaml::v4_3)).empty());
}

TEST_CASE("read_document: syntax faults have a place and keep what came before") {
    const auto document = go("a:\n  b: 1\n  c: [x, y\n  d: @e\n");
    CHECK(faults(*document).front() == '!');
    CHECK(document->fatal() != nullptr);
    const Cursor a = document->root().find("a");
    CHECK(a.find("b").text() == "1");
    CHECK(a.find("c").children().size() == 2);

    CHECK(first_place(*go("a: @b\n")) == "1:4 @");
    CHECK(first_place(*go("a: b: c\n")) == "1:5 :");
    CHECK(first_place(*go("a: 1\n b: 2\n")) == "2:3 :");
    CHECK(first_place(*go("a: 1\nkey\nb: 2\n")) == "2:1 k");
    CHECK(first_place(*go("a: \"\\q\"\n")) == "1:5 \\");
    CHECK(first_place(*go("a: 'b\nc: d\n")) == "1:4 '");
    CHECK(first_place(*json("{\"a\": 1,}")) == "1:9 }");
    CHECK(first_place(*json("{'a': 1}")) == "1:2 '");
    CHECK(first_place(*json("{\"a\": 1")) == "1:8 ");
    CHECK(json("{\"a\": 1, \"b\": [2, x]}")->root().find("a").text() == "1");
}

TEST_CASE("read_document: template actions") {
    SUBCASE("an action as a value becomes a scalar, and the rest is read") {
        const auto document = go("a:\n  b: {{ secret \"/x\" }}\n  c: 1\n");
        CHECK(faults(*document) == "template_syntax");
        CHECK(first_place(*document) == "2:6 {{ secret \"/x\" }}");
        CHECK(document->root().find("a").find("b").text() == "{{ secret \"/x\" }}");
        CHECK(document->root().find("a").find("c").text() == "1");
    }
    SUBCASE("an action on a line ends the reading") {
        const auto document = go("a:\n  b: 1\n  {{- range .X }}\n  c: 1\n  {{- end }}\n");
        CHECK(faults(*document) == "!template_syntax");
        CHECK(first_place(*document) == "3:3 {{- range .X }}");
        CHECK(document->root().find("a").find("b").text() == "1");
    }
    SUBCASE("an action with text behind it") { CHECK(faults(*go("a: {{ x }}/y\n")) == "!template_syntax"); }
    SUBCASE("actions in quotes are text") {
        CHECK(faults(*go("a: '{{ x }}'\nb: pre-{{ x }}\n")).empty());
        CHECK(faults(*go("a: '{{ x }}'\nb: @\n")) == "!syntax");
    }
    SUBCASE("js-yaml takes them for mappings") {
        CHECK(faults(*js("a: {{ x }}\n")).empty());
        CHECK(js("a: {{ x }}\n")->root().find("a").children()[0].key() == "[object Object]");
    }
}

TEST_CASE("read_document: encodings") {
    const std::string little("\xFF\xFE"
                             "a\0:\0 \0\x2D\x4E\x3D\xD8\x00\xDE",
                             14);
    const std::string big("\xFE\xFF"
                          "\0a\0:\0 \x4E\x2D\xD8\x3D\xDE\x00",
                          14);
    SUBCASE("Authelia takes UTF-16") {
        CHECK(go(little)->root().find("a").text() == "\xE4\xB8\xAD\xF0\x9F\x98\x80");
        CHECK(go(big)->root().find("a").text() == "\xE4\xB8\xAD\xF0\x9F\x98\x80");
        CHECK(faults(*go(big.substr(0, 13))) == "!encoding");
    }
    SUBCASE("Immich does not") {
        CHECK(faults(*js(little)) == "!nul_byte");
        CHECK(faults(*json(big)) == "!nul_byte");
    }
    SUBCASE("invalid UTF-8") {
        const auto document = go("a: 1\nb: x\xE9y\nc: 2\n");
        CHECK(faults(*document) == "!encoding");
        CHECK(first_place(*document) == "2:5 \xE9");
        CHECK(document->root().find("a").text() == "1");
        CHECK_FALSE(document->root().find("b"));
        CHECK(js("a: x\xE9y\n")->root().find("a").text() == "x\xEF\xBF\xBDy");
        CHECK(js("{\"a\": \"\xE4\xB8!\xFF\xFF\"}")->root().find("a").text() == "\xEF\xBF\xBD!\xEF\xBF\xBD\xEF\xBF\xBD");
        CHECK(js("a: \xF0\x9F\x98\n")->root().find("a").text() == "\xEF\xBF\xBD");
        CHECK(js("a: \xED\xA0\x80\n")->root().find("a").text() == "\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD");
    }
    SUBCASE("NUL bytes") {
        const std::string text("a: 1\nb: \0\n", 10);
        CHECK(faults(*go(text)) == "!nul_byte");
        CHECK(go(text)->root().find("a").text() == "1");
        CHECK(faults(*js(text)) == "!nul_byte");
        CHECK(first_place(*js(text)).substr(0, 3) == "2:4");
    }
    SUBCASE("behind the first document nobody looks") {
        CHECK(faults(*go("a: 1\n---\n" + repeated("# long enough\n", 100) + "b: \xFF\n")).empty());
    }
}

TEST_CASE("read_document: JSON numbers beyond a double") {
    CHECK(faults(*json("{\"a\": 1e400, \"b\": \"1e400\"}")).empty());
    CHECK(json("{\"a\": 1e400, \"b\": \"1e400\"}")->root().find("b").text() == "1e400");
    CHECK(faults(*json("{\"a\": 1e400, \"b\": 1e}")) == "!syntax");
}

TEST_CASE("read_document: limits") {
    SUBCASE("depth") {
        Limits limits;
        limits.depth = 3;
        CHECK(faults(*read("[[[1]]]", Dialect::go_yaml, limits)) == "!too_deep");
        CHECK(faults(*read("[[1]]", Dialect::go_yaml, limits)).empty());
        CHECK(faults(*js(repeated("[", 99) + repeated("]", 99))).empty());
        CHECK(faults(*js(repeated("[", 101) + repeated("]", 101))) == "!too_deep");
        CHECK(faults(*js(repeated("[", 101) + repeated("]", 101), JsYaml::v4_1)).empty());
    }
    SUBCASE("size") {
        Limits limits;
        limits.bytes = 10;
        CHECK(faults(*read("a: 12345678", Dialect::go_yaml, limits)) == "!too_large");
        CHECK(faults(*read("a: 1234567", Dialect::go_yaml, limits)).empty());
    }
    SUBCASE("aliases") {
        std::string bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n";
        for (int level = 1; level < 9; ++level) {
            const std::string below = "*a" + std::to_string(level - 1);
            bomb += "a" + std::to_string(level) + ": &a" + std::to_string(level) + " [" + repeated(below + ", ", 10) +
                    "]\n";
        }
        CHECK(faults(*go(bomb)) == "!too_many_aliases");
        CHECK(faults(*js(bomb)) == "!too_many_aliases");
        CHECK(faults(*go("a: &a [1, 2]\n" + repeated("- ", 0) + "b: [" + repeated("*a, ", 50) + "]\n")).empty());
    }
}

TEST_CASE("read_document: hostile texts neither crash nor hang") {
    const auto start = std::chrono::steady_clock::now();
    std::vector<std::string> texts;
    for (const std::string_view part :
         {"[",  "{", "- ", "? ", "{a: ", "[[", "!", "&a ", "\"",   "'",  "a: ",   "-", "|\n ",
          "{{", "*", "%",  "\t", "\r",   ":",  ",", "}",   "<<: ", "\\", "\"\\u", "#"}) {
        texts.push_back(repeated(part, 100'000));
    }
    texts.push_back(repeated("[", 100'000) + repeated("]", 100'000));
    texts.push_back(repeated("{\"a\":", 100'000));
    texts.push_back(std::string(1'000'000, 'k') + ": v\n");
    texts.push_back("\"" + std::string(1'000'000, 'k') + "\": v\n");
    texts.push_back("{\"" + std::string(1'000'000, 'k') + "\": 1}");
    texts.push_back(repeated("a: 1\n", 100'000));
    texts.push_back(std::string(100'000, '\0'));
    texts.push_back(repeated("\xFF\xFE\xFD", 50'000));
    texts.push_back(repeated("\x01\x02", 50'000));
    texts.push_back(repeated("a: \"\\ud83d\"\n", 2'000));
    texts.push_back(repeated("\"\\'\" ", 2'000));
    for (const std::string& text : texts) {
        for (const Dialect dialect : {Dialect::go_yaml, Dialect::js_yaml, Dialect::json}) {
            const auto document = read(text, dialect);
            for (const Fault& fault : document->faults()) {
                CHECK(fault.span.start <= fault.span.end);
                CHECK(fault.span.end <= document->source().text().size());
            }
            if (document->root()) {
                static_cast<void>(document->root().children());
            }
        }
    }
    CHECK(std::chrono::steady_clock::now() - start < std::chrono::seconds(60));
}

TEST_CASE("read_document: every prefix of a text can be read") {
    const std::string text =
        "a: &x\n  - {b: 'c', \"d\\n\": [e, *x]}\n  - |\n    f\n<<: {g: !!int 5}\n? h\n: \xC3\xA4\n";
    for (std::size_t length = 0; length <= text.size(); ++length) {
        for (const Dialect dialect : {Dialect::go_yaml, Dialect::js_yaml, Dialect::json}) {
            const auto document = read(text.substr(0, length), dialect);
            CHECK((dialect != Dialect::go_yaml || document->source().text().size() == length));
        }
    }
}
