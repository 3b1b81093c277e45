#include "lang/go/values.hpp"

#include "util/ascii.hpp"
#include "util/text.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <limits>
#include <system_error>

#include <arpa/inet.h>
#include <fmt/format.h>

namespace oidcgen::lang::go {

namespace {

using document::Scalar;
using document::ScalarType;

/// The shortest digits that read back as the same number.
std::string printed(double number, std::chars_format format) {
    if (std::isnan(number)) {
        return "NaN";
    }
    if (std::isinf(number)) {
        return number < 0 ? "-Inf" : "+Inf";
    }
    std::string text(400, '\0');
    const auto [end, error] = std::to_chars(text.data(), text.data() + text.size(), number, format);
    text.resize(error == std::errc() ? static_cast<std::size_t>(end - text.data()) : 0);
    return text;
}

/// The verb %v: with an exponent from 1e+06 on and below 1e-04 (https://pkg.go.dev/fmt).
std::string printed_float(double number) {
    constexpr double k_first_with_exponent = 1e6;
    constexpr double k_last_without = 1e-4;
    const double size = std::fabs(number);
    const bool is_plain = size == 0 || (size >= k_last_without && size < k_first_with_exponent);
    return printed(number, is_plain ? std::chars_format::fixed : std::chars_format::scientific);
}

/// Underscores are allowed between digits and after the prefix of a base, nowhere else.
bool are_underscores_placed(std::string_view digits, bool has_prefix) {
    bool may_follow = has_prefix;
    for (const char byte : digits) {
        if (byte == '_' && !may_follow) {
            return false;
        }
        may_follow = byte != '_';
    }
    return may_follow;
}

/// strconv.ParseInt with base 0 (https://pkg.go.dev/strconv#ParseInt).
std::optional<std::int64_t> parse_int(std::string_view text) {
    const bool negative = text.starts_with('-');
    if (negative || text.starts_with('+')) {
        text.remove_prefix(1);
    }
    int base = 10;
    bool has_prefix = false;
    if (text.size() > 1 && text.front() == '0') {
        const char mark = static_cast<char>(text[1] | 0x20);
        base = mark == 'x' ? 16 : mark == 'b' ? 2 : 8;
        has_prefix = true;
        text.remove_prefix(mark == 'x' || mark == 'b' || mark == 'o' ? 2 : 1);
    }
    if (text.find('_') != std::string_view::npos && !are_underscores_placed(text, has_prefix)) {
        return std::nullopt;
    }
    std::string digits(text);
    std::erase(digits, '_');
    std::uint64_t magnitude = 0;
    const char* const last = digits.data() + digits.size();
    const auto [end, error] = std::from_chars(digits.data(), last, magnitude, base);
    constexpr std::uint64_t k_most = std::numeric_limits<std::int64_t>::max();
    if (digits.empty() || error != std::errc() || end != last || magnitude > k_most + (negative ? 1U : 0U)) {
        return std::nullopt;
    }
    return static_cast<std::int64_t>(negative ? ~magnitude + 1U : magnitude);
}

} // namespace

std::string to_text(const Scalar& scalar) {
    switch (scalar.type) {
    case ScalarType::boolean:
        return scalar.boolean ? "1" : "0";
    case ScalarType::integer:
        return fmt::format("{}{}", scalar.negative && scalar.magnitude != 0 ? "-" : "", scalar.magnitude);
    case ScalarType::floating:
        return printed(scalar.number, std::chars_format::fixed);
    case ScalarType::null:
    case ScalarType::text:
    case ScalarType::timestamp:
    case ScalarType::binary:
        break;
    }
    return std::string(scalar.text);
}

std::string key_text(const Scalar& scalar) {
    switch (scalar.type) {
    case ScalarType::null:
        return "<nil>";
    case ScalarType::boolean:
        return scalar.boolean ? "true" : "false";
    case ScalarType::floating:
        return printed_float(scalar.number);
    case ScalarType::timestamp:
        return fmt::format("{} +0000 UTC", scalar.text);
    case ScalarType::integer:
    case ScalarType::text:
    case ScalarType::binary:
        break;
    }
    return to_text(scalar);
}

std::string key_of(const document::Cursor& member) {
    return member.has_name() ? key_text(member.key_scalar()) : std::string();
}

std::optional<bool> to_bool(const Scalar& scalar) {
    switch (scalar.type) {
    case ScalarType::null:
        return false;
    case ScalarType::boolean:
        return scalar.boolean;
    case ScalarType::integer:
        return scalar.magnitude != 0;
    case ScalarType::floating:
        return scalar.number != 0;
    case ScalarType::timestamp:
        return std::nullopt;
    case ScalarType::text:
    case ScalarType::binary:
        break;
    }
    constexpr std::array<std::string_view, 6> k_true{"1", "t", "T", "TRUE", "true", "True"};
    constexpr std::array<std::string_view, 7> k_false{"", "0", "f", "F", "FALSE", "false", "False"};
    if (std::ranges::find(k_true, scalar.text) != k_true.end()) {
        return true;
    }
    if (std::ranges::find(k_false, scalar.text) != k_false.end()) {
        return false;
    }
    return std::nullopt;
}

std::optional<std::int64_t> to_int(const Scalar& scalar) {
    switch (scalar.type) {
    case ScalarType::null:
        return 0;
    case ScalarType::boolean:
        return scalar.boolean ? 1 : 0;
    case ScalarType::integer:
        return static_cast<std::int64_t>(scalar.negative ? ~scalar.magnitude + 1U : scalar.magnitude);
    case ScalarType::floating: {
        constexpr double k_limit = 9.2e18;
        const bool fits = scalar.number > -k_limit && scalar.number < k_limit;
        return fits ? static_cast<std::int64_t>(scalar.number) : std::numeric_limits<std::int64_t>::min();
    }
    case ScalarType::timestamp:
        return std::nullopt;
    case ScalarType::text:
    case ScalarType::binary:
        break;
    }
    return scalar.text.empty() ? std::optional<std::int64_t>(0) : parse_int(scalar.text);
}

bool is_network(std::string_view text) {
    const std::size_t slash = text.find('/');
    const std::string address(text.substr(0, slash));
    std::array<unsigned char, sizeof(in6_addr)> bytes{};
    int bits = 0;
    if (inet_pton(AF_INET, address.c_str(), bytes.data()) == 1) {
        bits = 32;
    } else if (inet_pton(AF_INET6, address.c_str(), bytes.data()) == 1) {
        bits = 128;
    } else {
        return false;
    }
    if (slash == std::string_view::npos) {
        return true;
    }
    const auto mask = text.substr(slash + 1);
    int length = 0;
    const auto [end, error] = std::from_chars(mask.data(), mask.data() + mask.size(), length);
    return util::is_digits(mask) && error == std::errc() && length <= bits;
}

bool equal_fold(std::string_view one, std::string_view other) {
    return one.size() == other.size() && util::lowered(one) == util::lowered(other);
}

} // namespace oidcgen::lang::go
