#include "report/diagnostic.hpp"

#include "report/snippet.hpp"

#include <fmt/format.h>

namespace oidcgen::report {

namespace {

std::string located(const document::Place& place, std::string_view level, std::string_view message) {
    if (!place) {
        return fmt::format("{}: {}\n", level, message);
    }
    const auto& source = place.document->source();
    const auto position = source.position(place.span.start);
    return fmt::format("{}:{}:{}: {}: {}\n{}", source.name(), position.line, position.column, level, message,
                       snippet(place));
}

} // namespace

std::string to_text(const Diagnostic& diagnostic) {
    const auto code = diagnostic.code.empty() ? std::string() : fmt::format(" [{}]", diagnostic.code);
    auto result = located(diagnostic.place, diagnostic.level, diagnostic.message + code);
    for (const auto& note : diagnostic.notes) {
        result += located(note.place, "note", note.message);
    }
    if (!diagnostic.help.empty()) {
        result += fmt::format("   = help: {}\n", diagnostic.help);
    }
    return result;
}

} // namespace oidcgen::report
