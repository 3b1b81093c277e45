#pragma once

#include "lint/lint.hpp"
#include "rule/findings.hpp"

#include <span>

namespace oidcgen::lint {

/// Adds a finding for each list of clients that a later file replaces, when clients are lost by it.
void check_replaced(const Input& input, rule::Findings& findings);

/// The rules of what files become together, ordered by code.
[[nodiscard]] std::span<const rule::Rule* const> merge_rules();

} // namespace oidcgen::lint
