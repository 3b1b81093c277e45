#include "providers/authelia/go_values.hpp"

#include "util/text.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <limits>
#include <system_error>

#include <arpa/inet.h>
#include <fmt/format.h>

namespace oidcgen::providers::authelia {

namespace {

using document::Scalar;
using document::ScalarType;
using util::Expected;

bool is_digit(char byte) { return byte >= '0' && byte <= '9'; }

bool is_digits(std::string_view text) { return !text.empty() && std::ranges::all_of(text, is_digit); }

/// The shortest digits that read back as the same number.
std::string go_float(double number, std::chars_format format) {
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
    return go_float(number, is_plain ? std::chars_format::fixed : std::chars_format::scientific);
}

/// Underscores may stand between digits and behind the prefix of a base, nowhere else.
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

constexpr double k_nanosecond = 1;
constexpr double k_microsecond = 1'000 * k_nanosecond;
constexpr double k_millisecond = 1'000 * k_microsecond;
constexpr double k_second = 1'000 * k_millisecond;
constexpr double k_minute = 60 * k_second;
constexpr double k_hour = 60 * k_minute;
constexpr double k_day = 24 * k_hour;

struct Unit {
    std::string_view name;
    double nanoseconds = 0;
};

/// https://www.authelia.com/configuration/prologue/common/#duration
constexpr std::array k_units{
    Unit{"ns", k_nanosecond},
    Unit{"us", k_microsecond},
    Unit{"\xC2\xB5s", k_microsecond},
    Unit{"\xCE\xBCs", k_microsecond},
    Unit{"ms", k_millisecond},
    Unit{"s", k_second},
    Unit{"m", k_minute},
    Unit{"h", k_hour},
    Unit{"d", k_day},
    Unit{"w", 7 * k_day},
    Unit{"M", 30 * k_day},
    Unit{"y", 365 * k_day},
    Unit{"millisecond", k_millisecond},
    Unit{"milliseconds", k_millisecond},
    Unit{"second", k_second},
    Unit{"seconds", k_second},
    Unit{"minute", k_minute},
    Unit{"minutes", k_minute},
    Unit{"hour", k_hour},
    Unit{"hours", k_hour},
    Unit{"day", k_day},
    Unit{"days", k_day},
    Unit{"week", 7 * k_day},
    Unit{"weeks", 7 * k_day},
    Unit{"month", 30 * k_day},
    Unit{"months", 30 * k_day},
    Unit{"year", 365 * k_day},
    Unit{"years", 365 * k_day},
};

constexpr double k_longest = 9.2e18; // nanoseconds that 64 bits hold

std::string without(std::string_view text, std::string_view word) {
    std::string result;
    for (std::size_t at = text.find(word); at != std::string_view::npos; at = text.find(word)) {
        result += text.substr(0, at);
        text.remove_prefix(at + word.size());
    }
    return result += text;
}

/// What ends a unit besides digits: Go's \s, which a quoted text may hold.
bool is_space(char byte) { return byte == '\t' || byte == '\n' || byte == '\f' || byte == '\r' || byte == ' '; }

/// The next number with its unit; the number begins with 1 to 9, and everything before it is passed over.
struct Quantity {
    std::string_view number;
    std::string_view unit;
};

std::optional<Quantity> next_quantity(std::string_view& text) {
    for (std::size_t at = 0; at < text.size(); ++at) {
        if (text[at] < '1' || text[at] > '9') {
            continue;
        }
        std::size_t unit = at;
        while (unit < text.size() && is_digit(text[unit])) {
            ++unit;
        }
        std::size_t end = unit;
        while (end < text.size() && !is_digit(text[end]) && !is_space(text[end])) {
            ++end;
        }
        if (end > unit) {
            const Quantity found{text.substr(at, unit - at), text.substr(unit, end - unit)};
            text.remove_prefix(end);
            return found;
        }
        at = unit;
    }
    return std::nullopt;
}

} // namespace

std::string to_go_text(const Scalar& scalar) {
    switch (scalar.type) {
    case ScalarType::boolean:
        return scalar.boolean ? "1" : "0";
    case ScalarType::integer:
        return fmt::format("{}{}", scalar.negative && scalar.magnitude != 0 ? "-" : "", scalar.magnitude);
    case ScalarType::floating:
        return go_float(scalar.number, std::chars_format::fixed);
    case ScalarType::null:
    case ScalarType::text:
    case ScalarType::timestamp:
    case ScalarType::binary:
        break;
    }
    return std::string(scalar.text);
}

std::string to_go_key(const Scalar& scalar) {
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
    return to_go_text(scalar);
}

std::string name_of(const document::Cursor& member) {
    return member.has_name() ? to_go_key(member.key_scalar()) : std::string();
}

std::optional<bool> to_go_bool(const Scalar& scalar) {
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

std::optional<std::int64_t> to_go_int(const Scalar& scalar) {
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

Expected<void> check_duration(std::string_view text) {
    if (text.empty()) {
        return {};
    }
    if (is_digits(text)) {
        std::uint64_t seconds = 0;
        const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), seconds);
        constexpr std::uint64_t k_most = std::numeric_limits<std::int64_t>::max();
        if (error != std::errc() || seconds > k_most) {
            return util::failure("the number is too large");
        }
        return {};
    }
    const std::string bare = without(without(std::string(text), "and"), " ");
    std::string_view rest = bare;
    double total = 0;
    std::size_t quantities = 0;
    for (auto quantity = next_quantity(rest); quantity; quantity = next_quantity(rest)) {
        ++quantities;
        const auto* const unit = std::ranges::find(k_units, quantity->unit, &Unit::name);
        if (unit == k_units.end()) {
            return util::failure(quantity->unit == "." ? std::string("decimals are not taken")
                                                       : fmt::format("unknown unit {}", util::quoted(quantity->unit)));
        }
        std::uint64_t number = 0;
        const auto [end, error] =
            std::from_chars(quantity->number.data(), quantity->number.data() + quantity->number.size(), number);
        total += error == std::errc() ? static_cast<double>(number) * unit->nanoseconds : k_longest;
    }
    if (quantities == 0) {
        return util::failure("it has no number with a unit, or the number is 0");
    }
    if (total >= k_longest) {
        return util::failure("longer than 292 years");
    }
    return {};
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
    return is_digits(mask) && error == std::errc() && length <= bits;
}

bool equal_fold(std::string_view one, std::string_view other) {
    return one.size() == other.size() && util::lowered(one) == util::lowered(other);
}

} // namespace oidcgen::providers::authelia
