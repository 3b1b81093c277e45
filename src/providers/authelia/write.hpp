#pragma once

#include "oidc/provider.hpp"
#include "oidc/system.hpp"
#include "util/error.hpp"

#include <span>
#include <string_view>

namespace oidcgen::providers::authelia {

/// How much of the configuration can be written: the client as a list item, the client below its parent keys, or this
/// and what it needs of the rest.
[[nodiscard]] std::span<const std::string_view> styles();

/// The provider's registrations as Authelia YAML for that release, ended by a line break.
[[nodiscard]] util::Expected<oidc::Output> write(const oidc::Provider& provider, const oidc::Target& target,
                                                 std::string_view style);

} // namespace oidcgen::providers::authelia
