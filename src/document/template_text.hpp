#pragma once

#include "document/source.hpp"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace oidcgen::document {

/// A text with template actions (`{{ … }}`, `{% … %}`, `{# … #}`) as a reader of YAML may see it: each byte of an
/// action is a blank or a `~`, so that positions stay what they are. Loops and conditions are read as if taken once;
/// what is behind `else` is blank. Cost is linear in the length of the text.
class TemplateText {
  public:
    explicit TemplateText(std::string_view source);

    [[nodiscard]] std::string_view text() const { return m_text; }
    [[nodiscard]] bool has_actions() const { return m_text != m_source; }

    /// An action on a line of its own that became blank.
    struct Line {
        Span span;
        enum class Kind : unsigned char {
            block,     ///< what follows may be there once, several times, or not at all
            content,   ///< more text belongs here
            other_way, ///< what follows was not read, because the condition is taken for true
        } kind = Kind::block;
    };
    /// In their order.
    [[nodiscard]] const std::vector<Line>& lines() const { return m_lines; }

    /// True for one of them.
    [[nodiscard]] bool is_line(Span span) const;

    /// True for what may be there or not.
    [[nodiscard]] bool is_conditional(Span span) const;
    /// True when an action that became `~` begins in there.
    [[nodiscard]] bool holds_any(Span span) const;
    /// A value that was read there, with its actions.
    [[nodiscard]] std::string restored(std::string_view value, Span span) const;

  private:
    class Writer;

    std::string_view m_source;
    std::string m_text;
    std::vector<Span> m_filled; ///< actions that are `~` now, in order
    std::vector<Span> m_blocks; ///< outermost loops and conditions, in order
    std::vector<Line> m_lines;
};

} // namespace oidcgen::document
