#include "diagnose/diagnose.hpp"

#include "diagnose/line.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <chrono>
#include <cstdlib>
#include <cstring>
#include <utility>

namespace oidcgen::diagnose {

namespace {

/// Bytes and lines before a line in which the one is looked for that it goes on from.
constexpr std::size_t k_most_before = std::size_t{4} << 10U;
constexpr std::size_t k_most_lines_before = 40;

/// Eight bytes at a time.
std::size_t count_lines(std::string_view text) {
    constexpr std::uint64_t k_breaks = 0x0a0a0a0a0a0a0a0aU;
    constexpr std::uint64_t k_low = 0x7f7f7f7f7f7f7f7fU;
    std::size_t count = 0;
    while (text.size() >= sizeof(std::uint64_t)) {
        std::uint64_t bytes = 0;
        std::memcpy(&bytes, text.data(), sizeof(bytes));
        bytes ^= k_breaks;
        count += static_cast<std::size_t>(std::popcount(~(((bytes & k_low) + k_low) | bytes | k_low)));
        text.remove_prefix(sizeof(bytes));
    }
    return count + static_cast<std::size_t>(std::ranges::count(text, '\n'));
}

/// Lines with more bytes than that.
std::size_t count_longer(std::string_view lines, std::size_t most) {
    std::size_t count = 0;
    while (lines.size() > most) {
        auto end = lines.rfind('\n', most);
        if (end == std::string_view::npos) {
            ++count;
            end = std::min(lines.find('\n'), lines.size() - 1);
        }
        lines.remove_prefix(end + 1);
    }
    return count;
}

/// What `docker compose logs` puts in front of a line (`name  | `); empty when it did not.
std::string_view service_of(std::string_view line) {
    const auto bar = line.find(" | ");
    const auto name = line.substr(0, bar == std::string_view::npos ? 0 : bar);
    constexpr std::size_t k_longest = 100;
    return name.size() > k_longest || name.find_first_of("\"={[") != std::string_view::npos ? std::string_view() : name;
}

bool is_indented(std::string_view line) {
    const auto service = service_of(line);
    const auto rest = service.empty() ? line : line.substr(service.size() + 3);
    return rest.starts_with(' ') || rest.starts_with('\t') || rest.starts_with('}');
}

/// The last line of a text, without it and its line break.
std::string_view take_last(std::string_view& text) {
    if (text.ends_with('\n')) {
        text.remove_suffix(1);
    }
    const auto at = text.rfind('\n');
    const auto start = at == std::string_view::npos ? 0 : at + 1;
    const auto line = text.substr(start);
    text = text.substr(0, start);
    return line;
}

std::string_view end_of(std::string_view text) {
    return text.substr(text.size() - std::min(text.size(), k_most_before));
}

std::chrono::year year_of(std::int64_t seconds) {
    const std::chrono::sys_seconds time{std::chrono::seconds(seconds)};
    return std::chrono::year_month_day(std::chrono::floor<std::chrono::days>(time)).year();
}

} // namespace

void Reader::take(std::string_view block) {
    constexpr std::string_view k_mark = "\xff\xfe";
    if (!std::exchange(m_has_begun, true)) {
        m_is_wide = block.starts_with(k_mark);
        block.remove_prefix(m_is_wide ? k_mark.size() : 0);
    }
    if (!m_is_wide) {
        take_text(block);
        return;
    }
    std::string narrow;
    narrow.reserve(block.size() / 2 + 1);
    for (const char byte : block) {
        if (!std::exchange(m_has_half, !m_has_half)) {
            narrow += byte;
        } else if (byte != '\0' && !narrow.empty()) {
            narrow.back() = '?';
        }
    }
    take_text(narrow);
}

void Reader::take_text(std::string_view block) {
    const auto add_to_rest = [&](std::string_view text) {
        const auto room = k_longest_line - std::min(k_longest_line, m_rest.size());
        m_is_too_long = m_is_too_long || text.size() > room;
        m_rest += text.substr(0, room);
    };
    const auto last = block.rfind('\n');
    if (last == std::string_view::npos) {
        add_to_rest(block);
        return;
    }
    const auto first = block.find('\n');
    add_to_rest(block.substr(0, first));
    m_cut += std::exchange(m_is_too_long, false) ? 1U : 0U;
    m_rest += '\n';
    look_at(m_rest);
    m_rest.clear();
    look_at(block.substr(first + 1, last - first));
    add_to_rest(block.substr(last + 1));
}

void Reader::look_at(std::string_view lines) {
    const auto& finder = m_messages.finder();
    std::size_t counted = 0;
    for (auto at = finder.find(lines, 0); at != std::string_view::npos;) {
        const auto break_before = lines.rfind('\n', at);
        const auto start = break_before == std::string_view::npos ? 0 : break_before + 1;
        const auto end = std::min(lines.find('\n', at), lines.size());
        m_lines += count_lines(lines.substr(counted, start - counted));
        counted = start;
        const auto line = lines.substr(start, std::min(end - start, k_longest_line));
        read_line(lines.substr(0, start), line, m_lines + 1);
        at = end < lines.size() ? finder.find(lines, end + 1) : std::string_view::npos;
    }
    m_lines += count_lines(lines.substr(counted));
    m_cut += count_longer(lines, k_longest_line);
    const auto kept = end_of(lines);
    m_before = std::string(end_of(m_before + std::string(kept)));
}

std::optional<Reader::Head> Reader::head_of(std::string_view line, std::string_view before) const {
    std::string joined;
    auto text = end_of(before);
    if (text.size() == before.size()) {
        joined = m_before;
        joined += before;
        text = end_of(joined);
    }
    const auto service = service_of(line);
    const bool is_within = is_indented(line);
    std::optional<Head> unindented;
    for (std::size_t back = 1; back <= k_most_lines_before && !text.empty(); ++back) {
        const auto candidate = take_last(text);
        if (service_of(candidate) != service) {
            continue;
        }
        auto found = plain(candidate);
        if (auto time = time_in(found)) {
            return Head{back, std::move(found), time};
        }
        if (is_within && !unindented && !is_indented(candidate)) {
            unindented = Head{back, std::move(found), std::nullopt};
        }
    }
    return unindented;
}

std::int64_t Reader::seconds(const Moment& moment) {
    constexpr std::int64_t k_quarter = 900;
    constexpr std::int64_t k_farthest = 56 * k_quarter; // 14 hours
    auto clock = moment.clock;
    if (!moment.has_year && m_dated) {
        const std::chrono::sys_seconds time{std::chrono::seconds(clock)};
        const auto day = std::chrono::floor<std::chrono::days>(time);
        const std::chrono::year_month_day date(day);
        const auto moved = std::chrono::sys_days(year_of(m_dated->clock) / date.month() / date.day());
        clock =
            std::chrono::duration_cast<std::chrono::seconds>(moved.time_since_epoch()).count() + (time - day).count();
    } else if (moment.has_year) {
        m_dated = moment;
    }
    if (moment.ahead) {
        m_zoned = moment;
        return clock - *moment.ahead;
    }
    if (m_ahead || !m_zoned) {
        return clock - m_ahead.value_or(0);
    }
    // The same zone as in other lines, unless another one makes it the same time.
    const auto other = m_zoned->clock - *m_zoned->ahead;
    const auto ahead = clock - other;
    const auto zone = (ahead + (ahead < 0 ? -k_quarter : k_quarter) / 2) / k_quarter * k_quarter;
    const auto is_same_time = [&](std::int64_t it) { return std::abs(ahead - it) <= Stories::k_together; };
    if (is_same_time(*m_zoned->ahead)) {
        m_ahead = m_zoned->ahead;
    } else if (std::abs(zone) <= k_farthest && is_same_time(zone)) {
        m_ahead = zone;
    }
    return clock - m_ahead.value_or(*m_zoned->ahead);
}

void Reader::read_line(std::string_view before, std::string_view line, std::size_t number) {
    const auto text = plain(line);
    auto time = time_in(text);
    std::optional<Head> head;
    if (!time) {
        head = head_of(line, before);
    }
    auto message = m_messages.recognise(text, head ? std::string_view(head->text) : std::string_view());
    if (!message) {
        return;
    }
    if (head) {
        time = head->time;
    }
    Sighting sighting{std::move(*message), number, number - (head ? head->back : 0), std::nullopt};
    if (time) {
        sighting.time = seconds(*time);
    }
    m_stories.add(std::move(sighting));
}

Log Reader::finish() {
    m_cut += std::exchange(m_is_too_long, false) ? 1U : 0U;
    if (!m_rest.empty()) {
        m_rest += '\n';
        look_at(m_rest);
    }
    Log result;
    result.reasons = m_stories.finish();
    result.more = m_stories.more();
    result.lines = m_lines;
    result.cut = m_cut;
    return result;
}

} // namespace oidcgen::diagnose
