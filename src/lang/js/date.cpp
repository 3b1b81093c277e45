#include "lang/js/date.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <chrono>
#include <cstddef>
#include <system_error>

namespace oidcgen::lang::js {

namespace {

/// Takes the digits at the front of a text.
int take_number(std::string_view& text) {
    int number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    text.remove_prefix(static_cast<std::size_t>(end - text.data()));
    return error == std::errc() ? number : 0;
}

void skip(std::string_view& text, std::string_view bytes) {
    text.remove_prefix(std::min(text.find_first_not_of(bytes), text.size()));
}

/// The milliseconds of `.5` or `.123456`, cut after three digits.
int take_milliseconds(std::string_view& text) {
    if (!text.starts_with('.')) {
        return 0;
    }
    text.remove_prefix(1);
    const std::string_view digits = text.substr(0, text.find_first_not_of("0123456789"));
    text.remove_prefix(digits.size());
    int result = 0;
    for (std::size_t place = 0; place < 3; ++place) {
        result = result * 10 + (place < digits.size() ? digits[place] - '0' : 0);
    }
    return result;
}

} // namespace

std::string iso_time(std::string_view text) {
    using namespace std::chrono;
    const int written_year = take_number(text);
    skip(text, "-");
    const auto written_month = static_cast<unsigned>(take_number(text));
    skip(text, "-");
    const days day{take_number(text) - 1};
    skip(text, "Tt \t");
    hours hour{take_number(text)};
    skip(text, ":");
    minutes minute{take_number(text)};
    skip(text, ":");
    const seconds second{take_number(text)};
    const milliseconds fraction{take_milliseconds(text)};
    skip(text, " \t");
    if (text.starts_with('+') || text.starts_with('-')) {
        const int sign = text.front() == '+' ? -1 : 1;
        text.remove_prefix(1);
        hour += hours{sign * take_number(text)};
        skip(text, ":");
        minute += minutes{sign * take_number(text)};
    }
    const auto time = sys_days(year{written_year} / month{written_month} / 1) + day + hour + minute + second + fraction;
    const auto midnight = floor<days>(time);
    const year_month_day date{midnight};
    const hh_mm_ss clock{time - midnight};
    return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}.{:03}Z", static_cast<int>(date.year()),
                       static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()), clock.hours().count(),
                       clock.minutes().count(), clock.seconds().count(), clock.subseconds().count());
}

} // namespace oidcgen::lang::js
