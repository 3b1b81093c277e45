#pragma once

#include "util/version.hpp"

#include <span>
#include <string_view>

namespace oidcgen::providers::authentik {

/// Behind this tag stands the name of an environment variable, alone or in front of a default.
inline constexpr std::string_view k_variable_tag = "!Env";

/// The tags that blueprints may have.
[[nodiscard]] std::span<const std::string_view> tags(const util::Version& version);

} // namespace oidcgen::providers::authentik
