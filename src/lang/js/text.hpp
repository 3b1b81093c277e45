#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace oidcgen::lang::js {

/// A code point of a text, and its length in bytes.
struct CodePoint {
    std::uint32_t value = 0;
    std::size_t bytes = 1;

    [[nodiscard]] std::size_t utf16_units() const { return value > 0xFFFF ? 2 : 1; }
};

/// Surrogates without a partner are code points too; other bytes that are not UTF-8 are U+FFFD.
[[nodiscard]] CodePoint first_code_point(std::string_view text);
[[nodiscard]] std::vector<CodePoint> code_points(std::string_view text);

/// What JavaScript calls the length of a text.
[[nodiscard]] std::size_t utf16_length(std::string_view text);

/// What `\s` and trim() take for white space.
[[nodiscard]] bool is_space(std::uint32_t point);

/// Without white space around it, as trim() has it.
[[nodiscard]] std::string_view trimmed(std::string_view text);

} // namespace oidcgen::lang::js
