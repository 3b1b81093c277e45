#pragma once

#include "oidc/system.hpp"
#include "site/site.hpp"
#include "util/error.hpp"

namespace oidcgen::cli {

/// Reads a configuration that was just written, as its system would. An error when that system would refuse it, or
/// when a setting does not come back as it went in: such a text is not given to anybody. A checklist has no reader.
[[nodiscard]] util::Expected<void> read_back(const site::Site& site, const oidc::Provider& wanted,
                                             const oidc::Output& output);
[[nodiscard]] util::Expected<void> read_back(const site::Site& site, const oidc::RelyingParty& wanted,
                                             const oidc::Output& output);

} // namespace oidcgen::cli
