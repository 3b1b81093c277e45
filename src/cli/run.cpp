#include "cli/run.hpp"

#include "cli/command.hpp"
#include "cli/describe.hpp"
#include "cli/help.hpp"
#include "report/redact.hpp"
#include "util/assert.hpp"
#include "util/project.hpp"
#include "util/text.hpp"
#include "util/words.hpp"

#include <algorithm>
#include <exception>
#include <iterator>
#include <memory>
#include <new>
#include <string_view>

#include <fmt/format.h>

namespace oidcgen::cli {

namespace {

int status(Exit exit) { return static_cast<int>(exit); }

/// The command that was recognised before parsing stopped, or the program itself.
const CLI::App& parsed_command(const CLI::App& program) {
    const auto commands = program.get_subcommands();
    return commands.empty() ? program : *commands.front();
}

std::vector<std::string> long_options(const CLI::App& app) {
    std::vector<std::string> result;
    for (const auto* const option : app.get_options([](const CLI::Option* it) { return it->nonpositional(); })) {
        result.push_back("--" + option->get_lnames().front());
    }
    return result;
}

std::vector<std::string> commands_of(const CLI::App& program) {
    std::vector<std::string> result;
    for (const auto* const command : program.get_subcommands([](const CLI::App*) { return true; })) {
        result.push_back(command->get_name());
    }
    return result;
}

util::Words meant_by(std::string_view text, const std::vector<std::string>& candidates) {
    const std::vector<std::string_view> views(candidates.begin(), candidates.end());
    return util::did_you_mean(text, views);
}

/// The option that an unknown one may have been meant for: `-V` for `-v`, `--style` for `--stile`.
util::Words meant_option(const CLI::App& program, std::string_view name) {
    auto known = long_options(program);
    const auto own = long_options(parsed_command(program));
    known.insert(known.end(), own.begin(), own.end());
    if (name.starts_with("--")) {
        return meant_by(name, known);
    }
    for (const auto* const option : program.get_options()) {
        const auto& letters = option->get_snames();
        if (!letters.empty() && util::lowered("-" + letters.front()) == util::lowered(name)) {
            return meant_by(name, {"-" + letters.front()});
        }
    }
    return {};
}

util::Words unknown_command(const CLI::App& program, std::string_view name) {
    const auto commands = commands_of(program);
    auto meant = meant_by(name, commands);
    if (meant.empty()) {
        meant = meant_by("--" + std::string(name), long_options(program));
    }
    const std::vector<std::string_view> views(commands.begin(), commands.end());
    return meant.empty() ? util::words("unknown command {}; the commands are {}", util::outside(name),
                                       util::own(util::alternatives(views)))
                         : util::words("unknown command {}{}", util::outside(name), meant);
}

util::Words unexpected(const CLI::App& program, std::string_view text) {
    const auto name = text.substr(0, text.find('='));
    const auto& command = parsed_command(program);
    const auto meant = name.starts_with("-") ? meant_option(program, name) : util::Words();
    const bool is_option = name.size() == 2 || (name.starts_with("--") && !meant.empty());
    if (command.get_name() == "hash" && !is_option) { // it may be a secret, and is not repeated
        return util::words(
            "{}do not give a secret as an argument, where other users of the machine could see it; put it in a "
            "file, on standard input or in an environment variable",
            name.starts_with("--") ? "unknown option; " : "");
    }
    if (name.starts_with("-")) {
        return util::words("unknown option {}{}", name, meant);
    }
    if (&command == &program) {
        return unknown_command(program, name);
    }
    return util::words("`oidcgen {}` does not take another argument {}", command.get_name(), util::outside(text));
}

/// The same arguments with the command in front, so that flags may stand before it too. A word behind a flag that takes
/// a value is that value.
std::vector<std::string> command_first(const CLI::App& program, std::vector<std::string> arguments) {
    const auto commands = described(program);
    const auto takes_value = [&](std::string_view flag) {
        return std::ranges::any_of(commands, [&](const CommandDescription& command) {
            return std::ranges::any_of(command.options, [&](const OptionDescription& option) {
                return option.takes_value && option.name == flag;
            });
        });
    };
    for (auto word = arguments.begin(); word != arguments.end(); ++word) {
        if (!word->starts_with("-")) {
            std::rotate(arguments.begin(), word, std::next(word));
            break;
        }
        if (*word == "--" || (takes_value(*word) && ++word == arguments.end())) {
            break;
        }
    }
    return arguments;
}

/// The parser's message, which repeats no value that a flag does not take.
util::Words in_our_words(std::string_view message) {
    const auto colon = message.find(": ");
    const auto option = message.substr(0, colon);
    const auto rest = colon == std::string_view::npos ? std::string_view() : message.substr(colon + 2);
    if (rest.starts_with("1 required ") && rest.ends_with(" missing")) {
        return util::words("{} needs a value", option);
    }
    if (rest.starts_with("At Most 1 required")) {
        return util::words("{} is given more than once", option);
    }
    if (option == "Could not convert") {
        return util::words("{} does not take that value", rest.substr(0, rest.find(" = ")));
    }
    constexpr std::string_view k_required = " is required";
    if (message.ends_with(k_required)) {
        return util::words("{} is missing", message.substr(0, message.size() - k_required.size()));
    }
    constexpr std::string_view k_requires = " requires ";
    if (const auto at = message.find(k_requires); at != std::string_view::npos) {
        return util::words("{} needs {}", message.substr(0, at), message.substr(at + k_requires.size()));
    }
    constexpr std::string_view k_excludes = " excludes ";
    if (const auto at = message.find(k_excludes); at != std::string_view::npos) {
        return util::words("{} and {} cannot be used together", message.substr(0, at),
                           message.substr(at + k_excludes.size()));
    }
    return util::bare(message);
}

Exit refuse(const CLI::App& program, const util::Words& why, Streams& streams) {
    const auto& command = parsed_command(program);
    streams.say(why, &command == &program ? util::Words("`oidcgen --help` lists commands and options")
                                          : util::words("usage: `{}`; `oidcgen {} --help` lists the options",
                                                        util::own(usage_of(command)), util::own(command.get_name())));
    return Exit::failed;
}

/// Without a command: what there is, and how to begin.
Exit greet(const CLI::App& program, Streams& streams) {
    streams.say("no command given");
    streams.say(short_help(program, streams.talk_style()));
    streams.say(report::help_line(
        report::shown("`oidcgen lint FILE…` checks the configurations that you have; `oidcgen init` starts a new site; "
                      "`oidcgen help COMMAND` explains a command"),
        streams.talk_style()));
    return Exit::failed;
}

util::Expected<Exit> perform(std::vector<std::string> arguments, Streams& streams) {
    Action action;
    const auto program = make_parser(action);
    arguments = command_first(*program, std::move(arguments));
    std::ranges::reverse(arguments); // CLI11 takes a vector from its end
    util::Words refused;
    bool asks_for_help = false;
    try {
        program->parse(std::move(arguments));
    } catch (const CLI::CallForHelp&) {
        asks_for_help = true;
    } catch (const CLI::CallForVersion& version) {
        streams.show(report::shown(util::own(fmt::format("{}\n", version.what()))));
        return Exit::clean;
    } catch (const CLI::ParseError& error) {
        refused = in_our_words(error.what());
    }
    streams.set_colour(wished_colour(*program));
    if (asks_for_help) {
        streams.show(help_of(parsed_command(*program), streams.style()));
        return Exit::clean;
    }
    // What is not known is why something else is missing.
    if (const auto extras = program->remaining(true); !extras.empty()) {
        return refuse(*program, unexpected(*program, extras.front()), streams);
    }
    if (!refused.empty()) {
        return refuse(*program, refused, streams);
    }
    return action ? action(streams) : greet(*program, streams);
}

} // namespace

int run(std::vector<std::string> arguments, Streams& streams) {
    std::string internal;
    try {
        const auto exit = perform(std::move(arguments), streams);
        if (exit) {
            return status(*exit);
        }
        const auto& error = exit.error();
        if (error.shown.empty()) {
            streams.say(error.message);
        } else {
            streams.say(error.shown);
        }
        return status(Exit::failed);
    } catch (const std::bad_alloc&) {
        streams.say("there is not enough memory");
        return status(Exit::failed);
    } catch (const std::exception& error) {
        internal = error.what();
    }
    streams.say(util::words("internal error in version {}: {}", util::k_version, internal));
    return status(Exit::failed);
}

} // namespace oidcgen::cli
