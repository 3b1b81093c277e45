#include "cli/run.hpp"

#include "cli/command.hpp"
#include "cli/describe.hpp"
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

/// The words that `text` may have been meant for: flags of the command for what looks like a flag, else commands.
std::vector<std::string> candidates(const CLI::App& program, std::string_view text) {
    std::vector<std::string> result;
    if (text.starts_with("-")) {
        for (const auto* const app : {&program, &parsed_command(program)}) {
            for (const auto* const option :
                 app->get_options([](const CLI::Option* it) { return it->nonpositional(); })) {
                result.push_back("--" + option->get_lnames().front());
            }
        }
    } else if (&parsed_command(program) == &program) {
        for (const auto* const command : program.get_subcommands([](const CLI::App*) { return true; })) {
            result.push_back(command->get_name());
        }
    }
    return result;
}

util::Words unexpected(const CLI::App& program, std::string_view text) {
    const auto name = text.substr(0, text.find('='));
    const auto words = candidates(program, name);
    const std::vector<std::string_view> views(words.begin(), words.end());
    const auto& command = parsed_command(program);
    const auto meant = util::did_you_mean(name, views);
    const bool is_option = name.size() == 2 || (name.starts_with("--") && !meant.empty());
    if (command.get_name() == "hash" && !is_option) { // it may be a secret, and is not repeated
        return util::words(
            "{}a secret is no argument, where other users of the machine could see it; put it in a file, "
            "on standard input or in an environment variable",
            name.starts_with("--") ? "unknown option; " : "");
    }
    if (name.starts_with("-")) {
        return util::words("unknown option {}{}", name, meant);
    }
    if (&command == &program) {
        return meant.empty() ? util::words("unknown command {}; the commands are {}", util::outside(name),
                                           util::own(util::alternatives(views)))
                             : util::words("unknown command {}{}", util::outside(name), meant);
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
    return util::bare(message);
}

Exit refuse(const CLI::App& program, const util::Words& why, Streams& streams) {
    const auto& command = parsed_command(program);
    const auto name = &command == &program ? std::string() : " " + command.get_name();
    streams.say(why, util::words("`oidcgen{} --help` lists what there is", name));
    return Exit::failed;
}

util::Expected<Exit> perform(std::vector<std::string> arguments, Streams& streams) {
    Action action;
    const auto program = make_parser(action);
    arguments = command_first(*program, std::move(arguments));
    std::ranges::reverse(arguments); // CLI11 takes a vector from its end
    try {
        program->parse(std::move(arguments));
    } catch (const CLI::CallForHelp&) {
        streams.show(report::shown(util::own(parsed_command(*program).help())));
        return Exit::clean;
    } catch (const CLI::CallForVersion& version) {
        streams.show(report::shown(util::own(fmt::format("{}\n", version.what()))));
        return Exit::clean;
    } catch (const CLI::ParseError& error) {
        return refuse(*program, in_our_words(error.what()), streams);
    }
    if (const auto extras = program->remaining(true); !extras.empty()) {
        return refuse(*program, unexpected(*program, extras.front()), streams);
    }
    if (!action) {
        return refuse(*program, "no command given", streams);
    }
    return action(streams);
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
