#pragma once

#include <algorithm>
#include <optional>
#include <string_view>

namespace oidcgen::util {

/// Kinds of ASCII characters, whatever the locale.
[[nodiscard]] constexpr bool is_digit(char byte) { return byte >= '0' && byte <= '9'; }
[[nodiscard]] constexpr bool is_small_letter(char byte) { return byte >= 'a' && byte <= 'z'; }
[[nodiscard]] constexpr bool is_capital_letter(char byte) { return byte >= 'A' && byte <= 'Z'; }
[[nodiscard]] constexpr bool is_letter(char byte) { return is_small_letter(byte) || is_capital_letter(byte); }
[[nodiscard]] constexpr bool is_alphanumeric(char byte) { return is_letter(byte) || is_digit(byte); }

/// What a hexadecimal digit counts; nothing for another character.
[[nodiscard]] constexpr std::optional<unsigned> hex_value(char byte) {
    if (is_digit(byte)) {
        return static_cast<unsigned>(byte - '0');
    }
    const char lower = static_cast<char>(byte | 0x20);
    return lower >= 'a' && lower <= 'f' ? std::optional(static_cast<unsigned>(lower - 'a') + 10U) : std::nullopt;
}

[[nodiscard]] constexpr bool is_digits(std::string_view text) {
    return !text.empty() && std::ranges::all_of(text, is_digit);
}

} // namespace oidcgen::util
