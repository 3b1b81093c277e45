#include "secret/digest_parts.hpp"

#include "secret/base64.hpp"

#include <limits>
#include <utility>

namespace oidcgen::secret {

namespace {

/// Cost and memory of N = 2^ln blocks of 128 r bytes, p times one after the other.
void set_scrypt_cost(Digest& digest) {
    const std::uint64_t blocks =
        product(std::uint64_t{1} << static_cast<unsigned>(digest.iterations), digest.block_size);
    digest.memory = product(blocks, 128);
    digest.cost = sum(product(product(blocks, digest.parallelism), 2), digest.key.size() / 32);
}

} // namespace

Parsed parse_scrypt(Digest digest, const Parts& parts) {
    if (parts.size() != 5) {
        return fault("it does not have the four parts $scrypt$ln=LOG,r=SIZE,p=LANES$SALT$KEY");
    }
    const auto parameters = to_parameters(parts[2]);
    if (!parameters) {
        return fault(std::string(k_no_parameters));
    }
    std::int64_t logarithm = 16;
    std::int64_t block_size = 8;
    std::int64_t lanes = 1;
    for (const auto& [key, value] : *parameters) {
        const auto number = to_signed(value);
        if (key == "ln") {
            logarithm = number.value_or(0);
        } else if (key == "r") {
            block_size = number.value_or(0);
        } else if (key == "p") {
            lanes = number.value_or(0);
        } else {
            return fault(std::string(k_strange_parameter));
        }
        if (!number) {
            return fault(not_a_number("parameter"));
        }
    }
    auto salt = from_base64(parts[3], k_standard_alphabet);
    if (!salt) {
        return fault(std::string(k_bad_salt));
    }
    auto key = from_base64(parts[4], k_standard_alphabet);
    if (!key) {
        return fault(std::string(k_bad_key));
    }
    if (key->empty()) {
        return fault(std::string(k_no_key));
    }
    if (logarithm < 1 || logarithm > 62) {
        return fault_when_checked("its parameter ln is not between 1 and 62");
    }
    constexpr std::int64_t k_most_product = (1 << 30) - 1;
    if (block_size < 1 || lanes < 1 || block_size > k_most_product / lanes) {
        return fault_when_checked("its parameters r and p are below 1 or their product is 2^30 or more");
    }
    if ((std::int64_t{1} << logarithm) > std::numeric_limits<std::int64_t>::max() / 128 / block_size) {
        return fault_when_checked("its parameters ask for more memory than there can be");
    }
    digest.iterations = logarithm;
    digest.block_size = static_cast<std::uint32_t>(block_size);
    digest.parallelism = static_cast<std::uint32_t>(lanes);
    digest.salt = *std::move(salt);
    digest.key = *std::move(key);
    set_scrypt_cost(digest);
    return digest;
}

Parsed parse_yescrypt(Digest digest, const Parts& parts) {
    if (parts.size() != 5 || parts[2].size() != 3 || parts[2][0] != 'j') {
        return fault("it does not have the four parts $y$jXX$SALT$KEY");
    }
    auto key = from_crypt_base64(parts[4]);
    if (!key || key->empty()) {
        return fault("its key is not base64 of crypt(3)");
    }
    const std::size_t logarithm = k_crypt_alphabet.find(parts[2][1]);
    const std::size_t block_size = k_crypt_alphabet.find(parts[2][2]);
    // A character outside the alphabet counts 64 there; two to the power of 63 and more does not fit.
    if (logarithm > 61) {
        return fault_when_checked("its parameters ask for more memory than there can be");
    }
    digest.iterations = static_cast<std::int64_t>(logarithm) + 1;
    digest.block_size = block_size == std::string_view::npos ? 65 : static_cast<std::uint32_t>(block_size) + 1;
    digest.parallelism = 1;
    if ((std::int64_t{1} << digest.iterations) > std::numeric_limits<std::int64_t>::max() / 128 / digest.block_size) {
        return fault_when_checked("its parameters ask for more memory than there can be");
    }
    // A salt that cannot be read counts as empty.
    digest.salt = from_crypt_base64(parts[3]).value_or("");
    digest.key = *std::move(key);
    set_scrypt_cost(digest);
    return digest;
}

} // namespace oidcgen::secret
