#include "cli/choice.hpp"
#include "cli/command.hpp"
#include "diagnose/causes.hpp"
#include "document/value.hpp"
#include "lint/rules.hpp"
#include "oidc/system.hpp"
#include "report/redact.hpp"
#include "report/rule_help.hpp"
#include "report/style.hpp"
#include "systems.hpp"
#include "util/text.hpp"
#include "util/words.hpp"

#include <algorithm>
#include <array>
#include <iterator>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>

namespace oidcgen::cli {

namespace {

using document::Value;
using namespace std::string_literals;
using namespace std::string_view_literals;

constexpr std::array k_rule_formats{"text"sv, "json"sv, "markdown"sv};

/// Everything that is told of a rule stands in our tables.
util::Shown ours(std::string text) { return report::shown(util::own(std::move(text))); }

/// A title and, behind it, some text.
util::Shown titled(std::string_view title, std::string_view text, const report::Style& style) {
    auto result = style.painted(report::Ink::title, util::words("{}:", util::own(title)));
    result += ours(fmt::format("{}{}\n", text.empty() ? "" : " ", text));
    return style.wrapped(result);
}

/// Lines of a configuration, which are never broken.
util::Shown example(std::string_view title, report::Ink ink, std::string_view text, const report::Style& style) {
    auto result = ours("\n");
    result += style.painted(ink, util::words("{}:", util::own(title)));
    std::string lines = "\n";
    for (const auto line : util::split(text, '\n')) {
        lines += line.empty() ? std::string("\n") : fmt::format("    {}\n", line);
    }
    result += ours(std::move(lines));
    return result;
}

util::Shown examples(std::string_view bad, std::string_view good, const report::Style& style) {
    util::Shown result;
    if (!bad.empty()) {
        result += example("Bad", report::Ink::fails, bad, style);
        result += example("Good", report::Ink::works, good, style);
    }
    return result;
}

util::Shown explained(const rule::Rule& rule, const report::Style& style) {
    auto heading = style.painted(report::Ink::title, util::words("{} {}", util::own(rule.code), util::own(rule.name)));
    heading += ours(fmt::format(" ({})\n", report::seriousness(rule)));
    auto result = style.wrapped(heading);
    result += style.wrapped(ours(fmt::format("{}\n\n{}\n", rule.summary, rule.why)));
    result += examples(rule.bad, rule.good, style);
    for (const auto& [system, note] : report::notes_on(rule, systems())) {
        if (!note->text.empty() || !note->bad.empty()) {
            result += ours("\n");
            result += titled(fmt::format("In {}", system->title), note->text, style);
            result += examples(note->bad, note->good, style);
        }
    }
    result += ours("\n");
    result += titled("When to ignore", rule.ignore.empty() ? "never" : rule.ignore, style);
    for (const auto source : report::sources_of(rule, systems())) {
        result += style.wrapped(ours(fmt::format("See {}\n", source)));
    }
    return result;
}

Value text_or_null(std::string_view text) { return text.empty() ? Value{} : Value{std::string(text)}; }

Value list(std::span<const std::string_view> texts) {
    Value::List result;
    for (const auto text : texts) {
        result.push_back({std::string(text)});
    }
    return {std::move(result)};
}

Value described(const rule::Rule& rule) {
    Value::List consequences;
    for (const auto consequence : consequences_of(rule)) {
        consequences.push_back({Value::Members{{"consequence", {std::string(to_string(consequence))}},
                                               {"severity", {std::string(to_string(severity_of(consequence)))}}}});
    }
    Value::List notes;
    for (const auto& [system, note] : report::notes_on(rule, systems())) {
        notes.push_back({Value::Members{{"system", {std::string(system->name)}},
                                        {"title", {std::string(system->title)}},
                                        {"text", text_or_null(note->text)},
                                        {"bad", text_or_null(note->bad)},
                                        {"good", text_or_null(note->good)},
                                        {"sources", list(note->sources)}}});
    }
    return {Value::Members{{"code", {std::string(rule.code)}},
                           {"name", {std::string(rule.name)}},
                           {"summary", {std::string(rule.summary)}},
                           {"why", {std::string(rule.why)}},
                           {"consequences", {std::move(consequences)}},
                           {"bad", text_or_null(rule.bad)},
                           {"good", text_or_null(rule.good)},
                           {"ignore", text_or_null(rule.ignore)},
                           {"sources", list(rule.sources)},
                           {"notes", {std::move(notes)}}}};
}

std::string as_json(std::span<const rule::Rule* const> rules) {
    Value::List entries;
    for (const auto* const rule : rules) {
        entries.push_back(described(*rule));
    }
    return document::to_json({Value::Members{{"format", {"oidcgen-rules/1"s}}, {"rules", {std::move(entries)}}}});
}

/// A page for each rule, one below the other.
std::string as_markdown(std::span<const rule::Rule* const> rules) {
    std::string result;
    for (const auto* const rule : rules) {
        result += result.empty() ? "" : "\n";
        result += report::markdown_of(*rule, systems(), 1);
    }
    return result;
}

util::Shown as_table(std::span<const rule::Rule* const> rules, const report::Style& style) {
    constexpr std::size_t k_hang = 16;
    util::Shown result;
    for (const auto* const rule : rules) {
        const auto severity = severity_of(rule->consequence);
        const auto level = to_string(severity);
        auto line = ours(fmt::format("{} ", rule->code));
        line += style.painted(report::ink_of(severity), util::own(level));
        constexpr std::size_t k_level_width = 8;
        line += ours(fmt::format("{:{}} ", "", k_level_width - level.size()));
        line += style.painted(report::Ink::title, util::words("{}:", util::own(rule->name)));
        line += ours(fmt::format(" {}\n", rule->summary));
        result += style.wrapped(line, k_hang);
    }
    return result;
}

/// A cause that is not in the files, which `diagnose` names.
util::Shown explained(const diagnose::Cause& cause, const report::Style& style) {
    auto heading =
        style.painted(report::Ink::title, util::words("{} {}", util::own(cause.code), util::own(cause.name)));
    heading += ours(" (not in the files)\n");
    auto result = style.wrapped(heading);
    result += style.wrapped(ours(fmt::format("{}\n\n", cause.what)));
    result += titled("What to do", cause.help, style);
    for (const auto other : cause.else_it) {
        if (!other.empty()) {
            result += titled("Else", other, style);
        }
    }
    return result;
}

std::string as_json(const diagnose::Cause& cause) {
    Value::List others;
    for (const auto other : cause.else_it) {
        if (!other.empty()) {
            others.push_back({std::string(other)});
        }
    }
    Value::List causes;
    causes.push_back({Value::Members{{"code", {std::string(cause.code)}},
                                     {"name", {std::string(cause.name)}},
                                     {"summary", {std::string(cause.what)}},
                                     {"help", {std::string(cause.help)}},
                                     {"else", {std::move(others)}}}});
    return document::to_json({Value::Members{
        {"format", {"oidcgen-rules/1"s}}, {"rules", {Value::List{}}}, {"causes", {std::move(causes)}}}});
}

struct ExplainOptions {
    std::string rule;
    std::string format = "text";
};

util::Shown answer(std::span<const rule::Rule* const> rules, const ExplainOptions& options,
                   const report::Style& style) {
    if (options.format == "json") {
        return ours(as_json(rules));
    }
    if (options.format == "markdown") {
        return ours(as_markdown(rules));
    }
    return options.rule == "all" ? as_table(rules, style) : explained(*rules.front(), style);
}

util::Expected<Exit> run_explain(const ExplainOptions& options, Streams& streams) {
    const auto rules = lint::all_rules();
    if (options.rule == "all") {
        streams.show(answer(rules, options, streams.style()));
        return Exit::clean;
    }
    if (const auto* const rule = lint::find_rule(options.rule)) {
        streams.show(answer({&rule, 1}, options, streams.style()));
        return Exit::clean;
    }
    if (const auto* const cause = diagnose::find_cause(options.rule)) {
        streams.show(options.format == "json" ? ours(as_json(*cause)) : explained(*cause, streams.style()));
        return Exit::clean;
    }
    if (options.format == "json") {
        streams.show(ours(as_json(std::span<const rule::Rule* const>())));
    }
    std::vector<std::string_view> names;
    names.reserve(rules.size());
    for (const auto* const rule : rules) {
        names.push_back(rule->name);
    }
    return util::failure(util::words("rule {} does not exist{}; `oidcgen explain all` lists all rules",
                                     util::outside(options.rule), util::did_you_mean(options.rule, names)));
}

} // namespace

void add_explain(CLI::App& program, Action& action) {
    auto* const command = program.add_subcommand("explain", "explain a rule");
    const auto options = std::make_shared<ExplainOptions>();
    command->add_option("RULE", options->rule, "name or code of a rule or cause, or `all` for the rules")->required();
    limit_to_words(*command->add_option("--format", options->format, "form of the answer (default: text)"),
                   k_rule_formats);
    command->callback(
        [options, &action] { action = [options](Streams& streams) { return run_explain(*options, streams); }; });
}

} // namespace oidcgen::cli
