#include "document/template_text.hpp"

#include "read_texts.hpp"

#include <doctest/doctest.h>

#include <string>
#include <string_view>

using namespace oidcgen;
using document::TemplateText;

namespace {

/// A text that somebody fills in before it is read.
std::unique_ptr<document::Document> filled_in(std::string text, document::Dialect dialect) {
    document::Limits limits;
    limits.actions = document::TemplateActions::filled_in;
    return document::read_document("x.yml", std::move(text), dialect, limits);
}

std::string seen(std::string_view text) { return std::string(TemplateText(text).text()); }

/// What was read, as flow YAML; stops at faults that ended the reading.
std::string written(const document::Cursor& at) {
    std::string result;
    if (at.is_scalar()) {
        return std::string(at.text());
    }
    for (const auto& child : at.children()) {
        result += result.empty() ? "" : ", ";
        result += child.has_name() ? std::string(child.key()) + ": " : "";
        result += written(child);
    }
    return at.is_sequence() ? "[" + result + "]" : "{" + result + "}";
}

std::string read_filled(std::string text, document::Dialect dialect = document::Dialect::go_yaml) {
    const auto document = filled_in(std::move(text), dialect);
    const auto* const fatal = document->fatal();
    return (fatal == nullptr ? "" : "stopped: ") + (document->root() ? written(document->root()) : std::string());
}

} // namespace

TEST_CASE("TemplateText: each byte of an action is a blank or a tilde") {
    CHECK(seen("a: 1\n") == "a: 1\n");
    CHECK(seen("a: {{ x }}/y\n") == "a: ~~~~~~~/y\n");
    CHECK(seen("a: \"{{ env \"X\" }}\"\n") == "a: \"~~~~~~~~~~~~~\"\n");
    CHECK(seen("a:\n{% for x in y %}\n  - b\n{% endfor %}\n") == "a:\n                \n  - b\n            \n");
    CHECK(seen("a: {% if x %}b{% else %}c{% endif %}\n") == "a: ~~~~~~~~~~b~~~~~~~~~~c~~~~~~~~~~~\n");
    CHECK(seen("{# a\n   b #}\nc: 1\n") == "    \n       \nc: 1\n");
    SUBCASE("comments and blocks of text stay") {
        CHECK(seen("# {{ x }}\n") == "# {{ x }}\n");
        CHECK(seen("a: |\n  {{ x }}\n  y\nb: {{ z }}\n") == "a: |\n  {{ x }}\n  y\nb: ~~~~~~~\n");
        CHECK(seen("- a: >-\n    {{ x }}\n  b: {{ z }}\n") == "- a: >-\n    {{ x }}\n  b: ~~~~~~~\n");
        CHECK(seen("a: |\n  x\n{{ if y }}\n  z\n{{ end }}\n") == "a: |\n  x\n          \n  z\n         \n");
    }
    SUBCASE("an action that is all of a block of text, and indents it itself, is text of it") {
        CHECK(seen("  a: |\n{{ x | indent(4) }}\nb: 1\n") == "  a: |\n   {{| indent(4) }}\nb: 1\n");
        CHECK(seen("  a: |\n    x\n{{ y }}\nb: 1\n") == "  a: |\n    x\n       \nb: 1\n");
    }
    SUBCASE("escaped quotes need nothing") {
        CHECK(seen("a: '{{ env ''X'' }}'\n") == "a: '{{ env ''X'' }}'\n");
        CHECK(seen("a: \"{{ env \\\"X\\\" }}\"\n") == "a: \"{{ env \\\"X\\\" }}\"\n");
    }
    SUBCASE("an action that is not closed is none") {
        CHECK(seen("a: {{ x\nb: 1\n") == "a: {{ x\nb: 1\n");
        CHECK(seen("a: {b: {c: d}}\n") == "a: {b: {c: d}}\n");
    }
}

TEST_CASE("read_document: around template actions") {
    SUBCASE("values") {
        CHECK(read_filled("a: {{ x }}/y\nb: {{ y | z \"|\" }}\nc: 1\n") ==
              "{a: {{ x }}/y, b: {{ y | z \"|\" }}, c: 1}");
        CHECK(read_filled("a: \"{{ env \"X\" }}\"\nb: 1\n") == "{a: {{ env \"X\" }}, b: 1}");
        CHECK(read_filled("a: {{ x }}/y\nb: \"p\n  {{ z }}\"\n") == "{a: {{ x }}/y, b: p {{ z }}}");
        CHECK(read_filled("a: x{{ y }}\nb: {{ z }}w\nc: [{{ a, b }}, c]\n") ==
              "{a: x{{ y }}, b: {{ z }}w, c: [{{ a, b }}, c]}");
        CHECK(read_filled("a:\n  {{ x }}\nb: {{ y }}z\n") == "{a: {{ x }}, b: {{ y }}z}");
        CHECK(read_filled("{\"a\": \"{{ env \"X\" }}\", \"b\": 1}", document::Dialect::js_yaml) ==
              "{a: {{ env \"X\" }}, b: 1}");
    }
    SUBCASE("loops and conditions are taken once, and their lists have an item more") {
        CHECK(read_filled("a:\n{% for x in y %}\n  - b\n{% endfor %}\nc: 1\n") == "{a: [{% for x in y %}, b], c: 1}");
        CHECK(read_filled("a:\n  - b\n  {{- range .X }}\n  - c\n  {{- end }}\nd: 1\n") ==
              "{a: [b, {{- range .X }}, c], d: 1}");
        CHECK(read_filled("a:\n  b:\n    - c\n{{ if .X }}\nd: 1\n{{ end }}\n") == "{a: {b: [c]}, d: 1}");
        CHECK(read_filled("a:\n  - b\n  {{- include \"x\" . | nindent 2 }}\nc: 1\n") ==
              "{a: [b, {{- include \"x\" . | nindent 2 }}], c: 1}");
    }
    SUBCASE("the other way of a condition is not read, and a key in two conditions is no fault") {
        CHECK(read_filled("{{ if x }}\na: 1\n{{ else }}\na: 2\nb: {\n{{ end }}\nc: 3\n") == "{a: 1, c: 3}");
        const auto document =
            filled_in("{{ if x }}\na: 1\n{{ end }}\n{{ if y }}\na: 2\n{{ end }}\n", document::Dialect::go_yaml);
        for (const auto& fault : document->faults()) {
            CHECK(fault.kind == document::FaultKind::template_syntax);
            CHECK_FALSE(fault.fatal);
        }
    }
    SUBCASE("a value in a condition is a placeholder") {
        CHECK(read_filled("a:\n  {% if x %}\n  b\n  {% endif %}\nc: 1\n") == "{a: {% if x %}\n  b, c: 1}");
    }
    SUBCASE("an action in front of the document") {
        CHECK(read_filled("{{ banner | comment }}\na: 1\n") == "{a: 1}");
        CHECK(read_filled("{{ everything }}\n") == "{{ everything }}");
    }
    SUBCASE("settings that an action leaves behind") {
        CHECK(read_filled("a:\n  b: 1\n  {{- include \"x\" . | nindent 2 }}\nc: 1\n") ==
              "{a: {b: 1, {{- include \"x\" . | nindent 2 }}: {{- include \"x\" . | nindent 2 }}}, c: 1}");
    }
    SUBCASE("positions stay what they are") {
        const auto document =
            filled_in("a:\n{% for x in y %}\n  - b\n{% endfor %}\nc: 1\n", document::Dialect::go_yaml);
        CHECK(document->root().find("c").place().span.start == 42);
    }
    SUBCASE("what cannot be read ends the reading where it is") {
        const auto document = filled_in("a: {{ x }}y\nb:\n{% if x %}- c{% endif %}\n- d\n", document::Dialect::go_yaml);
        REQUIRE(document->fatal() != nullptr);
        CHECK(document->fatal()->kind == document::FaultKind::template_syntax);
        CHECK(document->source().position(document->fatal()->span.start).line == 3);
        const auto broken = filled_in("a: {{ x }}y\nb: 1\nc: 2\nd: @\n", document::Dialect::go_yaml);
        REQUIRE(broken->fatal() != nullptr);
        CHECK(broken->fatal()->kind == document::FaultKind::syntax);
    }
    SUBCASE("encrypted values have a tag") {
        const auto text = "a: !vault |\n  $ANSIBLE_VAULT;1.1;AES256\n  6162\nb: 1\n";
        CHECK(filled_in(text, document::Dialect::js_yaml)->faults().empty());
        CHECK_FALSE(document::read_document("x.yml", text, document::Dialect::js_yaml)->faults().empty());
    }
}
