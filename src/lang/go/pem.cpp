#include "lang/go/pem.hpp"

#include "util/base64.hpp"

#include <cstddef>
#include <utility>

namespace oidcgen::lang::go {

namespace {

/// A line without its break and the blanks before it, and where the next one begins.
struct Line {
    std::string_view text;
    std::size_t next = 0;
};

Line line_of(std::string_view text) {
    const std::size_t feed = text.find('\n');
    const std::size_t next = feed == std::string_view::npos ? text.size() : feed + 1;
    auto line = text.substr(0, feed);
    if (feed != std::string_view::npos && line.ends_with('\r')) {
        line.remove_suffix(1);
    }
    const std::size_t last = line.find_last_not_of(" \t");
    return {line.substr(0, last == std::string_view::npos ? 0 : last + 1), next};
}

/// One try at the block that ends at `end`, a `\n-----END `; moves `text` past it, or leaves it as it is.
std::optional<PemBlock> block_at(std::string_view& text, std::size_t begin, std::size_t end) {
    constexpr std::string_view k_begin = "-----BEGIN ";
    constexpr std::string_view k_end = "-----END ";
    constexpr std::string_view k_dashes = "-----";
    const auto first = line_of(text.substr(begin + k_begin.size()));
    if (!first.text.ends_with(k_dashes)) {
        return std::nullopt;
    }
    const auto type = first.text.substr(0, first.text.size() - k_dashes.size());
    std::size_t body = begin + k_begin.size() + first.next;
    while (body < text.size() && body <= end) {
        const auto header = line_of(text.substr(body));
        if (header.text.find(':') == std::string_view::npos) {
            break;
        }
        body += header.next;
    }
    const std::size_t trailer = end + 1 + k_end.size();
    const std::string expected = std::string(type) + std::string(k_dashes);
    if (body >= text.size() || text.substr(trailer, expected.size()) != expected) {
        return std::nullopt;
    }
    const auto last = line_of(text.substr(trailer + expected.size()));
    if (!last.text.empty()) {
        return std::nullopt;
    }
    std::string encoded(body <= end ? text.substr(body, end - body) : std::string_view());
    std::erase_if(encoded, [](char byte) { return byte == ' ' || byte == '\t'; });
    auto bytes = from_padded_base64(encoded, util::k_standard_alphabet);
    if (!bytes) {
        return std::nullopt;
    }
    text.remove_prefix(trailer + expected.size() + last.next);
    return PemBlock{std::string(type), std::move(*bytes)};
}

} // namespace

std::optional<std::string> from_padded_base64(std::string_view text, std::string_view alphabet) {
    std::string bare(text);
    std::erase_if(bare, [](char byte) { return byte == '\r' || byte == '\n'; });
    if (bare.size() % 4 != 0) {
        return std::nullopt;
    }
    for (int padding = 0; padding < 2 && bare.ends_with('='); ++padding) {
        bare.pop_back();
    }
    return util::from_base64(bare, alphabet);
}

std::optional<PemBlock> next_pem_block(std::string_view& text) {
    constexpr std::string_view k_end_line = "\n-----END ";
    constexpr std::string_view k_begin = "-----BEGIN ";
    for (std::size_t from = 0; from < text.size();) {
        const std::size_t end = text.find(k_end_line, from);
        if (end == std::string_view::npos) {
            break;
        }
        const std::size_t begin = text.substr(from, end - from).rfind(k_begin);
        if (begin != std::string_view::npos) {
            const std::size_t at = from + begin;
            if (at == from || text[at - 1] == '\n') {
                if (auto block = block_at(text, at, end)) {
                    return block;
                }
            }
        }
        from = end + k_end_line.size();
    }
    return std::nullopt;
}

} // namespace oidcgen::lang::go
