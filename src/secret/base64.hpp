#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace oidcgen::secret {

inline constexpr std::string_view k_standard_alphabet =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
/// The one of PBKDF2 digests: `.` instead of `+`.
inline constexpr std::string_view k_pbkdf2_alphabet =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789./";
inline constexpr std::string_view k_bcrypt_alphabet =
    "./ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
/// The one of crypt(3), which also puts the low bits first.
inline constexpr std::string_view k_crypt_alphabet = "./0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

/// Base64 without padding, high bits first.
[[nodiscard]] std::string to_base64(std::string_view bytes, std::string_view alphabet);

/// As Go reads it: no padding, carriage returns and line feeds anywhere are passed over, unused low bits of the last
/// character may be set. Nothing when another character occurs or a lone one remains.
[[nodiscard]] std::optional<std::string> from_base64(std::string_view text, std::string_view alphabet);

/// Low bits first, no padding.
[[nodiscard]] std::string to_crypt_base64(std::string_view bytes);

/// As yescrypt reads it: low bits first, unused bits must be zero, nothing is passed over.
[[nodiscard]] std::optional<std::string> from_crypt_base64(std::string_view text);

} // namespace oidcgen::secret
