#pragma once

#include "report/report.hpp"

#include <cstddef>
#include <string_view>
#include <vector>

namespace oidcgen::report {

/// Findings of one rule and file that are counted and not listed.
struct CappedRule {
    std::string_view path;
    const rule::Rule* rule = nullptr;
    std::size_t more = 0;
};

/// By path and code.
[[nodiscard]] std::vector<CappedRule> capped_rules(const Report& report);

/// What could not be judged for one reason in one file.
struct CappedDoubt {
    std::string_view path;
    rule::Doubt why = rule::Doubt::placeholder;
    std::size_t more = 0;
};

/// Of each file and reason the first places, and how many more there are.
struct ListedDoubts {
    std::vector<const rule::NotChecked*> listed;
    std::vector<CappedDoubt> capped; ///< by path and name of the reason
};
[[nodiscard]] ListedDoubts listed_doubts(const Report& report);

} // namespace oidcgen::report
