#pragma once

#include "providers/authelia/release.hpp"

#include <string_view>

namespace oidcgen::providers::authelia {

/// Compares a path with a pattern in which every `*` stands for a name. A name may hold dots, so every place where it
/// can end is kept; each name costs one walk along the path.
[[nodiscard]] bool matches(std::string_view path, std::string_view pattern, const Release& release);

/// The name behind the last dot of a path.
[[nodiscard]] std::string_view last_name(std::string_view path);

} // namespace oidcgen::providers::authelia
