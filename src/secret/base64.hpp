#pragma once

#include "util/base64.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace oidcgen::secret {

using util::from_base64;
using util::k_standard_alphabet;
using util::to_base64;

/// The one of PBKDF2 digests: `.` instead of `+`.
inline constexpr std::string_view k_pbkdf2_alphabet =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789./";
inline constexpr std::string_view k_bcrypt_alphabet =
    "./ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
/// The one of crypt(3), which also puts the low bits first.
inline constexpr std::string_view k_crypt_alphabet = "./0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

/// Low bits first, no padding.
[[nodiscard]] std::string to_crypt_base64(std::string_view bytes);

/// As yescrypt reads it: low bits first, unused bits must be zero, nothing is passed over.
[[nodiscard]] std::optional<std::string> from_crypt_base64(std::string_view text);

} // namespace oidcgen::secret
