#pragma once

#include "rule/rule.hpp"
#include "util/error.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace oidcgen::lint {

/// Every rule, ordered by code.
[[nodiscard]] std::vector<const rule::Rule*> all_rules();

/// The rule of that name or code, whatever the case; null when there is none.
[[nodiscard]] const rule::Rule* find_rule(std::string_view text);

/// Rules as a person writes them.
struct NamedRules {
    std::string text;                     ///< a name, a code, or the beginning of codes, in the case of the tables
    std::vector<const rule::Rule*> rules; ///< at least one
};

/// The rules of that name, that code, or whose codes begin so (`OG3`), whatever the case. The error is about a text
/// that means none: a clause with what may have been meant.
[[nodiscard]] util::Expected<NamedRules> named_rules(std::string_view text);

} // namespace oidcgen::lint
