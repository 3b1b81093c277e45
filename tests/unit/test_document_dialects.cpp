#include "read_texts.hpp"

#include <array>
#include <string>
#include <string_view>
#include <utility>

#include <doctest/doctest.h>

using namespace oidcgen::document;
using namespace oidcgen::test;

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

TEST_CASE("read_document: what PyYAML makes of scalars, keys and tags") {
    const auto py = [](std::string text, const Limits& limits = {}) {
        return read_document("t.yaml", std::move(text), Dialect::py_yaml, limits);
    };
    const auto type_of = [&](std::string_view scalar) {
        const auto document = py("a: " + std::string(scalar) + "\n");
        return document->root().find("a").scalar().type;
    };
    for (const auto* const text : {"yes", "Off", "TRUE"}) {
        CAPTURE(text);
        CHECK(type_of(text) == ScalarType::boolean);
    }
    for (const auto* const text : {"y", "1e3", "0o7", "08", "1.2.3", "'1'", "2001-1-1", "!!str 1"}) {
        CAPTURE(text);
        CHECK(type_of(text) == ScalarType::text);
    }
    for (const auto* const text : {"1_000", "017", "0x1f", "-5", "1:30"}) {
        CAPTURE(text);
        CHECK(type_of(text) == ScalarType::integer);
    }
    for (const auto* const text : {"1.5", ".5", "1.0e+3", ".inf"}) {
        CAPTURE(text);
        CHECK(type_of(text) == ScalarType::floating);
    }
    CHECK(type_of("2001-12-14") == ScalarType::timestamp);
    CHECK(type_of("~") == ScalarType::null);
    CHECK(py("a: 017\n")->root().find("a").scalar().magnitude == 15);
    CHECK(py("a: 1:30\n")->root().find("a").scalar().magnitude == 90);

    const auto twice = py("a: 1\nb: 2\na: 3\n");
    CHECK(twice->faults().empty());
    CHECK(twice->root().find("a").text() == "3");
    CHECK(twice->root().children().size() == 2);
    const auto merged = py("x: &x {a: 1, b: 2}\ny:\n  <<: *x\n  b: 3\n");
    CHECK(merged->root().find("y").find("b").text() == "3");
    CHECK(merged->root().find("y").children().size() == 2);

    CHECK(faults(*py("a: 1\n---\nb: 2\n")) == "!several_documents");
    CHECK(faults(*py("a: !Other x\nb: !Other [x]\n")) == "bad_tag bad_tag");
    constexpr std::array<std::string_view, 1> k_tags{"!Other"};
    Limits limits;
    limits.tags = k_tags;
    CHECK(faults(*py("a: !Other x\nb: !Other [x]\n", limits)).empty());
}

TEST_CASE("read_document: tags behind which variables are named") {
    constexpr std::array<std::string_view, 1> k_tags{"!Env"};
    Limits limits;
    limits.tags = k_tags;
    limits.variable_tag = k_tags.front();
    Fillings fillings;
    fillings.add({.name = "A", .text = "one"});
    const std::string text = "a: !Env A\nb: !Env [A, two]\nc: !Env B\nd: A\ne: [!Env A, A]\n";
    const auto some = read_document("t.yaml", text, Dialect::py_yaml, limits, &fillings);
    const auto root = some->root();
    CHECK(root.find("a").text() == "one");
    CHECK(root.find("a").is_filled());
    CHECK(root.find("b").children()[0].text() == "one");
    CHECK(root.find("b").children()[1].text() == "two");
    CHECK(root.find("c").text() == "B");
    CHECK_FALSE(root.find("c").is_filled());
    CHECK(root.find("d").text() == "A");
    CHECK(root.find("e").children()[1].text() == "A");
    fillings.set_complete();
    const auto all = read_document("t.yaml", text, Dialect::py_yaml, limits, &fillings);
    CHECK(all->root().find("c").text().empty());
    CHECK(all->root().find("c").is_filled());
}
