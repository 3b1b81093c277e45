#pragma once

#include <string_view>

namespace oidcgen::document {

/// What a value may be, which decides what counts as a filler.
enum class PlaceholderUse {
    identifier,        ///< ids, enums, names: only template expressions count
    secret_or_address, ///< also fillers that people put where a value of their own belongs (`CHANGEME`, `xxx`)
};

/// True for text in place of a value that is filled in later: `{{ … }}` anywhere, `${X}` within one word, `$X` as
/// the whole text, `<…>` fillers as the whole text where the use allows it. Text that starts with a digest prefix such
/// as
/// `$pbkdf2-sha512$` or `$plaintext$` never is one.
[[nodiscard]] bool is_placeholder(std::string_view text, PlaceholderUse use);

} // namespace oidcgen::document
