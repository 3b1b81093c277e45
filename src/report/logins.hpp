#pragma once

#include "report/redact.hpp"
#include "report/report.hpp"
#include "report/style.hpp"
#include "util/words.hpp"

#include <vector>

namespace oidcgen::report {

/// True for logins of one client, application, provider and address, which differ in the way to log in alone.
[[nodiscard]] bool is_same_site(const Login& left, const Login& right);

/// What becomes of the logins, for people: a line for all ways to log in of which the same is true, in columns, with
/// the client where there are several. Below, what the verdicts rest on.
[[nodiscard]] util::Shown login_lines(const std::vector<Login>& logins, Redactors& redactors, const Style& style);

/// What is left to check at a provider of which only the metadata was given, with exact values.
[[nodiscard]] util::Words to_check_lines(const std::vector<ToCheck>& all);

/// Why no login was predicted, and what to do; empty when one was.
[[nodiscard]] util::Words no_logins(const Report& report);

} // namespace oidcgen::report
