#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace oidcgen::document {

/// Bytes of a source text from `start` (inclusive) to `end` (exclusive).
struct Span {
    std::uint32_t start = 0;
    std::uint32_t end = 0;

    friend bool operator==(const Span&, const Span&) = default;
};

/// A place as editors count it: lines from 1, columns from 1 in code points.
struct Position {
    std::size_t line = 1;
    std::size_t column = 1;
};

/// A text with a name, and the lines in it. Line breaks are \n, \r\n and a lone \r.
class Source {
  public:
    Source(std::string name, std::string text);
    Source(Source&&) noexcept = default;
    Source(const Source&) = delete;
    Source& operator=(Source&&) = delete;
    Source& operator=(const Source&) = delete;
    ~Source(); ///< overwrites the text, which may hold secrets

    /// What to call it in messages: the path as the user gave it, or `<stdin>`.
    [[nodiscard]] const std::string& name() const { return m_name; }
    [[nodiscard]] std::string_view text() const { return m_text; }
    [[nodiscard]] std::string_view text(Span span) const;

    [[nodiscard]] std::size_t line_count() const { return m_line_starts.size(); }
    /// The line number (from 1) that holds the byte; an offset at the end of the text belongs to the last line.
    [[nodiscard]] std::size_t line_of(std::size_t offset) const;
    /// The bytes of a line (number from 1), without its line break.
    [[nodiscard]] Span line_span(std::size_t line) const;
    [[nodiscard]] Position position(std::size_t offset) const;

  private:
    [[nodiscard]] std::size_t points_before(std::size_t offset) const;

    std::string m_name;
    std::string m_text;
    std::vector<std::uint32_t> m_line_starts;
    /// How many code points begin before each block of bytes; empty for text of ASCII alone.
    std::vector<std::uint32_t> m_points;
};

} // namespace oidcgen::document
