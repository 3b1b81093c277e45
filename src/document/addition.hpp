#pragma once

#include "document/document.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace oidcgen::document {

/// Where a list is named, for findings about an item that it lacks: its key, with the path of the list. The place
/// itself when it has no key of its own in the text.
[[nodiscard]] Place named_at(const Place& list);

/// The lines that give a list more items, ready to paste: a line for each, indented as the items are; behind a line
/// with its name where the list is missing. Without a final line break. Nothing where it is not a block of YAML (flow
/// style, JSON, an alias), or where an item does not go into single quotes.
[[nodiscard]] std::optional<std::string> addition_to(const Place& list, std::span<const std::string> items);

/// How a value is written.
enum class Quotes : std::uint8_t { yes, no };

/// A line around a value, ready to paste.
struct LineToSet {
    std::string before; ///< the value
    std::string after;
    bool is_first = false; ///< it has to be the first line of its mapping
};

/// The line that sets a missing setting of a mapping: in a block of YAML, or in JSON or another mapping in braces. The
/// value is plain text without quotes or backslashes. Nothing where the mapping is missing too or empty, or where its
/// first key is not the first on its line.
[[nodiscard]] std::optional<LineToSet> line_to_set(const Place& missing, Quotes quotes);

} // namespace oidcgen::document
