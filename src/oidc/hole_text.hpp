#pragma once

#include "document/hole_text.hpp"
#include "oidc/located.hpp"

namespace oidcgen::oidc {

/// A value that a file says, with the holes in it.
[[nodiscard]] document::HoleText hole_text(const Text& text,
                                           document::PlaceholderUse use = document::PlaceholderUse::secret_or_address);

/// True for a value of which some part is known: it stands there as it is, or with holes.
[[nodiscard]] bool is_partly_known(const Text& text, document::PlaceholderUse use);

/// Whether two values are the same once they are filled in; open when one of them may be anything.
[[nodiscard]] document::Comparison compare(const Text& left, const Text& right, document::PlaceholderUse use);

} // namespace oidcgen::oidc
