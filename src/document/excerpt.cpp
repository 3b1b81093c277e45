#include "document/excerpt.hpp"

#include "document/utf8.hpp"
#include "util/ascii.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <iterator>
#include <utility>

namespace oidcgen::document {

namespace {

bool is_blank(char byte) { return byte == ' ' || byte == '\t'; }
bool is_break(char byte) { return byte == '\n' || byte == '\r'; }

/// A decoded text, and where its bytes come from.
class Decoded {
  public:
    Decoded(std::string_view source, std::size_t offset)
        : m_source(source)
        , m_offset(offset) {}

    /// Bytes of the source as they are.
    void copy(std::size_t at, std::size_t length) {
        if (length == 0) {
            return;
        }
        const auto inner = static_cast<std::uint32_t>(text.size());
        const auto outer = static_cast<std::uint32_t>(m_offset + at);
        const auto size = static_cast<std::uint32_t>(length);
        text.append(m_source.substr(at, length));
        if (!pieces.empty() && pieces.back().outer + pieces.back().length == outer &&
            pieces.back().inner + pieces.back().length == inner) {
            pieces.back().length += size;
        } else {
            pieces.push_back({inner, outer, size});
        }
    }
    void make(std::string_view bytes) { text += bytes; }
    void make(std::size_t count, char byte) { text.append(count, byte); }

    std::string text;
    std::vector<Piece> pieces;

  private:
    std::string_view m_source;
    std::size_t m_offset;
};

/// The bytes of a line break at that place.
std::size_t break_length(std::string_view source, std::size_t at) {
    return source.substr(at).starts_with("\r\n") ? 2 : 1;
}

std::size_t end_of_line(std::string_view source, std::size_t at) {
    return std::min(source.find_first_of("\r\n", at), source.size());
}

/// What the first line of a block scalar says.
struct Header {
    bool is_folded = false;
    char chomping = ' ';    ///< `-`, `+` or a blank
    std::size_t indent = 0; ///< relative to what holds it; 0: as its first line has it
    std::size_t content = 0;
};

Header header_of(std::string_view source) {
    Header result;
    std::size_t at = 0;
    result.is_folded = source.starts_with('>');
    for (++at; at < source.size() && !is_break(source[at]) && !is_blank(source[at]); ++at) {
        if (source[at] == '-' || source[at] == '+') {
            result.chomping = source[at];
        } else if (util::is_digit(source[at])) {
            result.indent = static_cast<std::size_t>(source[at] - '0');
        }
    }
    at = end_of_line(source, at);
    result.content = at < source.size() ? at + break_length(source, at) : at;
    return result;
}

/// YAML 1.2 section 8.1, as libyaml scans it.
Decoded decoded_block(std::string_view source, std::size_t offset, const Header& header, std::size_t indent) {
    Decoded result(source, offset);
    std::size_t at = header.content;
    std::size_t break_at = 0; // of the break behind the last line with content
    std::size_t breaks = 0;   // of empty lines behind it
    bool has_break = false;
    bool follows_blank = false; // the last line with content begins with a blank
    while (at < source.size()) {
        const auto end = end_of_line(source, at);
        std::size_t start = at;
        while (start < end && start < at + indent && source[start] == ' ') {
            ++start;
        }
        if (start == end) {
            breaks += end < source.size() ? 1 : 0;
        } else {
            const bool begins_blank = is_blank(source[start]);
            if (header.is_folded && has_break && !follows_blank && !begins_blank) {
                result.make(breaks == 0 ? " " : "");
            } else if (has_break) {
                const bool is_plain = source[break_at] == '\n';
                is_plain ? result.copy(break_at, 1) : result.make("\n");
            }
            result.make(breaks, '\n');
            breaks = 0;
            result.copy(start, end - start);
            follows_blank = begins_blank;
            has_break = end < source.size();
            break_at = end;
        }
        at = end < source.size() ? end + break_length(source, end) : end;
    }
    if (header.chomping != '-' && has_break) {
        result.make("\n");
    }
    if (header.chomping == '+') {
        result.make(breaks, '\n');
    }
    return result;
}

/// Passes a line break and the blanks around it; the text gets a blank, or the further breaks.
std::size_t folded_break(std::string_view source, std::size_t at, Decoded& result) {
    std::size_t breaks = 0;
    while (at < source.size() && (is_blank(source[at]) || is_break(source[at]))) {
        if (is_break(source[at])) {
            ++breaks;
            at += break_length(source, at);
        } else {
            ++at;
        }
    }
    breaks == 1 ? result.make(" ") : result.make(breaks - 1, '\n');
    return at;
}

/// The place behind blanks, when a line break follows them.
bool ends_line(std::string_view source, std::size_t at) {
    const auto end = source.find_first_not_of(" \t", at);
    return end != std::string_view::npos && is_break(source[end]);
}

/// The code point that so many hexadecimal digits give.
std::size_t add_code_point(std::string_view digits, Decoded& result) {
    std::uint32_t point = 0;
    std::from_chars(digits.data(), digits.data() + digits.size(), point, 16);
    std::string bytes;
    append_code_point(bytes, point);
    result.make(bytes);
    return digits.size();
}

/// An escape of a double-quoted text, from behind its backslash on; returns the place behind it.
std::size_t decode_escape(std::string_view source, std::size_t at, Decoded& result) {
    constexpr std::string_view k_names = "0abt\tnvfre \"/\\";
    constexpr std::string_view k_bytes{"\0\a\b\t\t\n\v\f\r\x1B \"/\\", 14};
    const char name = source[at];
    if (is_break(name)) {
        at += break_length(source, at);
        while (at < source.size() && is_blank(source[at])) {
            ++at;
        }
        return at;
    }
    if (const auto known = k_names.find(name); known != std::string_view::npos) {
        k_bytes[known] == name ? result.copy(at, 1) : result.make(k_bytes.substr(known, 1));
        return at + 1;
    }
    const std::size_t digits = name == 'x' ? 2 : name == 'u' ? 4 : name == 'U' ? 8 : 0;
    if (digits > 0) {
        auto first = source.substr(at + 1, digits);
        std::uint32_t high = 0;
        std::from_chars(first.data(), first.data() + first.size(), high, 16);
        const auto rest = source.substr(std::min(source.size(), at + 1 + digits));
        if (name == 'u' && high >= 0xD800 && high < 0xDC00 && rest.starts_with("\\u")) { // JSON's pairs
            std::uint32_t low = 0;
            const auto second = rest.substr(2, 4);
            std::from_chars(second.data(), second.data() + second.size(), low, 16);
            std::string bytes;
            append_code_point(bytes, 0x10000 + ((high - 0xD800) << 10U) + ((low - 0xDC00) & 0x3FFU));
            result.make(bytes);
            return at + 1 + digits + 6;
        }
        return at + 1 + add_code_point(first, result);
    }
    constexpr std::string_view k_others = "N_LP";
    constexpr std::array<std::string_view, 4> k_points{"\xC2\x85", "\xC2\xA0", "\xE2\x80\xA8", "\xE2\x80\xA9"};
    if (const auto other = k_others.find(name); other != std::string_view::npos) {
        result.make(k_points.at(other));
    }
    return at + 1;
}

/// Plain and quoted texts (YAML 1.2 sections 7.3.1 to 7.3.3); `source` is what stands between the quotes.
Decoded decoded_flow(std::string_view source, std::size_t offset, Style style) {
    Decoded result(source, offset);
    std::size_t at = 0;
    while (at < source.size()) {
        const char byte = source[at];
        if (is_break(byte) || (is_blank(byte) && ends_line(source, at))) {
            at = folded_break(source, at, result);
        } else if (style == Style::double_quoted && byte == '\\' && at + 1 < source.size()) {
            at = decode_escape(source, at + 1, result);
        } else if (style == Style::single_quoted && byte == '\'') {
            result.copy(at, 1);
            at += 2;
        } else {
            const auto next = std::min(source.find_first_of(" \t\r\n\\'", at + 1), source.size());
            result.copy(at, next - at);
            at = next;
        }
    }
    return result;
}

Decoded decoded(const Document& document, const Node& node) {
    auto source = document.source().text(node.span);
    if (node.style == Style::literal || node.style == Style::folded) {
        // The span ends with the last line that has content; what comes behind decides about the line breaks.
        const auto rest = document.source().text().substr(node.span.end);
        const auto blanks = std::min(rest.find_first_not_of(" \t\r\n"), rest.size());
        const auto behind = blanks == rest.size() ? std::string_view::npos : rest.find_last_of("\r\n", blanks);
        const auto length = blanks == rest.size() ? blanks : behind == std::string_view::npos ? 0 : behind + 1;
        source = document.source().text().substr(node.span.start, source.size() + length);
        const auto header = header_of(source);
        const auto most = indentation_of_block(document, node);
        auto result = decoded_block(source, node.span.start, header, most);
        for (std::size_t indent = most; header.indent != 0 && indent-- > 0 && result.text != node.text;) {
            result = decoded_block(source, node.span.start, header, indent);
        }
        return result;
    }
    const bool is_quoted = node.style == Style::single_quoted || node.style == Style::double_quoted;
    const std::size_t quote = is_quoted && source.size() >= 2 ? 1 : 0;
    return decoded_flow(source.substr(quote, source.size() - 2 * quote), node.span.start + quote, node.style);
}

/// Without what is in front of that byte.
void drop_front(std::vector<Piece>& pieces, std::uint32_t from) {
    std::erase_if(pieces, [&](const Piece& it) { return it.inner + it.length <= from; });
    for (auto& piece : pieces) {
        const auto cut = from > piece.inner ? from - piece.inner : 0;
        piece = {piece.inner + cut - from, piece.outer + cut, piece.length - cut};
    }
}

} // namespace

namespace {

/// The piece that holds the byte, or the one behind it; the last one when there is none.
const Piece& piece_at(const std::vector<Piece>& pieces, std::uint32_t offset) {
    const auto next = std::ranges::upper_bound(pieces, offset, {}, &Piece::inner);
    if (next == pieces.begin()) {
        return *next;
    }
    const auto& before = *std::prev(next);
    return next == pieces.end() || offset < before.inner + before.length ? before : *next;
}

} // namespace

const Document& Excerpt::document_at(std::uint32_t offset) const {
    const auto* const from = pieces.empty() ? nullptr : piece_at(pieces, offset).from;
    return from == nullptr ? *outer : *from;
}

Span Excerpt::in_outer(Span span) const {
    if (pieces.empty()) {
        return whole;
    }
    const auto& first = piece_at(pieces, span.start);
    const auto within = [](const Piece& piece, std::uint32_t offset) {
        return piece.outer + (offset > piece.inner ? std::min(offset - piece.inner, piece.length) : 0);
    };
    const auto start = within(first, span.start);
    if (span.end <= span.start) {
        return {start, start};
    }
    // The last piece that has a byte of the span, or that ends before it does.
    const auto next = std::ranges::upper_bound(pieces, span.end - 1, {}, &Piece::inner);
    const auto& last = next == pieces.begin() ? first : *std::prev(next);
    return {start, std::max(start, last.from == first.from ? within(last, span.end) : first.outer + first.length)};
}

Span Excerpt::in_excerpt(Span outer_span) const {
    const auto first =
        std::ranges::find_if(pieces, [&](const Piece& it) { return it.outer + it.length > outer_span.start; });
    if (first == pieces.end() || first->outer >= outer_span.end) {
        return {};
    }
    const auto next = std::ranges::lower_bound(first, pieces.end(), outer_span.end, {}, &Piece::outer);
    const auto& last = *std::prev(next);
    const auto start = first->inner + (outer_span.start > first->outer ? outer_span.start - first->outer : 0);
    return {start, last.inner + std::min(last.length, outer_span.end - last.outer)};
}

Excerpt excerpt_of_scalar(const Document& document, NodeId scalar) { return excerpt_of_rest(document, scalar, 0); }

Excerpt excerpt_of_rest(const Document& document, NodeId scalar, std::size_t from) {
    const auto& node = document.node(scalar);
    auto taken = decoded(document, node);
    if (taken.text != node.text) {
        taken.pieces.clear();
    }
    drop_front(taken.pieces, static_cast<std::uint32_t>(from));
    return {&document, node.span, std::move(taken.pieces), std::string(node.text.substr(from)), PathId(scalar)};
}

Excerpt with_single_dollars(Excerpt excerpt) {
    std::string text;
    std::vector<Piece> pieces;
    auto piece = excerpt.pieces.cbegin();
    const std::string_view all = excerpt.text;
    for (std::size_t at = 0; at < all.size();) {
        const auto second = all.find("$$", at);
        const auto end = second == std::string_view::npos ? all.size() : second + 1;
        for (; piece != excerpt.pieces.cend() && piece->inner < end; ++piece) {
            const auto start = std::max(piece->inner, static_cast<std::uint32_t>(at));
            const auto stop = std::min(piece->inner + piece->length, static_cast<std::uint32_t>(end));
            if (start < stop) {
                const auto inner = static_cast<std::uint32_t>(text.size() + (start - at));
                pieces.push_back({inner, piece->outer + (start - piece->inner), stop - start});
            }
            if (piece->inner + piece->length > end) {
                break; // more of it follows
            }
        }
        text += all.substr(at, end - at);
        at = second == std::string_view::npos ? end : end + 1;
    }
    excerpt.text = std::move(text);
    excerpt.pieces = std::move(pieces);
    return excerpt;
}

Excerpt excerpt_of_decoded(const Document& document, NodeId scalar, std::string text) {
    return {&document, document.node(scalar).span, {}, std::move(text), PathId(scalar)};
}

Excerpt excerpt_of_part(const Document& document, NodeId collection) {
    const auto& node = document.node(collection);
    const auto source = document.source().text(node.span);
    Decoded taken(source, node.span.start);
    if (node.style == Style::flow) {
        taken.copy(0, source.size());
        return {&document, node.span, std::move(taken.pieces), std::move(taken.text), PathId(collection)};
    }
    const auto indent = indentation_of_block(document, node);
    for (std::size_t at = 0; at < source.size();) {
        const auto end = end_of_line(source, at);
        std::size_t start = at;
        while (at > 0 && start < end && start < at + indent && source[start] == ' ') {
            ++start;
        }
        const auto next = end < source.size() ? end + break_length(source, end) : end;
        taken.copy(start, next - start);
        at = next;
    }
    return {&document, node.span, std::move(taken.pieces), std::move(taken.text), PathId(collection)};
}

std::size_t indentation_of_block(const Document& document, const Node& node) {
    const auto source = document.source().text();
    auto first = static_cast<std::size_t>(node.span.start);
    if (node.style == Style::literal || node.style == Style::folded) {
        const auto text = source.substr(0, node.span.end);
        first = text.find_first_not_of(" \r\n", first + header_of(text.substr(first)).content);
        if (first == std::string_view::npos) {
            return 0;
        }
    } else if (node.kind == NodeKind::scalar || node.style != Style::block) {
        return 0;
    }
    const auto line = source.substr(0, first).find_last_of("\r\n");
    return first - (line == std::string_view::npos ? 0 : line + 1);
}

Excerpt excerpt_of_lines(const Document& document, Span lines, std::size_t number) {
    return {&document,
            lines,
            {{0, lines.start, lines.end - lines.start}},
            std::string(document.source().text(lines)),
            k_root_path,
            false,
            number};
}

InFile in_file(const Document& document, Span span) {
    const auto* at = &document;
    while (const auto* const excerpt = at->excerpt()) {
        at = &excerpt->document_at(span.start);
        span = excerpt->in_outer(span);
    }
    return {&at->source(), span};
}

std::vector<Span> documents_of(std::string_view text) {
    std::vector<Span> result;
    std::size_t start = 0;
    const auto finish = [&](std::size_t end) {
        if (end > start) {
            result.push_back({static_cast<std::uint32_t>(start), static_cast<std::uint32_t>(end)});
            start = end;
        }
    };
    const auto is_marker = [&](std::size_t at, std::string_view marker) {
        const auto rest = text.substr(at);
        return rest.starts_with(marker) &&
               (rest.size() == marker.size() || is_blank(rest[marker.size()]) || is_break(rest[marker.size()]));
    };
    for (std::size_t at = 0; at < text.size(); at = std::min(text.find('\n', at), text.size() - 1) + 1) {
        if (is_marker(at, "---")) {
            finish(at);
        } else if (is_marker(at, "...")) {
            finish(std::min(text.find('\n', at), text.size() - 1) + 1);
        }
    }
    finish(text.size());
    return result;
}

} // namespace oidcgen::document
