#include "document/scalar_forms.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <limits>
#include <string>
#include <utility>

namespace oidcgen::document {

namespace {

using namespace std::string_view_literals;

constexpr std::array k_true{"yes"sv, "Yes"sv, "YES"sv, "true"sv, "True"sv, "TRUE"sv, "on"sv, "On"sv, "ON"sv};
constexpr std::array k_false{"no"sv, "No"sv, "NO"sv, "false"sv, "False"sv, "FALSE"sv, "off"sv, "Off"sv, "OFF"sv};
constexpr std::array k_null{""sv, "~"sv, "null"sv, "Null"sv, "NULL"sv};
constexpr std::array k_infinite{".inf"sv, ".Inf"sv, ".INF"sv};
constexpr std::array k_no_number{".nan"sv, ".NaN"sv, ".NAN"sv};

template <class Words>
bool is_one_of(std::string_view text, const Words& words) {
    return std::ranges::find(words, text) != words.end();
}

/// `1:30:00`, each part behind the first below 60.
bool is_sexagesimal(std::string_view digits) {
    const auto colon = digits.find(':');
    if (colon == std::string_view::npos || colon == 0) {
        return false;
    }
    Form form(digits.substr(colon));
    bool fits = std::ranges::all_of(digits.substr(0, colon), [](char byte) { return is_digit(byte) || byte == '_'; });
    while (fits && !form.done()) {
        const bool has_colon = form.take(':');
        const auto part = form.number(1, 2);
        fits = has_colon && part && *part < 60;
    }
    return fits;
}

std::uint64_t sexagesimal(std::string_view digits) {
    std::uint64_t value = 0;
    std::uint64_t part = 0;
    for (const char byte : digits) {
        if (byte == ':') {
            value = (value + part) * 60;
            part = 0;
        } else {
            part = part * 10 + static_cast<std::uint64_t>(byte - '0');
        }
    }
    return value + part;
}

std::optional<Scalar> py_integer(std::string_view text) {
    auto [negative, digits] = split_sign(text);
    if (digits.empty() || !is_digit(digits.front())) {
        return std::nullopt;
    }
    const auto plain = without_underscores(digits);
    if (plain.starts_with("0b")) {
        return whole_number(negative, std::string_view(plain).substr(2), 2, text);
    }
    if (plain.starts_with("0x")) {
        return whole_number(negative, std::string_view(plain).substr(2), 16, text);
    }
    if (digits.front() != '0' && is_sexagesimal(digits)) {
        auto result = make(ScalarType::integer, text);
        result.negative = negative;
        result.magnitude = sexagesimal(plain);
        result.number = static_cast<double>(result.magnitude) * (negative ? -1 : 1);
        return result;
    }
    const bool is_octal = plain.size() > 1 && plain.front() == '0';
    return whole_number(negative, is_octal ? std::string_view(plain).substr(1) : std::string_view(plain),
                        is_octal ? 8 : 10, text);
}

/// `1.5`, `1.5e+3` with the sign of the exponent, `.5`.
std::optional<Scalar> py_floating(std::string_view text) {
    const auto [negative, digits] = split_sign(text);
    if (is_one_of(digits, k_infinite)) {
        constexpr auto k_infinity = std::numeric_limits<double>::infinity();
        return make_floating(negative ? -k_infinity : k_infinity, text);
    }
    if (is_one_of(text, k_no_number)) {
        return make_floating(std::numeric_limits<double>::quiet_NaN(), text);
    }
    const auto point = digits.find('.');
    const auto plain = without_underscores(text);
    const auto exponent = digits.find_first_of("eE");
    const bool has_sign =
        exponent == std::string_view::npos ||
        (exponent + 1 < digits.size() && (digits[exponent + 1] == '+' || digits[exponent + 1] == '-'));
    if (point == std::string_view::npos || point > exponent || !has_sign || !is_decimal(plain, Sign::taken)) {
        return std::nullopt;
    }
    return make_floating(nearest_double(plain), text);
}

/// A date, or a date with a time.
bool is_py_timestamp(std::string_view text) {
    Form form(text);
    const bool has_year = form.number(4, 4) && form.take('-');
    const auto month = has_year ? form.number(1, 2) : std::nullopt;
    const auto day = month && form.take('-') ? form.number(1, 2) : std::nullopt;
    if (!day) {
        return false;
    }
    if (form.done()) {
        return text.size() == 10; // the short form needs two digits each
    }
    const bool has_time = form.take_any_of("Tt") || form.take_any_of(" \t");
    form.skip(" \t");
    const auto hour = has_time ? form.number(1, 2) : std::nullopt;
    const auto minute = hour && form.take(':') ? form.number(2, 2) : std::nullopt;
    const auto second = minute && form.take(':') ? form.number(2, 2) : std::nullopt;
    return second.has_value();
}

} // namespace

Scalar resolve_py(std::string_view text) {
    if (is_one_of(text, k_null)) {
        return make(ScalarType::null, text);
    }
    const bool is_true = is_one_of(text, k_true);
    if (is_true || is_one_of(text, k_false)) {
        auto result = make(ScalarType::boolean, text);
        result.boolean = is_true;
        return result;
    }
    if (const auto number = py_floating(text)) {
        return *number;
    }
    if (const auto number = py_integer(text)) {
        return *number;
    }
    return make(is_py_timestamp(text) ? ScalarType::timestamp : ScalarType::text, text);
}

} // namespace oidcgen::document
