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
        m_outside.push_back(part);
        m_outside.back().start += shift;
    }
    return *this;
}

Words own(std::string text) {
    Words result;
    result.m_text = std::move(text);
    return result;
}

/// `most` counts for quoted text alone.
Words part_of(std::string_view text, Words::Kind kind, std::size_t most) {
    const bool is_quoted = kind == Words::Kind::quoted;
    auto result = own(is_quoted ? quoted(text, most) : printable(text));
    Words::Part part{.start = is_quoted ? 1U : 0U,
                     .size = static_cast<std::uint32_t>(result.m_text.size() - (is_quoted ? 2 : 0)),
                     .kind = kind,
                     .most = static_cast<std::uint32_t>(most)};
    if (std::string_view(result.m_text).substr(part.start, part.size) != text) {
        constexpr std::size_t k_longest_point = 4; // bytes
        constexpr std::size_t k_behind = 256;      // of a secret that the end of what is shown would cut
        part.raw = is_quoted ? text.substr(0, k_longest_point * most + k_behind) : text;
    }
    if (!text.empty()) {
        result.m_outside.push_back(std::move(part));
    }
    return result;
}

Words outside(std::string_view text, std::size_t most) { return part_of(text, Words::Kind::quoted, most); }

Words bare(std::string_view text) { return part_of(text, Words::Kind::bare, 0); }

Words path(std::string_view name) { return part_of(name, Words::Kind::path, 0); }

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
        result += own(pattern.substr(0, mark));
        pattern.remove_prefix(mark);
        if (pattern.empty()) {
            break;
        }
        if (pattern.size() > 1 && pattern[0] == pattern[1]) { // a doubled brace is one
            result += own(pattern.substr(0, 1));
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
