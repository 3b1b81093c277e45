#pragma once

#include "document/document.hpp"
#include "report/redact.hpp"
#include "report/style.hpp"

namespace oidcgen::report {

/// The source line of a place in a document with its number and, below, carets under the place. What the document's
/// redactor hides becomes a mask of fixed length, and a caret below it a single `^`. Of a line that is wider than the
/// style allows, the part around the place is shown. `ink` is that of the carets.
[[nodiscard]] util::Shown snippet(const document::Place& place, const Redactor& redactor, const Style& style = {},
                                  Ink ink = Ink::error);

} // namespace oidcgen::report
