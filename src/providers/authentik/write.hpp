#pragma once

#include "oidc/system.hpp"

#include <array>
#include <string_view>

namespace oidcgen::providers::authentik {

/// Where the secret is taken from: an environment variable or a file of the worker, or the blueprint itself.
inline constexpr std::array<std::string_view, 3> k_styles{"env", "file", "literal"};

/// A blueprint for that release, ended by a line break.
[[nodiscard]] util::Expected<oidc::Output> write(const oidc::Provider& provider, const oidc::Target& target,
                                                 std::string_view style);

} // namespace oidcgen::providers::authentik
