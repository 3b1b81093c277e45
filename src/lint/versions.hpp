#pragma once

#include "lint/lint.hpp"
#include "report/report.hpp"

#include <vector>

namespace oidcgen::lint {

/// The options with a version for every system in `narrowed` that has files among the inputs: the newest release of
/// those that take all its files; warnings do not count. Adds for each such file which releases take it.
[[nodiscard]] Options narrowed(const std::vector<Input>& inputs, Options options,
                               std::vector<report::Acceptance>& acceptances);

/// Adds what releases of those that take the file understand differently.
void add_changes(const oidc::System& system, const oidc::RelyingParty& party, report::Acceptance& acceptance);

} // namespace oidcgen::lint
