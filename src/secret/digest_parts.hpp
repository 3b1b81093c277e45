#pragma once

#include "secret/digest.hpp"
#include "secret/pbkdf2.hpp"

#include <charconv>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <system_error>
#include <vector>

// How the parts of a digest are read, one file for each family of schemes.

namespace oidcgen::secret {

using Parsed = tl::expected<Digest, DigestFault>;
/// The parts between the dollar signs: nothing, the identifier, and the parts of the scheme.
using Parts = std::vector<std::string_view>;

[[nodiscard]] Parsed parse_pbkdf2(Digest digest, const Parts& parts);
[[nodiscard]] Parsed parse_argon2(Digest digest, const Parts& parts);
[[nodiscard]] Parsed parse_bcrypt(Digest digest, const Parts& parts);
[[nodiscard]] Parsed parse_bcrypt_sha256(Digest digest, const Parts& parts);
[[nodiscard]] Parsed parse_scrypt(Digest digest, const Parts& parts);
[[nodiscard]] Parsed parse_yescrypt(Digest digest, const Parts& parts);
[[nodiscard]] Parsed parse_sha2_crypt(Digest digest, const Parts& parts);

/// The hash of a variant of PBKDF2: `pbkdf2-sha256`.
[[nodiscard]] Hash hash_of(std::string_view variant);

[[nodiscard]] tl::unexpected<DigestFault> fault(std::string message);

/// For what the library reads without complaint and cannot compute.
[[nodiscard]] tl::unexpected<DigestFault> fault_when_checked(std::string message);

/// The whole text as decimal number without sign.
template <class Number>
[[nodiscard]] std::optional<Number> to_number(std::string_view text) {
    Number number = 0;
    const char* end = text.data() + text.size();
    const auto [rest, error] = std::from_chars(text.data(), end, number);
    if (error != std::errc() || rest != end || text.empty()) {
        return std::nullopt;
    }
    return number;
}

/// The same with an optional sign.
[[nodiscard]] std::optional<std::int64_t> to_signed(std::string_view text);

struct Parameter {
    std::string_view key;
    std::string_view value;
};

/// `m=65536,t=3,p=4`. Nothing when a part has no equals sign, an empty text included.
[[nodiscard]] std::optional<std::vector<Parameter>> to_parameters(std::string_view text);

inline constexpr std::string_view k_no_parameters = "its parameters are not written as name=value, separated by commas";
inline constexpr std::string_view k_strange_parameter = "it has a parameter that its scheme does not know";
inline constexpr std::string_view k_bad_salt = "its salt is not base64 without padding";
inline constexpr std::string_view k_bad_key = "its key is not base64 without padding";
inline constexpr std::string_view k_no_key = "it has no key";

[[nodiscard]] std::string not_a_number(std::string_view parameter);

/// The greatest number where the result would be greater.
[[nodiscard]] std::uint64_t product(std::uint64_t left, std::uint64_t right);
[[nodiscard]] std::uint64_t sum(std::uint64_t left, std::uint64_t right);

} // namespace oidcgen::secret
