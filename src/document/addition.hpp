#pragma once

#include "document/document.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace oidcgen::document {

/// Where a list is named, for findings about an item that it lacks: its key, with the path of the list. The place
/// itself when it has no key of its own in the text.
[[nodiscard]] Place named_at(const Place& list);

/// The lines that give a list one more item, ready to paste: one line, indented as the items are; behind a line with
/// its name where the list is missing. Without a final line break. Nothing where it is not a block of YAML (flow style,
/// JSON, an alias), or where the item does not go into single quotes.
[[nodiscard]] std::optional<std::string> addition_to(const Place& list, std::string_view item);

} // namespace oidcgen::document
