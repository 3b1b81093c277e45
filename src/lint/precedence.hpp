#pragma once

#include "rule/rule.hpp"

#include <vector>

namespace oidcgen::lint {

// Which of several findings about one cause speaks. One cause is one finding: the most specific rule says it.

/// The finding of one side alone that says why a login fails at the same value, and so speaks for `finding`; null when
/// there is none.
[[nodiscard]] const rule::Finding* speaker_for(const rule::Finding& finding, const std::vector<rule::Finding>& known);

/// Drops what another finding about the same value says better: hints behind the reason why a login fails.
void silence(std::vector<rule::Finding>& findings);

} // namespace oidcgen::lint
