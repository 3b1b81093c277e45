#pragma once

#include "document/document.hpp"
#include "document/excerpt.hpp"

#include <optional>
#include <span>
#include <vector>

namespace oidcgen::document {

/// A list that another document has at the same place, too.
struct ReplacedList {
    Place earlier;
    Place later; ///< which is the one that counts
};

/// YAML documents as one, the way programs put their files together: mappings are merged key by key, and all else is
/// replaced by what a later document says. The documents outlive the excerpt. Nothing where one of them cannot be read,
/// is no mapping, or has aliases or tags.
[[nodiscard]] std::optional<Excerpt> merged(std::span<const Document* const> documents,
                                            std::vector<ReplacedList>& replaced);

} // namespace oidcgen::document
