#include "systems.hpp"

#include "app/larder/larder.hpp"
#include "provider/gatewarden/gatewarden.hpp"

#include <algorithm>
#include <array>

namespace oidcgen {

namespace {

constexpr std::array k_systems{
    &toy::gatewarden::k_system,
    &toy::larder::k_system,
};

} // namespace

std::span<const oidc::System* const> systems() { return k_systems; }

std::span<const std::string_view> system_names() {
    static const auto k_names = [] {
        std::array<std::string_view, k_systems.size()> names;
        std::ranges::transform(k_systems, names.begin(), [](const auto* system) { return system->name; });
        return names;
    }();
    return k_names;
}

const oidc::System* find_system(std::string_view name) {
    const auto* const found = std::ranges::find(k_systems, name, [](const auto* system) { return system->name; });
    return found == k_systems.end() ? nullptr : *found;
}

} // namespace oidcgen
