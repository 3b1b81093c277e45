#include "lang/js/text.hpp"

#include <utf8proc.h>

namespace oidcgen::lang::js {

CodePoint first_code_point(std::string_view text) {
    const auto byte = [&](std::size_t at) { return static_cast<unsigned char>(text[at]); };
    if (text.size() > 2 && byte(0) == 0xED && byte(1) >= 0xA0) {
        return {0xD000U | (byte(1) & 0x3FU) << 6U | (byte(2) & 0x3FU), 3};
    }
    utf8proc_int32_t value = 0;
    const auto* const bytes = reinterpret_cast<const utf8proc_uint8_t*>(text.data());
    const auto length = utf8proc_iterate(bytes, static_cast<utf8proc_ssize_t>(text.size()), &value);
    return length > 0 ? CodePoint{static_cast<std::uint32_t>(value), static_cast<std::size_t>(length)}
                      : CodePoint{0xFFFD, 1};
}

std::vector<CodePoint> code_points(std::string_view text) {
    std::vector<CodePoint> result;
    while (!text.empty()) {
        result.push_back(first_code_point(text));
        text.remove_prefix(result.back().bytes);
    }
    return result;
}

std::size_t utf16_length(std::string_view text) {
    std::size_t result = 0;
    for (const auto& point : code_points(text)) {
        result += point.utf16_units();
    }
    return result;
}

bool is_space(std::uint32_t point) {
    return (point >= 0x09 && point <= 0x0D) || point == 0x20 || point == 0xA0 || point == 0x1680 ||
           (point >= 0x2000 && point <= 0x200A) || point == 0x2028 || point == 0x2029 || point == 0x202F ||
           point == 0x205F || point == 0x3000 || point == 0xFEFF;
}

std::string_view trimmed(std::string_view text) {
    while (!text.empty()) {
        const CodePoint point = first_code_point(text);
        if (!is_space(point.value)) {
            break;
        }
        text.remove_prefix(point.bytes);
    }
    while (!text.empty()) {
        std::size_t start = text.size() - 1;
        while (start > 0 && (static_cast<unsigned char>(text[start]) & 0xC0U) == 0x80U) {
            --start;
        }
        if (!is_space(first_code_point(text.substr(start)).value)) {
            break;
        }
        text.remove_suffix(text.size() - start);
    }
    return text;
}

} // namespace oidcgen::lang::js
