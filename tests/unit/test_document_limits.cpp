#include "read_texts.hpp"

#include <chrono>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include <doctest/doctest.h>

using namespace oidcgen::document;
using namespace oidcgen::test;

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
