#include "util/text.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include <fmt/format.h>
#include <utf8proc.h>

namespace oidcgen::util {

namespace {

constexpr std::string_view k_white_space = " \t\n\r\v\f";

/// One code point of valid UTF-8, or one byte of anything else.
struct Unit {
    std::size_t size = 1;
    utf8proc_int32_t code_point = -1; ///< -1 for a byte that is not part of valid UTF-8
};

Unit first_unit(std::string_view text) {
    utf8proc_int32_t code_point = -1;
    const auto size = utf8proc_iterate(reinterpret_cast<const utf8proc_uint8_t*>(text.data()),
                                       static_cast<utf8proc_ssize_t>(text.size()), &code_point);
    if (size <= 0) {
        return {};
    }
    return {static_cast<std::size_t>(size), code_point};
}

/// Characters that control a terminal or the direction and lines of a text. The joiners of emoji and scripts are none.
bool is_control(utf8proc_int32_t code_point) {
    constexpr utf8proc_int32_t k_non_joiner = 0x200C;
    constexpr utf8proc_int32_t k_joiner = 0x200D;
    if (code_point == k_non_joiner || code_point == k_joiner) {
        return false;
    }
    const auto category = utf8proc_category(code_point);
    return category == UTF8PROC_CATEGORY_CC || category == UTF8PROC_CATEGORY_CF || category == UTF8PROC_CATEGORY_ZL ||
           category == UTF8PROC_CATEGORY_ZP;
}

std::string escaped(Unit unit, std::string_view bytes) {
    if (unit.code_point < 0) {
        return fmt::format("\\x{:02x}", static_cast<unsigned char>(bytes.front()));
    }
    switch (unit.code_point) {
    case '\n':
        return "\\n";
    case '\r':
        return "\\r";
    case '\t':
        return "\\t";
    case '"':
        return "\\\"";
    case '\\':
        return "\\\\";
    default:
        break;
    }
    if (is_control(unit.code_point)) {
        return fmt::format("\\u{:04x}", static_cast<unsigned>(unit.code_point));
    }
    return std::string(bytes);
}

} // namespace

std::string_view trimmed(std::string_view text) {
    const auto first = text.find_first_not_of(k_white_space);
    if (first == std::string_view::npos) {
        return {};
    }
    return text.substr(first, text.find_last_not_of(k_white_space) - first + 1);
}

std::string lowered(std::string_view text) {
    std::string result(text);
    std::ranges::transform(result, result.begin(),
                           [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
    return result;
}

std::vector<std::string_view> split(std::string_view text, char separator) {
    std::vector<std::string_view> parts;
    while (true) {
        const auto end = text.find(separator);
        parts.push_back(text.substr(0, end));
        if (end == std::string_view::npos) {
            return parts;
        }
        text.remove_prefix(end + 1);
    }
}

std::vector<std::string_view> words(std::string_view text) {
    std::vector<std::string_view> result;
    while (true) {
        const auto first = text.find_first_not_of(k_white_space);
        if (first == std::string_view::npos) {
            return result;
        }
        text.remove_prefix(first);
        const auto end = std::min(text.find_first_of(k_white_space), text.size());
        result.push_back(text.substr(0, end));
        text.remove_prefix(end);
    }
}

std::size_t edit_distance(std::string_view from, std::string_view to, std::size_t limit) {
    // What both begin or end with takes no edit.
    const auto begin = std::ranges::mismatch(from, to);
    from.remove_prefix(static_cast<std::size_t>(begin.in1 - from.begin()));
    to = std::string_view(begin.in2, to.end());
    while (!from.empty() && !to.empty() && from.back() == to.back()) {
        from.remove_suffix(1);
        to.remove_suffix(1);
    }
    const auto difference = from.size() > to.size() ? from.size() - to.size() : to.size() - from.size();
    if (difference > limit) {
        return limit + 1;
    }
    // Optimal string alignment: three rows of the usual table, and of each the cells around the diagonal. One that is
    // farther from it than the limit takes more edits than that.
    std::vector<std::size_t> before_last(to.size() + 1, limit + 1);
    std::vector<std::size_t> last(to.size() + 1, limit + 1);
    std::vector<std::size_t> current(to.size() + 1, limit + 1);
    for (std::size_t j = 0; j <= std::min(to.size(), limit); ++j) {
        last[j] = j;
    }
    for (std::size_t i = 1; i <= from.size(); ++i) {
        const auto first = i > limit ? i - limit : 0;
        const auto end = std::min(to.size(), i + limit);
        auto best = limit + 1;
        for (std::size_t j = first; j <= end; ++j) {
            if (j == 0) {
                current[0] = i;
            } else {
                const std::size_t change = from[i - 1] == to[j - 1] ? 0 : 1;
                const auto left = j == first ? limit + 1 : current[j - 1] + 1;
                const auto above = j == i + limit ? limit + 1 : last[j] + 1;
                current[j] = std::min({above, left, last[j - 1] + change});
                if (i > 1 && j > 1 && from[i - 1] == to[j - 2] && from[i - 2] == to[j - 1]) {
                    current[j] = std::min(current[j], before_last[j - 2] + 1);
                }
            }
            best = std::min(best, current[j]);
        }
        if (best > limit) {
            return limit + 1;
        }
        std::swap(before_last, last);
        std::swap(last, current);
    }
    return std::min(last[to.size()], limit + 1);
}

std::optional<std::string_view> nearest(std::string_view text, std::span<const std::string_view> candidates) {
    constexpr std::size_t k_short = 3;
    const std::size_t limit = text.size() <= k_short ? 1 : 2;
    const auto folded = lowered(text);
    std::optional<std::string_view> found;
    auto best = limit + 1;
    for (const auto candidate : candidates) {
        if (candidate.size() > text.size() + limit || candidate.size() + limit < text.size()) {
            continue;
        }
        const auto distance = edit_distance(folded, lowered(candidate), limit);
        if (distance < best) {
            best = distance;
            found = candidate;
        }
    }
    return found;
}

std::string quoted(std::string_view text, std::size_t most) {
    std::string result = "\"";
    for (std::size_t count = 0; !text.empty(); ++count) {
        if (count == most) {
            result += "…";
            break;
        }
        const auto unit = first_unit(text);
        result += escaped(unit, text.substr(0, unit.size));
        text.remove_prefix(unit.size);
    }
    return result + "\"";
}

std::string_view start_of(std::string_view text, std::size_t most) {
    if (text.size() <= most) {
        return text;
    }
    constexpr std::size_t k_longest = 3; // bytes of a code point behind its first one
    auto end = most;
    while (end > 0 && most - end < k_longest && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) {
        --end;
    }
    return text.substr(0, end);
}

std::string escaped_in_json(std::string_view json) {
    constexpr utf8proc_int32_t k_first_pair = 0x10000;
    std::string result;
    while (!json.empty()) {
        const auto ascii =
            std::ranges::find_if(json, [](char byte) { return static_cast<unsigned char>(byte) >= 0x7F; });
        const auto size = static_cast<std::size_t>(ascii - json.begin());
        result += json.substr(0, size); // line breaks between values, too
        json.remove_prefix(size);
        if (json.empty()) {
            break;
        }
        const auto unit = first_unit(json);
        if (!is_control(unit.code_point)) {
            result += json.substr(0, unit.size);
        } else if (unit.code_point < k_first_pair) {
            result += fmt::format("\\u{:04x}", static_cast<unsigned>(unit.code_point));
        } else {
            const auto rest = static_cast<unsigned>(unit.code_point - k_first_pair);
            result += fmt::format("\\u{:04x}\\u{:04x}", 0xD800U | rest >> 10U, 0xDC00U | (rest & 0x3FFU));
        }
        json.remove_prefix(unit.size);
    }
    return result;
}

std::string printable(std::string_view text) {
    std::string result;
    while (!text.empty()) {
        const auto unit = first_unit(text);
        const bool is_shown = unit.code_point >= 0 && !is_control(unit.code_point);
        const auto bytes = text.substr(0, unit.size);
        result += is_shown ? std::string(bytes) : escaped(unit, bytes);
        text.remove_prefix(unit.size);
    }
    return result;
}

std::string alternatives(std::span<const std::string_view> items) {
    constexpr std::size_t k_most = 24;
    constexpr std::size_t k_some = 10;
    std::string result;
    if (items.size() > k_most) {
        for (const auto item : items.first(k_some)) {
            result += fmt::format("{}, ", item);
        }
        return result + fmt::format("or one of {} more", items.size() - k_some);
    }
    for (std::size_t i = 0; i < items.size(); ++i) {
        if (i > 0) {
            result += i + 1 == items.size() ? " or " : ", ";
        }
        result += items[i];
    }
    return result;
}

std::optional<std::size_t> invalid_utf8(std::string_view text) {
    std::size_t offset = 0;
    while (offset < text.size()) {
        if (static_cast<unsigned char>(text[offset]) < 0x80) {
            ++offset;
            continue;
        }
        const auto unit = first_unit(text.substr(offset));
        if (unit.code_point < 0) {
            return offset;
        }
        offset += unit.size;
    }
    return std::nullopt;
}

std::size_t code_points(std::string_view text) {
    return static_cast<std::size_t>(
        std::ranges::count_if(text, [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

std::size_t display_width(std::string_view text) {
    std::size_t width = 0;
    while (!text.empty()) {
        const auto unit = first_unit(text);
        if (unit.code_point < 0x20) { // control characters and bytes that are no UTF-8
            ++width;
        } else {
            width += static_cast<std::size_t>(std::max(utf8proc_charwidth(unit.code_point), 0));
        }
        text.remove_prefix(unit.size);
    }
    return width;
}

} // namespace oidcgen::util
