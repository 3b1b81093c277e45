#include "report/rule_help.hpp"

#include <algorithm>
#include <iterator>

#include <fmt/format.h>

namespace oidcgen::report {

namespace {

/// Prose in which nothing but code between backticks has a meaning to readers of markdown.
std::string prose(std::string_view text) {
    std::string result;
    bool is_code = false;
    for (const char c : text) {
        is_code = is_code != (c == '`');
        if (!is_code && (c == '<' || c == '*' || c == '[' || c == ']')) {
            result += '\\';
        }
        result += c;
    }
    return result;
}

/// A sentence of a table, which has no capital letter and no full stop.
std::string sentence(std::string_view text) {
    auto result = prose(text);
    if (!result.empty() && result.front() >= 'a' && result.front() <= 'z') {
        result.front() = static_cast<char>(result.front() - 'a' + 'A');
    }
    return result + ".";
}

std::string examples(std::string_view bad, std::string_view good) {
    return bad.empty() ? std::string() : fmt::format("\nBad:\n\n```\n{}\n```\n\nGood:\n\n```\n{}\n```\n", bad, good);
}

} // namespace

std::vector<SystemNote> notes_on(const rule::Rule& rule, std::span<const oidc::System* const> systems) {
    std::vector<SystemNote> result;
    for (const auto* const system : systems) {
        if (const auto* const note = oidc::find_note(*system, rule)) {
            result.push_back({system, note});
        }
    }
    return result;
}

std::vector<std::string_view> sources_of(const rule::Rule& rule, std::span<const oidc::System* const> systems) {
    std::vector<std::string_view> result(rule.sources.begin(), rule.sources.end());
    for (const auto& [system, note] : notes_on(rule, systems)) {
        std::ranges::copy_if(note->sources, std::back_inserter(result), [&](std::string_view source) {
            return std::ranges::find(result, source) == result.end();
        });
    }
    return result;
}

std::string seriousness(const rule::Rule& rule) {
    std::string result;
    std::string_view last;
    for (const auto consequence : consequences_of(rule)) {
        const auto severity = to_string(severity_of(consequence));
        if (severity != last) {
            result += fmt::format("{}{}: ", last.empty() ? "" : "; ", severity);
        } else {
            result += ", ";
        }
        result += to_string(consequence);
        last = severity;
    }
    return result;
}

std::string markdown_of(const rule::Rule& rule, std::span<const oidc::System* const> systems, std::size_t level) {
    std::string result;
    if (level > 0) {
        result += fmt::format("{} {} {}\n\n", std::string(level, '#'), rule.code, rule.name);
    }
    result += fmt::format("{}\n\n{}\n\nSeverity: {}\n", sentence(rule.summary), prose(rule.why), seriousness(rule));
    result += examples(rule.bad, rule.good);
    for (const auto& [system, note] : notes_on(rule, systems)) {
        if (!note->text.empty() || !note->bad.empty()) {
            result += fmt::format("\nIn {}:{}{}\n", system->title, note->text.empty() ? "" : " ", prose(note->text));
            result += examples(note->bad, note->good);
        }
    }
    result += fmt::format("\nWhen to ignore: {}\n", rule.ignore.empty() ? "never" : prose(rule.ignore));
    const auto sources = sources_of(rule, systems);
    if (!sources.empty()) {
        result += "\nSee:\n\n";
    }
    for (const auto source : sources) {
        result += fmt::format("- <{}>\n", source);
    }
    return result;
}

} // namespace oidcgen::report
