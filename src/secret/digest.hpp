#pragma once

#include "secret/secret.hpp"
#include "util/error.hpp"

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace oidcgen::secret {

inline constexpr std::uint32_t k_default_iterations = 310'000;    ///< what the provider's hash command writes
inline constexpr std::uint32_t k_fewest_iterations = 100'000;     ///< what that command accepts at least …
inline constexpr std::uint32_t k_most_iterations = 2'147'483'647; ///< … and at most
inline constexpr std::size_t k_salt_bytes = 16;

enum class Scheme : std::uint8_t { pbkdf2, sha2_crypt, bcrypt, bcrypt_sha256, scrypt, yescrypt, argon2, plaintext };

/// A digest as the digest library of a provider reads it (go-crypt), split into its parts and checked, not computed.
struct Digest {
    Scheme scheme = Scheme::pbkdf2;
    std::string variant;           ///< the identifier between the first two `$`: `pbkdf2-sha512`, `argon2id`, `6`
    std::uint64_t cost = 0;        ///< work of one check of a short secret, in SHA-512 compressions
    std::uint64_t memory = 0;      ///< bytes that one check takes
    std::int64_t iterations = 0;   ///< as written: of PBKDF2, SHA-2 crypt (rounds), Argon2 (t); of bcrypt, scrypt and
                                   ///< yescrypt the logarithm to base 2
    std::uint32_t block_size = 0;  ///< of scrypt and yescrypt (r); of Argon2 the memory in KiB (m)
    std::uint32_t parallelism = 0; ///< of scrypt and Argon2 (p)
    std::string salt;              ///< bytes; of SHA-2 crypt and bcrypt as written
    std::string key;               ///< bytes; of SHA-2 crypt and bcrypt as written; empty for plaintext
    std::string text;              ///< the whole digest (of plaintext: the marked secret)
};

/// Who reads a digest: the configuration takes `$plaintext$`; the provider's hash command does not, but takes LDAP's
/// prefixes (`{CRYPT}`, `{ARGON2}`, `{PBKDF2-SHA512}`), which make a plaintext secret in a configuration.
enum class ReadBy : std::uint8_t { configuration, command };

/// Why the library refuses a text as digest. Never repeats the text.
struct DigestFault {
    std::string message;
    bool when_checked = false; ///< it is read, and fails when a client shows its secret
};

/// Strict in what the library is strict in, lax in what it lets pass (PBKDF2 without minimum of iterations, salt of any
/// length, line breaks in base64). A text that does not start with `$` is not a digest here; in a configuration it
/// would be a plaintext secret.
[[nodiscard]] tl::expected<Digest, DigestFault> parse_digest(std::string_view text,
                                                             ReadBy reader = ReadBy::configuration);

enum class Verdict : std::uint8_t {
    match,
    mismatch,
    too_dear, ///< would take longer or more memory than the limits below allow
    unable,   ///< the libraries cannot compute it with these parameters, or memory is short
};

inline constexpr std::uint64_t k_dearest_cost = 20'000'000; ///< in the units of Digest::cost; a few seconds
inline constexpr std::uint64_t k_most_memory = 1U << 30U;   ///< bytes

/// Compares in constant time. Deriving takes as long as the digest asks for, up to the limits.
[[nodiscard]] Verdict verify(const Digest& digest, const Secret& secret);

/// What verifying many digests of somebody else's choice may cost altogether. The same on every machine: the time of
/// half a dozen digests of the usual kinds, one of which may take 64 MiB.
struct Budget {
    std::uint64_t left = 4'000'000;   ///< in the units of Digest::cost
    std::uint64_t memory = 1U << 26U; ///< bytes
};

/// The same within a budget, from which the work is taken; what costs more than is left is Verdict::too_dear.
/// `obstacle`, when given, is told why of Verdict::unable: a clause on the digest.
[[nodiscard]] Verdict verify(const Digest& digest, const Secret& secret, Budget& budget,
                             util::Words* obstacle = nullptr);

/// A key of fewer bytes proves nothing: many secrets give the same one, and one of them can be found by trying
/// (RFC 9106 section 4 takes 128 bits as enough).
inline constexpr std::size_t k_fewest_key_bytes = 16;

/// A new `$pbkdf2-sha512$…` digest with a random salt of k_salt_bytes, in the form that the library writes. Errors:
/// iterations beyond what the provider's hash command accepts.
[[nodiscard]] util::Expected<std::string> make_digest(const Secret& secret,
                                                      std::uint32_t iterations = k_default_iterations);

/// The same for many secrets, in their order, over all processors. `done` is counted up with every digest.
[[nodiscard]] util::Expected<std::vector<std::string>> make_digests(std::span<const Secret> secrets,
                                                                    std::uint32_t iterations = k_default_iterations,
                                                                    std::atomic<std::size_t>* done = nullptr);

/// The secret and the digest that public documentation of a provider prints, where everybody can read them.
[[nodiscard]] bool is_documentation_sample(const Secret& secret);
[[nodiscard]] bool is_documentation_sample(std::string_view digest);

} // namespace oidcgen::secret
