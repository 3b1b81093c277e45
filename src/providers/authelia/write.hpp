#pragma once

#include "oidc/provider.hpp"
#include "oidc/system.hpp"
#include "util/version.hpp"

#include <string>

namespace oidcgen::providers::authelia {

/// The provider's registrations as Authelia YAML for that version, ended by a line break.
[[nodiscard]] std::string write(const oidc::Provider& provider, const util::Version& version, oidc::Extent extent);

} // namespace oidcgen::providers::authelia
