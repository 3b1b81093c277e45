#include "report/diagnostic.hpp"

#include "report/snippet.hpp"

namespace oidcgen::report {

namespace {

/// What stands in brackets is ours, so nothing of it is hidden.
util::Shown located(const document::Place& place, std::string_view level, const util::Words& message,
                    const util::Words& code, Redactors& redactors) {
    const auto words = util::words("{}: {}{}\n", util::own(level), message, code);
    if (!place) {
        return redactors.shown(words);
    }
    const auto& source = place.document->source();
    const auto position = source.position(place.span.start);
    auto result = report::shown(util::words("{}:{}:{}: ", util::path(source.name()), position.line, position.column));
    result += redactors.shown(words, place);
    result += snippet(place, redactors.of(*place.document));
    return result;
}

} // namespace

util::Shown to_text(const Diagnostic& diagnostic) {
    Redactors redactors;
    return to_text(diagnostic, redactors);
}

util::Shown to_text(const Diagnostic& diagnostic, Redactors& redactors) {
    const auto code = diagnostic.code.empty() ? util::Words() : util::words(" [{}]", util::own(diagnostic.code));
    auto result = located(diagnostic.place, diagnostic.level, diagnostic.message, code, redactors);
    for (const auto& note : diagnostic.notes) {
        result += located(note.place, "note", note.message, {}, redactors);
    }
    if (!diagnostic.help.empty()) {
        result += redactors.shown(util::words("   = help: {}\n", diagnostic.help), diagnostic.place);
    }
    return result;
}

} // namespace oidcgen::report
