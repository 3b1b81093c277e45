#pragma once

#include "oidc/login/login.hpp"
#include "rule/rule.hpp"
#include "util/terminal.hpp"
#include "util/words.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace oidcgen::report {

/// What a part of a text is, which decides its colour.
enum class Ink : std::uint8_t { error, warning, note, help, place, rule, title, works, fails, unknown };

[[nodiscard]] Ink ink_of(rule::Severity severity);
[[nodiscard]] Ink ink_of(oidc::Outcome outcome);
/// Of the word in front of a message: `error`, `warning` or `note`.
[[nodiscard]] Ink ink_of_level(std::string_view level);

enum class Colour : std::uint8_t { automatic, always, never };

/// Whether a stream gets colour: what was asked for decides, then NO_COLOR, then CLICOLOR_FORCE and FORCE_COLOR, then
/// whether it is a terminal that knows colours.
[[nodiscard]] bool has_colour(Colour wish, const util::Terminal& terminal);

/// How texts look where they are shown: with colours or without, and how wide a line may be. Colours and line breaks
/// are all that it adds.
class Style {
  public:
    static constexpr std::size_t k_narrowest = 40;

    /// No colours, and lines as long as they are: for files and other programs.
    Style() = default;
    Style(bool is_coloured, std::size_t columns);
    Style(Colour wish, const util::Terminal& terminal)
        : Style(has_colour(wish, terminal), terminal.columns) {}

    /// Columns of a line; 0: no limit.
    [[nodiscard]] std::size_t width() const { return m_width; }

    [[nodiscard]] util::Shown painted(Ink ink, const util::Shown& text) const;
    [[nodiscard]] util::Shown painted(Ink ink, const util::Words& text) const;

    /// The lines of a text, none wider than width() allows: broken at blanks, never inside of a word or an address, and
    /// rather not inside of quotes or brackets. What is broken off begins at column `hang` when enough of the line is
    /// left there, else at column 4.
    [[nodiscard]] util::Shown wrapped(const util::Shown& text, std::size_t hang = 0) const;

    /// A command line to be copied. What does not fit goes on below, as a shell reads it.
    [[nodiscard]] util::Shown command(const std::string& line, std::size_t indent) const;

    /// Two columns, `left` and from `column` on `right`, as lines that end with a break. `left` has a line of its own
    /// when it reaches into the other column, or when that is too narrow.
    [[nodiscard]] util::Shown columns(const util::Shown& left, const util::Shown& right, std::size_t column) const;

  private:
    bool m_is_coloured = false;
    std::size_t m_width = 0;
};

/// What to do, as it stands below a message: `   = help: …`.
[[nodiscard]] util::Shown help_line(const util::Shown& help, const Style& style);

/// Columns of a text on a terminal, colours left out.
[[nodiscard]] std::size_t shown_width(const util::Shown& text);

/// A line of text cut to what fits around a mark in it, with an ellipsis at each end that was cut.
struct Window {
    std::string text;
    std::size_t mark = 0;  ///< column where the mark begins
    std::size_t marks = 1; ///< its width
};
[[nodiscard]] Window window_of(Window whole, std::size_t columns);

} // namespace oidcgen::report
