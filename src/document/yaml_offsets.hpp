#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace oidcgen::document {

/// Turns libyaml's positions, which count code points, into byte offsets. Positions asked for one after the other lie
/// close together, so it walks from the last one.
class YamlOffsets {
  public:
    YamlOffsets(std::string_view text, std::size_t base);

    /// Where the code point of that number begins, counted from `base`.
    [[nodiscard]] std::uint32_t of(std::size_t index);

  private:
    [[nodiscard]] bool is_continuation(std::size_t at) const {
        return (static_cast<unsigned char>(m_text[at]) & 0xC0U) == 0x80U;
    }

    std::string_view m_text;
    std::size_t m_base;
    bool m_is_ascii;
    std::size_t m_index = 0;
    std::size_t m_byte = 0;
};

} // namespace oidcgen::document
