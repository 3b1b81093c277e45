#include "document/excerpt.hpp"
#include "document/fillings.hpp"
#include "document/reader.hpp"
#include "read_texts.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <random>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>

using namespace oidcgen;
using namespace oidcgen::test;
using document::Excerpt;
using document::Span;

namespace {

/// The value below the first key of a mapping.
document::NodeId first_value(const Document& document) {
    const auto root = document.root();
    REQUIRE(root);
    REQUIRE(root.is_mapping());
    return document.child(document.node(root.node()), 1);
}

/// Each byte of each piece is the outer byte that it claims to be, and the pieces are in order of both.
void check_pieces(const Excerpt& excerpt) {
    const std::string_view outer = excerpt.outer->source().text();
    std::uint32_t inner_end = 0;
    std::uint32_t outer_end = 0;
    for (const auto& piece : excerpt.pieces) {
        CHECK(piece.length > 0);
        CHECK(piece.inner >= inner_end);
        CHECK(piece.outer >= outer_end);
        inner_end = piece.inner + piece.length;
        outer_end = piece.outer + piece.length;
        REQUIRE(inner_end <= excerpt.text.size());
        REQUIRE(outer_end <= outer.size());
        CHECK(excerpt.text.substr(piece.inner, piece.length) == outer.substr(piece.outer, piece.length));
    }
}

/// How many bytes that are not blank are in no piece.
std::size_t unknown_bytes(const Excerpt& excerpt) {
    std::string rest = excerpt.text;
    for (const auto& piece : excerpt.pieces) {
        rest.replace(piece.inner, piece.length, piece.length, ' ');
    }
    return static_cast<std::size_t>(std::ranges::count_if(
        rest, [](char byte) { return byte != ' ' && byte != '\n' && byte != '\t' && byte != '\r'; }));
}

/// The excerpt of the first value: its text is what the reader made of it, and only escapes have no place.
void check_value(const std::string& source, Dialect dialect) {
    INFO(source);
    const auto document = read(source, dialect);
    REQUIRE(faults(*document).empty());
    const auto id = first_value(*document);
    const auto excerpt = excerpt_of_scalar(*document, id);
    CHECK(excerpt.text == document->node(id).text);
    CHECK(excerpt.whole == document->node(id).span);
    check_pieces(excerpt);
    if (source.find('\\') == std::string::npos) {
        CHECK(unknown_bytes(excerpt) == 0);
    }
}

/// Where a part of the value is in the source: `line:column`, and the text there.
std::string place_of(const std::string& source, std::string_view part, Dialect dialect = Dialect::go_yaml) {
    const auto document = read(source, dialect);
    const auto excerpt = excerpt_of_scalar(*document, first_value(*document));
    const auto at = excerpt.text.find(part);
    REQUIRE(at != std::string::npos);
    const auto start = static_cast<std::uint32_t>(at);
    const auto span = excerpt.in_outer({start, start + static_cast<std::uint32_t>(part.size())});
    const auto position = document->source().position(span.start);
    return fmt::format("{}:{} {}", position.line, position.column, document->source().text(span));
}

/// Always the same choices for the same seed.
class Chance {
  public:
    explicit Chance(unsigned seed)
        : m_engine(seed) {
        m_engine.discard(3);
    }
    std::size_t below(std::size_t count) { return (m_engine() >> 4U) % count; }
    bool one_in(std::size_t count) { return below(count) == 0; }
    std::string_view any(const std::vector<std::string_view>& of) { return of[below(of.size())]; }
    std::string text(const std::vector<std::string_view>& of, std::size_t most) {
        std::string result;
        for (auto left = below(most + 1); left > 0; --left) {
            result += any(of);
        }
        return result;
    }

  private:
    std::minstd_rand m_engine;
};

/// `a:` with a block scalar of any header, whose lines are indented in every way that is allowed.
std::string any_block(Chance& chance) {
    const std::size_t indent = 1 + chance.below(4);
    const bool tells = chance.one_in(3);
    std::string source = chance.one_in(2) ? "a: |" : "a: >";
    source += tells ? std::to_string(indent) : "";
    source += chance.any({"", "", "-", "+"});
    source += chance.any({"", "", " ", " # a comment"});
    const std::string_view line_break = chance.one_in(4) ? "\r\n" : "\n";
    source += line_break;
    bool is_first = true;
    for (auto lines = 1 + chance.below(7); lines > 0; --lines) {
        if (chance.one_in(4)) {
            source += std::string(chance.below(is_first ? 1 : indent + 2), ' ');
        } else {
            source += std::string(indent, ' ');
            source += tells || !is_first ? chance.any({"", "", " ", "\t", "   "}) : "";
            source += chance.any({"x", "é", "#", "- ", "'", "\"", "\\n", "k: v"});
            source += chance.text({"b", " ", "\t", "😀", "\\", "'", ": ", "#"}, 6);
            is_first = false;
        }
        source += line_break;
    }
    source += chance.any({"", "b: c\n", "\n\nb: c\n", "# behind it\nb: c\n"});
    if (chance.one_in(5)) {
        source.erase(source.size() - (source.ends_with("\r\n") ? 2 : 1));
    }
    return source;
}

/// `a:` with a plain or quoted scalar of several lines.
std::string any_flow(Chance& chance) {
    const std::size_t form = chance.below(3);
    const std::vector<std::string_view> plain{"x", "é", "b c", "😀", "\\", "x'y", "x\"y", "k:v", "x#y"};
    const std::vector<std::string_view> single{"x", "é", "b  c", "😀", "\\", "''", "\"", ": ", " #", "''''"};
    const std::vector<std::string_view> escaped{"x",   "é",   "b  c", "😀",   "'",           "\\\"",  "\\\\", ": ",
                                                " #",  "\\n", "\\t",  "\\/", "\\u00e9",     "\\x41", "\\ ",  "\\N",
                                                "\\_", "\\L", "\\0",  "\\e", "\\U0001F600", "\\\n  "};
    const auto& words = form == 0 ? plain : form == 1 ? single : escaped;
    const std::string_view quote = form == 0 ? "" : form == 1 ? "'" : "\"";
    std::string source = "a: ";
    source += quote;
    for (auto lines = 1 + chance.below(4); lines > 0; --lines) {
        source += form == 0 ? "" : chance.any({"", "", " ", "\t"});
        source += chance.any(words);
        source += chance.text(words, 4);
        source += chance.any({"", "", " ", "\t", "  "});
        if (lines > 1) {
            source += chance.any({"\n  ", "\n  ", "\n\n  ", "\n \t \n\n   ", "\r\n  "});
        }
    }
    source += quote;
    source += chance.any({"\n", "\nb: c\n", ""});
    return source;
}

std::string any_json(Chance& chance) {
    const std::vector<std::string_view> words{"x", "é", "\\\"", "\\\\", "\\/", "\\n", "\\u00e9", "\\ud83d\\ude00",
                                              "'", "{", ": ",   "😀",    "\\t", "\\r", "\\b",     "\\f"};
    std::string source(chance.any({"", " ", "\n"}));
    source += "{";
    source += chance.any({"", " ", "\n  "});
    source += "\"a\":";
    source += chance.any({"", " ", "\t"});
    source += "\"" + chance.text(words, 12) + "\"}";
    return source;
}

} // namespace

TEST_CASE("excerpt_of_scalar: each style has the text that the reader made, and knows its bytes") {
    for (const std::string value : {"|\n  one\n  two\n",
                                    "|-\n  one\n  two\n",
                                    "|+\n  one\n\n\n",
                                    "|2\n    one\n  two\n",
                                    "|2-\n   one\n\n  two\n",
                                    "|-2\n   one\n",
                                    "|\n      one\n        more\n      two\n",
                                    "|\n\n\n  one\n",
                                    "| # comment\n  one\n",
                                    ">\n  one\n  two\n",
                                    ">-\n  one\n\n  two\n",
                                    ">+\n  one\n  two\n\n",
                                    ">\n  one\n    more\n  two\n",
                                    ">2\n   one\n  two\n",
                                    ">\n  one\n  \ttab\n  two\n",
                                    ">\n\n  one\n",
                                    "|\n  one  \n  \t\n  two\t\n",
                                    "|\n  one\n    \n  two\n",
                                    "|\r\n  one\r\n  two\r\n",
                                    ">\r\n  one\r\n  two\r\n\r\n  three\r\n",
                                    "|\n  one",
                                    ">\n  one\n  two",
                                    "one\n  two\n\n  three\n",
                                    "one two\n",
                                    "'one'\n",
                                    "'it''s'\n",
                                    "'one\n  two\n\n  three'\n",
                                    "'one  \n\t two'\n",
                                    "' one '\n",
                                    "\"one\"\n",
                                    "\"one\n  two\"\n",
                                    "\"one \n\n  two \"\n",
                                    "''\n",
                                    "\"\"\n",
                                    "|\n  # no comment\n  one\n",
                                    "|\n  é😀\n  x\n"}) {
        check_value("a: " + value, Dialect::go_yaml);
        check_value("a: " + value, Dialect::js_yaml);
    }
    for (const std::string value :
         {R"("\"one\"")", R"("a\\b")", R"("one\ntwo")", R"("\u00e9x")", R"("{\"a\": [1, \"b\"]}")"}) {
        check_value("a: " + value + "\n", Dialect::go_yaml);
        check_value("{\"a\": " + value + "}", Dialect::json);
    }
    check_value(R"({"a": "a\/b"})", Dialect::json);
    check_value(R"({"a": "x\ud83d\ude00y"})", Dialect::json);
    check_value("a: \"one\\\n  two\\x41\\U0001F600\\N\\_\\L\\P\\0\\a\\b\\e\\f\\v\\ \\t\\r\"\n", Dialect::go_yaml);
}

TEST_CASE("excerpt_of_scalar: whatever is written") {
    constexpr unsigned k_runs = 3000;
    unsigned sound = 0;
    for (unsigned seed = 1; seed <= k_runs; ++seed) {
        Chance chance(seed * 7919);
        const auto form = seed % 3;
        const auto source = form == 0 ? any_block(chance) : form == 1 ? any_flow(chance) : any_json(chance);
        const auto dialect = form == 2 ? Dialect::json : Dialect::go_yaml;
        if (faults(*read(source, dialect)).empty()) { // else there is a tab where none may be, say
            ++sound;
            check_value(source, dialect);
        }
    }
    CHECK(sound > k_runs * 3 / 4);
}

TEST_CASE("in_outer: the place of a part of the value") {
    CHECK(place_of("a: |\n    one\n    two: three\n", "two") == "3:5 two");
    CHECK(place_of("a: |\n    one\n    two: three\n", "three") == "3:10 three");
    CHECK(place_of("a: >\n    one\n    two three\n", "two") == "3:5 two");
    CHECK(place_of("a: >\n  one\n  two\n", "one two") == "2:3 one\n  two");
    CHECK(place_of("a: 'it''s that'\n", "that") == "1:11 that");
    CHECK(place_of("a: 'it''s that'\n", "it's") == "1:5 it''s");
    CHECK(place_of("{\"a\": \"{\\\"b\\\": \\\"c\\\"}\"}", "\"c\"", Dialect::json) == "1:17 \"c\\\"");
    CHECK(place_of("{\"a\": \"x\\ny\\n\"}", "y", Dialect::json) == "1:11 y");
    CHECK(place_of("a: |\r\n  one\r\n  two\r\n", "two") == "3:3 two");
    CHECK(place_of("a: |\n  one\n\n  é: two\n", "two") == "4:6 two");

    SUBCASE("what was escaped is at the next byte that is known, and ends behind the last one") {
        CHECK(place_of("a: \"\\u00e9x\"\n", "éx") == "1:11 x");
        CHECK(place_of("a: \"x\\u00e9\"\n", "xé") == "1:5 x");
    }
    SUBCASE("the ends of the value") {
        const auto document = go("a: |\n  one\n  two\nb: c\n");
        const auto excerpt = excerpt_of_scalar(*document, first_value(*document));
        CHECK(excerpt.in_outer({0, 0}) == Span{7, 7});
        CHECK(excerpt.in_outer({0, 8}) == Span{7, 16});
        CHECK(excerpt.in_outer({7, 7}) == Span{16, 16}); // at the last line break
        CHECK(excerpt.in_outer({8, 8}) == Span{16, 16});
    }
}

TEST_CASE("in_excerpt: the part of the value that is in a span of the source") {
    const auto document = go("a: |\n  one\n  two\nb: c\n");
    const auto excerpt = excerpt_of_scalar(*document, first_value(*document));
    const auto part = [&](std::uint32_t start, std::uint32_t end) {
        const auto span = excerpt.in_excerpt({start, end});
        return excerpt.text.substr(span.start, span.end - span.start);
    };
    CHECK(part(5, 10) == "one");
    CHECK(part(8, 9) == "n");
    CHECK(part(0, 22) == "one\ntwo");
    CHECK(part(9, 14) == "e\nt");
    CHECK(part(0, 7).empty());
    CHECK(part(17, 22).empty());
    for (std::uint32_t at = 0; at < excerpt.text.size(); ++at) { // there and back
        const auto outer = excerpt.in_outer({at, at + 1});
        if (outer.end > outer.start) {
            CHECK(excerpt.in_excerpt(outer) == Span{at, at + 1});
        }
    }
}

TEST_CASE("excerpts: places are unknown where the value is not what the source says") {
    SUBCASE("a hole was filled") {
        document::Fillings fillings;
        fillings.add({"X", "filled"});
        const auto document = read_document("file", "a: 'one${X}two'\n", Dialect::go_yaml, {}, &fillings);
        const auto excerpt = excerpt_of_scalar(*document, first_value(*document));
        CHECK(excerpt.text == "onefilledtwo");
        CHECK(excerpt.pieces.empty());
        CHECK(excerpt.in_outer({4, 5}) == excerpt.whole);
        CHECK(excerpt.in_excerpt({0, 100}) == Span{});
    }
    SUBCASE("it was decoded") {
        const auto document = go("a: b25lCg==\n");
        const auto excerpt = excerpt_of_decoded(*document, first_value(*document), "one\n");
        CHECK(excerpt.text == "one\n");
        CHECK(excerpt.in_outer({0, 3}) == Span{3, 11});
        CHECK(excerpt.in_outer({2, 2}) == Span{3, 11});
    }
    SUBCASE("the text within is of another encoding") {
        const auto document = go("a: b25lCg==\n");
        auto excerpt = excerpt_of_scalar(*document, first_value(*document));
        excerpt.text = std::string("\xFF\xFE\x61\x00\x3A\x00", 6);
        const auto inner = read_excerpt(std::make_shared<const Excerpt>(std::move(excerpt)), Dialect::go_yaml);
        REQUIRE(inner->root().is_mapping());
        CHECK(in_file(*inner, {0, 1}).span == Span{3, 11});
    }
}

TEST_CASE("excerpt_of_rest: behind the name of a generator's literal") {
    const auto document = go("- x\n- |\n  f.yml=a: b\n  c: d\n");
    const auto& list = document->node(document->root().node());
    const auto excerpt = excerpt_of_rest(*document, document->child(list, 1), 6);
    CHECK(excerpt.text == "a: b\nc: d\n");
    check_pieces(excerpt);
    CHECK(excerpt.in_outer({0, 1}) == Span{16, 17});
    CHECK(excerpt.in_outer({5, 9}) == Span{23, 27});
}

TEST_CASE("with_single_dollars: two are one, and every byte keeps its place") {
    const auto document = go("a: |\n  b: '$$x$$$$y'\n  c: ${D}$$\n  d: $$$e\n");
    const auto excerpt = with_single_dollars(excerpt_of_scalar(*document, first_value(*document)));
    CHECK(excerpt.text == "b: '$x$$y'\nc: ${D}$\nd: $$e\n");
    check_pieces(excerpt);
    CHECK(unknown_bytes(excerpt) == 0);
    const auto at = static_cast<std::uint32_t>(excerpt.text.find("d:"));
    CHECK(document->source().position(excerpt.in_outer({at, at + 1}).start).line == 4);

    const auto plain = go("a: |\n  b: c\n");
    const auto same = with_single_dollars(excerpt_of_scalar(*plain, first_value(*plain)));
    CHECK(same.text == "b: c\n");
    CHECK(same.in_outer({3, 4}) == Span{10, 11});
}

TEST_CASE("excerpt_of_part: without the indentation that its lines have in common") {
    SUBCASE("a block") {
        const auto document =
            go("a:\n    b: 1\n    c:\n      - x\n\n      - y # z\n    d: |\n      text\n\n      more\ne: 5\n");
        const auto excerpt = excerpt_of_part(*document, first_value(*document));
        CHECK(excerpt.text.starts_with("b: 1\nc:\n  - x\n\n  - y # z\nd: |\n  text\n\n  more"));
        check_pieces(excerpt);
        CHECK(unknown_bytes(excerpt) == 0);
        const auto at = static_cast<std::uint32_t>(excerpt.text.find("y # z"));
        CHECK(document->source().position(excerpt.in_outer({at, at + 1}).start).line == 6);
        const auto inner = go(excerpt.text);
        CHECK(faults(*inner).empty());
        CHECK(inner->root().find("c").children().size() == 2);
    }
    SUBCASE("in flow style") {
        const auto document = go("a: {b: 1,\n  c: [x,\n y]}\nd: 2\n");
        const auto excerpt = excerpt_of_part(*document, first_value(*document));
        CHECK(excerpt.text == "{b: 1,\n  c: [x,\n y]}");
        check_pieces(excerpt);
        CHECK(unknown_bytes(excerpt) == 0);
    }
    SUBCASE("in a list, and with DOS line breaks") {
        const auto document = go("a:\r\n- b: 1\r\n  c: 2\r\n- d\r\n");
        const auto& list = document->node(first_value(*document));
        const auto excerpt = excerpt_of_part(*document, document->child(list, 0));
        CHECK(excerpt.text.starts_with("b: 1\r\nc: 2"));
        check_pieces(excerpt);
    }
    SUBCASE("a JSON object") {
        const auto document = json("{\"a\":\n   {\"b\": 1}}");
        const auto excerpt = excerpt_of_part(*document, first_value(*document));
        CHECK(excerpt.text == "{\"b\": 1}");
        check_pieces(excerpt);
    }
}

TEST_CASE("in_file: through several texts") {
    const auto outer = go("a: |\n  b: |\n    c: dd\n");
    auto middle = std::make_shared<const Excerpt>(excerpt_of_scalar(*outer, first_value(*outer)));
    const auto between = read_excerpt(middle, Dialect::go_yaml);
    auto inner = std::make_shared<const Excerpt>(excerpt_of_scalar(*between, first_value(*between)));
    const auto document = read_excerpt(inner, Dialect::js_yaml);
    CHECK(document->source().name() == "file");
    const auto place = document->root().find("c").place();
    const auto [source, span] = in_file(*document, place.span);
    CHECK(source == &outer->source());
    CHECK(source->text(span) == "dd");
    CHECK(source->position(span.start).line == 3);
    CHECK(source->position(span.start).column == 8);
}

TEST_CASE("documents_of: the documents of a stream") {
    const auto split = [](std::string_view text) {
        std::vector<std::string> result;
        for (const auto span : document::documents_of(text)) {
            result.emplace_back(text.substr(span.start, span.end - span.start));
        }
        return result;
    };
    using Texts = std::vector<std::string>;
    CHECK(split("a: b\n") == Texts{"a: b\n"});
    CHECK(split("a: b") == Texts{"a: b"});
    CHECK(split("").empty());
    CHECK(split("---\na: b\n---\nc: d\n") == Texts{"---\na: b\n", "---\nc: d\n"});
    CHECK(split("a: b\n---\nc: d\n") == Texts{"a: b\n", "---\nc: d\n"});
    CHECK(split("a: b\n--- # x\nc\n--- |\n  d\n") == Texts{"a: b\n", "--- # x\nc\n", "--- |\n  d\n"});
    CHECK(split("a\n...\nb\n...") == Texts{"a\n...\n", "b\n..."});
    CHECK(split("a\r\n---\r\nb\r\n") == Texts{"a\r\n", "---\r\nb\r\n"});
    CHECK(split("a: |\n  ---\n  x\n") == Texts{"a: |\n  ---\n  x\n"}); // indented
    CHECK(split("----\n---x\n") == Texts{"----\n---x\n"});
    CHECK(split("a\n---") == Texts{"a\n", "---"});
    CHECK(split("---\n---\n") == Texts{"---\n", "---\n"});
}
