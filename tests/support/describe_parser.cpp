// Prints the parser's own description of commands and options as JSON, for the test that compares it with the man page
// and for tools/completions.

#include "cli/describe.hpp"

#include <iostream>

#include <nlohmann/json.hpp>

int main() {
    auto commands = nlohmann::ordered_json::array();
    for (const auto& command : oidcgen::cli::describe()) {
        auto options = nlohmann::ordered_json::array();
        for (const auto& option : command.options) {
            options.push_back({{"name", option.name},
                               {"letter", option.letter},
                               {"takes_value", option.takes_value},
                               {"values", option.values},
                               {"placeholder", option.placeholder},
                               {"releases", option.releases},
                               {"about", option.about}});
        }
        commands.push_back({{"name", command.name}, {"about", command.about}, {"options", options}});
    }
    std::cout << commands.dump(2) << '\n';
}
