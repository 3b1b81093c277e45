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

std::string titles(std::optional<oidc::Wing> wing, std::string_view last_word) {
    std::vector<std::string_view> names;
    for (const auto each : {oidc::Wing::provider, oidc::Wing::application}) {
        for (const auto* const system : systems()) {
            if (!system->is_generic && system->wing == each && wing.value_or(each) == each) {
                names.push_back(system->title);
            }
        }
    }
    std::string result;
    for (std::size_t at = 0; at < names.size(); ++at) {
        if (at > 0) {
            result += at + 1 == names.size() ? " " + std::string(last_word) + " " : ", ";
        }
        result += names[at];
    }
    return result;
}

const oidc::System* find_system(std::string_view name) {
    const auto all = systems();
    const auto found = std::ranges::find(all, name, &oidc::System::name);
    return found == all.end() ? nullptr : *found;
}

} // namespace oidcgen
