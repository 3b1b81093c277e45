#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace oidcgen::util {

inline constexpr std::string_view k_standard_alphabet =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
/// The one for addresses: `-` and `_` instead of `+` and `/`.
inline constexpr std::string_view k_url_alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/// Base64 without padding, high bits first.
[[nodiscard]] std::string to_base64(std::string_view bytes, std::string_view alphabet);

/// As Go reads it: no padding, carriage returns and line feeds anywhere are passed over, unused low bits of the last
/// character may be set. Nothing when another character occurs or a lone one remains.
[[nodiscard]] std::optional<std::string> from_base64(std::string_view text, std::string_view alphabet);

} // namespace oidcgen::util
