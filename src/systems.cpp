#include "systems.hpp"

#include "apps/immich/immich.hpp"
#include "providers/authelia/authelia.hpp"
#include "providers/authentik/authentik.hpp"
#include "providers/google/google.hpp"
#include "providers/other/other.hpp"

#include <array>

namespace oidcgen {

namespace {

constexpr std::array k_systems{
    &providers::authelia::k_system, &apps::immich::k_system,     &providers::authentik::k_system,
    &providers::google::k_system,   &providers::other::k_system,
};

} // namespace

std::span<const oidc::System* const> systems() { return k_systems; }

} // namespace oidcgen
