#pragma once

#include "document/document.hpp"
#include "report/redact.hpp"

namespace oidcgen::report {

/// The source line of a place in a document with its number and, below, carets under the place. What the document's
/// redactor hides becomes a mask of fixed length, and a caret below it a single `^`.
[[nodiscard]] util::Shown snippet(const document::Place& place, const Redactor& redactor);

} // namespace oidcgen::report
