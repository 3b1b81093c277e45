#include "document/scalar_forms.hpp"

#include <array>
#include <cmath>
#include <cstdint>
#include <limits>
#include <utility>

namespace oidcgen::document {

namespace {

int days_in_month(int year, int month) {
    constexpr std::array<int, 12> k_days{31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    const bool is_leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    return month == 2 && is_leap ? 29 : k_days[static_cast<std::size_t>(month - 1)];
}

/// The four layouts of go-yaml v3 (resolve.go, allowedTimestampFormats), read as Go's time.Parse reads them.
bool is_go_timestamp(std::string_view text) {
    Form form(text);
    const auto year = form.number(4, 4);
    if (!year || !form.take('-')) {
        return false;
    }
    const auto month = form.number(1, 2);
    if (!month || *month < 1 || *month > 12 || !form.take('-')) {
        return false;
    }
    const auto day = form.number(1, 2);
    if (!day || *day < 1 || *day > days_in_month(*year, *month)) {
        return false;
    }
    if (form.done()) {
        return true;
    }
    const bool has_zone = form.take_any_of("Tt");
    if (!has_zone) {
        if (!form.take(' ')) {
            return false;
        }
        form.skip(" ");
    }
    const auto hour = form.number(1, 2);
    if (!hour || *hour > 23 || !form.take(':')) {
        return false;
    }
    const auto minute = form.number(1, 2);
    if (!minute || *minute > 59 || !form.take(':')) {
        return false;
    }
    const auto second = form.number(1, 2);
    if (!second || *second > 59) {
        return false;
    }
    if (form.take_any_of(".,")) {
        if (!is_digit(form.next())) {
            return false;
        }
        form.skip("0123456789");
    }
    if (!has_zone || form.take('Z')) {
        return form.done();
    }
    if (!form.take_any_of("+-")) {
        return false;
    }
    const auto zone_hour = form.number(2, 2);
    if (!zone_hour || *zone_hour > 24 || !form.take(':')) {
        return false;
    }
    const auto zone_minute = form.number(2, 2);
    return zone_minute && *zone_minute < 60 && form.done();
}

std::optional<Scalar> as_integer(std::optional<Scalar> number) {
    return number && number->type == ScalarType::integer ? number : std::nullopt;
}

/// Go's strconv.ParseInt and ParseUint with base 0: signed numbers have 63 bits, others 64.
std::optional<Scalar> go_integer(std::string_view plain, int base, std::string_view text) {
    const auto [negative, digits] = split_sign(plain);
    std::string_view rest = digits;
    if (base == 0) {
        base = 10;
        if (rest.size() > 1 && rest.front() == '0') {
            const char mark = static_cast<char>(rest[1] | 0x20);
            base = mark == 'x' ? 16 : mark == 'b' ? 2 : 8;
            rest.remove_prefix(mark == 'x' || mark == 'b' || mark == 'o' ? 2 : 1);
        }
    }
    auto number = as_integer(whole_number(negative, rest, base, text));
    constexpr std::uint64_t k_most = std::numeric_limits<std::int64_t>::max();
    if (number && digits.size() != plain.size() && number->magnitude > k_most + (negative ? 1U : 0U)) {
        return std::nullopt;
    }
    if (number && number->magnitude == 0) {
        // Go's integers have no negative zero.
        number->negative = false;
        number->number = 0;
    }
    return number;
}

std::optional<Scalar> go_number(std::string_view text) {
    const std::string plain = without_underscores(text);
    const std::string_view view = plain;
    if (auto number = go_integer(view, 0, text)) {
        return number;
    }
    if (is_decimal(view, Sign::taken)) {
        const double number = nearest_double(view);
        return std::isinf(number) ? std::nullopt : std::optional(make_floating(number, text));
    }
    // `0b-1` is minus one to go-yaml, which cuts the prefix off and parses the rest with its sign.
    for (const auto& [prefix, base] : {std::pair<std::string_view, int>{"0b", 2}, {"0o", 8}}) {
        if (view.starts_with(prefix)) {
            return go_integer(view.substr(2), base, text);
        }
    }
    return std::nullopt;
}

bool has_underscores_between_digits(std::string_view text) {
    for (std::size_t at = text.find('_'); at != std::string_view::npos; at = text.find('_', at + 1)) {
        if (at == 0 || at + 1 == text.size() || !is_digit(text[at - 1]) || !is_digit(text[at + 1])) {
            return false;
        }
    }
    return true;
}

} // namespace

Scalar resolve_go(std::string_view text, std::string_view tag) {
    if (const auto word = null_or_boolean(text)) {
        return *word;
    }
    if (const auto special = special_float(text, Sign::taken)) {
        return make_floating(*special, text);
    }
    const char first = text.front();
    if (first == '.') {
        // Here, unlike below, Go's ParseFloat sees the underscores, and takes them between digits.
        const std::string plain = without_underscores(text);
        if (has_underscores_between_digits(text) && is_decimal(plain, Sign::taken)) {
            const double number = nearest_double(plain);
            return std::isinf(number) ? make(ScalarType::text, text) : make_floating(number, text);
        }
    } else if (is_digit(first) || first == '-' || first == '+') {
        if ((tag.empty() || tag == "!" || tag == "!!timestamp") && is_go_timestamp(text)) {
            return make(ScalarType::timestamp, text);
        }
        if (const auto number = go_number(text)) {
            return *number;
        }
    }
    return make(ScalarType::text, text);
}

} // namespace oidcgen::document
