#include "secret/digest_parts.hpp"

#include "secret/base64.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace oidcgen::secret {

namespace {

struct Pbkdf2Variant {
    std::string_view identifier;
    Hash hash;
};

constexpr std::array<Pbkdf2Variant, 6> k_pbkdf2_variants{{
    {"pbkdf2", Hash::sha1},
    {"pbkdf2-sha1", Hash::sha1},
    {"pbkdf2-sha224", Hash::sha224},
    {"pbkdf2-sha256", Hash::sha256},
    {"pbkdf2-sha384", Hash::sha384},
    {"pbkdf2-sha512", Hash::sha512},
}};

} // namespace

Hash hash_of(std::string_view variant) {
    const auto* found = std::ranges::find(k_pbkdf2_variants, variant, &Pbkdf2Variant::identifier);
    return found == k_pbkdf2_variants.end() ? Hash::sha512 : found->hash;
}

Parsed parse_pbkdf2(Digest digest, const Parts& parts) {
    if (parts.size() != 5) {
        return fault("it does not have the four parts $pbkdf2-…$ITERATIONS$SALT$KEY");
    }
    const auto iterations = to_signed(parts[2]);
    if (!iterations) {
        return fault(not_a_number("number of iterations"));
    }
    auto salt = from_base64(parts[3], k_pbkdf2_alphabet);
    if (!salt) {
        return fault("its salt is not base64 with the characters . and /, without padding");
    }
    auto key = from_base64(parts[4], k_pbkdf2_alphabet);
    if (!key) {
        return fault("its key is not base64 with the characters . and /, without padding");
    }
    if (key->empty()) {
        return fault(std::string(k_no_key));
    }
    digest.iterations = *iterations;
    digest.salt = *std::move(salt);
    digest.key = *std::move(key);
    constexpr std::uint64_t k_block = 64; // of the smaller hashes; their compressions cost about as much
    const std::size_t size = hash_bytes(hash_of(digest.variant));
    const std::uint64_t keys = (digest.key.size() + size - 1) / size;
    const auto rounds = static_cast<std::uint64_t>(std::max<std::int64_t>(*iterations, 1));
    digest.cost = product(keys, sum(product(rounds, 2), digest.salt.size() / k_block));
    return digest;
}

} // namespace oidcgen::secret
