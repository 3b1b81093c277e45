#pragma once

#include "document/addition.hpp"
#include "oidc/located.hpp"
#include "util/words.hpp"

#include <span>
#include <string>
#include <string_view>

namespace oidcgen::oidc {

// What to do about a setting, as clauses with the lines to paste where the file allows that.

/// So that a list has all these items too.
[[nodiscard]] util::Words how_to_add_all(const document::Place& list, const util::Words& name,
                                         std::span<const std::string> items);

/// So that a list has one more item.
[[nodiscard]] util::Words how_to_add(const document::Place& list, const util::Words& name, std::string_view item);

/// So that a setting has a value. `otherwise` is its name where it is in no file.
[[nodiscard]] util::Words how_to_set(const document::Place& place, std::string_view otherwise, std::string_view value,
                                     document::Quotes quotes = document::Quotes::yes);

} // namespace oidcgen::oidc
