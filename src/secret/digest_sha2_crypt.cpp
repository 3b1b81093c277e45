#include "secret/digest_parts.hpp"

#include <fmt/format.h>

namespace oidcgen::secret {

Parsed parse_sha2_crypt(Digest digest, const Parts& parts) {
    if (parts.size() != 4 && parts.size() != 5) {
        return fault(fmt::format("it does not have the parts ${}$rounds=ROUNDS$SALT$KEY", digest.variant));
    }
    std::uint32_t rounds = 5000;
    if (parts.size() == 5) {
        const auto parameters = to_parameters(parts[2]);
        if (!parameters) {
            return fault(std::string(k_no_parameters));
        }
        for (const auto& [key, value] : *parameters) {
            const auto number = to_number<std::uint32_t>(value);
            if (key != "rounds") {
                return fault(std::string(k_strange_parameter));
            }
            if (!number) {
                return fault(not_a_number("number of rounds"));
            }
            rounds = *number;
        }
    }
    if (parts.back().empty()) {
        return fault(std::string(k_no_key));
    }
    digest.iterations = rounds;
    digest.salt = parts[parts.size() - 2];
    digest.key = parts.back();
    constexpr std::uint64_t k_per_round = 3; // up to two compressions, and the library's call
    digest.cost = product(std::uint64_t{rounds} + 300, k_per_round + digest.salt.size() / 16);
    return digest;
}

} // namespace oidcgen::secret
