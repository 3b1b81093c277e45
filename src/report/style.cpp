#include "report/style.hpp"

#include "report/redact.hpp"
#include "util/text.hpp"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <string>
#include <utility>

#include <fmt/color.h>
#include <fmt/format.h>

namespace oidcgen::report {

namespace {

using util::Shown;

constexpr std::size_t k_narrow_hang = 4;
constexpr std::size_t k_least_room = 30; ///< columns behind a hang that is worth it
constexpr std::string_view k_escape = "\x1b[";
constexpr std::string_view k_reset = "\x1b[0m"; // as fmt ends a style

fmt::text_style look_of(Ink ink) {
    using fmt::emphasis;
    using fmt::fg;
    using fmt::terminal_color;
    switch (ink) {
    case Ink::error:
        return emphasis::bold | fg(terminal_color::red);
    case Ink::warning:
        return emphasis::bold | fg(terminal_color::yellow);
    case Ink::note:
    case Ink::help:
        return emphasis::bold | fg(terminal_color::cyan);
    case Ink::place:
    case Ink::title:
        return emphasis::bold;
    case Ink::rule:
        return emphasis::faint;
    case Ink::works:
        return fg(terminal_color::green);
    case Ink::fails:
        return fg(terminal_color::red);
    case Ink::unknown:
        return fg(terminal_color::yellow);
    }
    return {};
}

/// A variable that is set to something; `0` says no where a number is usual.
bool is_set(const char* name, bool zero_is_no) {
    const char* const value = std::getenv(name);
    return value != nullptr && *value != '\0' && !(zero_is_no && std::string_view(value) == "0");
}

/// Bytes of the colour that the text begins with; what comes from outside holds none.
std::size_t escape_size(std::string_view text) { return text.starts_with(k_escape) ? text.find('m') + 1 : 0; }

/// Bytes of the first code point.
std::size_t point_size(std::string_view text) {
    std::size_t size = 1;
    while (size < text.size() && (static_cast<unsigned char>(text[size]) & 0xC0U) == 0x80U) {
        ++size;
    }
    return size;
}

std::size_t width_of(std::string_view text) {
    std::size_t width = 0;
    while (!text.empty()) {
        const auto escape = std::min(text.find(k_escape), text.size());
        width += util::display_width(text.substr(0, escape));
        text.remove_prefix(escape);
        text.remove_prefix(escape_size(text));
    }
    return width;
}

/// Where the word at `start` ends: at the next blank, or when it begins with a quote or bracket, behind what closes it,
/// as long as all of that takes at most `most` columns.
std::size_t word_end(std::string_view line, std::size_t start, std::size_t most) {
    const auto blank_from = [&](std::size_t from) { return std::min(line.find(' ', from), line.size()); };
    auto open = start;
    while (open < line.size() && (line[open] == '(' || escape_size(line.substr(open)) > 0)) {
        open += std::max<std::size_t>(escape_size(line.substr(open)), 1);
    }
    const auto end = blank_from(start);
    constexpr std::array<std::pair<char, char>, 3> k_pairs{{{'`', '`'}, {'"', '"'}, {'[', ']'}}};
    const auto* const pair =
        open == line.size() ? k_pairs.end() : std::ranges::find(k_pairs, line[open], &std::pair<char, char>::first);
    if (pair == k_pairs.end()) {
        return end;
    }
    constexpr std::size_t k_longest_point = 4; // bytes
    const auto close = line.substr(0, open + 1 + k_longest_point * most).find(pair->second, open + 1);
    if (close == std::string_view::npos) {
        return end;
    }
    const auto whole = blank_from(close);
    return width_of(line.substr(start, whole - start)) <= most ? whole : end;
}

/// Lines of at most so many columns, as far as words allow it.
class Breaker {
  public:
    Breaker(std::size_t width, std::size_t hang)
        : m_width(width)
        , m_hang(hang) {}

    [[nodiscard]] std::string broken(std::string_view line) {
        const auto first = std::min(line.find_first_not_of(' '), line.size());
        append(line.substr(0, first));
        auto at = first;
        auto blanks = std::string_view();
        while (at < line.size()) {
            const auto end = word_end(line, at, m_width / 2);
            add(blanks, line.substr(at, end - at));
            const auto next = std::min(line.find_first_not_of(' ', end), line.size());
            blanks = line.substr(end, next - end);
            at = next;
        }
        return std::move(m_result);
    }

  private:
    void append(std::string_view text) {
        m_result += text;
        m_column += width_of(text);
    }

    void add(std::string_view blanks, std::string_view word) {
        const auto width = width_of(word);
        const bool fits = m_column + blanks.size() + width <= m_width;
        if (fits || m_column <= m_hang || blanks.empty()) {
            append(blanks);
        } else {
            m_result += m_colour.empty() ? "" : k_reset;
            m_result += '\n';
            m_result.append(m_hang, ' ');
            m_result += m_colour;
            m_column = m_hang;
        }
        append(word);
        follow_colour(word);
    }

    /// Remembers the colour that holds behind the word, because each line begins and ends without one.
    void follow_colour(std::string_view word) {
        for (auto at = word.find(k_escape); at != std::string_view::npos; at = word.find(k_escape, at + 1)) {
            const auto escape = word.substr(at, escape_size(word.substr(at)));
            if (escape == k_reset) {
                m_colour.clear();
            } else {
                m_colour += escape;
            }
        }
    }

    std::size_t m_width;
    std::size_t m_hang;
    std::size_t m_column = 0;
    std::string m_result;
    std::string m_colour;
};

} // namespace

Ink ink_of(rule::Severity severity) {
    return severity == rule::Severity::error     ? Ink::error
           : severity == rule::Severity::warning ? Ink::warning
                                                 : Ink::note;
}

Ink ink_of(oidc::Outcome outcome) {
    return outcome == oidc::Outcome::works ? Ink::works : outcome == oidc::Outcome::fails ? Ink::fails : Ink::unknown;
}

Ink ink_of_level(std::string_view level) {
    return level == "error" ? Ink::error : level == "warning" ? Ink::warning : Ink::note;
}

bool has_colour(Colour wish, const util::Terminal& terminal) {
    if (wish != Colour::automatic) {
        return wish == Colour::always;
    }
    if (is_set("NO_COLOR", false)) { // https://no-color.org
        return false;
    }
    if (is_set("CLICOLOR_FORCE", true) || is_set("FORCE_COLOR", true)) {
        return true;
    }
    const char* const kind = std::getenv("TERM");
    return terminal.is_terminal && kind != nullptr && *kind != '\0' && std::string_view(kind) != "dumb";
}

Style::Style(bool is_coloured, std::size_t columns)
    : m_is_coloured(is_coloured)
    , m_width(columns == 0 ? 0 : std::max(columns, k_narrowest)) {}

Shown Style::painted(Ink ink, const Shown& text) const {
    return m_is_coloured && !text.empty() ? Shown::rendered(fmt::format(look_of(ink), "{}", text.text())) : text;
}

Shown Style::painted(Ink ink, const util::Words& text) const { return painted(ink, shown(text)); }

Shown Style::wrapped(const Shown& text, std::size_t hang) const {
    if (m_width == 0) {
        return text;
    }
    const auto begin = hang + k_least_room <= m_width ? hang : k_narrow_hang;
    std::string result;
    bool is_first = true;
    for (const auto line : util::split(text.text(), '\n')) {
        result += std::exchange(is_first, false) ? "" : "\n";
        result += width_of(line) <= m_width ? std::string(line) : Breaker(m_width, begin).broken(line);
    }
    return Shown::rendered(std::move(result));
}

Shown Style::command(const std::string& line, std::size_t indent) const {
    constexpr std::string_view k_continued = " \\";
    auto text = fmt::format("{:{}}{}", "", indent, line);
    if (m_width == 0 || width_of(text) <= m_width) {
        return Shown::rendered(text + "\n");
    }
    text = Breaker(m_width - k_continued.size(), 2 * indent).broken(text);
    std::string result;
    for (const char c : text) {
        result += c == '\n' ? k_continued : "";
        result += c;
    }
    return Shown::rendered(result + "\n");
}

Shown Style::columns(const Shown& left, const Shown& right, std::size_t column) const {
    constexpr std::size_t k_gap = 2;
    constexpr std::size_t k_below = 6;
    const auto used = shown_width(left);
    if (m_width > 0 && column + k_least_room > m_width) {
        const bool is_blank = left.text().find_first_not_of(' ') == std::string::npos;
        auto result = is_blank ? Shown() : wrapped(left, k_below);
        result += wrapped(Shown::rendered(fmt::format("\n{:{}}{}\n", "", k_below, right.text())), k_below);
        return result;
    }
    const auto between =
        used + k_gap <= column ? fmt::format("{:{}}", "", column - used) : fmt::format("\n{:{}}", "", column);
    auto lines = left;
    lines += Shown::rendered(between);
    lines += right;
    lines += Shown::rendered("\n");
    return wrapped(lines, column);
}

Shown help_line(const Shown& help, const Style& style) {
    auto line = Shown::rendered("   = ");
    line += style.painted(Ink::help, "help:");
    const auto hang = width_of(line.text()) + 1;
    line += Shown::rendered(" ");
    line += help;
    line += Shown::rendered("\n");
    return style.wrapped(line, hang);
}

std::size_t shown_width(const Shown& text) { return width_of(text.text()); }

Window window_of(Window whole, std::size_t columns) {
    if (util::display_width(whole.text) <= columns) {
        return whole;
    }
    constexpr std::string_view k_cut = "…";
    constexpr std::size_t k_before = 3; ///< a third of the window is what stands in front of the mark
    const bool begins = whole.mark + std::min(whole.marks, columns / 2) < columns;
    const auto from = begins ? 0 : whole.mark - columns / k_before;
    Window result{{}, whole.mark, whole.marks};
    std::size_t column = 0;
    std::size_t width = 0;
    if (from > 0) {
        result.text = k_cut;
        width = 1;
    }
    std::size_t skipped = 0;
    for (std::string_view rest = whole.text; !rest.empty();) {
        const auto point = rest.substr(0, point_size(rest));
        const auto wide = util::display_width(point);
        rest.remove_prefix(point.size());
        if (column < from + (from > 0 ? 1 : 0)) {
            column += wide;
            skipped = column;
            continue;
        }
        if (width + wide > columns || (!rest.empty() && width + wide == columns)) {
            result.text += k_cut;
            ++width;
            break;
        }
        result.text += point;
        width += wide;
        column += wide;
    }
    if (from > 0) {
        result.mark = whole.mark - skipped + 1;
    }
    result.marks = std::max<std::size_t>(std::min(whole.marks, width - std::min(width, result.mark)), 1);
    return result;
}

} // namespace oidcgen::report
