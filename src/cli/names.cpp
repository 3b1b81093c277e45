#include "cli/names.hpp"

#include "systems.hpp"

#include <algorithm>
#include <iterator>
#include <optional>

namespace oidcgen::cli {

namespace {

std::string listed(std::optional<oidc::Wing> wing, std::string_view last_word) {
    std::vector<std::string_view> names;
    for (const auto* const system : systems()) {
        if (!wing || system->wing == *wing) {
            names.push_back(system->title);
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

} // namespace

std::string titles(oidc::Wing wing, std::string_view last_word) { return listed(wing, last_word); }

std::string all_titles(std::string_view last_word) { return listed(std::nullopt, last_word); }

std::vector<std::string_view> system_names() {
    std::vector<std::string_view> result;
    std::ranges::transform(systems(), std::back_inserter(result), &oidc::System::name);
    return result;
}

std::string flag_name(std::string_view field) {
    std::string name = "--" + std::string(field);
    std::ranges::replace(name, '_', '-');
    return name;
}

} // namespace oidcgen::cli
