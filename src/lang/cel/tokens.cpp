#include "lang/cel/tokens.hpp"

#include "util/text.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <utility>

#include <fmt/format.h>

namespace oidcgen::lang::cel {

namespace {

using namespace std::string_view_literals;

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_octal(char c) { return c >= '0' && c <= '7'; }
bool is_hex(char c) { return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'); }
bool begins_name(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; }

/// Marks of one and two characters; the longer ones first.
constexpr std::array k_marks{"&&"sv, "||"sv, "=="sv, "!="sv, "<="sv, ">="sv, "<"sv, ">"sv, "("sv, ")"sv, "["sv, "]"sv,
                             "{"sv,  "}"sv,  "."sv,  ","sv,  ":"sv,  "?"sv,  "!"sv, "-"sv, "+"sv, "*"sv, "/"sv, "%"sv};
constexpr std::array k_words{"in"sv, "true"sv, "false"sv, "null"sv};

/// What people mean by a character that begins no token.
std::string_view meant_by(char c) {
    switch (c) {
    case '=':
        return "; values are compared with ==";
    case '&':
        return "; \"and\" is written &&";
    case '|':
        return "; \"or\" is written ||";
    default:
        return {};
    }
}

/// Splits an expression at its tokens, the longest first
/// (https://github.com/google/cel-go/blob/master/parser/gen/CEL.g4).
class Lexer {
  public:
    explicit Lexer(std::string_view text)
        : m_text(text) {}

    [[nodiscard]] Tokens run();

  private:
    [[nodiscard]] char peek(std::size_t ahead = 0) const {
        return m_at + ahead < m_text.size() ? m_text[m_at + ahead] : '\0';
    }
    [[nodiscard]] bool starts(std::string_view what) const { return m_text.substr(m_at).starts_with(what); }
    void skip_blanks();
    void next();
    /// Whether a name in backticks begins here.
    [[nodiscard]] bool ends_quoted_name() const;
    void number();
    void digits(bool (*is_one)(char));
    /// Length of the prefixes `r` and `b` of a text; nothing when none begins here.
    [[nodiscard]] std::optional<std::size_t> text_prefix() const;
    void text(std::size_t prefix);
    void escape(bool is_bytes);
    void code_point(std::size_t begin, std::size_t length, bool is_bytes);
    void take(TokenKind kind, std::size_t from) {
        m_tokens.all.push_back({kind, m_text.substr(from, m_at - from), from});
    }
    void fail(std::size_t at, util::Words message);

    std::string_view m_text;
    std::size_t m_at = 0;
    Tokens m_tokens;
};

Tokens Lexer::run() {
    skip_blanks();
    while (m_at < m_text.size() && !m_tokens.fault && m_tokens.is_understood) {
        next();
        skip_blanks();
    }
    m_tokens.all.push_back({TokenKind::end, {}, m_text.size()});
    return std::move(m_tokens);
}

void Lexer::fail(std::size_t at, util::Words message) {
    if (!m_tokens.fault) {
        m_tokens.fault = Fault{.at = at, .message = std::move(message)};
    }
}

void Lexer::skip_blanks() {
    while (m_at < m_text.size()) {
        if (starts("//")) {
            m_at = std::min(m_text.find('\n', m_at), m_text.size());
        } else if (" \t\r\n\f"sv.find(peek()) != std::string_view::npos) {
            ++m_at;
        } else {
            return;
        }
    }
}

void Lexer::next() {
    const auto begin = m_at;
    const char c = peek();
    if (const auto prefix = text_prefix()) {
        text(*prefix);
        return;
    }
    if (begins_name(c)) {
        digits([](char each) { return begins_name(each) || is_digit(each); });
        const bool is_word = std::ranges::find(k_words, m_text.substr(begin, m_at - begin)) != k_words.end();
        take(is_word ? TokenKind::mark : TokenKind::name, begin);
        return;
    }
    if (is_digit(c) || (c == '.' && is_digit(peek(1)))) {
        number();
        return;
    }
    if (c == '`' && ends_quoted_name()) { // an addition that can be switched on
        m_tokens.is_understood = false;
        return;
    }
    const auto mark = std::ranges::find_if(k_marks, [&](std::string_view each) { return starts(each); });
    if (mark == k_marks.end()) {
        const auto is_tail = [](char each) { return (static_cast<unsigned char>(each) & 0xC0U) == 0x80U; };
        do { // a character may have several bytes
            ++m_at;
        } while (m_at < m_text.size() && is_tail(peek()));
        fail(begin,
             util::words("{} is not allowed there{}", util::outside(m_text.substr(begin, m_at - begin)), meant_by(c)));
        return;
    }
    m_at += mark->size();
    take(TokenKind::mark, begin);
}

void Lexer::digits(bool (*is_one)(char)) {
    while (m_at < m_text.size() && is_one(peek())) {
        ++m_at;
    }
}

bool Lexer::ends_quoted_name() const {
    const auto end = std::find_if_not(m_text.begin() + static_cast<std::ptrdiff_t>(m_at) + 1, m_text.end(), [](char c) {
        return begins_name(c) || is_digit(c) || ".-/ "sv.find(c) != std::string_view::npos;
    });
    return end != m_text.end() && *end == '`' && end != m_text.begin() + static_cast<std::ptrdiff_t>(m_at) + 1;
}

void Lexer::number() {
    const auto begin = m_at;
    auto kind = TokenKind::integer;
    if (starts("0x") && is_hex(peek(2))) {
        m_at += 2;
        digits(is_hex);
    } else {
        digits(is_digit);
        if (peek() == '.' && is_digit(peek(1))) {
            ++m_at;
            digits(is_digit);
            kind = TokenKind::floating;
        }
        const std::size_t sign = peek(1) == '+' || peek(1) == '-' ? 1 : 0;
        if ((peek() == 'e' || peek() == 'E') && is_digit(peek(1 + sign))) {
            m_at += 1 + sign;
            digits(is_digit);
            kind = TokenKind::floating;
        }
    }
    if (kind == TokenKind::integer && (peek() == 'u' || peek() == 'U')) {
        ++m_at;
        kind = TokenKind::unsigned_integer;
    }
    take(kind, begin);
}

std::optional<std::size_t> Lexer::text_prefix() const {
    std::size_t length = 0;
    length += peek() == 'b' || peek() == 'B' ? 1 : 0;
    length += peek(length) == 'r' || peek(length) == 'R' ? 1 : 0;
    const char quote = peek(length);
    return quote == '"' || quote == '\'' ? std::optional(length) : std::nullopt;
}

void Lexer::text(std::size_t prefix) {
    const auto begin = m_at;
    const auto letters = m_text.substr(begin, prefix);
    const bool is_bytes = letters.find_first_of("bB") != std::string_view::npos;
    const bool is_raw = letters.find_first_of("rR") != std::string_view::npos;
    m_at += prefix;
    const std::string quote(1, peek());
    const std::string triple(3, peek());
    const auto& end = starts(triple) ? triple : quote;
    m_at += end.size();
    while (!starts(end)) {
        if (m_at >= m_text.size() || (end.size() == 1 && (peek() == '\n' || peek() == '\r'))) {
            fail(begin, util::words("a text begins there but does not end with {}", end));
            return;
        }
        if (peek() == '\\' && !is_raw) {
            escape(is_bytes);
            if (m_tokens.fault) {
                return;
            }
        } else {
            ++m_at;
        }
    }
    m_at += end.size();
    take(is_bytes ? TokenKind::bytes : TokenKind::text, begin);
}

void Lexer::escape(bool is_bytes) {
    const auto begin = m_at;
    const char c = peek(1);
    const auto hex_digits = [&]() -> std::size_t {
        switch (c) {
        case 'x':
        case 'X':
            return 2;
        case 'u':
            return 4;
        case 'U':
            return 8;
        default:
            return 0;
        }
    }();
    if (hex_digits != 0) {
        code_point(begin, hex_digits, is_bytes);
    } else if (c >= '0' && c <= '3' && is_octal(peek(2)) && is_octal(peek(3))) {
        m_at += 4;
    } else if (c != '\0' && "abfnrtv\"'\\?`"sv.find(c) != std::string_view::npos) {
        m_at += 2;
    } else {
        fail(begin, util::words("{} is not an escape sequence; a backslash itself is written \\\\",
                                util::outside(m_text.substr(begin, 2))));
    }
}

void Lexer::code_point(std::size_t begin, std::size_t length, bool is_bytes) {
    m_at += 2;
    std::uint32_t value = 0;
    for (std::size_t digit = 0; digit < length; ++digit, ++m_at) {
        const char c = peek();
        if (!is_hex(c)) {
            fail(begin, util::words("an escape sequence needs {} hexadecimal digits", length));
            return;
        }
        value = value * 16 + static_cast<std::uint32_t>(is_digit(c) ? c - '0' : (c | 0x20) - 'a' + 10);
    }
    if (length > 2 && (is_bytes || value > 0x10FFFF || (value >= 0xD800 && value <= 0xDFFF))) {
        fail(begin,
             is_bytes ? "bytes have no escape sequences for characters" : "the escape sequence is not a character");
    }
}

} // namespace

Tokens tokens_of(std::string_view expression) { return Lexer(expression).run(); }

} // namespace oidcgen::lang::cel
