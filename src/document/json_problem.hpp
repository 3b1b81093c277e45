#pragma once

#include "document/source.hpp"

#include <cstdint>
#include <optional>
#include <string_view>

namespace oidcgen::document {

inline constexpr const char* k_open_quotes = "the quotes that begin here are not closed on this line";

/// What a text in braces or brackets may hold besides JSON.
enum class JsonForm : std::uint8_t {
    strict, ///< nothing
    as_yaml ///< what flow style of YAML has: words and keys without quotes, comments that begin with #, and so on
};

struct JsonProblem {
    Span span;
    const char* message = "";
};

/// The first fault of a text that a reader refused, at the place where a person would fix it: behind the value that a
/// comma is missing after, at the quote that is not closed. Nothing when the text has another form than JSON, or its
/// fault is of another kind. Linear in the length of the text.
[[nodiscard]] std::optional<JsonProblem> json_problem(std::string_view text, JsonForm form);

} // namespace oidcgen::document
