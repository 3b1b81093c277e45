#pragma once

#include "oidc/system.hpp"

#include <span>
#include <string_view>

namespace oidcgen::toy::larder {

inline constexpr std::string_view k_root = "sign_in";

[[nodiscard]] std::span<const oidc::ReleaseLine> releases();

/// Every setting below k_root.
[[nodiscard]] std::span<const oidc::Key> keys();

/// False when that release has no such setting.
[[nodiscard]] bool is_known(std::string_view name, const util::Version& version);

} // namespace oidcgen::toy::larder
