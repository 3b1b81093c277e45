#pragma once

#include "providers/authelia/inspection.hpp"

#include <cstdint>
#include <string_view>
#include <vector>

namespace oidcgen::providers::authelia {

/// What Authelia derives from a key whose settings do not say it.
struct KeyProperties {
    std::string_view use;
    std::string_view algorithm;
    bool is_usable = true; ///< false: Authelia cannot tell what kind of key it is
};

/// `use` is what the entry says itself.
[[nodiscard]] KeyProperties properties_of(const KeySetting& key, std::string_view use, const Release& release);

/// Which half of a key pair belongs in an entry.
enum class KeyHalf : std::uint8_t { private_key, public_key };

/// Kind and size of a usable key, and its certificates.
void check_key_pair(Inspection& inspection, const KeyEntry& entry, KeyHalf half);

/// True for algorithms that encrypt with the client's secret.
[[nodiscard]] bool is_symmetric_encryption(std::string_view algorithm);

/// The algorithms of a client's usable keys, each once.
[[nodiscard]] std::vector<std::string_view> client_key_algorithms(const Client& client, const Release& release);

/// False when some of a client's keys are filled in later.
[[nodiscard]] bool are_client_keys_known(const Client& client);

} // namespace oidcgen::providers::authelia
