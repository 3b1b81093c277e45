#pragma once

#include <string_view>

namespace oidcgen::document {

/// What a value may be, which decides what counts as a filler.
enum class PlaceholderUse {
    identifier,        ///< ids, enums, names: only template expressions count
    secret_or_address, ///< also fillers that people put where a value of their own belongs (`CHANGEME`, `xxx`)
};

/// True for text in place of a value that is filled in later: with marks such as `{{ … }}`, `${X}` or `__X__` (see the
/// table in marks.cpp), or a filler where the use allows it. Text that starts with a digest prefix such as
/// `$pbkdf2-sha512$` or `$plaintext$` never is one.
[[nodiscard]] bool is_placeholder(std::string_view text, PlaceholderUse use);

/// True for the first part of a template action that a reader took apart, at a quote or comma in it.
[[nodiscard]] bool opens_action(std::string_view text);
/// True for its last part.
[[nodiscard]] bool closes_action(std::string_view text);

} // namespace oidcgen::document
