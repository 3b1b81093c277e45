#pragma once

#include "oidc/system.hpp"

#include <span>
#include <string_view>

namespace oidcgen {

/// Every system that the program knows.
[[nodiscard]] std::span<const oidc::System* const> systems();

/// The names of all.
[[nodiscard]] std::span<const std::string_view> system_names();

/// The system of that name; null when there is none.
[[nodiscard]] const oidc::System* find_system(std::string_view name);

} // namespace oidcgen
