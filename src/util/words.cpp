#include "util/words.hpp"

#include "util/assert.hpp"
#include "util/text.hpp"

#include <algorithm>
#include <optional>

namespace oidcgen::util {

Words& Words::operator+=(const Words& more) {
    const auto shift = static_cast<std::uint32_t>(m_text.size());
    m_text += more.m_text;
    for (const auto& part : more.m_outside) {
        m_outside.push_back({part.start + shift, part.size});
    }
    return *this;
}

Words outside(std::string_view text, std::size_t most) {
    Words result(quoted(text, most));
    result.m_outside.push_back({1, static_cast<std::uint32_t>(result.m_text.size() - 2)});
    return result;
}

Words did_you_mean(std::string_view text, std::span<const std::string_view> candidates) {
    constexpr std::size_t k_most = 500; // comparing with more takes longer than a suggestion is worth
    const auto near = candidates.size() > k_most ? std::nullopt : nearest(text, candidates);
    return near ? words("; did you mean {}?", outside(*near)) : Words();
}

Words filled(std::string_view pattern, std::initializer_list<Words> arguments) {
    Words result;
    std::size_t next = 0;
    while (!pattern.empty()) {
        const auto mark = std::min(pattern.find_first_of("{}"), pattern.size());
        result += pattern.substr(0, mark);
        pattern.remove_prefix(mark);
        if (pattern.empty()) {
            break;
        }
        if (pattern.size() > 1 && pattern[0] == pattern[1]) { // a doubled brace is one
            result += pattern.substr(0, 1);
            pattern.remove_prefix(2);
            continue;
        }
        const auto close = pattern.find('}');
        const bool is_numbered = close == 2;
        const auto at = is_numbered ? static_cast<std::size_t>(pattern[1] - '0') : next++;
        OIDCGEN_ASSERT(pattern[0] == '{' && (close == 1 || is_numbered) && at < arguments.size());
        result += *(arguments.begin() + at);
        pattern.remove_prefix(close + 1);
    }
    return result;
}

} // namespace oidcgen::util
