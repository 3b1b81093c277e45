#pragma once

#include "document/document.hpp"
#include "util/words.hpp"

#include <string_view>

namespace oidcgen::rule {

/// Help that adds an item to the list at that place, called `name`: the line to paste, at the indentation of the list's
/// other items, or what to write inside the brackets. `place` is that of the list itself, or where it belongs.
[[nodiscard]] util::Words item_to_add(const document::Place& place, std::string_view name, std::string_view item);

} // namespace oidcgen::rule
