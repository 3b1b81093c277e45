#pragma once

#include "rule/rule.hpp"

#include <string_view>
#include <vector>

namespace oidcgen::lint {

/// Every rule, ordered by code.
[[nodiscard]] std::vector<const rule::Rule*> all_rules();

/// The rule of that name or code, whatever the case; null when there is none.
[[nodiscard]] const rule::Rule* find_rule(std::string_view text);

} // namespace oidcgen::lint
