#include "secret/digest_parts.hpp"

#include "secret/base64.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

namespace oidcgen::secret {

Parsed parse_argon2(Digest digest, const Parts& parts) {
    if (parts.size() != 6) {
        return fault(
            fmt::format("it does not have the five parts ${}$v=19$m=MEMORY,t=TIME,p=LANES$SALT$KEY", digest.variant));
    }
    constexpr std::uint32_t k_default_memory = 32 * 1024;
    constexpr std::uint32_t k_default_lanes = 4;
    std::uint32_t memory = 0;
    std::uint32_t time = 0;
    std::uint32_t lanes = 0;
    // The library reads both parts as one list, the second first; so a list without version passes.
    const std::string list = fmt::format("{},{}", parts[3], parts[2]);
    const auto parameters = to_parameters(list);
    if (!parameters) {
        return fault(std::string(k_no_parameters));
    }
    for (const auto& [key, value] : *parameters) {
        const auto number = to_number<std::uint32_t>(value);
        if (!number) {
            return fault(not_a_number("parameter"));
        }
        if (key == "v") {
            if (*number != 19) {
                return fault("its version is not 19, the only one that can be computed");
            }
        } else if (key == "m") {
            memory = *number;
        } else if (key == "t") {
            time = *number;
        } else if (key == "p") {
            lanes = *number;
        } else if (key != "k") {
            return fault(std::string(k_strange_parameter));
        }
    }
    auto salt = from_base64(parts[4], k_standard_alphabet);
    if (!salt) {
        return fault(std::string(k_bad_salt));
    }
    auto key = from_base64(parts[5], k_standard_alphabet);
    if (!key) {
        return fault(std::string(k_bad_key));
    }
    if (key->empty()) {
        return fault(std::string(k_no_key));
    }
    digest.iterations = time == 0 ? 1 : time;
    digest.block_size = memory == 0 ? k_default_memory : memory;
    digest.parallelism = lanes == 0 ? k_default_lanes : lanes;
    digest.salt = *std::move(salt);
    digest.key = *std::move(key);
    constexpr std::uint64_t k_per_block = 3;
    const std::uint64_t blocks = std::max<std::uint64_t>(digest.block_size, product(8, digest.parallelism));
    digest.memory = product(blocks, 1024);
    digest.cost = sum(product(product(blocks, static_cast<std::uint64_t>(digest.iterations)), k_per_block),
                      digest.key.size() / 32);
    return digest;
}

} // namespace oidcgen::secret
