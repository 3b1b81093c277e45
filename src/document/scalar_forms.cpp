#include "document/scalar_forms.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <initializer_list>
#include <limits>
#include <system_error>

namespace oidcgen::document {

namespace {

bool is_one_of(std::string_view text, std::initializer_list<std::string_view> words) {
    return std::find(words.begin(), words.end(), text) != words.end();
}

/// What a decimal number that does not fit a double comes to: infinity or nothing.
double beyond_double(std::string_view digits) {
    const std::size_t exponent_at = digits.find_first_of("eE");
    const std::string_view mantissa = digits.substr(0, exponent_at);
    const std::size_t first = mantissa.find_first_not_of("0.");
    const bool is_exponent_negative = exponent_at != std::string_view::npos && digits[exponent_at + 1] == '-';
    if (first == std::string_view::npos) {
        return 0;
    }
    const std::size_t point = std::min(mantissa.find('.'), mantissa.size());
    // A long run of digits and an exponent can only work against each other in texts of more than 300 characters.
    const bool is_large = exponent_at == std::string_view::npos ? first < point : !is_exponent_negative;
    return is_large ? std::numeric_limits<double>::infinity() : 0;
}

} // namespace

std::string without_underscores(std::string_view text) {
    std::string result(text);
    result.erase(std::remove(result.begin(), result.end(), '_'), result.end());
    return result;
}

Scalar make(ScalarType type, std::string_view text) {
    Scalar scalar;
    scalar.type = type;
    scalar.text = text;
    return scalar;
}

Scalar make_floating(double number, std::string_view text) {
    Scalar scalar = make(ScalarType::floating, text);
    scalar.number = number;
    return scalar;
}

std::optional<Scalar> null_or_boolean(std::string_view text) {
    if (text.empty() || is_one_of(text, {"~", "null", "Null", "NULL"})) {
        return make(ScalarType::null, text);
    }
    Scalar scalar = make(ScalarType::boolean, text);
    scalar.boolean = is_one_of(text, {"true", "True", "TRUE"});
    return scalar.boolean || is_one_of(text, {"false", "False", "FALSE"}) ? std::optional(scalar) : std::nullopt;
}

SignedText split_sign(std::string_view text) {
    if (!text.empty() && (text.front() == '-' || text.front() == '+')) {
        return {text.front() == '-', text.substr(1)};
    }
    return {false, text};
}

double nearest_double(std::string_view text) {
    const auto [negative, digits] = split_sign(text);
    double number = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
    if (error == std::errc::result_out_of_range) {
        number = beyond_double(digits);
    }
    return negative ? -number : number;
}

std::optional<Scalar> whole_number(bool negative, std::string_view digits, int base, std::string_view text) {
    std::uint64_t magnitude = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), magnitude, base);
    if (error == std::errc::invalid_argument || end != digits.data() + digits.size()) {
        return std::nullopt;
    }
    if (error == std::errc::result_out_of_range) {
        double number = 0;
        if (base == 10) {
            number = nearest_double(digits);
        } else {
            for (const char digit : digits) {
                const int worth = is_digit(digit) ? digit - '0' : (digit | 0x20) - 'a' + 10;
                number = number * base + worth;
            }
        }
        return make_floating(negative ? -number : number, text);
    }
    Scalar scalar = make(ScalarType::integer, text);
    scalar.negative = negative;
    scalar.magnitude = magnitude;
    scalar.number = negative ? -static_cast<double>(magnitude) : static_cast<double>(magnitude);
    return scalar;
}

bool is_decimal(std::string_view text, Sign sign_before_point) {
    const bool has_sign = !text.empty() && (text.front() == '-' || text.front() == '+');
    std::size_t at = has_sign ? 1 : 0;
    const auto skip_digits = [&] {
        const std::size_t start = at;
        while (at < text.size() && is_digit(text[at])) {
            ++at;
        }
        return at - start;
    };
    const std::size_t before = skip_digits();
    if (at < text.size() && text[at] == '.') {
        ++at;
        const std::size_t behind = skip_digits();
        if (before == 0 && (behind == 0 || (has_sign && sign_before_point == Sign::refused))) {
            return false;
        }
    } else if (before == 0) {
        return false;
    }
    if (at < text.size() && (text[at] == 'e' || text[at] == 'E')) {
        ++at;
        if (at < text.size() && (text[at] == '-' || text[at] == '+')) {
            ++at;
        }
        if (skip_digits() == 0) {
            return false;
        }
    }
    return at == text.size();
}

std::optional<double> special_float(std::string_view text, Sign sign_before_plus_infinity) {
    constexpr double infinity = std::numeric_limits<double>::infinity();
    if (is_one_of(text, {".nan", ".NaN", ".NAN"})) {
        return std::numeric_limits<double>::quiet_NaN();
    }
    const auto [negative, word] = split_sign(text);
    if (is_one_of(word, {".inf", ".Inf", ".INF"}) &&
        (word.size() == text.size() || negative || sign_before_plus_infinity == Sign::taken)) {
        return negative ? -infinity : infinity;
    }
    return std::nullopt;
}

} // namespace oidcgen::document
