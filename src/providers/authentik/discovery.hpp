#pragma once

#include "oidc/system.hpp"

namespace oidcgen::providers::authentik {

/// What is published for the first client of the file.
[[nodiscard]] oidc::Published discovery(const document::Document& document, const oidc::InspectOptions& options);

} // namespace oidcgen::providers::authentik
