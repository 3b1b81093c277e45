#include "secret/digest_parts.hpp"

#include "secret/base64.hpp"

#include <utility>

#include <fmt/format.h>

namespace oidcgen::secret {

namespace {

/// Bcrypt's cost as the library takes it: below the least it computes with its default.
Parsed with_bcrypt_cost(Digest digest, std::int64_t cost) {
    constexpr std::int64_t k_least = 4;
    constexpr std::int64_t k_most = 31;
    constexpr std::int64_t k_default = 10;
    if (cost > k_most) {
        return fault_when_checked(fmt::format("its cost is beyond {}", k_most));
    }
    digest.iterations = cost < k_least ? k_default : cost;
    constexpr std::uint64_t k_per_round = 200;
    digest.cost = (std::uint64_t{1} << static_cast<unsigned>(digest.iterations)) * k_per_round;
    return digest;
}

/// Salt and key as they are written; the salt must be 22 characters, which encode 16 bytes.
Parsed with_bcrypt_text(Digest digest, std::string_view salt, std::string_view key) {
    constexpr std::size_t k_bytes = 16;
    const auto bytes = from_base64(salt, k_bcrypt_alphabet);
    if (!bytes || bytes->size() != k_bytes) {
        return fault("its salt is not 22 characters of bcrypt's base64");
    }
    digest.salt = to_base64(*bytes, k_bcrypt_alphabet);
    digest.key = key;
    return digest;
}

} // namespace

Parsed parse_bcrypt(Digest digest, const Parts& parts) {
    constexpr std::size_t k_salt = 22;
    constexpr std::size_t k_both = 53;
    if (parts.size() != 4) {
        return fault(fmt::format("it does not have the three parts ${}$COST$SALT-AND-KEY", digest.variant));
    }
    const auto cost = to_signed(parts[2]);
    if (!cost) {
        return fault(not_a_number("cost"));
    }
    if (parts[3].size() != k_both) {
        return fault(fmt::format("its salt and key have {} characters instead of {}", parts[3].size(), k_both));
    }
    auto read = with_bcrypt_text(std::move(digest), parts[3].substr(0, k_salt), parts[3].substr(k_salt));
    return read ? with_bcrypt_cost(*std::move(read), *cost) : read;
}

Parsed parse_bcrypt_sha256(Digest digest, const Parts& parts) {
    constexpr std::size_t k_key = 31;
    if (parts.size() != 5) {
        return fault("it does not have the four parts $bcrypt-sha256$v=2,t=2b,r=COST$SALT$KEY");
    }
    const auto parameters = to_parameters(parts[2]);
    if (!parameters) {
        return fault(std::string(k_no_parameters));
    }
    std::int64_t cost = 0;
    for (const auto& [key, value] : *parameters) {
        if (key == "r") {
            const auto number = to_signed(value);
            if (!number) {
                return fault(not_a_number("cost"));
            }
            cost = *number;
        } else if (key != "v" && key != "t") {
            return fault(std::string(k_strange_parameter));
        }
    }
    if (parts[4].size() != k_key) {
        return fault(fmt::format("its key has {} characters instead of {}", parts[4].size(), k_key));
    }
    auto read = with_bcrypt_text(std::move(digest), parts[3], parts[4]);
    return read ? with_bcrypt_cost(*std::move(read), cost) : read;
}

} // namespace oidcgen::secret
