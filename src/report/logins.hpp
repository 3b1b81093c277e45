#pragma once

#include "report/redact.hpp"
#include "report/report.hpp"
#include "report/style.hpp"
#include "util/words.hpp"

#include <vector>

namespace oidcgen::report {

/// What becomes of the logins, for people: a line for all ways to log in of which the same is true, in columns, with
/// the client where there are several. Below, what the verdicts rest on.
[[nodiscard]] util::Shown login_lines(const std::vector<Login>& logins, Redactors& redactors, const Style& style);

/// Why no login was predicted, and what to do; empty when one was.
[[nodiscard]] util::Words no_logins(const Report& report);

} // namespace oidcgen::report
