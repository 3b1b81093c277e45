#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace oidcgen::diagnose {

/// Looks for several fragments at once. Most bytes of a text are never looked at: what three bytes end with says how
/// far the next fragment can be away at least (Wu and Manber, A fast algorithm for multi-pattern searching).
class Finder {
  public:
    static constexpr std::size_t k_fewest = 8; ///< bytes of a fragment

    /// None of the fragments has fewer than k_fewest bytes.
    explicit Finder(const std::vector<std::string_view>& fragments);

    /// Offset of the first fragment that begins at or behind `from`; npos when none does.
    [[nodiscard]] std::size_t find(std::string_view text, std::size_t from) const;

  private:
    static constexpr std::size_t k_bits = 15;

    struct Fragment {
        std::string text;
        std::uint16_t next = 0; ///< number of the next one with the same hash, from 1; 0: there is none
    };

    [[nodiscard]] static std::size_t hash(const char* end);
    [[nodiscard]] bool is_at(std::string_view rest, std::size_t hash) const;

    std::size_t m_shortest = 0; ///< bytes
    std::vector<Fragment> m_fragments;
    std::array<std::uint8_t, std::size_t{1} << k_bits> m_shift{};  ///< bytes to go on, by hash
    std::array<std::uint16_t, std::size_t{1} << k_bits> m_first{}; ///< number of a fragment where that is 0, from 1
};

} // namespace oidcgen::diagnose
