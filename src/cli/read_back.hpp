#pragma once

#include "site/site.hpp"
#include "util/error.hpp"

#include <string>

namespace oidcgen::cli {

/// Reads a configuration that was just written, as its system would. An error when that system would refuse it, or
/// when a setting does not come back as it went in: such a text is not given to anybody.
[[nodiscard]] util::Expected<void> read_back(const site::Site& site, const oidc::Provider& wanted,
                                             const std::string& text);
[[nodiscard]] util::Expected<void> read_back(const site::Site& site, const oidc::RelyingParty& wanted,
                                             const std::string& text);

} // namespace oidcgen::cli
