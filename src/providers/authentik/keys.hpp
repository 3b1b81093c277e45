#pragma once

#include "oidc/system.hpp"

#include <span>

namespace oidcgen::providers::authentik {

/// The parts of a blueprint, and the fields of the models that make a client.
[[nodiscard]] std::span<const oidc::Key> keys();

} // namespace oidcgen::providers::authentik
