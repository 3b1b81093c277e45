#pragma once

#include "document/document.hpp"
#include "report/redact.hpp"
#include "report/style.hpp"
#include "rule/rule.hpp"
#include "util/words.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace oidcgen::report {

/// A further place that belongs to a diagnostic.
struct Remark {
    util::Words message;
    document::Place place{};
};

/// One thing to tell a person, as it is printed.
struct Diagnostic {
    std::string_view level; ///< `error`, `warning` or `note`
    util::Words message;
    document::Place place{};
    std::vector<Remark> notes;
    util::Words help;
    std::string code; ///< rule name and code, as they stand in brackets; may be empty
};

/// A finding with its notes, as a person is told it.
[[nodiscard]] Diagnostic diagnostic_of(const rule::Finding& finding);

/// `file:line:column` of a place in a file.
[[nodiscard]] util::Words position_of(const document::Place& place);

/// The diagnostic as compilers print theirs: a line `file:line:column: level: message`, the source line with carets
/// below, then the notes likewise, then the help. Values of settings that hold secrets are masked.
[[nodiscard]] util::Shown to_text(const Diagnostic& diagnostic);
/// The same for one of many.
[[nodiscard]] util::Shown to_text(const Diagnostic& diagnostic, Redactors& redactors, const Style& style = {});
/// Its first line alone, which is never wrapped.
[[nodiscard]] util::Shown headline(const Diagnostic& diagnostic, Redactors& redactors, const Style& style);

} // namespace oidcgen::report
