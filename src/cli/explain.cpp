#include "cli/command.hpp"
#include "lint/rules.hpp"
#include "oidc/system.hpp"
#include "systems.hpp"
#include "util/text.hpp"

#include <algorithm>
#include <iterator>
#include <memory>
#include <ostream>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>
#include <fmt/ostream.h>

namespace oidcgen::cli {

namespace {

std::string indented(std::string_view text) {
    std::string result;
    for (const auto line : util::split(text, '\n')) {
        result += line.empty() ? std::string("\n") : fmt::format("    {}\n", line);
    }
    return result;
}

std::string examples(std::string_view bad, std::string_view good) {
    return bad.empty() ? std::string() : fmt::format("\nBad:\n{}\nGood:\n{}", indented(bad), indented(good));
}

/// What every system has to say about the rule, with the name of the system.
std::string noted(const rule::Rule& rule) {
    std::string result;
    for (const auto* const system : systems()) {
        const auto* const note = oidc::find_note(*system, rule);
        if (note != nullptr && !(note->text.empty() && note->bad.empty())) {
            result += fmt::format("\nIn {}:{}{}\n{}", system->title, note->text.empty() ? "" : " ", note->text,
                                  examples(note->bad, note->good));
        }
    }
    return result;
}

/// The sources of the rule and of its notes, each once.
std::vector<std::string_view> all_sources(const rule::Rule& rule) {
    std::vector<std::string_view> result(rule.sources.begin(), rule.sources.end());
    for (const auto* const system : systems()) {
        if (const auto* const note = oidc::find_note(*system, rule)) {
            std::ranges::copy_if(note->sources, std::back_inserter(result), [&](std::string_view source) {
                return std::ranges::find(result, source) == result.end();
            });
        }
    }
    return result;
}

std::string explained(const rule::Rule& rule) {
    auto result =
        fmt::format("{} {} ({}, {})\n{}\n\n{}\n", rule.code, rule.name, to_string(severity_of(rule.consequence)),
                    to_string(rule.consequence), rule.summary, rule.why);
    result += examples(rule.bad, rule.good);
    result += noted(rule);
    result += fmt::format("\nWhen to ignore: {}\n", rule.ignore.empty() ? "never" : rule.ignore);
    for (const auto source : all_sources(rule)) {
        result += fmt::format("See {}\n", source);
    }
    return result;
}

util::Expected<Exit> run_explain(const std::string& text, Streams& streams) {
    const auto rules = lint::all_rules();
    if (text == "all") {
        for (const auto* const rule : rules) {
            fmt::print(streams.out, "{} {:<8} {}: {}\n", rule->code, to_string(severity_of(rule->consequence)),
                       rule->name, rule->summary);
        }
        return Exit::clean;
    }
    if (const auto* const rule = lint::find_rule(text)) {
        streams.out << explained(*rule);
        return Exit::clean;
    }
    std::vector<std::string_view> names;
    for (const auto* const rule : rules) {
        names.push_back(rule->name);
    }
    return util::failure(fmt::format("there is no rule {}{}; `oidcgen explain all` lists them", util::quoted(text),
                                     util::did_you_mean(text, names)));
}

} // namespace

void add_explain(CLI::App& program, Action& action) {
    auto* const command = program.add_subcommand("explain", "tell what a rule is about");
    const auto text = std::make_shared<std::string>();
    command->add_option("RULE", *text, "name or code of a rule, or `all` for the list")->required();
    command->callback([text, &action] { action = [text](Streams& streams) { return run_explain(*text, streams); }; });
}

} // namespace oidcgen::cli
