#pragma once

#include "oidc/system.hpp"

#include <array>
#include <string_view>

namespace oidcgen::toy::gatewarden {

/// The settings as a file, or what a person enters in Gatewarden's own pages.
inline constexpr std::array<std::string_view, 2> k_styles{"file", "steps"};

[[nodiscard]] util::Expected<oidc::Output> write(const oidc::Provider& provider, const oidc::Target& target,
                                                 std::string_view style);

} // namespace oidcgen::toy::gatewarden
