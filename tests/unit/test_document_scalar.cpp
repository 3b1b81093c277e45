#include "document/reader.hpp"
#include "document/scalar.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

using namespace oidcgen::document;

namespace {

constexpr ScalarRules k_go{Dialect::go_yaml, JsYaml::v4_2};
constexpr ScalarRules k_js{Dialect::js_yaml, JsYaml::v4_2};
constexpr ScalarRules k_old_js{Dialect::js_yaml, JsYaml::v4_1};
constexpr ScalarRules k_json{Dialect::json, JsYaml::v4_2};

Scalar plain(std::string_view text, const ScalarRules& rules) {
    return resolve_scalar({text, Style::plain, {}}, rules);
}

/// Type and value in one word: `int 5`, `float 1.5`, `text`.
std::string meaning(const Scalar& scalar) {
    switch (scalar.type) {
    case ScalarType::null:
        return "null";
    case ScalarType::boolean:
        return scalar.boolean ? "true" : "false";
    case ScalarType::integer:
        return (scalar.negative ? "int -" : "int ") + std::to_string(scalar.magnitude);
    case ScalarType::floating:
        return std::isnan(scalar.number)   ? "nan"
               : std::isinf(scalar.number) ? (scalar.number < 0 ? "-inf" : "inf")
                                           : "float " + std::to_string(scalar.number);
    case ScalarType::text:
        return "text";
    case ScalarType::timestamp:
        return "time";
    case ScalarType::binary:
        return "binary";
    }
    return "?";
}

struct Row {
    std::string_view text;
    std::string_view go;
    std::string_view js;     ///< js-yaml 4.2 and later
    std::string_view old_js; ///< js-yaml 4.1
};

// What go-yaml v3.0.6 and js-yaml 4.1.1 and 4.3.0 themselves made of these texts.
constexpr Row k_rows[] = {
    {"", "null", "null", "null"},
    {"~", "null", "null", "null"},
    {"null", "null", "null", "null"},
    {"Null", "null", "null", "null"},
    {"NULL", "null", "null", "null"},
    {"nULL", "text", "text", "text"},
    {"true", "true", "true", "true"},
    {"True", "true", "true", "true"},
    {"FALSE", "false", "false", "false"},
    {"tRUE", "text", "text", "text"},
    {"yes", "text", "text", "text"},
    {"on", "text", "text", "text"},
    {"n", "text", "text", "text"},
    {"0", "int 0", "int 0", "int 0"},
    {"-0", "int 0", "int -0", "int -0"},
    {"123", "int 123", "int 123", "int 123"},
    {"+12", "int 12", "int 12", "int 12"},
    {"-12", "int -12", "int -12", "int -12"},
    {"0123", "int 83", "int 123", "int 123"},
    {"089", "float 89.000000", "int 89", "int 89"},
    {"0o17", "int 15", "int 15", "int 15"},
    {"0O17", "int 15", "text", "text"},
    {"0x1F", "int 31", "int 31", "int 31"},
    {"0X1F", "int 31", "text", "text"},
    {"-0x1f", "int -31", "int -31", "int -31"},
    {"0b101", "int 5", "int 5", "int 5"},
    {"0b2", "text", "text", "text"},
    {"0x", "text", "text", "text"},
    {"0b-1", "int -1", "text", "text"},
    {"30_000", "int 30000", "text", "int 30000"},
    {"_1", "text", "text", "text"},
    {"1_", "int 1", "text", "text"},
    {"0_1", "int 1", "text", "float 1.000000"},
    {"1.5", "float 1.500000", "float 1.500000", "float 1.500000"},
    {"1.", "float 1.000000", "float 1.000000", "float 1.000000"},
    {".5", "float 0.500000", "float 0.500000", "float 0.500000"},
    {"-.5", "float -0.500000", "text", "text"},
    {".5_0", "float 0.500000", "text", "float 0.500000"},
    {".", "text", "text", "text"},
    {"1.10", "float 1.100000", "float 1.100000", "float 1.100000"},
    {"1e3", "float 1000.000000", "float 1000.000000", "float 1000.000000"},
    {"1e", "text", "text", "text"},
    {"1e400", "text", "text", "inf"},
    {"1e-400", "float 0.000000", "float 0.000000", "float 0.000000"},
    {".inf", "inf", "inf", "inf"},
    {"-.INF", "-inf", "-inf", "-inf"},
    {".NaN", "nan", "nan", "nan"},
    {"-.nan", "text", "text", "text"},
    {"18446744073709551615", "int 18446744073709551615", "int 18446744073709551615", "int 18446744073709551615"},
    {"-9223372036854775808", "int -9223372036854775808", "int -9223372036854775808", "int -9223372036854775808"},
    {"2001-01-01", "time", "time", "time"},
    {"2001-1-1", "time", "text", "text"},
    {"2001-02-30", "text", "time", "time"},
    {"2001-01-01T10:11:12Z", "time", "time", "time"},
    {"2001-01-01 10:11:12", "time", "time", "time"},
    {"2001-01-01T10:11:12", "text", "time", "time"},
    {"2001-12-14 21:59:43.10 -5", "text", "time", "time"},
    {"12:30", "text", "text", "text"},
    {"--1", "text", "text", "text"},
    {"1-2", "text", "text", "text"},
    {"immich", "text", "text", "text"},
};

} // namespace

TEST_CASE("resolve_scalar: plain text by the rules of each dialect") {
    for (const Row& row : k_rows) {
        CAPTURE(row.text);
        CHECK(meaning(plain(row.text, k_go)) == row.go);
        CHECK(meaning(plain(row.text, k_js)) == row.js);
        CHECK(meaning(plain(row.text, k_old_js)) == row.old_js);
    }
}

TEST_CASE("resolve_scalar: numbers have their nearest double, and text stays as written") {
    CHECK(plain("0123", k_go).number == 83);
    CHECK(plain("-12", k_go).number == -12);
    CHECK(plain("0.1", k_js).number == 0.1);
    CHECK(plain("0123", k_go).text == "0123");
    CHECK(plain("+9223372036854775808", k_go).type == ScalarType::floating);
}

TEST_CASE("resolve_scalar: quoted and block text is text") {
    for (const Style style : {Style::single_quoted, Style::double_quoted, Style::literal, Style::folded}) {
        for (const ScalarRules& rules : {k_go, k_js}) {
            CHECK(resolve_scalar({"5", style, {}}, rules).type == ScalarType::text);
            CHECK(resolve_scalar({"", style, {}}, rules).type == ScalarType::text);
        }
    }
}

TEST_CASE("resolve_scalar: strict JSON") {
    CHECK(meaning(plain("null", k_json)) == "null");
    CHECK(meaning(plain("true", k_json)) == "true");
    CHECK(meaning(plain("-5", k_json)) == "int -5");
    CHECK(meaning(plain("5.0", k_json)) == "float 5.000000");
    CHECK(meaning(plain("1e2", k_json)) == "float 100.000000");
    CHECK(meaning(plain("1e999", k_json)) == "inf");
    CHECK(resolve_scalar({"5", Style::double_quoted, {}}, k_json).type == ScalarType::text);
}

TEST_CASE("resolve_scalar: tags decide") {
    struct Tagged {
        std::string_view text;
        Style style;
        std::string_view tag;
        std::string_view go; ///< `refused` for a tag that does not fit
        std::string_view js;
    };
    constexpr Tagged k_tagged[] = {
        {"5", Style::plain, "!!str", "text", "text"},
        {"5", Style::double_quoted, "!!int", "int 5", "int 5"},
        {"x", Style::plain, "!!int", "refused", "refused"},
        {"5", Style::plain, "!!float", "float 5.000000", "int 5"},
        {"yes", Style::plain, "!!bool", "refused", "refused"},
        {"true", Style::single_quoted, "!!bool", "true", "true"},
        {"", Style::plain, "!!null", "null", "null"},
        {"", Style::single_quoted, "!!null", "null", "refused"},
        {"x", Style::plain, "!!null", "refused", "refused"},
        {"2001-01-01", Style::single_quoted, "!!timestamp", "time", "time"},
        {"x", Style::plain, "!!timestamp", "refused", "refused"},
        {"YWJj", Style::plain, "!!binary", "binary", "binary"},
        {"YWJ", Style::plain, "!!binary", "refused", "refused"},
        {"", Style::plain, "!!binary", "binary", "refused"},
        {"", Style::single_quoted, "!!binary", "binary", "binary"},
        {"x", Style::plain, "!custom", "text", "refused"},
        {"x", Style::plain, "!!custom", "text", "refused"},
        {"12", Style::plain, "!", "int 12", "text"},
    };
    for (const Tagged& row : k_tagged) {
        CAPTURE(row.tag);
        CAPTURE(row.text);
        const WrittenScalar written{row.text, row.style, row.tag};
        CHECK((tag_fits(written, k_go) ? meaning(resolve_scalar(written, k_go)) : "refused") == row.go);
        const std::string js = tag_fits(written, k_js) ? meaning(resolve_scalar(written, k_js)) : "refused";
        // js-yaml has one kind of number.
        CHECK((row.tag == "!!float" ? js.substr(js.find(' ') + 1, 1) == "5" : js == row.js));
    }
}

TEST_CASE("property_name: as JavaScript turns values into text") {
    CHECK(property_name(plain("0x10", k_js)) == "16");
    CHECK(property_name(plain("1.50", k_js)) == "1.5");
    CHECK(property_name(plain("1e20", k_js)) == "100000000000000000000");
    CHECK(property_name(plain("1e21", k_js)) == "1e+21");
    CHECK(property_name(plain("-1.25e-7", k_js)) == "-1.25e-7");
    CHECK(property_name(plain("1.5e-6", k_js)) == "0.0000015");
    CHECK(property_name(plain("-12.5e1", k_js)) == "-125");
    CHECK(property_name(plain("5e-324", k_js)) == "5e-324");
    CHECK(property_name(plain("-0", k_js)) == "0");
    CHECK(property_name(plain("-.inf", k_js)) == "-Infinity");
    CHECK(property_name(plain(".nan", k_js)) == "NaN");
    CHECK(property_name(plain("True", k_js)) == "true");
    CHECK(property_name(plain("~", k_js)) == "null");
}
