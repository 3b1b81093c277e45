// Prints names, titles, settings and releases of every system as JSON, for the test that looks for them in rooms that
// know no system.

#include "systems.hpp"

#include <iostream>
#include <string>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

int main() {
    auto systems = nlohmann::ordered_json::array();
    for (const auto* const system : oidcgen::systems()) {
        auto keys = nlohmann::ordered_json::array();
        for (const auto& key : system->keys) {
            keys.push_back(key.path);
        }
        auto lines = nlohmann::ordered_json::array();
        for (const auto& line : system->releases) {
            lines.push_back(fmt::format("{}.{}", line.major, line.minor));
        }
        systems.push_back({{"name", system->name},
                           {"title", system->title},
                           {"is_generic", system->is_generic},
                           {"keys", keys},
                           {"lines", lines}});
    }
    std::cout << systems.dump(2) << '\n';
}
