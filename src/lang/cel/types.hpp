#pragma once

#include "lang/cel/cel.hpp"

#include <string>

namespace oidcgen::lang::cel {

/// For people: `a string`.
[[nodiscard]] std::string described(const Type& type);

/// Whether a value of one type could stand for the other.
[[nodiscard]] bool fits(const Type& one, const Type& other);

/// Whether it can be a time or another object; null can be each of them.
[[nodiscard]] bool may_be_nameless(const Type& type);

[[nodiscard]] bool is_number(Kind kind);

/// The type of what may be either.
[[nodiscard]] Type common(const Type& one, const Type& other);

[[nodiscard]] Type list_of(Type item);

} // namespace oidcgen::lang::cel
