#include "document/yaml_offsets.hpp"

#include <algorithm>

namespace oidcgen::document {

namespace {

bool is_ascii(std::string_view text) {
    unsigned char all = 0;
    for (const char byte : text) {
        all = static_cast<unsigned char>(all | static_cast<unsigned char>(byte));
    }
    return all < 0x80;
}

} // namespace

YamlOffsets::YamlOffsets(std::string_view text, std::size_t base)
    : m_text(text)
    , m_base(base)
    , m_is_ascii(is_ascii(text)) {}

std::uint32_t YamlOffsets::of(std::size_t index) {
    if (m_is_ascii) {
        return static_cast<std::uint32_t>(m_base + std::min(index, m_text.size()));
    }
    while (m_index < index && m_byte < m_text.size()) {
        ++m_byte;
        while (m_byte < m_text.size() && is_continuation(m_byte)) {
            ++m_byte;
        }
        ++m_index;
    }
    while (m_index > index && m_byte > 0) {
        --m_byte;
        while (m_byte > 0 && is_continuation(m_byte)) {
            --m_byte;
        }
        --m_index;
    }
    return static_cast<std::uint32_t>(m_base + m_byte);
}

} // namespace oidcgen::document
