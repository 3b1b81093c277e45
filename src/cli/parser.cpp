#include "cli/choice.hpp"
#include "cli/command.hpp"
#include "cli/describe.hpp"
#include "cli/help.hpp"
#include "cli/names.hpp"
#include "site/fields.hpp"
#include "systems.hpp"
#include "util/project.hpp"
#include "util/text.hpp"

#include <algorithm>
#include <array>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>

namespace oidcgen::cli {

namespace {

using namespace std::string_view_literals;

constexpr std::array k_colours{"auto"sv, "always"sv, "never"sv}; ///< in the order of report::Colour

/// The words an option is limited to: its type name is in lower case then, `one|two`; otherwise in upper case.
std::vector<std::string> words_of(const std::string& type) {
    std::vector<std::string> words;
    if (type.empty() || util::lowered(type) != type) {
        return words;
    }
    for (const auto word : util::split(type, '|')) {
        words.emplace_back(word);
    }
    return words;
}

/// The known releases of the system whose release the flag takes; none for other flags.
std::vector<std::string> releases_of(std::string_view flag) {
    std::vector<std::string> releases;
    for (const auto* const system : systems()) {
        if (flag_name(site::version_field(*system)) == flag) {
            for (const auto& version : oidc::all_versions(*system)) {
                releases.push_back(util::to_string(version));
            }
        }
    }
    return releases;
}

OptionDescription description(const CLI::Option& option) {
    OptionDescription result;
    result.name = option.get_positional() ? option.get_name(true) : "--" + option.get_lnames().front();
    if (!option.get_snames().empty()) {
        result.letter = option.get_snames().front();
    }
    result.takes_value = option.get_items_expected_max() > 0;
    if (result.takes_value) {
        result.values = words_of(option.get_type_name());
        if (result.values.empty() && !option.get_positional()) {
            result.placeholder = option.get_type_name();
        }
        result.releases = releases_of(result.name);
    }
    result.about = option.get_description();
    return result;
}

CommandDescription description(const CLI::App& command) {
    CommandDescription result{command.get_name(), command.get_description(), {}};
    for (const auto* const option : command.get_options()) {
        result.options.push_back(description(*option));
    }
    return result;
}

util::Expected<Exit> run_help(const CLI::App& program, const std::string& name, Streams& streams) {
    if (name.empty()) {
        streams.show(help_of(program, streams.style()));
        return Exit::clean;
    }
    std::vector<std::string> names;
    for (const auto* const command : program.get_subcommands([](const CLI::App*) { return true; })) {
        if (command->get_name() == name) {
            streams.show(help_of(*command, streams.style()));
            return Exit::clean;
        }
        names.push_back(command->get_name());
    }
    const std::vector<std::string_view> views(names.begin(), names.end());
    const auto meant = util::did_you_mean(name, views);
    return util::failure(meant.empty() ? util::words("unknown command {}; the commands are {}", util::outside(name),
                                                     util::own(util::alternatives(views)))
                                       : util::words("unknown command {}{}", util::outside(name), meant));
}

void add_help(CLI::App& program, Action& action) {
    auto* const command = program.add_subcommand("help", "show the commands, or explain one");
    const auto name = std::make_shared<std::string>();
    command->add_option("COMMAND", *name, "name of a command");
    command->callback([name, &program, &action] {
        action = [name, &program](Streams& streams) { return run_help(program, *name, streams); };
    });
}

} // namespace

std::unique_ptr<CLI::App> make_parser(Action& action) {
    auto program =
        std::make_unique<CLI::App>(fmt::format("Writes and checks the two configurations of a login between {} and {}.",
                                               titles(oidc::Wing::provider), titles(oidc::Wing::application)),
                                   "oidcgen");
    program->set_help_flag("-h,--help", "print this help");
    program->set_version_flag("-V,--version", fmt::format("oidcgen {}", util::k_version), "print the version");
    auto* const colour = program->add_option("--color", "use colours; auto means on a terminal (default: auto)");
    limit_to_words(*colour, k_colours);
    program->require_subcommand(0, 1); // a missing or misspelt one is told in our words
    program->allow_extras();
    add_init(*program, action);
    for (const auto* const system : systems()) {
        if (system->wing == oidc::Wing::application) {
            add_application(*program, *system, action);
        } else if (system->provider->write != nullptr) {
            add_provider(*program, *system, action);
        }
    }
    add_checklist(*program, action);
    add_lint(*program, action);
    add_diagnose(*program, action);
    add_explain(*program, action);
    add_hash(*program, action);
    add_help(*program, action);
    for (auto* const command : program->get_subcommands([](const CLI::App*) { return true; })) {
        command->group("Commands");
        command->fallthrough(); // the program's own flags may stand behind a command
    }
    return program;
}

report::Colour wished_colour(const CLI::App& program) {
    const auto& given = program.get_option("--color")->results();
    const auto* const found = given.empty() ? k_colours.end() : std::ranges::find(k_colours, given.back());
    return found == k_colours.end() ? report::Colour::automatic
                                    : static_cast<report::Colour>(found - k_colours.begin());
}

std::vector<CommandDescription> described(const CLI::App& program) {
    std::vector<CommandDescription> result{description(program)};
    result.front().name.clear();
    for (const auto* const command : program.get_subcommands([](const CLI::App*) { return true; })) {
        result.push_back(description(*command));
    }
    return result;
}

std::vector<CommandDescription> describe() {
    Action action;
    return described(*make_parser(action));
}

} // namespace oidcgen::cli
