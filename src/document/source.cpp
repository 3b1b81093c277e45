#include "document/source.hpp"

#include "util/wipe.hpp"

#include <algorithm>
#include <cstring>
#include <utility>

namespace oidcgen::document {

namespace {

constexpr std::string_view k_byte_order_mark = "\xEF\xBB\xBF";

bool is_continuation(char byte) { return (static_cast<unsigned char>(byte) & 0xC0U) == 0x80U; }

std::vector<std::uint32_t> line_starts_of(std::string_view text) {
    std::vector<std::uint32_t> starts;
    starts.push_back(text.starts_with(k_byte_order_mark) ? 3 : 0);
    const bool has_returns = text.find('\r') != std::string_view::npos;
    if (!has_returns) {
        std::size_t at = 0;
        while ((at = text.find('\n', at)) != std::string_view::npos) {
            starts.push_back(static_cast<std::uint32_t>(++at));
        }
        return starts;
    }
    for (std::size_t at = 0; at < text.size(); ++at) {
        const bool is_return = text[at] == '\r' && !(at + 1 < text.size() && text[at + 1] == '\n');
        if (text[at] == '\n' || is_return) {
            starts.push_back(static_cast<std::uint32_t>(at + 1));
        }
    }
    return starts;
}

constexpr std::size_t k_block = 1024;

std::size_t points_in(std::string_view text) {
    return static_cast<std::size_t>(std::ranges::count_if(text, [](char byte) { return !is_continuation(byte); }));
}

std::vector<std::uint32_t> points_of(std::string_view text) {
    std::vector<std::uint32_t> result;
    if (std::ranges::all_of(text, [](char byte) { return static_cast<unsigned char>(byte) < 0x80; })) {
        return result;
    }
    std::size_t points = 0;
    for (std::size_t start = 0; start <= text.size(); start += k_block) {
        result.push_back(static_cast<std::uint32_t>(points));
        points += points_in(text.substr(start, k_block));
    }
    return result;
}

} // namespace

Source::Source(std::string name, std::string text)
    : m_name(std::move(name))
    , m_text(std::move(text))
    , m_line_starts(line_starts_of(m_text))
    , m_points(points_of(m_text)) {}

Source::~Source() { util::wipe(m_text); }

std::size_t Source::points_before(std::size_t offset) const {
    if (m_points.empty()) {
        return offset;
    }
    const std::size_t block = offset / k_block;
    return m_points[block] + points_in(std::string_view(m_text).substr(block * k_block, offset % k_block));
}

std::string_view Source::text(Span span) const {
    const std::size_t start = std::min<std::size_t>(span.start, m_text.size());
    const std::size_t end = std::clamp<std::size_t>(span.end, start, m_text.size());
    return std::string_view(m_text).substr(start, end - start);
}

std::size_t Source::line_of(std::size_t offset) const {
    const auto next = std::upper_bound(m_line_starts.begin(), m_line_starts.end(), offset);
    return std::max<std::size_t>(1, static_cast<std::size_t>(next - m_line_starts.begin()));
}

Span Source::line_span(std::size_t line) const {
    const std::size_t index = std::clamp<std::size_t>(line, 1, m_line_starts.size()) - 1;
    const std::uint32_t start = m_line_starts[index];
    std::uint32_t end =
        index + 1 < m_line_starts.size() ? m_line_starts[index + 1] : static_cast<std::uint32_t>(m_text.size());
    if (index + 1 < m_line_starts.size()) {
        --end;
        if (end > start && m_text[end] == '\n' && m_text[end - 1] == '\r') {
            --end;
        }
    }
    return {start, end};
}

Position Source::position(std::size_t offset) const {
    const std::size_t line = line_of(offset);
    const std::size_t start = m_line_starts[line - 1];
    const std::size_t end = std::min(offset, m_text.size());
    const auto points = end <= start ? 0 : points_before(end) - points_before(start);
    return {line, points + 1};
}

} // namespace oidcgen::document
