#pragma once

#include "lang/cel/cel.hpp"

#include <span>
#include <string_view>

namespace oidcgen::lang::cel {

/// One way to call a function of the language or of the libraries for text.
struct Overload {
    std::string_view name;
    bool is_member = false; ///< called on its first operand
    /// A letter for each operand: text, integer, unsigned, double, boolean, y bytes, list, List of texts, map; ? is a
    /// value of a type that has no name here, * any value.
    std::string_view operands;
    char result = '*'; ///< in the same letters
};

/// Every way to call the functions that it names.
[[nodiscard]] std::span<const Overload> overloads();

/// Functions of the usual libraries of which no more is said, and macros.
[[nodiscard]] std::span<const std::string_view> other_functions();

/// What names of library functions begin with.
[[nodiscard]] std::span<const std::string_view> libraries();

/// Names of types, which are values.
[[nodiscard]] std::span<const std::string_view> type_names();

[[nodiscard]] Type type_of(char letter);

} // namespace oidcgen::lang::cel
