#include "lang/js/number.hpp"

#include "lang/js/text.hpp"

#include <algorithm>
#include <charconv>
#include <limits>
#include <optional>
#include <system_error>

namespace oidcgen::lang::js {

namespace {

constexpr double k_infinity = std::numeric_limits<double>::infinity();
constexpr double k_nan = std::numeric_limits<double>::quiet_NaN();

/// The base of `0x1F`, `0o17` and `0b101`; nothing for other texts.
std::optional<int> base_of(std::string_view text) {
    if (text.size() < 2 || text.front() != '0') {
        return std::nullopt;
    }
    const char letter = static_cast<char>(text[1] | 0x20);
    return letter == 'x'   ? std::optional(16)
           : letter == 'o' ? std::optional(8)
           : letter == 'b' ? std::optional(2)
                           : std::nullopt;
}

double whole(std::string_view digits, int base) {
    double result = digits.empty() ? k_nan : 0;
    for (const char byte : digits) {
        const bool is_digit = byte >= '0' && byte <= '9';
        const char lower = static_cast<char>(byte | 0x20);
        const int worth = is_digit ? byte - '0' : lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : base;
        result = worth < base ? result * base + worth : k_nan;
    }
    return result;
}

/// Where a number is too large or too small for a double: by its first digit that counts, and its exponent.
double beyond_double(std::string_view text) {
    const std::size_t exponent = std::min(text.find_first_of("eE"), text.size());
    const bool is_small =
        exponent + 1 < text.size() ? text[exponent + 1] == '-' : text.find_first_not_of("0.") > text.find('.');
    return is_small ? 0 : k_infinity;
}

double decimal(std::string_view text) {
    if (text == "Infinity") {
        return k_infinity;
    }
    // from_chars takes `inf` and `nan`, and Number() does not.
    if (text.empty() || text.find_first_not_of("0123456789.eE+-") != std::string_view::npos || text.front() == '-') {
        return k_nan;
    }
    double result = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), result);
    if (end != text.data() + text.size() || error == std::errc::invalid_argument) {
        return k_nan;
    }
    return error == std::errc::result_out_of_range ? beyond_double(text) : result;
}

} // namespace

// https://tc39.es/ecma262/#sec-tonumber-applied-to-the-string-type
double to_number(std::string_view text) {
    text = trimmed(text);
    if (text.empty()) {
        return 0;
    }
    if (const auto base = base_of(text)) {
        return whole(text.substr(2), *base);
    }
    const bool has_sign = text.front() == '-' || text.front() == '+';
    const double number = decimal(text.substr(has_sign ? 1 : 0));
    return text.front() == '-' ? -number : number;
}

} // namespace oidcgen::lang::js
