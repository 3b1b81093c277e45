#include "document/hole_text.hpp"

#include "util/ascii.hpp"
#include "util/text.hpp"

#include <algorithm>
#include <cstddef>
#include <utility>

#include <fmt/format.h>

namespace oidcgen::document {

namespace {

/// A byte, or a hole.
struct Token {
    char byte = 0;
    const std::string* key = nullptr; ///< of a hole

    [[nodiscard]] bool is_hole() const { return key != nullptr; }
    friend bool operator==(const Token& left, const Token& right) {
        return left.is_hole() && right.is_hole() ? *left.key == *right.key
                                                 : left.is_hole() == right.is_hole() && left.byte == right.byte;
    }
};

class Tokens {
  public:
    explicit Tokens(const HoleText& text) {
        m_keys.reserve(text.holes.size());
        std::size_t at = 0;
        for (const auto& hole : text.holes) {
            add(text.text.substr(at, hole.start - at));
            m_keys.push_back(hole_key(text.text, hole));
            m_all.push_back({.byte = 0, .key = &m_keys.back()});
            at = hole.end;
        }
        add(text.text.substr(at));
    }
    Tokens(const Tokens&) = delete;
    Tokens& operator=(const Tokens&) = delete;

    [[nodiscard]] const std::vector<Token>& all() const { return m_all; }

  private:
    void add(std::string_view bytes) {
        for (const auto byte : bytes) {
            m_all.push_back({.byte = byte});
        }
    }

    std::vector<std::string> m_keys; ///< never more than were reserved: tokens point into it
    std::vector<Token> m_all;
};

/// What is left of two texts once both have lost what is the same at one end, and whether holes were among that.
template <class Iterator>
struct Rest {
    Iterator left;
    Iterator right;
    bool has_holes = false;
};

template <class Iterator>
Rest<Iterator> stripped(Iterator left, Iterator left_end, Iterator right, Iterator right_end) {
    Rest<Iterator> rest{left, right};
    while (rest.left != left_end && rest.right != right_end && *rest.left == *rest.right) {
        rest.has_holes = rest.has_holes || rest.left->is_hole();
        ++rest.left;
        ++rest.right;
    }
    return rest;
}

template <class Iterator>
bool differ(const Rest<Iterator>& rest, Iterator left_end, Iterator right_end) {
    return rest.left != left_end && rest.right != right_end && !rest.left->is_hole() && !rest.right->is_hole();
}

template <class Iterator>
bool has_hole(Iterator begin, Iterator end) {
    return std::any_of(begin, end, [](const Token& it) { return it.is_hole(); });
}

} // namespace

HoleText hole_text(std::string_view text, bool may_have_holes, PlaceholderUse use) {
    HoleText result{text, may_have_holes ? holes(text, use) : std::vector<Hole>()};
    constexpr std::size_t k_most = 32; // no address has more parts
    if (result.holes.size() > k_most) {
        result.holes = {{0, text.size(), text}};
    }
    return result;
}

std::string hole_key(std::string_view text, const Hole& hole) {
    const auto whole = text.substr(hole.start, hole.end - hole.start);
    const auto at = hole.name.empty() ? std::string_view::npos : whole.find(hole.name);
    if (at == std::string_view::npos) {
        return std::string(whole);
    }
    const bool can_trim = whole.starts_with("{{") || whole.starts_with("{%");
    const auto bare = [&](std::string_view marks) {
        std::string result;
        std::ranges::copy_if(marks, std::back_inserter(result),
                             [&](char byte) { return byte != ' ' && byte != '\t' && !(can_trim && byte == '-'); });
        return result;
    };
    return fmt::format("{}\n{}\n{}", bare(whole.substr(0, at)), hole.name, bare(whole.substr(at + hole.name.size())));
}

Comparison compare(const HoleText& left, const HoleText& right) {
    if (left.holes.empty() && right.holes.empty()) {
        return {left.text == right.text ? Likeness::same : Likeness::different};
    }
    const Tokens left_tokens(left);
    const Tokens right_tokens(right);
    const auto& a = left_tokens.all();
    const auto& b = right_tokens.all();
    const auto front = stripped(a.begin(), a.end(), b.begin(), b.end());
    if (front.left == a.end() && front.right == b.end()) {
        return {Likeness::same, front.has_holes};
    }
    const auto whole_back = stripped(a.rbegin(), a.rend(), b.rbegin(), b.rend());
    const bool front_differs = differ(front, a.end(), b.end());
    const bool back_differs = differ(whole_back, a.rend(), b.rend());
    if ((front_differs && !front.has_holes) || (back_differs && !whole_back.has_holes)) {
        return {Likeness::different};
    }
    if (front_differs || back_differs) {
        return {Likeness::different, true};
    }
    // What is the same at the end, of what is left behind the front.
    const auto back = stripped(a.rbegin(), std::make_reverse_iterator(front.left), b.rbegin(),
                               std::make_reverse_iterator(front.right));
    const auto left_end = back.left.base();
    const auto right_end = back.right.base();
    if (!has_hole(front.left, left_end) && !has_hole(front.right, right_end)) {
        return {Likeness::different, front.has_holes || back.has_holes};
    }
    return {};
}

std::vector<std::string> shared_holes(const HoleText& left, const HoleText& right) {
    std::vector<std::string> keys;
    std::ranges::transform(right.holes, std::back_inserter(keys),
                           [&](const Hole& hole) { return hole_key(right.text, hole); });
    std::vector<std::string> result;
    for (const auto& hole : left.holes) {
        std::string shown(left.text.substr(hole.start, hole.end - hole.start));
        if (std::ranges::find(keys, hole_key(left.text, hole)) != keys.end() &&
            std::ranges::find(result, shown) == result.end()) {
            result.push_back(std::move(shown));
        }
    }
    return result;
}

std::string HoleNames::named(const HoleText& text) {
    std::string result;
    std::size_t at = 0;
    for (const auto& hole : text.holes) {
        result += text.text.substr(at, hole.start - at);
        // A colon in front that does not end the scheme, and nothing behind that goes on with the port: a whole port.
        const auto rest = text.text.substr(hole.end);
        const bool is_port = result.ends_with(':') && result.find("://") != std::string::npos &&
                             result.find_first_of("/?#", result.find("://") + 3) == std::string::npos &&
                             (rest.empty() || rest.find_first_of("/?#") == 0);
        result += name_of(text, hole, is_port);
        at = hole.end;
    }
    result += text.text.substr(at);
    return result;
}

const std::string& HoleNames::name_of(const HoleText& text, const Hole& hole, bool is_port) {
    auto key = hole_key(text.text, hole);
    const auto known =
        std::ranges::find_if(m_entries, [&](const Entry& it) { return it.is_port == is_port && it.key == key; });
    if (known != m_entries.end()) {
        return known->name;
    }
    constexpr std::size_t k_first_port = 61'031; // above those that services listen at
    constexpr std::size_t k_ports = 1'000;
    auto name = is_port ? fmt::format("{}", k_first_port + m_entries.size() % k_ports)
                        : fmt::format("q7hole{}q", m_entries.size());
    m_entries.push_back(
        {std::move(key), is_port, std::move(name), std::string(text.text.substr(hole.start, hole.end - hole.start))});
    return m_entries.back().name;
}

std::string HoleNames::restored(std::string_view text) const {
    std::string result(text);
    for (const auto& entry : m_entries) {
        const auto name = entry.is_port ? ":" + entry.name : entry.name;
        const auto hole = entry.is_port ? ":" + entry.hole : entry.hole;
        for (auto at = result.find(name); at != std::string::npos; at = result.find(name, at + hole.size())) {
            result.replace(at, name.size(), hole);
        }
    }
    return result;
}

bool HoleNames::holds_any(std::string_view text) const {
    return std::ranges::any_of(m_entries,
                               [&](const Entry& it) { return text.find(it.name) != std::string_view::npos; });
}

std::string without_holes(const HoleText& text) {
    std::string result(text.text);
    for (const auto& hole : text.holes) {
        std::fill(result.begin() + static_cast<std::ptrdiff_t>(hole.start),
                  result.begin() + static_cast<std::ptrdiff_t>(hole.end), 'x');
    }
    return result;
}

} // namespace oidcgen::document
