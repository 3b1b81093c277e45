#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace oidcgen::secret {

enum class Hash : std::uint8_t { sha1, sha224, sha256, sha384, sha512 };

/// Bytes of the hash's result.
[[nodiscard]] std::size_t hash_bytes(Hash hash);

/// PBKDF2 with HMAC (RFC 8018 section 5.2), `length` bytes. SHA-512 calls the compression function directly. Nothing
/// when the library refuses the work. The result of a secret is a secret too: the caller wipes it.
[[nodiscard]] std::optional<std::string> pbkdf2(Hash hash, std::string_view secret, std::string_view salt,
                                                std::uint32_t iterations, std::size_t length);

/// The same by OpenSSL's own function alone.
[[nodiscard]] std::optional<std::string> pbkdf2_of_library(Hash hash, std::string_view secret, std::string_view salt,
                                                           std::uint32_t iterations, std::size_t length);

} // namespace oidcgen::secret
