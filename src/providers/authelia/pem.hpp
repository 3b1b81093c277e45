#pragma once

#include "util/error.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace oidcgen::providers::authelia {

enum class KeyKind : std::uint8_t {
    none,        ///< nothing there
    rsa_private, ///< PKCS #1 or #8
    ec_private,
    rsa_public,
    ec_public,
    ed25519,     ///< private or public
    symmetric,   ///< Base64 instead of a PEM block
    certificate, ///< a certificate or a request for one
    other,       ///< something else that cannot sign
};

/// A key as Authelia reads it. Holds nothing of a private key but its kind.
struct Key {
    KeyKind kind = KeyKind::none;
    int bits = 0;           ///< of RSA
    std::string curve;      ///< of EC: `P-256`
    std::string public_key; ///< DER, to compare with certificates
    std::string thumbprint; ///< first six hexadecimal digits of the SHA-256 JWK thumbprint (RFC 7638)
    std::size_t bytes = 0;  ///< of a symmetric key
};

enum class SymmetricKeys : std::uint8_t { taken, refused };
enum class TextBehind : std::uint8_t { taken, refused };

/// The key in a PEM block. The error says what is wrong, without the text.
[[nodiscard]] util::Expected<Key> parse_key(std::string_view text, SymmetricKeys symmetric, TextBehind behind);

/// A chain of certificates, the one of the key first.
struct Chain {
    std::size_t count = 0;
    std::string public_key; ///< DER, of the first certificate
    std::string fault;      ///< why it is not valid at that time; empty: it is
};

/// PEM blocks of certificates and nothing else. `now` in seconds since 1970.
[[nodiscard]] util::Expected<Chain> parse_chain(std::string_view text, std::int64_t now);

} // namespace oidcgen::providers::authelia
