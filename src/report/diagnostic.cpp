#include "report/diagnostic.hpp"

#include "document/excerpt.hpp"
#include "report/snippet.hpp"

#include <fmt/format.h>

namespace oidcgen::report {

namespace {

/// `file:line:column: level: `, as much of it as is known.
util::Shown opening(const document::Place& place, std::string_view level, const Style& style) {
    util::Shown result;
    if (place) {
        result = style.painted(Ink::place, position_of(place) + ":");
        result += shown(" ");
    }
    result += style.painted(ink_of_level(level), util::words("{}:", util::own(level)));
    result += shown(" ");
    return result;
}

/// What stands in brackets is ours, so nothing of it is hidden.
util::Shown bracketed(const std::string& code, const Style& style) {
    if (code.empty()) {
        return {};
    }
    auto result = shown(" ");
    result += style.painted(Ink::rule, util::words("[{}]", util::own(code)));
    return result;
}

/// All of the line behind its opening.
util::Shown rest_of_line(const document::Place& place, const util::Words& message, const std::string& code,
                         Redactors& redactors, const Style& style) {
    auto result = redactors.shown(message, place);
    result += bracketed(code, style);
    result += shown("\n");
    return result;
}

util::Shown located(const document::Place& place, std::string_view level, const util::Words& message,
                    const std::string& code, Redactors& redactors, const Style& style) {
    auto line = opening(place, level, style);
    const auto hang = shown_width(line);
    line += rest_of_line(place, message, code, redactors, style);
    auto result = style.wrapped(line, hang);
    if (place) {
        result += snippet(place, redactors, style, ink_of_level(level));
    }
    return result;
}

} // namespace

Diagnostic diagnostic_of(const rule::Finding& finding) {
    Diagnostic result{to_string(finding.severity()), finding.whole_message(), finding.place, {}, finding.help, {}};
    for (const auto& note : finding.notes) {
        result.notes.push_back({note.message, note.place});
    }
    result.code = fmt::format("{} {}", finding.rule->name, finding.rule->code);
    return result;
}

util::Words position_of(const document::Place& place) {
    const auto [source, span] = document::in_file(*place.document, place.span);
    const auto position = source->position(span.start);
    return util::words("{}:{}:{}", util::path(source->name()), position.line, position.column);
}

util::Shown headline(const Diagnostic& diagnostic, Redactors& redactors, const Style& style) {
    auto result = opening(diagnostic.place, diagnostic.level, style);
    result += rest_of_line(diagnostic.place, diagnostic.message, diagnostic.code, redactors, style);
    return result;
}

util::Shown to_text(const Diagnostic& diagnostic) {
    Redactors redactors;
    return to_text(diagnostic, redactors);
}

util::Shown to_text(const Diagnostic& diagnostic, Redactors& redactors, const Style& style) {
    auto result = located(diagnostic.place, diagnostic.level, diagnostic.message, diagnostic.code, redactors, style);
    for (const auto& note : diagnostic.notes) {
        result += located(note.place, "note", note.message, {}, redactors, style);
    }
    if (!diagnostic.help.empty()) {
        result += help_line(redactors.shown(diagnostic.help, diagnostic.place), style);
    }
    return result;
}

} // namespace oidcgen::report
