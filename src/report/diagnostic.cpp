#include "report/diagnostic.hpp"

#include "report/snippet.hpp"

#include <fmt/format.h>

namespace oidcgen::report {

namespace {

/// What stands in brackets is ours, so nothing of it is hidden.
std::string located(const document::Place& place, std::string_view level, const util::Words& message,
                    std::string_view code, Redactors& redactors) {
    if (!place) {
        return fmt::format("{}: {}{}\n", level, redactors.shown(message, place), code);
    }
    const auto& source = place.document->source();
    const auto position = source.position(place.span.start);
    return fmt::format("{}:{}:{}: {}: {}{}\n{}", source.name(), position.line, position.column, level,
                       redactors.shown(message, place), code, snippet(place, redactors.of(*place.document)));
}

} // namespace

std::string to_text(const Diagnostic& diagnostic) {
    Redactors redactors;
    return to_text(diagnostic, redactors);
}

std::string to_text(const Diagnostic& diagnostic, Redactors& redactors) {
    const auto code = diagnostic.code.empty() ? std::string() : fmt::format(" [{}]", diagnostic.code);
    auto result = located(diagnostic.place, diagnostic.level, diagnostic.message, code, redactors);
    for (const auto& note : diagnostic.notes) {
        result += located(note.place, "note", note.message, {}, redactors);
    }
    if (!diagnostic.help.empty()) {
        result += fmt::format("   = help: {}\n", redactors.shown(diagnostic.help, diagnostic.place));
    }
    return result;
}

} // namespace oidcgen::report
