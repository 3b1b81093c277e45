#pragma once

#include "document/placeholder.hpp"

#include <cstddef>
#include <string_view>
#include <vector>

namespace oidcgen::document {

/// A part of a text that is filled in later.
struct Hole {
    std::size_t start = 0; ///< bytes of the text, with the marks
    std::size_t end = 0;
    /// What stands between the marks, without blanks around it and without a default: `DOMAIN`, `.Values.a.b`,
    /// `secret "/path"`. A view into the text.
    std::string_view name;
};

/// The holes of a text, in their order; none when is_placeholder() says that it stands for itself. A filler that takes
/// the place of the whole text is one hole.
[[nodiscard]] std::vector<Hole> holes(std::string_view text, PlaceholderUse use);

} // namespace oidcgen::document
