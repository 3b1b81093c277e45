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
    CHECK(first_place(*json("{'a': 1}")) == "1:2 'a'");
    CHECK(first_place(*json("{\"a\": 1")) == "1:8 ");
    CHECK(json("{\"a\": 1, \"b\": [2, x]}")->root().find("a").text() == "1");
}

namespace {

/// The place of the fault as `line:column`, and what it says.
std::string told(const Document& document) {
    REQUIRE(document.fatal() != nullptr);
    const Fault& fault = *document.fatal();
    const Position position = document.source().position(fault.span.start);
    return std::to_string(position.line) + ":" + std::to_string(position.column) + " " +
           std::string(fault.message.text());
}

} // namespace

TEST_CASE("read_document: faults of JSON are named where a person would fix them") {
    constexpr std::string_view k_comma = "a comma is missing here";
    constexpr std::string_view k_colon = "a colon is missing here";
    constexpr std::string_view k_quotes = "the quotes that begin here are not closed on this line";
    struct Row {
        std::string_view text;
        std::string_view place;
        std::string_view message;
    };
    const Row rows[] = {
        {"{\"a\": 1\n \"b\": 2}", "1:8", k_comma},
        {"{\"a\": \"x\"   \n\n \"b\": 2}", "1:10", k_comma},
        {"{\"a\": {}\n \"b\": 2}", "1:9", k_comma},
        {"[1 2]", "1:3", k_comma},
        {"[\"\xC3\xA4\" \"b\"]", "1:5", k_comma},
        {"{\"a\" 1}", "1:5", k_colon},
        {"{\"a\"\n\"b\": 1}", "1:5", k_colon},
        {"{\"a\", \"b\": 1}", "1:5", "a colon and a value are missing after this key"},
        {"{\"a\" = 1}", "1:6", "write a colon (:) here instead"},
        {"{\"a\": }", "1:6", "a value is missing after this colon"},
        {"{\"a\": \"x,\n \"b\": \"y\"}", "1:7", k_quotes},
        {"{\"a: 1,\n \"b\": 2}", "1:2", k_quotes},
        {"{\"a: \"x\"}", "1:2", k_quotes},
        {"{\"a\": \"x, \"b\": 1}", "1:7", k_quotes},
        {"{\"a\": \"x}", "1:7", "the quotes that begin here are not closed"},
        {"{\"a\": x\"}", "1:7", "the opening quotes of this text are missing"},
        {"{\"a\": \"x \"y\" z\"}", "1:10",
         "the text ends at these quotes; write \\\" for quotes inside of it, or add the missing comma"},
        {"{\"a\": \"x\ty\"}", "1:9", "a tab is not allowed inside of quotes; write \\t"},
        {"{\"a\": \"x\\qy\"}", "1:9", "unknown escape; write \\\\ for a backslash"},
        {"{\"a\": \"\\u12\"}", "1:8", "\\u must be followed by four hexadecimal digits"},
        {"// c\n{}", "1:1", "JSON does not allow comments; remove this one"},
        {"{\"a\": 1, /* c */ \"b\": 2}", "1:10", "JSON does not allow comments; remove this one"},
        {"{\"a\": 1 # c\n}", "1:9", "JSON does not allow comments; remove this one"},
        {"{\"a\": True}", "1:7", "JSON writes true in lower case"},
        {"{\"a\": FALSE}", "1:7", "JSON writes false in lower case"},
        {"{\"a\": None}", "1:7", "JSON does not know this word; write null"},
        {"{\"a\": no}", "1:7", "JSON does not know this word; write false, or put the text in double quotes"},
        {"{'a': 1}", "1:2", "JSON does not allow single quotes; use double quotes (\")"},
        {"{\"a\": 'x'}", "1:7", "JSON does not allow single quotes; use double quotes (\")"},
        {"{\xE2\x80\x9C"
         "a\xE2\x80\x9D: 1}",
         "1:2", "typographic quotes are not allowed here; use plain double quotes (\")"},
        {"{a: 1}", "1:2", "JSON needs keys in double quotes (\")"},
        {"{\"a\": x y}", "1:7", "JSON needs text in double quotes (\")"},
        {"{\"a\": 007}", "1:7", "JSON does not write numbers like this; for text, use double quotes (\")"},
        {"{\"a\": 1,}", "1:8", "trailing comma: JSON does not allow one before }"},
        {"[1, ]", "1:3", "trailing comma: JSON does not allow one before ]"},
        {"{\"a\": 1,, \"b\": 2}", "1:9", "there is nothing before this comma; remove it"},
        {"{\"a\": [1}", "1:9", "expected ] here: the list before has not ended"},
        {"[{\"a\": 1]", "1:9", "expected } here: the mapping before has not ended"},
        {"{\"a\": {\"b\": 1}\n", "1:15", "a closing } is missing: the text ends here"},
        {"{}}", "1:3", "this closes nothing; remove it"},
        {"{} {}", "1:4", "text after the end of the JSON value"},
        {" \n", "2:1", "the file is empty, and JSON needs a value"},
        {"\xEF\xBB\xBF{\"a\" 1}", "1:5", k_colon},
    };
    for (const auto& row : rows) {
        CAPTURE(row.text);
        CHECK(told(*json(std::string(row.text))) == std::string(row.place) + " " + std::string(row.message));
    }
}

TEST_CASE("read_document: JSON that is read as YAML has its faults named in the same places") {
    constexpr std::string_view k_quotes = "the quotes that begin here are not closed on this line";
    CHECK(told(*js("{\"a\": 1\n \"b\": 2}")) == "1:8 a comma is missing here");
    CHECK(told(*js("{a: b\n c: d\n e: 2}")) == "1:6 a comma is missing here");
    CHECK(told(*js("{\"a\": 1, # c\n 'b' 2}")) == "2:5 a colon is missing here");
    CHECK(told(*js("{\"a\": \"x,\n \"b\": \"y\"}")) == "1:7 " + std::string(k_quotes));
    CHECK(told(*js("{\n// c\n\"b\": 1}")) == "2:1 comments begin with #, and go to the end of the line");
    CHECK(told(*js("{\"a\": {\"b\": 1}\n")) == "1:15 a closing } is missing: the text ends here");
    CHECK(told(*js("{\"a\": [1}")) == "1:9 expected ] here: the list before has not ended");
    SUBCASE("what YAML takes is not blamed for what comes later") {
        CHECK(told(*js("{a, b: x y\n z, c: [1,], 'd': \"e\n f\", # g\n h: @}")).starts_with("4:5 text cannot"));
        CHECK(told(*js("{? {a: b} : c, d: @}")).starts_with("1:19 text cannot"));
        CHECK(told(*js("{a: &x {b: 1}, c: !!str 'd', e: @}")).starts_with("1:33 text cannot"));
    }
}

TEST_CASE("read_document: a missing colon is told on its own line") {
    constexpr std::string_view k_colon = "a colon followed by a blank is missing in this line: write `key: value`";
    const auto colon = [&](std::string_view place) { return std::string(place) + " " + std::string(k_colon); };
    CHECK(told(*go("a:\n  b c\n  d:\n    - e\n")) == colon("2:3"));
    CHECK(told(*go("a:\n  b c\n  d e\n  f: g\n")) == colon("2:3"));
    CHECK(told(*go("a:\n  b\n    d: e\n")) == colon("2:3"));
    CHECK(told(*go("a:\n  - b 'c'\n    d: e\n")) == colon("2:5"));
    CHECK(told(*go("a:\n  x: y\n  b c\n  d: e\n")) == colon("3:3"));
    CHECK(told(*js("\"a\": 1\n\"b\" \"c\"\n\"d\": 2\n")) == colon("2:1"));
    CHECK(told(*go("a:\n  b c # d\n  e: f\n")) == colon("2:3"));
    CHECK(told(*go("a: 'b' # c\n  e: f\n")).starts_with("2:3 expected a key"));
    SUBCASE("the text that the line was taken for is no value") {
        CHECK_FALSE(go("a:\n  b c\n  d:\n    - e\n")->root().find("a"));
    }
    SUBCASE("a text that goes on is something else") {
        CHECK(told(*go("a: b\n  c: d\n")).starts_with("2:4 a value"));
        CHECK(told(*go("a: b c\n   d: e\n")).starts_with("2:5 a value"));
    }
}

TEST_CASE("read_document: quotes that are closed too late are told where they begin") {
    constexpr std::string_view k_quotes = "the quotes that begin here are not closed on this line";
    const auto quotes = [&](std::string_view place) { return std::string(place) + " " + std::string(k_quotes); };
    CHECK(told(*go("a: 'b\nc: 'd'\ne: f\n")) == quotes("1:4"));
    CHECK(told(*go("a: \"b\nc: \"d\"\ne: f\n")) == quotes("1:4"));
    CHECK(told(*go("a: 'b\nc: 'd: e'\nf: g\n")) == quotes("1:4"));
    CHECK(told(*go("a:\n  - 'b\n  - 'c'\n")) == quotes("2:5"));
    CHECK(told(*go("a: 'b'\nc: 'd\n")) == "2:4 the quotes that begin here are not closed");
    SUBCASE("quotes over several lines are not blamed for what comes later") {
        CHECK(told(*go("a: 'b\n  c'\nd: @\n")).starts_with("3:4 "));
        CHECK(told(*go("a: 'b\n  c'\nd: 'e' f\n")).starts_with("3:8 "));
    }
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
