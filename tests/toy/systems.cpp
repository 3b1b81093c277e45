#include "systems.hpp"

#include "app/larder/larder.hpp"
#include "provider/gatewarden/gatewarden.hpp"

#include <array>

namespace oidcgen {

namespace {

constexpr std::array k_systems{
    &toy::gatewarden::k_system,
    &toy::larder::k_system,
};

} // namespace

std::span<const oidc::System* const> systems() { return k_systems; }

} // namespace oidcgen
