#include "document/document.hpp"
#include "document/reader.hpp"

#include <doctest/doctest.h>

#include <string>
#include <string_view>
#include <vector>

using namespace oidcgen::document;

namespace {

std::unique_ptr<Document> authelia(std::string text) {
    return read_document("a.yml", std::move(text), Dialect::go_yaml);
}

std::string_view at(const Place& place) { return place.document->source().text(place.span); }
std::string pointer(const Place& place) { return place.document->pointer(place.path); }

std::vector<std::string> keys_of(const Cursor& mapping) {
    std::vector<std::string> keys;
    for (const Cursor& member : mapping.children()) {
        keys.emplace_back(member.key());
    }
    return keys;
}

} // namespace

TEST_CASE("Source: lines end at line feeds, carriage returns and both together") {
    const Source source("x", "ab\r\ncd\ref\n\ng");
    CHECK(source.line_count() == 5);
    CHECK(source.text(source.line_span(1)) == "ab");
    CHECK(source.text(source.line_span(2)) == "cd");
    CHECK(source.text(source.line_span(3)) == "ef");
    CHECK(source.text(source.line_span(4)).empty());
    CHECK(source.text(source.line_span(5)) == "g");
    CHECK(source.line_of(0) == 1);
    CHECK(source.line_of(3) == 1);
    CHECK(source.line_of(4) == 2);
    CHECK(source.line_of(12) == 5);
    CHECK(source.line_of(99) == 5);
}

TEST_CASE("Source: columns count code points") {
    const Source source("x", "a\xC3\xA4\xE4\xB8\xAD\xF0\x9F\x98\x80z");
    CHECK(source.position(0).column == 1);
    CHECK(source.position(1).column == 2);
    CHECK(source.position(3).column == 3);
    CHECK(source.position(6).column == 4);
    CHECK(source.position(10).column == 5);
    CHECK(source.position(99).column == 6);
}

TEST_CASE("Source: a byte order mark takes no column") {
    const Source source("x", "\xEF\xBB\xBF"
                             "ab\nc");
    CHECK(source.position(3).column == 1);
    CHECK(source.position(4).column == 2);
    CHECK(source.text(source.line_span(1)) == "ab");
    CHECK(source.position(0).column == 1);
}

TEST_CASE("Source: an empty text has one empty line") {
    const Source source("x", "");
    CHECK(source.line_count() == 1);
    CHECK(source.line_span(1) == Span{0, 0});
    CHECK(source.position(0).line == 1);
}

TEST_CASE("Cursor: finds members, items and scalars") {
    const auto document = authelia("a:\n  b: [x, y]\n  c: 'z'\n");
    const Cursor root = document->root();
    REQUIRE(root.is_mapping());
    const Cursor a = root.find("a");
    CHECK(a.key() == "a");
    CHECK(a.find("b").is_sequence());
    CHECK(a.find("b").children().size() == 2);
    CHECK(a.find("b").children()[1].text() == "y");
    CHECK(a.find("c").text() == "z");
    CHECK(a.find("c").style() == Style::single_quoted);
    CHECK_FALSE(a.find("d"));
    CHECK_FALSE(a.find("c").find("x"));
    CHECK_FALSE(Cursor().find("x"));
    CHECK(a.find("b").children()[0].key().empty());
    CHECK(keys_of(a) == std::vector<std::string>{"b", "c"});
}

TEST_CASE("Cursor: null is what the dialect reads as null") {
    const auto document = authelia("a:\nb: ~\nc: ''\nd: nothing\ne: {}\n");
    const Cursor root = document->root();
    CHECK(root.find("a").is_null());
    CHECK(root.find("b").is_null());
    CHECK_FALSE(root.find("c").is_null());
    CHECK_FALSE(root.find("d").is_null());
    CHECK_FALSE(root.find("e").is_null());
    CHECK_FALSE(root.find("none").is_null());
}

TEST_CASE("Cursor: pointers do not grow beyond all measure") {
    const std::string name(500, 'k');
    const auto document = authelia(name + ":\n  " + name + ":\n    " + name + ":\n      " + name + ": 1\n");
    const auto second = document->root().find(name).find(name);
    CHECK(pointer(second.place()) == "/" + name + "/" + name);
    const auto third = second.find(name);
    CHECK(pointer(third.place()) == "/" + name + "/" + name + "/" + name);
    CHECK(pointer(third.find(name).place()) == pointer(third.place()) + "/…");
    CHECK(pointer(third.missing("x")) == pointer(third.place()) + "/…");
    const auto long_name = authelia("? " + std::string(2000, 'k') + "\n: 1\n");
    CHECK(pointer(long_name->root().children().front().place()) == "/" + std::string(1024, 'k') + "…");
}

TEST_CASE("Cursor: pointers escape slashes and tildes and count items") {
    const auto document = authelia("a/b:\n  - x~y: 1\n    '': 2\n");
    const Cursor item = document->root().find("a/b").children()[0];
    CHECK(pointer(document->root().place()).empty());
    CHECK(pointer(item.find("x~y").place()) == "/a~1b/0/x~0y");
    CHECK(pointer(item.find("").place()) == "/a~1b/0/");
}

TEST_CASE("Cursor: places of values, keys and missing members") {
    const auto document = authelia("a:\n  b: 'x'\n  c: [1, 2]\n");
    const Cursor a = document->root().find("a");
    CHECK(at(a.find("b").place()) == "'x'");
    CHECK(at(a.find("b").key_place()) == "b");
    CHECK(pointer(a.find("b").key_place()) == "/a/b");
    CHECK(at(a.find("c").children()[1].key_place()) == "2");
    CHECK(at(a.missing("d")) == "a");
    CHECK(pointer(a.missing("d")) == "/a/d");
    CHECK(at(document->root().missing("z")) == "a:");
    CHECK(pointer(document->root().missing("z")) == "/z");
    CHECK(a.find("b").place().kind == PlaceKind::value);
    CHECK(a.find("b").key_place().kind == PlaceKind::key);
    CHECK(a.find("c").children()[1].key_place().kind == PlaceKind::value);
    CHECK(a.missing("d").kind == PlaceKind::missing);
    CHECK(document->root().missing("z").kind == PlaceKind::missing);
    CHECK_FALSE(Cursor().place());
    CHECK_FALSE(Cursor().missing("x"));
}

TEST_CASE("Cursor: a missing member's name may be a temporary") {
    const auto document = authelia("a: {}\n");
    Place place;
    {
        std::string name = "some_name_that_is_not_short";
        place = document->root().find("a").missing(name);
        name.assign(name.size(), 'x');
    }
    CHECK(pointer(place) == "/a/some_name_that_is_not_short");
}

TEST_CASE("Cursor: pointers through aliases and merges say the way that was taken") {
    const auto document = authelia("a: &x\n  b: [{c: 1}]\nd: *x\ne:\n  <<: *x\nf: [*x]\n");
    const Cursor root = document->root();
    const auto inner = [](const Cursor& at) { return pointer(at.find("b").children()[0].find("c").place()); };
    CHECK(inner(root.find("a")) == "/a/b/0/c");
    CHECK(inner(root.find("d")) == "/d/b/0/c");
    CHECK(inner(root.find("e")) == "/e/b/0/c");
    CHECK(inner(root.find("f").children()[0]) == "/f/0/b/0/c");
    CHECK(pointer(root.find("d").missing("x/y")) == "/d/x~1y");
    CHECK(pointer(root.find("d").find("b").missing("y")) == "/d/b/y");
}

TEST_CASE("PathId: long paths cost no stack") {
    PathId path;
    for (std::size_t step = 0; step < 1'000'000; ++step) {
        path = path.child(step);
    }
    CHECK_FALSE(path.leads_to(k_no_node));
}

TEST_CASE("Cursor: aliases are followed and stand where they stand") {
    const auto document = authelia("a: &list [x, y]\nb: *list\nc: &name word\nd: *name\n");
    const Cursor b = document->root().find("b");
    CHECK(b.is_sequence());
    CHECK(b.children()[1].text() == "y");
    CHECK(pointer(b.children()[1].place()) == "/b/1");
    CHECK(at(b.place()) == "*list");
    CHECK(document->root().find("d").text() == "word");
}

TEST_CASE("Cursor: an alias means the last anchor of that name before it") {
    const auto document = authelia("a: &x 1\nb: *x\nc: &x 2\nd: *x\n");
    CHECK(document->root().find("b").text() == "1");
    CHECK(document->root().find("d").text() == "2");
}

TEST_CASE("Cursor: merge keys") {
    const auto document = authelia("base: &base {a: 1, b: 1}\n"
                                   "more: &more {<<: *base, b: 2, c: 2}\n"
                                   "one:\n  <<: *more\n  a: own\n"
                                   "list:\n  <<: [{a: first}, *base]\n");
    const Cursor root = document->root();
    SUBCASE("a mapping's own members win and come first") {
        CHECK(root.find("one").find("a").text() == "own");
        CHECK(keys_of(root.find("one")) == std::vector<std::string>{"a", "b", "c"});
    }
    SUBCASE("merged members are found through several levels") {
        CHECK(root.find("one").find("b").text() == "2");
        CHECK(root.find("one").find("c").text() == "2");
    }
    SUBCASE("earlier mappings of a list win") {
        CHECK(root.find("list").find("a").text() == "first");
        CHECK(root.find("list").find("b").text() == "1");
    }
    SUBCASE("the pointer is that of the mapping merged into, the span that of the text") {
        const Place place = root.find("one").find("b").place();
        CHECK(pointer(place) == "/one/b");
        CHECK(document->source().position(place.span.start).line == 2);
    }
    SUBCASE("the merge key itself is no member") { CHECK_FALSE(root.find("one").find("<<")); }
}

TEST_CASE("Cursor: quoted << is a key like others") {
    const auto document = authelia("a: {'<<': {b: 1}}\n");
    CHECK(document->faults().empty());
    CHECK(document->root().find("a").find("<<").is_mapping());
    CHECK_FALSE(document->root().find("a").find("b"));
}

TEST_CASE("Cursor: long chains of merges") {
    std::string text = "m0: &m0 {deep: 1}\n";
    for (int level = 1; level <= 200; ++level) {
        const std::string number = std::to_string(level);
        text += "m" + number + ": &m" + number + " {<<: *m" + std::to_string(level - 1) + "}\n";
    }
    const auto document = read_document("x", text, Dialect::js_yaml);
    CHECK(document->faults().empty());
    CHECK(document->root().find("m200").find("deep").text() == "1");
    CHECK(document->root().find("m200").children().size() == 1);
}

TEST_CASE("Cursor: a key that stands twice counts once") {
    const std::string text = R"({"a": 1, "b": 2, "a": 3})";
    SUBCASE("with its first value in YAML") {
        const auto document = read_document("x", text, Dialect::js_yaml);
        CHECK(document->root().find("a").text() == "1");
        CHECK(document->root().children().size() == 2);
        CHECK(document->root().children()[0].text() == "1");
    }
    SUBCASE("with its last value in JSON") {
        const auto document = read_document("x", text, Dialect::json);
        CHECK(document->root().find("a").text() == "3");
        CHECK(document->root().children().size() == 2);
        CHECK(document->root().children()[0].text() == "3");
    }
}

TEST_CASE("Document: tags are kept in short form") {
    const auto document = authelia("a: !!str 1\nb: !x y\nc: z\nd: !<tag:yaml.org,2002:int> 5\n");
    const Cursor root = document->root();
    CHECK(document->tag(root.find("a").node()) == "!!str");
    CHECK(document->tag(root.find("b").node()) == "!x");
    CHECK(document->tag(root.find("c").node()).empty());
    CHECK(document->tag(root.find("d").node()) == "!!int");
    CHECK(root.find("a").scalar().type == ScalarType::text);
    CHECK(root.find("d").scalar().type == ScalarType::integer);
}

TEST_CASE("Document: JavaScript calls keys what it makes of them") {
    const auto document =
        read_document("x", "0x10: a\n1.50: b\n~: c\nTrue: d\n[e, f]: g\n{h: i}: j\n", Dialect::js_yaml);
    CHECK(document->faults().empty());
    CHECK(keys_of(document->root()) == std::vector<std::string>{"16", "1.5", "null", "true", "e,f", "[object Object]"});
    CHECK(document->root().find("16").text() == "a");
}
