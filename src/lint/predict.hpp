#pragma once

#include "lint/lint.hpp"
#include "lint/pairing.hpp"
#include "secret/digest.hpp"

#include <vector>

namespace oidcgen::lint {

/// Predicts the logins of one pair, at each address and in each way, and adds them to the report with what was found.
/// Digests are verified within the budget.
void predict(const Pair& pair, const Options& options, secret::Budget& budget, report::Report& report);

} // namespace oidcgen::lint
