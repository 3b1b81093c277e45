#pragma once

#include "oidc/system.hpp"

#include <span>
#include <string_view>

namespace oidcgen::toy::gatewarden {

inline constexpr std::string_view k_root = "gatewarden";

/// Every setting.
[[nodiscard]] std::span<const oidc::Key> keys();

/// False when no setting has that path, with `[]` behind lists.
[[nodiscard]] bool is_known(std::string_view path);

} // namespace oidcgen::toy::gatewarden
