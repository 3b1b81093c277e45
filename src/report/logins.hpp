#pragma once

#include "report/report.hpp"
#include "util/words.hpp"

#include <vector>

namespace oidcgen::report {

/// What becomes of the logins, for people: a line for all ways to log in of which the same is true, in columns, with
/// the client where there are several. Below, what the verdicts rest on.
[[nodiscard]] util::Words login_lines(const std::vector<Login>& logins);

/// Why no login was predicted, and what to do; empty when one was.
[[nodiscard]] util::Words no_logins(const Report& report);

} // namespace oidcgen::report
