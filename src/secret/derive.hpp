#pragma once

#include "secret/digest.hpp"

#include <cstddef>
#include <cstdint>
#include <string>

namespace oidcgen::secret {

/// The key that the secret gives with the parameters of the digest, in the form and length of Digest::key. For every
/// scheme but PBKDF2 and plaintext. The error says why the libraries cannot compute it: a clause on the digest. The
/// caller checks the cost and wipes the key.
[[nodiscard]] util::Expected<std::string> derive(const Digest& digest, const Secret& secret);

/// What a secret of that size adds to Digest::cost.
[[nodiscard]] std::uint64_t extra_cost(const Digest& digest, std::size_t secret_size);

} // namespace oidcgen::secret
