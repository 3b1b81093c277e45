#include "document/stand_ins.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <utility>

namespace oidcgen::document {

namespace {

/// Characters that libyaml silently reads as something other than text, each with the first byte of a character that
/// nobody writes. libyaml skips a byte order mark at the start of a line, which is text to both parsers; to js-yaml
/// the others are text too.
struct Exchange {
    std::string_view original;
    char stand_in;
    bool is_for_all;
};
constexpr std::array<Exchange, 4> k_exchanges{{
    {"\xEF\xBB\xBF", '\xEE', true},
    {"\xC2\x85", '\xDE', false},
    {"\xE2\x80\xA8", '\xEE', false},
    {"\xE2\x80\xA9", '\xEE', false},
}};

unsigned char byte_at(std::string_view text, std::size_t at) {
    return at < text.size() ? static_cast<unsigned char>(text[at]) : 0;
}

/// Length of a character that libyaml refuses anywhere, or 0.
std::size_t refused_length(std::string_view text, std::size_t at) {
    const unsigned char first = byte_at(text, at);
    if ((first < 0x20 && first != '\t' && first != '\n' && first != '\r') || first == 0x7F) {
        return 1;
    }
    if (first == 0xC2 && byte_at(text, at + 1) < 0xA0 && byte_at(text, at + 1) != 0x85) {
        return 2;
    }
    const bool is_mark = first == 0xEF && byte_at(text, at + 1) == 0xBB && byte_at(text, at + 2) == 0xBF;
    const bool is_none = first == 0xEF && byte_at(text, at + 1) == 0xBF && byte_at(text, at + 2) >= 0xBE;
    return is_mark || is_none ? 3 : 0;
}

int hexadecimal_digit(char digit) {
    const int lower = digit | 0x20;
    return digit >= '0' && digit <= '9' ? digit - '0' : lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

/// Where the `D8` of `\ud800` or `\U0000D800` is in an escape; 0 when it is not a surrogate.
std::size_t surrogate_digits(std::string_view escape) {
    const std::size_t digits = escape.starts_with("\\u") ? 2 : escape.starts_with("\\U0000") ? 6 : 0;
    const bool is_surrogate = digits != 0 && escape.size() > digits + 1 &&
                              (escape[digits] == 'd' || escape[digits] == 'D') &&
                              hexadecimal_digit(escape[digits + 1]) >= 8;
    return is_surrogate ? digits : 0;
}

/// The colon of `{a: b, c:}`, without which `c` has no value either.
bool is_key_without_value(std::string_view text, std::size_t colon) {
    const std::size_t before = colon == 0 ? std::string_view::npos : text.find_last_of(",{[]}", colon - 1);
    if (before == std::string_view::npos || !text.substr(colon).starts_with(":}")) {
        return false;
    }
    const std::string_view key = text.substr(before + 1, colon - before - 1);
    return (text[before] == ',' || text[before] == '{') && key.find(": ") == std::string_view::npos &&
           key.find_first_of("\"'\r\n") == std::string_view::npos;
}

/// A line that may come before `---`: a directive, a comment, or nothing.
bool is_prologue(std::string_view line) {
    const std::size_t first = line.find_first_not_of(" \t\r");
    return first == std::string_view::npos || line[first] == '#' || line.starts_with('%');
}

} // namespace

StandIns::StandIns(std::string_view source, Dialect dialect)
    : m_source(source)
    , m_length(source.size())
    , m_dialect(dialect) {
    for (const Exchange& exchange : k_exchanges) {
        if (exchange.is_for_all || dialect == Dialect::js_yaml) {
            replace_all(exchange.original, exchange.stand_in);
        }
    }
    sort();
}

void StandIns::replace(std::size_t at, char byte) {
    if (m_text.empty()) {
        m_text = m_source;
    }
    m_text[at] = byte;
    m_altered.push_back(static_cast<std::uint32_t>(at));
}

void StandIns::sort() {
    std::sort(m_altered.begin(), m_altered.end());
    m_altered.erase(std::unique(m_altered.begin(), m_altered.end()), m_altered.end());
}

void StandIns::replace_all(std::string_view original, char stand_in) {
    // A byte order mark in front of the whole text is one.
    std::size_t at = 1;
    while ((at = m_source.find(original, at)) != std::string_view::npos) {
        replace(at, stand_in);
        at += original.size();
    }
}

bool StandIns::adapt_characters() {
    if (m_dialect != Dialect::js_yaml) {
        return false;
    }
    const std::size_t before = m_altered.size();
    for (std::size_t at = 0; at < m_source.size(); ++at) {
        const std::size_t length = refused_length(m_source, at);
        if (length == 1) {
            replace(at, 'x');
        } else if (length > 1) {
            // C2 80 becomes DE 80, and EF BB BF becomes EE BB BF.
            replace(at, static_cast<char>(length == 2 ? 0xDE : 0xEE));
        }
    }
    sort();
    return m_altered.size() != before;
}

bool StandIns::cut(std::size_t at) {
    const bool is_new = at < m_length;
    m_length = std::min(at, m_length);
    return is_new;
}

bool StandIns::adapt(const Stumble& stumble) {
    const std::string_view rest = text().substr(std::min(stumble.at, m_source.size()));
    if (m_dialect == Dialect::go_yaml) {
        const bool is_quote = stumble.problem == "found unknown escape character" && rest.starts_with("\\'");
        if (is_quote) {
            // `\a` is a character nobody writes, and restored() makes a quote of it.
            replace(stumble.at + 1, 'a');
            sort();
        }
        return is_quote;
    }
    if (m_dialect != Dialect::js_yaml) {
        return false;
    }
    if (stumble.problem == "found unknown directive name" || stumble.problem == "found incompatible YAML document" ||
        stumble.problem == "could not find expected directive name" ||
        stumble.problem == "found unexpected non-alphabetical character") {
        return replace_directive(stumble);
    }
    const bool is_tab = (stumble.problem == "found character that cannot start any token" && rest.starts_with('\t')) ||
                        stumble.problem.starts_with("found a tab character");
    if (is_tab) {
        return replace_blank_tabs();
    }
    if (stumble.problem == "found invalid Unicode character escape code") {
        return replace_surrogates();
    }
    if (stumble.problem == "found unexpected ':'" && rest.starts_with(":?")) {
        take_for_text(stumble.at + 1);
        return true;
    }
    if (stumble.problem == "found unexpected ':'" && is_key_without_value(m_source, stumble.at)) {
        replace(stumble.at, ' ');
        sort();
        return true;
    }
    return false;
}

void StandIns::take_for_text(std::size_t at) {
    replace(at, 'x');
    sort();
}

bool StandIns::replace_directive(const Stumble& stumble) {
    const std::size_t before = stumble.at == 0 ? std::string_view::npos : m_source.find_last_of("\r\n", stumble.at - 1);
    const std::size_t start = before == std::string_view::npos ? 0 : before + 1;
    const std::string_view directive = m_source.substr(start);
    // js-yaml warns of names and minor versions that it does not know.
    const std::size_t version = directive.find_first_not_of(" \t", 5);
    const bool is_version = directive.starts_with("%YAML ") || directive.starts_with("%YAML\t");
    const bool is_taken = is_version ? version != std::string_view::npos && version > 5 &&
                                           directive.substr(version).starts_with("1.") &&
                                           m_source.find("%YAML", start + 1) == std::string_view::npos
                                     : directive.starts_with('%') && directive.size() > 1 &&
                                           std::string_view(" \t\r\n").find(directive[1]) == std::string_view::npos;
    // Directives need `---` after them, which libyaml no longer knows once this one is a comment.
    for (std::size_t line_start = 0; is_taken && line_start < m_source.size();) {
        const std::size_t end = std::min(m_source.find_first_of("\r\n", line_start), m_source.size());
        const std::string_view line = m_source.substr(line_start, end - line_start);
        if (!is_prologue(line)) {
            const bool is_marked = line_start > start && line.starts_with("---") &&
                                   (line.size() == 3 || line[3] == ' ' || line[3] == '\t');
            if (is_marked) {
                replace(start, '#');
                sort();
            }
            return is_marked;
        }
        line_start = end + 1;
    }
    return false;
}

bool StandIns::replace_blank_tabs() {
    const std::size_t before = m_altered.size();
    bool is_first = true;
    for (std::size_t start = 0; start < m_source.size();) {
        const std::size_t end = std::min(m_source.find_first_of("\r\n", start), m_source.size());
        const std::size_t content = std::min(m_source.find_first_not_of(" \t\r\n", start), m_source.size());
        const bool is_blank = content >= end || m_source[content] == '#';
        // Blanks and tabs in front of the document itself say nothing about indentation.
        if (is_blank || is_first) {
            for (std::size_t at = start; at < std::min(content, end); ++at) {
                if (m_source[at] == '\t') {
                    replace(at, ' ');
                }
            }
        }
        is_first = is_first && is_blank;
        start = end + 1;
    }
    sort();
    return m_altered.size() != before;
}

bool StandIns::replace_surrogates() {
    const std::size_t before = m_altered.size();
    for (std::size_t at = m_source.find('\\'); at != std::string_view::npos; at = m_source.find('\\', at + 2)) {
        const std::string_view escape = m_source.substr(at, 10);
        if (const std::size_t digits = surrogate_digits(escape); digits != 0) {
            // \uD800 to \uDFFF become \uE000 to \uE7FF, which is private.
            replace(at + digits, 'E');
            replace(at + digits + 1, static_cast<char>('0' + hexadecimal_digit(escape[digits + 1]) - 8));
        }
    }
    sort();
    return m_altered.size() != before;
}

bool StandIns::holds_any(Span span) const {
    const auto first = std::lower_bound(m_altered.begin(), m_altered.end(), span.start);
    return first != m_altered.end() && *first < span.end;
}

std::string StandIns::restored(std::string_view value, Span span, Style style) const {
    std::string result;
    result.reserve(value.size());
    const char first_byte = m_source[span.start];
    const bool begins_with_mark = style == Style::plain && (first_byte == '?' || first_byte == ':');
    if (begins_with_mark) {
        result += first_byte;
    }
    for (std::size_t at = result.size(); at < value.size(); ++at) {
        const std::string_view rest = value.substr(at);
        const unsigned char first = byte_at(value, at);
        const unsigned char second = byte_at(value, at + 1);
        const unsigned char third = byte_at(value, at + 2);
        const bool is_written_surrogate = style != Style::double_quoted && rest.starts_with("\\uE") &&
                                          rest.size() > 3 && rest[3] >= '0' && rest[3] <= '7';
        if (is_written_surrogate) {
            result += "\\ud";
            result += "89abcdef"[rest[3] - '0'];
            at += 3;
        } else if (m_dialect == Dialect::go_yaml) {
            result += first == '\a' ? '\'' : rest.starts_with("\xEE\xBB\xBF") ? '\xEF' : value[at];
        } else if (first == 0xDE && second < 0xA0) {
            result += '\xC2';
        } else if (rest.starts_with("\xEE\x80\xA8") || rest.starts_with("\xEE\x80\xA9")) {
            result += '\xE2';
        } else if (first == 0xEE && (second == 0xBB || second == 0xBF) && third >= 0xBE) {
            result += '\xEF';
        } else if (first == 0xEE && second >= 0x80 && second < 0xA0) {
            // U+E000 to U+E7FF: surrogates. A high one followed by a low one is a character; others have no partner.
            const unsigned unit = (second & 0x1FU) << 6U | (third & 0x3FU);
            const unsigned char next = byte_at(value, at + 4);
            const bool is_pair = unit < 0x400 && byte_at(value, at + 3) == 0xEE && next >= 0x90 && next < 0xA0;
            if (is_pair) {
                const unsigned low = ((next & 0x1FU) << 6U | (byte_at(value, at + 5) & 0x3FU)) - 0x400U;
                const unsigned point = 0x10000U + (unit << 10U) + low;
                for (const unsigned byte : {0xF0U | point >> 18U, 0x80U | (point >> 12U & 0x3FU),
                                            0x80U | (point >> 6U & 0x3FU), 0x80U | (point & 0x3FU)}) {
                    result += static_cast<char>(byte);
                }
            } else {
                // JavaScript keeps it: as UTF-8 would write it, if it were a character.
                result += '\xED';
                result += static_cast<char>(second + 0x20U);
                result += static_cast<char>(third);
            }
            at += is_pair ? 5 : 2;
        } else {
            result += value[at];
        }
    }
    return result;
}

std::optional<Span> StandIns::misplaced(Span span, Style style) const {
    auto altered = std::lower_bound(m_altered.begin(), m_altered.end(), span.start);
    for (; altered != m_altered.end() && *altered < span.end; ++altered) {
        const std::size_t length = refused_length(m_source, *altered);
        const bool is_quoted = style == Style::single_quoted || style == Style::double_quoted;
        const bool is_mark = byte_at(m_source, *altered) == 0xEF && byte_at(m_source, *altered + 1) == 0xBB;
        const bool is_taken = is_quoted ? byte_at(m_source, *altered) >= 0x20 : is_mark;
        if (length > 0 && !is_taken) {
            return Span{*altered, *altered + static_cast<std::uint32_t>(length)};
        }
    }
    return std::nullopt;
}

} // namespace oidcgen::document
