#include "util/base64.hpp"

#include <array>
#include <cstddef>
#include <cstdint>

namespace oidcgen::util {

std::string to_base64(std::string_view bytes, std::string_view alphabet) {
    std::string text;
    text.reserve((bytes.size() * 4 + 2) / 3);
    std::uint32_t value = 0;
    unsigned bits = 0;
    for (const char byte : bytes) {
        value = (value << 8U) | static_cast<unsigned char>(byte);
        bits += 8;
        while (bits >= 6) {
            bits -= 6;
            text += alphabet[(value >> bits) & 63U];
        }
    }
    if (bits > 0) {
        text += alphabet[(value << (6 - bits)) & 63U];
    }
    return text;
}

std::optional<std::string> from_base64(std::string_view text, std::string_view alphabet) {
    constexpr std::uint8_t k_none = 255;
    std::array<std::uint8_t, 256> digits{};
    digits.fill(k_none);
    for (std::size_t digit = 0; digit < alphabet.size(); ++digit) {
        digits.at(static_cast<unsigned char>(alphabet[digit])) = static_cast<std::uint8_t>(digit);
    }
    std::string bytes;
    bytes.reserve(text.size() * 3 / 4);
    std::uint32_t value = 0;
    unsigned bits = 0;
    std::size_t characters = 0;
    for (const char character : text) {
        if (character == '\r' || character == '\n') {
            continue;
        }
        const std::uint32_t digit = digits.at(static_cast<unsigned char>(character));
        if (digit == k_none) {
            return std::nullopt;
        }
        ++characters;
        value = (value << 6U) | digit;
        bits += 6;
        if (bits >= 8) {
            bits -= 8;
            bytes += static_cast<char>((value >> bits) & 255U);
        }
    }
    if (characters % 4 == 1) {
        return std::nullopt;
    }
    return bytes;
}

} // namespace oidcgen::util
