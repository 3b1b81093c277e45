#include "document/fillings.hpp"
#include "document/reader.hpp"

#include <doctest/doctest.h>

#include <memory>
#include <string>
#include <string_view>

using namespace oidcgen::document;

namespace {

constexpr std::size_t k_most = 1000;

void add(Fillings& fillings, std::string name, std::string text) { fillings.add({std::move(name), std::move(text)}); }

} // namespace

TEST_CASE("filled: each kind of hole that has a value") {
    Fillings fillings;
    add(fillings, "A", "one");
    add(fillings, "B", "two");
    add(fillings, ".Values.host", "x.org");
    add(fillings, "secret \"/p\"", "s");
    add(fillings, "EMPTY", "");
    const auto text = [&](std::string_view from) { return filled(from, fillings, k_most).text; };
    CHECK(text("https://${A}.${B}/") == "https://one.two/");
    CHECK(text("$A") == "one");
    CHECK(text("{{ env \"A\" }}") == "one");
    CHECK(text("{{- mustEnv `A` -}}") == "one");
    CHECK(text("https://{{ .Values.host }}/x") == "https://x.org/x");
    CHECK(text("{{ .Values.host | quote }}") == "\"x.org\"");
    CHECK(text("{{ .Values.host | squote }}") == "'x.org'");
    CHECK(text("{{ .Values.host | sha256sum }}") == "{{ .Values.host | sha256sum }}");
    CHECK(text("{{ secret \"/p\" }}") == "s");
    CHECK(text("{{ .Values.other }}") == "{{ .Values.other }}");
    CHECK(text("no hole") == "no hole");

    SUBCASE("what a shell makes of a name and something behind it") {
        CHECK(text("${A:-x}") == "one");
        CHECK(text("${A-x}") == "one");
        CHECK(text("${EMPTY:-x}") == "x");
        CHECK(text("${EMPTY-x}").empty());
        CHECK(text("${EMPTY:-${A}}") == "one");
        CHECK(text("${A:+x}") == "x");
        CHECK(text("${A:?must be set}") == "one");
        CHECK(text("${A:0:1}") == "${A:0:1}");
    }
    SUBCASE("a default counts only when the values are all there are") {
        CHECK(text("${C:-x}") == "${C:-x}");
        CHECK(text("${C:+x}") == "${C:+x}");
        fillings.set_complete();
        CHECK(text("${C:-x}") == "x");
        CHECK(text("${C-x}") == "x");
        CHECK(text("${C:=x}") == "x");
        CHECK(text("${C:-https://${A}/}") == "https://one/");
        CHECK(text("${C:-${D}}") == "${C:-${D}}");
        CHECK(text("${C:+x}").empty());
        CHECK(text("${C:?must be set}") == "${C:?must be set}");
        CHECK(text("${C}") == "${C}");
    }
    SUBCASE("whether a hole is left") {
        const auto some = filled("${A}.${C}", fillings, k_most);
        CHECK(some.text == "one.${C}");
        CHECK(some.is_changed);
        CHECK_FALSE(some.is_whole);
        const auto all = filled("${A}.${B}.${A}", fillings, k_most);
        CHECK(all.is_whole);
        CHECK(all.by.size() == 2);
    }
    SUBCASE("no more bytes than wanted") { CHECK(filled("https://${A}/", fillings, 9).text == "https://${A}/"); }
    SUBCASE("the last value of a name") {
        add(fillings, "A", "three");
        CHECK(text("$A") == "three");
    }
}

TEST_CASE("names_in: what a hole can be filled by") {
    const auto names = names_in("{{ env \"A\" }}/${B:-x}/{{ .Values.c | quote }}");
    REQUIRE(names.size() == 3);
    CHECK(names[0] == "A");
    CHECK(names[1] == "B");
    CHECK(names[2] == ".Values.c");
}

TEST_CASE("read_document: scalars are what the source says with its holes filled") {
    Fillings fillings;
    add(fillings, "NUMBER", "42");
    add(fillings, "YES", "true");
    add(fillings, "EMPTY", "");
    add(fillings, "QUOTED", "\"true\"");
    add(fillings, "COLON", "a: b");
    add(fillings, "HASH", "a #b");
    add(fillings, "QUOTE", "it's");
    add(fillings, "COMMA", "a,b");
    add(fillings, "LINES", "a\nb");
    add(fillings, ".Values.a", "007");
    const auto value = [&](const std::string& written, Dialect dialect = Dialect::go_yaml) {
        const auto document = read_document("x", "k: " + written + "\n", dialect, {}, &fillings);
        const auto cursor = document->root().find("k");
        const auto scalar = cursor.scalar();
        const char* const type = scalar.type == ScalarType::boolean   ? "boolean "
                                 : scalar.type == ScalarType::integer ? "integer "
                                 : scalar.type == ScalarType::null    ? "null "
                                                                      : "text ";
        return (cursor.is_filled() ? "" : "unfilled ") + std::string(type) + std::string(cursor.text());
    };
    CHECK(value("${NUMBER}") == "integer 42");
    CHECK(value("'${NUMBER}'") == "text 42");
    CHECK(value("${YES}") == "boolean true");
    CHECK(value("\"${YES}\"") == "text true");
    CHECK(value("${EMPTY}") == "null ");
    CHECK(value("'${EMPTY}'") == "text ");
    CHECK(value("${QUOTED}") == "text true");
    CHECK(value("${HASH}") == "text a");
    CHECK(value("'${HASH}'") == "text a #b");
    CHECK(value("{{ .Values.a | quote }}") == "text 007");
    CHECK(value("${OTHER}") == "unfilled text ${OTHER}");
    CHECK(value("${YES}.${OTHER}") == "unfilled text true.${OTHER}");

    SUBCASE("what would no longer be one scalar stays as it is") {
        CHECK(value("${COLON}") == "unfilled text ${COLON}");
        CHECK(value("'${QUOTE}'") == "unfilled text ${QUOTE}");
        CHECK(value("\"${QUOTE}\"") == "text it's");
        CHECK(value("\"${QUOTED}\"") == "unfilled text ${QUOTED}");
        CHECK(value("${COMMA}") == "text a,b");
        CHECK(value("${LINES}") == "unfilled text ${LINES}");
        CHECK(value("|-\n  ${LINES}") == "unfilled text ${LINES}");
    }
    SUBCASE("keys keep their holes") {
        const auto document = read_document("x", "${YES}: ${YES}\n", Dialect::go_yaml, {}, &fillings);
        CHECK(document->root().find("${YES}").text() == "true");
    }
    SUBCASE("JSON") {
        const auto document = read_document("x", R"({"k": "${NUMBER}"})", Dialect::json, {}, &fillings);
        CHECK(document->root().find("k").scalar().type == ScalarType::text);
        CHECK(document->root().find("k").text() == "42");
    }
    SUBCASE("spans are those of the source") {
        const auto document = read_document("x", "k: ${NUMBER}\n", Dialect::go_yaml, {}, &fillings);
        const auto place = document->root().find("k").place();
        CHECK(document->source().text(place.span) == "${NUMBER}");
        REQUIRE(document->filled_at(place.span) != nullptr);
        CHECK(document->filled_at(place.span)->by.at(0)->name == "NUMBER");
        CHECK(document->filled_at({0, 1}) == nullptr);
    }
}
