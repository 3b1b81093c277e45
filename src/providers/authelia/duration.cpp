#include "providers/authelia/duration.hpp"

#include "util/ascii.hpp"
#include "util/text.hpp"
#include "util/words.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <system_error>

#include <fmt/format.h>

namespace oidcgen::providers::authelia {

namespace {

using util::Expected;
using util::is_digit;

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

Expected<void> check_duration(std::string_view text) {
    if (text.empty()) {
        return {};
    }
    if (util::is_digits(text)) {
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
            return util::failure(quantity->unit == "." ? util::Words("decimals are not allowed")
                                                       : util::words("unknown unit {}", util::outside(quantity->unit)));
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
        return util::failure("it is longer than 292 years");
    }
    return {};
}

} // namespace oidcgen::providers::authelia
