#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace oidcgen::util {

/// Without leading and trailing ASCII white space (blank, tab, line breaks, vertical tab, form feed).
[[nodiscard]] std::string_view trimmed(std::string_view text);

/// ASCII letters in lower case; everything else unchanged.
[[nodiscard]] std::string lowered(std::string_view text);

/// The parts between separators; n separators give n + 1 parts.
[[nodiscard]] std::vector<std::string_view> split(std::string_view text, char separator);

/// The words between runs of blanks; none for a blank text.
[[nodiscard]] std::vector<std::string_view> words(std::string_view text);

/// Edits (insert, delete, replace, swap of neighbours) that turn one text into the other, in bytes;
/// `limit + 1` as soon as it is known to be more than `limit`.
[[nodiscard]] std::size_t edit_distance(std::string_view from, std::string_view to, std::size_t limit);

/// The candidate nearest to `text` within two edits (one for texts of up to three bytes), compared without regard
/// to ASCII case; the first of equals.
[[nodiscard]] std::optional<std::string_view> nearest(std::string_view text,
                                                      std::span<const std::string_view> candidates);

/// The text as it can be shown on a terminal: control and formatting characters (bidirectional ones, line and
/// paragraph separators among them) escaped as quoted() does it, invalid UTF-8 as \xNN, the rest as it is. What was
/// escaped once stays as it is.
[[nodiscard]] std::string printable(std::string_view text);

/// JSON in which the characters that printable() escapes, and that JSON takes as they are, stand as \uNNNN.
[[nodiscard]] std::string escaped_in_json(std::string_view json);

/// The text in double quotes, on one line: quotes, backslashes and control characters escaped, invalid UTF-8 as
/// \xNN, cut after `most` code points with an ellipsis.
[[nodiscard]] std::string quoted(std::string_view text, std::size_t most = 80);

/// The text, or as much of it as fits into `most` bytes without cutting a code point.
[[nodiscard]] std::string_view start_of(std::string_view text, std::size_t most);

/// `a`, `a or b`, `a, b or c`.
[[nodiscard]] std::string alternatives(std::span<const std::string_view> items);

/// Offset of the first byte that is not part of valid UTF-8; nothing when the whole text is valid.
[[nodiscard]] std::optional<std::size_t> invalid_utf8(std::string_view text);

/// Code points in valid UTF-8 (in other text: bytes that are not continuation bytes).
[[nodiscard]] std::size_t code_points(std::string_view text);

/// Columns that a terminal uses for the text; a tab or another control character counts one, invalid UTF-8 one a byte.
[[nodiscard]] std::size_t display_width(std::string_view text);

} // namespace oidcgen::util
