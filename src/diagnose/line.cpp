#include "diagnose/line.hpp"

#include "util/ascii.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>

#include <fmt/format.h>

namespace oidcgen::diagnose {

namespace {

constexpr char k_escape = '\x1b';

using util::is_digit;

std::optional<unsigned> hexadecimal(std::string_view digits) {
    unsigned value = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value, 16);
    return error == std::errc() && end == digits.data() + digits.size() && !digits.empty() ? std::optional(value)
                                                                                           : std::nullopt;
}

/// How long the control sequence is that the text begins with (`ESC [ … m`).
std::size_t control_size(std::string_view text) {
    if (text.size() < 2 || text[1] != '[') {
        return 1;
    }
    const auto end = std::ranges::find_if(text.substr(2), [](char it) { return it >= '@' && it <= '~'; });
    return std::min(text.size(), static_cast<std::size_t>(end - text.begin()) + 1);
}

/// Adds what stands for the escape that the text begins with; its length.
std::size_t add_unescaped(std::string_view text, std::string& result) {
    constexpr std::size_t k_code_point = 6;
    const char kind = text.size() > 1 ? text[1] : '\0';
    if (kind == 'u' && text.size() >= k_code_point) {
        constexpr unsigned k_ascii = 0x80;
        if (const auto value = hexadecimal(text.substr(2, 4)); value && *value < k_ascii) {
            result += static_cast<char>(*value);
            return k_code_point;
        }
    }
    if (kind == '"' || kind == '\\' || kind == '/') {
        result += kind;
        return 2;
    }
    if (kind == 'n' || kind == 'r' || kind == 't') {
        result += ' ';
        return 2;
    }
    result += text.front();
    return 1;
}

/// The parameters of an address without their escapes.
std::string unescaped_parameters(std::string_view text) {
    constexpr std::size_t k_escaped = 3;
    std::string result;
    while (!text.empty()) {
        if (text.front() == '%' && text.size() >= k_escaped) {
            if (const auto value = hexadecimal(text.substr(1, 2))) {
                result += static_cast<char>(*value);
                text.remove_prefix(k_escaped);
                continue;
            }
        }
        result += text.front() == '+' ? ' ' : text.front();
        text.remove_prefix(1);
    }
    return result;
}

/// Without colours and escapes.
std::string unescaped(std::string_view line) {
    std::string result;
    result.reserve(line.size());
    while (!line.empty()) {
        const char first = line.front();
        if (first == k_escape) {
            line.remove_prefix(control_size(line));
        } else if (first == '\\') {
            line.remove_prefix(add_unescaped(line, result));
        } else {
            result += first;
            line.remove_prefix(1);
        }
    }
    return result;
}

/// Walks through a text and takes numbers and marks from it.
class Taker {
  public:
    explicit Taker(std::string_view text)
        : m_text(text) {}

    /// A number of so many digits.
    bool number(int& target, std::size_t least, std::size_t most) {
        std::size_t size = 0;
        while (size < most && size < m_text.size() && is_digit(m_text[size])) {
            ++size;
        }
        if (size < least) {
            return false;
        }
        std::from_chars(m_text.data(), m_text.data() + size, target);
        m_text.remove_prefix(size);
        return true;
    }
    bool mark(std::string_view any) {
        if (m_text.empty() || any.find(m_text.front()) == std::string_view::npos) {
            return false;
        }
        m_text.remove_prefix(1);
        return true;
    }
    bool word(std::string_view text) {
        if (!m_text.starts_with(text)) {
            return false;
        }
        m_text.remove_prefix(text.size());
        return true;
    }
    void digits() {
        while (!m_text.empty() && is_digit(m_text.front())) {
            m_text.remove_prefix(1);
        }
    }

  private:
    std::string_view m_text;
};

struct Clock {
    int year = 0;
    int month = 0;
    int day = 0;
    int hour = 0;
    int minute = 0;
    int second = 0;
};

std::optional<std::int64_t> seconds_of(const Clock& clock) {
    constexpr int k_last_hour = 23;
    constexpr int k_last_minute = 59;
    constexpr int k_leap_second = 60;
    const std::chrono::year_month_day date(std::chrono::year(clock.year),
                                           std::chrono::month(static_cast<unsigned>(clock.month)),
                                           std::chrono::day(static_cast<unsigned>(clock.day)));
    if (!date.ok() || clock.hour > k_last_hour || clock.minute > k_last_minute || clock.second > k_leap_second) {
        return std::nullopt;
    }
    const auto time = std::chrono::sys_days(date).time_since_epoch() + std::chrono::hours(clock.hour) +
                      std::chrono::minutes(clock.minute) + std::chrono::seconds(clock.second);
    return std::chrono::duration_cast<std::chrono::seconds>(time).count();
}

bool take_clock(Taker& from, Clock& clock, std::size_t hour_digits) {
    return from.number(clock.hour, hour_digits, 2) && from.mark(":") && from.number(clock.minute, 2, 2) &&
           from.mark(":") && from.number(clock.second, 2, 2);
}

/// `2026-01-02T15:04:05.123+01:00`
std::optional<Moment> rfc3339(std::string_view text) {
    Taker from(text);
    Clock clock;
    if (!from.number(clock.year, 4, 4) || !from.mark("-/") || !from.number(clock.month, 2, 2) || !from.mark("-/") ||
        !from.number(clock.day, 2, 2) || !from.mark("T ") || !take_clock(from, clock, 2)) {
        return std::nullopt;
    }
    const auto seconds = seconds_of(clock);
    if (!seconds) {
        return std::nullopt;
    }
    Moment result{*seconds, std::nullopt};
    if (from.mark(".,")) {
        from.digits();
    }
    if (from.mark("Zz")) {
        result.ahead = 0;
        return result;
    }
    const bool is_east = from.mark("+");
    if (is_east || from.mark("-")) {
        int hours = 0;
        int minutes = 0;
        if (from.number(hours, 2, 2) && (from.mark(":") || true) && from.number(minutes, 2, 2)) {
            constexpr std::int64_t k_minute = 60;
            const auto ahead = (hours * k_minute + minutes) * k_minute;
            result.ahead = is_east ? ahead : -ahead;
        }
    }
    return result;
}

/// `01/02/2026, 3:04:05 PM`
std::optional<Moment> local(std::string_view text) {
    constexpr int k_months = 12;
    Taker from(text);
    Clock clock;
    if (!from.number(clock.month, 1, 2) || !from.mark("/.") || !from.number(clock.day, 1, 2) || !from.mark("/.") ||
        !from.number(clock.year, 4, 4) || !from.mark(",") || !from.mark(" ") || !take_clock(from, clock, 1)) {
        return std::nullopt;
    }
    from.mark(" ");
    from.word("\xe2\x80\xaf"); // the narrow space of newer runtimes
    if (from.mark("Pp")) {
        clock.hour = clock.hour % k_months + k_months;
    } else if (from.mark("Aa")) {
        clock.hour %= k_months;
    }
    if (clock.month > k_months) {
        std::swap(clock.month, clock.day);
    }
    const auto seconds = seconds_of(clock);
    return seconds ? std::optional(Moment{*seconds, std::nullopt}) : std::nullopt;
}

/// `Jan  2 15:04:05`
std::optional<Moment> syslog(std::string_view text) {
    constexpr std::array<std::string_view, 12> k_months{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                        "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    constexpr int k_leap_year = 2000; // has every day
    Taker from(text);
    Clock clock;
    clock.year = k_leap_year;
    const auto* const month = std::ranges::find_if(k_months, [&](std::string_view it) { return from.word(it); });
    if (month == k_months.end() || !from.mark(" ")) {
        return std::nullopt;
    }
    clock.month = static_cast<int>(month - k_months.begin()) + 1;
    from.mark(" ");
    if (!from.number(clock.day, 1, 2) || !from.mark(" ") || !take_clock(from, clock, 2)) {
        return std::nullopt;
    }
    const auto seconds = seconds_of(clock);
    return seconds ? std::optional(Moment{*seconds, std::nullopt, false}) : std::nullopt;
}

/// A number of seconds or milliseconds since 1970.
std::optional<Moment> counted(std::string_view text) {
    constexpr std::size_t k_seconds = 10;
    constexpr std::size_t k_milliseconds = 13;
    const auto end = std::ranges::find_if_not(text, is_digit);
    const auto digits = text.substr(0, static_cast<std::size_t>(end - text.begin()));
    if (digits.size() != k_seconds && digits.size() != k_milliseconds) {
        return std::nullopt;
    }
    std::int64_t value = 0;
    std::from_chars(digits.data(), digits.data() + k_seconds, value);
    return Moment{value, 0};
}

/// The field of a JSON line with its time.
std::optional<Moment> field(std::string_view line) {
    constexpr std::array<std::string_view, 4> k_names{"\"time\":", "\"timestamp\":", "\"ts\":", "\"@timestamp\":"};
    for (const auto name : k_names) {
        const auto at = line.find(name);
        if (at == std::string_view::npos) {
            continue;
        }
        auto value = line.substr(at + name.size());
        const auto start = value.find_first_not_of(" \"");
        value.remove_prefix(std::min(start, value.size()));
        if (auto time = rfc3339(value)) {
            return time;
        }
        if (auto time = local(value)) {
            return time;
        }
        if (auto time = counted(value)) {
            return time;
        }
    }
    return std::nullopt;
}

} // namespace

std::string plain(std::string_view line) {
    // A log within a log is escaped twice.
    constexpr int k_most = 3;
    auto result = unescaped(line);
    for (int times = 1; times < k_most && result.find("\\\"") != std::string::npos; ++times) {
        result = unescaped(result);
    }
    // A description within an address says more than the error beside it.
    if (result.find("error_description=") != std::string::npos || result.find("error_hint=") != std::string::npos) {
        const auto at = result.find("error");
        result.replace(at, std::string::npos, unescaped_parameters(std::string_view(result).substr(at)));
    }
    return result;
}

std::optional<Moment> time_in(std::string_view line) {
    constexpr std::size_t k_most = 400; // further back it is not the line's own
    if (auto time = field(line)) {
        return time;
    }
    const auto start = line.substr(0, k_most);
    for (std::size_t at = 0; at < start.size(); ++at) {
        if (at > 0 && (util::is_alphanumeric(start[at - 1]))) {
            continue;
        }
        const auto rest = start.substr(at);
        if (is_digit(rest.front())) {
            if (auto time = rfc3339(rest)) {
                return time;
            }
            if (auto time = local(rest)) {
                return time;
            }
        } else if (auto time = syslog(rest)) {
            return time;
        }
    }
    return std::nullopt;
}

std::string to_text(std::int64_t seconds) {
    const std::chrono::sys_seconds time{std::chrono::seconds(seconds)};
    const auto day = std::chrono::floor<std::chrono::days>(time);
    const std::chrono::year_month_day date(day);
    const std::chrono::hh_mm_ss clock(time - day);
    return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}Z", static_cast<int>(date.year()),
                       static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()), clock.hours().count(),
                       clock.minutes().count(), clock.seconds().count());
}

} // namespace oidcgen::diagnose
