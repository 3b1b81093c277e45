#include "systems.hpp"

#include <algorithm>
#include <iterator>
#include <vector>

namespace oidcgen {

// Whatever table the program is linked with.

std::span<const std::string_view> system_names() {
    static const auto k_names = [] {
        std::vector<std::string_view> names;
        std::ranges::transform(systems(), std::back_inserter(names), &oidc::System::name);
        return names;
    }();
    return k_names;
}

const oidc::System* find_system(std::string_view name) {
    const auto all = systems();
    const auto found = std::ranges::find(all, name, &oidc::System::name);
    return found == all.end() ? nullptr : *found;
}

} // namespace oidcgen
