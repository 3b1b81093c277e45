#include "read_texts.hpp"

#include <array>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <doctest/doctest.h>

using namespace oidcgen::document;
using namespace oidcgen::test;

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
    CHECK(first_place(*json("{\"a\": 1,}")) == "1:8 ,");
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

TEST_CASE("read_document: JSON numbers beyond a double") {
    CHECK(faults(*json("{\"a\": 1e400, \"b\": \"1e400\"}")).empty());
    CHECK(json("{\"a\": 1e400, \"b\": \"1e400\"}")->root().find("b").text() == "1e400");
    CHECK(faults(*json("{\"a\": 1e400, \"b\": 1e}")) == "!syntax");
}
