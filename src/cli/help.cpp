#include "cli/help.hpp"

#include "cli/command.hpp"
#include "report/redact.hpp"
#include "systems.hpp"
#include "util/text.hpp"

#include <algorithm>
#include <cctype>
#include <memory>
#include <string_view>
#include <vector>

#include <fmt/format.h>

namespace oidcgen::cli {

namespace {

constexpr std::size_t k_column = 34;

util::Shown own(std::string text) { return report::shown(util::own(std::move(text))); }

/// A command line, and what it does.
struct Example {
    std::string line;
    std::string about;
};

std::string first_file(oidc::Wing wing) {
    const auto found = std::ranges::find(systems(), wing, &oidc::System::wing);
    return found == systems().end() ? std::string("other") : file_name(**found);
}

/// A configuration of each side, as people name such files.
std::string two_files() {
    return fmt::format("{} {}", first_file(oidc::Wing::provider), first_file(oidc::Wing::application));
}

std::vector<Example> examples(const std::string& command) {
    if (command.empty()) {
        return {{"oidcgen init", "start a new site"},
                {"oidcgen lint " + two_files(), "check the configurations of both sides"}};
    }
    if (command == "init") {
        return {
            {"oidcgen init", "answer a few questions"},
            {"oidcgen init --domain example.com --subdomain photos --client-id photos", "give the answers as options"}};
    }
    if (command == "lint") {
        return {{"oidcgen lint " + two_files(), "check both sides and predict the logins"},
                {"oidcgen lint --format concise --fail-on error " + two_files(), "one line per finding, for scripts"}};
    }
    if (command == "diagnose") {
        const auto log = std::string("oidcgen diagnose login.log");
        return {{log, "say why the logins in a log failed"},
                {fmt::format("{} {}", log, two_files()), "the same, with the line of the configuration"}};
    }
    if (command == "explain") {
        return {{"oidcgen explain redirect-uri-unregistered", "what the rule finds and how to fix it"},
                {"oidcgen explain all", "list all rules"}};
    }
    if (command == "hash") {
        return {{"oidcgen hash --generate", "make a new secret and its digest"},
                {"oidcgen hash client.secret", "print the digest of the secret in a file"}};
    }
    if (command == "help") {
        return {{"oidcgen help", "list the commands"}, {"oidcgen help lint", "list the options of a command"}};
    }
    const auto* const system = find_system(command);
    return {{"oidcgen " + command, "read site.yaml and print the result"},
            {fmt::format("oidcgen {} my-site.yaml --output {}", command,
                         system == nullptr ? command + ".txt" : file_name(*system)),
             "read another site file and write the result to a file"}};
}

bool takes_value(const CLI::Option& option) { return option.get_items_expected_max() > 0; }

bool is_list(const CLI::Option& option) { return option.get_expected_max() > 1; }

/// `FILE…`, or `[SITE]` when it may be left out.
std::string positional(const CLI::Option& option) {
    const auto name = option.get_name(true) + (is_list(option) ? "…" : "");
    return option.get_required() ? name : fmt::format("[{}]", name);
}

/// `-h, --help`, `--style client|snippet`, `SITE`.
std::string spelling(const CLI::Option& option) {
    if (option.get_positional()) {
        return option.get_name(true) + (is_list(option) ? "…" : "");
    }
    std::string result;
    for (const auto& name : option.get_snames()) {
        result += fmt::format("-{}, ", name);
    }
    result += "--" + option.get_lnames().front();
    return takes_value(option) && !option.get_type_name().empty() ? fmt::format("{} {}", result, option.get_type_name())
                                                                  : result;
}

/// A heading and what belongs to it.
class Section {
  public:
    Section(std::string_view title, const report::Style& style)
        : m_title(title)
        , m_style(style) {}

    void add(const std::string& name, const std::string& about) {
        m_rows += m_style.columns(own("  " + name), own(about), k_column);
    }
    void add(const CLI::Option& option) { add(spelling(option), option.get_description()); }
    /// Nothing when there is nothing in it.
    [[nodiscard]] util::Shown text() const {
        if (m_rows.empty()) {
            return {};
        }
        auto result = own("\n");
        result += m_style.painted(report::Ink::title, util::words("{}:", util::own(m_title)));
        result += own("\n");
        result += m_rows;
        return result;
    }

  private:
    std::string_view m_title;
    const report::Style& m_style;
    util::Shown m_rows;
};

/// As a sentence: with a capital letter and a full stop.
std::string sentence(std::string text) {
    if (!text.empty()) {
        text.front() = static_cast<char>(std::toupper(static_cast<unsigned char>(text.front())));
        text += text.ends_with('.') ? "" : ".";
    }
    return text;
}

util::Shown usage_line(const CLI::App& app, const report::Style& style) {
    auto result = style.painted(report::Ink::title, "Usage:");
    const auto hang = report::shown_width(result) + 1;
    result += own(fmt::format(" {}\n", usage_of(app)));
    return style.wrapped(result, hang);
}

util::Shown commands_of(const CLI::App& program, const report::Style& style) {
    Section commands("Commands", style);
    for (const auto* const command : program.get_subcommands([](const CLI::App*) { return true; })) {
        commands.add(command->get_name(), command->get_description());
    }
    return commands.text();
}

/// What every command takes.
util::Shown general_options(const CLI::App& program, const report::Style& style) {
    Section section("General options", style);
    for (const auto* const option : program.get_options()) {
        section.add(*option);
    }
    return section.text();
}

util::Shown examples_of(const CLI::App& app, const report::Style& style) {
    constexpr std::size_t k_indent = 2;
    constexpr std::size_t k_about = 6;
    auto result = own("\n");
    result += style.painted(report::Ink::title, "Examples:");
    result += own("\n");
    for (const auto& [line, about] : examples(app.get_parent() == nullptr ? "" : app.get_name())) {
        result += style.command(line, k_indent);
        result += style.wrapped(own(fmt::format("{:{}}{}\n", "", k_about, about)), k_about);
    }
    return result;
}

} // namespace

std::string usage_of(const CLI::App& app) {
    if (app.get_parent() == nullptr) {
        return "oidcgen COMMAND [OPTIONS]";
    }
    auto usage = fmt::format("oidcgen {} [OPTIONS]", app.get_name());
    for (const auto* const option : app.get_options()) {
        if (option->get_positional()) {
            usage += " " + positional(*option);
        }
    }
    return usage;
}

util::Shown help_of(const CLI::App& app, const report::Style& style) {
    const auto* const parent = app.get_parent();
    const auto& program = parent == nullptr ? app : *parent;
    auto result = style.wrapped(own(sentence(app.get_description()) + "\n"));
    result += usage_line(app, style);
    result += commands_of(app, style);
    if (parent != nullptr) {
        Section arguments("Arguments", style);
        for (const auto* const option : app.get_options([](const CLI::Option* it) { return it->get_positional(); })) {
            arguments.add(*option);
        }
        result += arguments.text();
        for (const auto& group : app.get_groups()) {
            Section section(group, style);
            for (const auto* const option : app.get_options([&](const CLI::Option* it) {
                     return !it->get_positional() && it->get_group() == group && it != app.get_help_ptr();
                 })) {
                section.add(*option);
            }
            result += section.text();
        }
    }
    result += general_options(program, style);
    result += examples_of(app, style);
    if (parent == nullptr) {
        result += own("\n");
        result +=
            style.wrapped(own("`oidcgen help COMMAND` explains a command; `man oidcgen` has the whole manual.\n"));
    }
    return result;
}

util::Shown short_help(const CLI::App& program, const report::Style& style) {
    auto result = usage_line(program, style);
    result += commands_of(program, style);
    return result;
}

} // namespace oidcgen::cli
