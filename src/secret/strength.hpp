#pragma once

#include "secret/secret.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace oidcgen::secret {

/// Why a secret can be guessed.
enum class Weakness : std::uint8_t {
    sample,         ///< the secret of the documentation
    same_as_client, ///< equal to the client id, but for upper and lower case
    filler,         ///< words that stand in for a secret (`changeme`), one character repeated, a run (`12345678`)
    too_short,      ///< fewer than k_fewest_characters
};

/// 128 bits (RFC 6749 section 10.10) are 22 characters drawn from 66.
inline constexpr std::size_t k_fewest_characters = 22;

/// The gravest weakness, if there is one.
/// `names` are further words that people put into fillers, in lower case: of the systems that share the secret.
[[nodiscard]] std::optional<Weakness> weakness(const Secret& secret, std::string_view client_id,
                                               std::span<const std::string_view> names = {});

/// One sentence on what is wrong: lower case, no full stop, nothing of the secret.
[[nodiscard]] std::string_view message(Weakness weakness);

} // namespace oidcgen::secret
