#include "cli/command.hpp"
#include "cli/describe.hpp"
#include "cli/names.hpp"
#include "systems.hpp"
#include "util/project.hpp"
#include "util/text.hpp"

#include <algorithm>
#include <memory>
#include <string>

#include <fmt/format.h>

namespace oidcgen::cli {

namespace {

constexpr std::size_t k_option_column = 34;

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

OptionDescription description(const CLI::Option& option) {
    OptionDescription result;
    result.name = option.get_positional() ? option.get_name(true) : "--" + option.get_lnames().front();
    result.takes_value = option.get_items_expected_max() > 0;
    if (result.takes_value) {
        result.values = words_of(option.get_type_name());
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

/// Help in one shape for the program and its commands.
class Help : public CLI::Formatter {
  public:
    Help() { column_width(k_option_column); }

    std::string make_usage(const CLI::App* app, std::string name) const override {
        const bool is_command = app->get_parent() != nullptr;
        auto usage =
            fmt::format("Usage: oidcgen {}", is_command ? app->get_name() + " [OPTIONS]" : "COMMAND [OPTIONS]");
        for (const auto* const option : app->get_options()) {
            if (option->get_positional()) {
                usage += fmt::format(" [{}]", option->get_name(true));
            }
        }
        static_cast<void>(name);
        return usage + "\n";
    }

    std::string make_option_opts(const CLI::Option* option) const override {
        const auto type =
            option->nonpositional() && option->get_items_expected_max() > 0 ? option->get_type_name() : std::string();
        return type.empty() ? type : " " + type;
    }
};

} // namespace

std::unique_ptr<CLI::App> make_parser(Action& action) {
    auto program =
        std::make_unique<CLI::App>(fmt::format("Writes and checks the two configurations of a login between {} and {}.",
                                               titles(oidc::Wing::provider), titles(oidc::Wing::application)),
                                   "oidcgen");
    auto help = std::make_shared<Help>();
    help->label("Positionals", "Arguments");
    program->formatter(help);
    program->set_help_flag("--help", "print this help");
    program->set_version_flag("--version", fmt::format("oidcgen {}", util::k_version), "print the version");
    program->require_subcommand(0, 1); // a missing or misspelt one is told in our words
    program->allow_extras();
    add_init(*program, action);
    for (const auto* const system : systems()) {
        if (system->wing == oidc::Wing::provider) {
            add_provider(*program, *system, action);
        } else {
            add_application(*program, *system, action);
        }
    }
    add_lint(*program, action);
    add_explain(*program, action);
    add_hash(*program, action);
    for (auto* const command : program->get_subcommands([](const CLI::App*) { return true; })) {
        command->group("Commands");
        command->fallthrough(); // the program's own flags may stand behind a command
    }
    return program;
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
