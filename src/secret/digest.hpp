#pragma once

#include "secret/secret.hpp"
#include "util/error.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace oidcgen::secret {

inline constexpr std::uint32_t k_default_iterations = 310'000; ///< what `authelia crypto hash generate pbkdf2` writes
inline constexpr std::size_t k_salt_bytes = 16;

enum class Scheme : std::uint8_t { pbkdf2, sha2_crypt, bcrypt, bcrypt_sha256, scrypt, yescrypt, argon2, plaintext };

/// A digest as Authelia reads the value of client_secret, split into its parts and checked, not computed.
struct Digest {
    Scheme scheme = Scheme::pbkdf2;
    std::string variant;         ///< the identifier between the first two `$`: `pbkdf2-sha512`, `argon2id`, `6`
    std::uint64_t cost = 0;      ///< roughly the number of hash function calls or the like that one check takes
    std::int64_t iterations = 0; ///< as written, where the scheme has them
    std::string text;            ///< the whole digest (of plaintext: the marked secret)
};

/// Why Authelia refuses a text as digest. Never repeats the text.
struct Digest_fault {
    std::string message;
};

/// Strict in what Authelia is strict in, lax in what it lets pass (facts: PBKDF2 without minimum of iterations, salt of
/// any length). A text that does not start with `$` is no digest here; in a configuration it would be a plaintext secret.
[[nodiscard]] tl::expected<Digest, Digest_fault> parse_digest(std::string_view text);

enum class Verdict : std::uint8_t {
    match,
    mismatch,
    too_dear,  ///< would take longer than the limit on cost allows
    unable,    ///< this build cannot compute the scheme
};

/// Compares in constant time. Deriving takes as long as the digest asks for, up to a limit on memory and time.
[[nodiscard]] Verdict verify(const Digest& digest, const Secret& secret);

/// A new `$pbkdf2-sha512$…` digest with a random salt of k_salt_bytes, in the form Authelia writes.
[[nodiscard]] util::Expected<std::string> make_digest(const Secret& secret,
                                                      std::uint32_t iterations = k_default_iterations);

/// The secret and the digest that Authelia's documentation prints on its pages, and which everybody can read there.
[[nodiscard]] bool is_documentation_sample(const Secret& secret);
[[nodiscard]] bool is_documentation_sample(std::string_view digest);

} // namespace oidcgen::secret
