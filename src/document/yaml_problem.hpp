#pragma once

#include "document/fault.hpp"

#include <cstdint>
#include <string_view>

namespace oidcgen::document {

/// Which of the two places that libyaml gives shows a person what to change.
enum class ProblemPlace : std::uint8_t { context, problem };

/// A problem of libyaml in our words.
struct YamlProblem {
    std::string_view text; ///< as libyaml says it
    FaultKind kind = FaultKind::syntax;
    ProblemPlace place = ProblemPlace::problem;
    std::string_view message; ///< empty when the problem is clear enough
};

inline constexpr const char* k_no_colon = "a colon followed by a blank is missing in this line: write `key: value`";
inline constexpr std::string_view k_no_value_here = "mapping values are not allowed in this context";
inline constexpr std::string_view k_no_key = "did not find expected key";
inline constexpr std::string_view k_no_token = "found character that cannot start any token";

[[nodiscard]] const YamlProblem& problem_named(std::string_view text);

} // namespace oidcgen::document
