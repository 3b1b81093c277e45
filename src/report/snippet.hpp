#pragma once

#include "document/document.hpp"
#include "report/redact.hpp"
#include "report/style.hpp"

namespace oidcgen::report {

/// The line of a place in its file with its number and, below, carets under the place. What the document's redactor
/// hides, and the redactors of those that it stands within, becomes a mask of fixed length, and a caret below it a
/// single `^`. Of a line that is wider than the style allows, the part around the place is shown. `ink` is that of the
/// carets.
[[nodiscard]] util::Shown snippet(const document::Place& place, Redactors& redactors, const Style& style = {},
                                  Ink ink = Ink::error);

} // namespace oidcgen::report
