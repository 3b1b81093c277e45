#include "secret/base64.hpp"

#include <cstddef>
#include <cstdint>

namespace oidcgen::secret {

std::string to_crypt_base64(std::string_view bytes) {
    std::string text;
    text.reserve((bytes.size() * 4 + 2) / 3);
    std::uint32_t value = 0;
    unsigned bits = 0;
    for (const char byte : bytes) {
        value |= std::uint32_t{static_cast<unsigned char>(byte)} << bits;
        bits += 8;
        while (bits >= 6) {
            text += k_crypt_alphabet[value & 63U];
            value >>= 6U;
            bits -= 6;
        }
    }
    if (bits > 0) {
        text += k_crypt_alphabet[value & 63U];
    }
    return text;
}

std::optional<std::string> from_crypt_base64(std::string_view text) {
    std::string bytes;
    bytes.reserve(text.size() * 3 / 4);
    while (!text.empty()) {
        const std::string_view group = text.substr(0, 4);
        text.remove_prefix(group.size());
        if (group.size() == 1) {
            return std::nullopt;
        }
        std::uint32_t value = 0;
        for (std::size_t i = 0; i < group.size(); ++i) {
            const std::size_t digit = k_crypt_alphabet.find(group[i]);
            if (digit == std::string_view::npos) {
                return std::nullopt;
            }
            value |= static_cast<std::uint32_t>(digit) << (6U * i);
        }
        for (std::size_t bits = group.size() * 6; bits >= 8; bits -= 8) {
            bytes += static_cast<char>(value & 255U);
            value >>= 8U;
        }
        if (value != 0) {
            return std::nullopt;
        }
    }
    return bytes;
}

} // namespace oidcgen::secret
