#include "diagnose/finder.hpp"

#include "util/assert.hpp"

#include <algorithm>
#include <limits>

namespace oidcgen::diagnose {

namespace {

constexpr std::size_t k_block = 3; ///< bytes that are looked at together

} // namespace

std::size_t Finder::hash(const char* end) {
    constexpr unsigned k_low = 31; // what tells letters apart
    const auto at = [&](std::ptrdiff_t back) { return static_cast<unsigned>(static_cast<unsigned char>(end[-back])); };
    return ((at(3) & k_low) << 10U) | ((at(2) & k_low) << 5U) | (at(1) & k_low);
}

Finder::Finder(const std::vector<std::string_view>& fragments)
    : m_shortest(std::numeric_limits<std::uint8_t>::max()) {
    for (const auto fragment : fragments) {
        OIDCGEN_ASSERT(fragment.size() >= k_fewest);
        m_shortest = std::min(m_shortest, fragment.size());
    }
    m_shift.fill(static_cast<std::uint8_t>(m_shortest - k_block + 1));
    for (const auto fragment : fragments) {
        for (std::size_t end = k_block; end <= m_shortest; ++end) {
            auto& shift = m_shift.at(hash(fragment.data() + end));
            shift = std::min(shift, static_cast<std::uint8_t>(m_shortest - end));
        }
        auto& first = m_first.at(hash(fragment.data() + m_shortest));
        m_fragments.push_back({std::string(fragment), first});
        first = static_cast<std::uint16_t>(m_fragments.size());
    }
}

bool Finder::is_at(std::string_view rest, std::size_t hash) const {
    for (auto number = m_first[hash]; number != 0; number = m_fragments[number - 1U].next) {
        if (rest.starts_with(m_fragments[number - 1U].text)) {
            return true;
        }
    }
    return false;
}

std::size_t Finder::find(std::string_view text, std::size_t from) const {
    for (auto end = from + m_shortest; end <= text.size();) {
        const auto value = hash(text.data() + end);
        const auto shift = m_shift[value];
        if (shift == 0 && is_at(text.substr(end - m_shortest), value)) {
            return end - m_shortest;
        }
        end += std::max<std::size_t>(shift, 1);
    }
    return std::string_view::npos;
}

} // namespace oidcgen::diagnose
