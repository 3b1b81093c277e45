#pragma once

#include "document/document.hpp"

#include <string>

namespace oidcgen::report {

/// The source line of a place with its number and, below, carets under the place; empty for a place in no file. A
/// secret in the line becomes a mask of fixed length, and a caret below it a single `^`. A line that could not be read
/// into the tree is masked as a whole if it, or the line before, names a setting that holds a secret.
[[nodiscard]] std::string snippet(const document::Place& place);

} // namespace oidcgen::report
