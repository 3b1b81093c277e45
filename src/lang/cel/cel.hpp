#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <variant>

namespace oidcgen::lang::cel {

/// What an expression of the Common Expression Language always yields.
struct List {};
using Value = std::variant<double, std::string, bool, List>;

/// Nothing when it depends on what the expression is applied to, or is not understood
/// (https://github.com/google/cel-spec/blob/master/doc/langdef.md).
[[nodiscard]] std::optional<Value> constant(std::string_view expression);

} // namespace oidcgen::lang::cel
