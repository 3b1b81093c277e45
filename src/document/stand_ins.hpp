#pragma once

#include "document/document.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace oidcgen::document {

/// A text as libyaml gets to see it. libyaml refuses some of what go-yaml and js-yaml take, so where it
/// stumbles over that, bytes are replaced by others of the same length that it takes, and the values that hold them are
/// put right afterwards. Positions stay what they are.
class StandIns {
  public:
    StandIns(std::string_view source, Dialect dialect);

    /// The source with its stand-ins, up to where it was cut.
    [[nodiscard]] std::string_view text() const {
        return (m_altered.empty() ? m_source : std::string_view(m_text)).substr(0, m_length);
    }

    /// What libyaml stumbled over: its words, and where it did.
    struct Stumble {
        std::string_view problem;
        std::size_t at = 0;
    };
    /// True when the dialect's parser takes what libyaml did not, and it now has a stand-in: read again.
    [[nodiscard]] bool adapt(const Stumble& stumble);
    /// The same for characters that libyaml takes nowhere.
    [[nodiscard]] bool adapt_characters();

    /// False when the dialect's parser takes `?` and `:` in flow style as libyaml does.
    [[nodiscard]] bool takes_marks_for_text() const { return m_dialect == Dialect::js_yaml; }
    /// Takes the `?` or `:` in flow style that begins a plain text there, and not a key or a value.
    void take_for_text(std::size_t at);

    /// Ends the text in front of a character that nobody takes; false when it ended there before.
    [[nodiscard]] bool cut(std::size_t at);

    /// True when there is a stand-in between these bytes.
    [[nodiscard]] bool holds_any(Span span) const;
    /// A value that was read, with the original characters.
    [[nodiscard]] std::string restored(std::string_view value, Span span, Style style) const;
    /// The first character in a scalar that its dialect's parser takes in comments or quotes only.
    [[nodiscard]] std::optional<Span> misplaced(Span span, Style style) const;

  private:
    void replace(std::size_t at, char byte);
    void replace_all(std::string_view original, char stand_in);
    [[nodiscard]] bool replace_blank_tabs();
    [[nodiscard]] bool replace_surrogates();
    [[nodiscard]] bool replace_directive(const Stumble& stumble);
    void sort();

    std::string_view m_source;
    std::size_t m_length;
    Dialect m_dialect;
    std::string m_text;
    std::vector<std::uint32_t> m_altered; ///< in order
};

} // namespace oidcgen::document
