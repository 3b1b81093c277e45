#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace oidcgen::document {

/// A value to be written, with members in the order they were added.
struct Value {
    using List = std::vector<Value>;
    using Members = std::vector<std::pair<std::string, Value>>;

    std::variant<std::nullptr_t, bool, std::int64_t, double, std::string, List, Members> data = nullptr;
    std::string tag{}; ///< of YAML, like `!env`; empty: none
};

/// Two blanks of indentation, text in UTF-8 as util::escaped_in_json() leaves it, a final line break. No value may have
/// a tag, which JSON lacks.
[[nodiscard]] std::string to_json(const Value& value);

/// Block style, two blanks of indentation, text always quoted, a final line break.
[[nodiscard]] std::string to_yaml(const Value& value);

/// A text as a YAML scalar on one line that every reader reads as the same text: in single quotes, or in double
/// quotes where it holds control characters, line breaks or other characters that single quotes cannot carry. Invalid
/// UTF-8 and code points that are not characters (U+FFFE, U+FFFF) become U+FFFD.
[[nodiscard]] std::string yaml_scalar(std::string_view text);

} // namespace oidcgen::document
