#pragma once

#include "oidc/system.hpp"

#include <span>

namespace oidcgen::providers::google {

/// The members of a downloaded client: https://googleapis.github.io/google-api-python-client/docs/client-secrets.html
[[nodiscard]] std::span<const oidc::Key> keys();

} // namespace oidcgen::providers::google
