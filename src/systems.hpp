#pragma once

#include "oidc/system.hpp"

#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace oidcgen {

/// Every system that the program knows.
[[nodiscard]] std::span<const oidc::System* const> systems();

/// The names of all.
[[nodiscard]] std::span<const std::string_view> system_names();

/// The titles of one side or of both, without the generic ones, as a sentence names them: `A`, `A or B`, with `and` as
/// the last word `A and B`.
[[nodiscard]] std::string titles(std::optional<oidc::Wing> wing, std::string_view last_word = "or");

/// The system of that name; null when there is none.
[[nodiscard]] const oidc::System* find_system(std::string_view name);

} // namespace oidcgen
