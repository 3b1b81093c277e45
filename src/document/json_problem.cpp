#include "document/json_problem.hpp"

#include "util/text.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <vector>

namespace oidcgen::document {

namespace {

constexpr std::string_view k_byte_order_mark = "\xEF\xBB\xBF";
constexpr std::string_view k_blanks = " \t\r\n";

/// What people write for the words of JSON.
struct Word {
    std::string_view lowered;
    const char* message;
};
constexpr std::array k_words{
    Word{"true", "JSON writes true in lower case"},
    Word{"false", "JSON writes false in lower case"},
    Word{"null", "JSON writes null in lower case"},
    Word{"none", "JSON does not know this word; write null"},
    Word{"nil", "JSON does not know this word; write null"},
    Word{"undefined", "JSON does not know this word; write null"},
    Word{"~", "JSON does not know this sign; write null"},
    Word{"yes", "JSON does not know this word; write true, or put the text in double quotes"},
    Word{"on", "JSON does not know this word; write true, or put the text in double quotes"},
    Word{"no", "JSON does not know this word; write false, or put the text in double quotes"},
    Word{"off", "JSON does not know this word; write false, or put the text in double quotes"},
};

constexpr std::array<std::string_view, 5> k_curly_quotes{"\xE2\x80\x9C", "\xE2\x80\x9D", "\xE2\x80\x9E", "\xE2\x80\x98",
                                                         "\xE2\x80\x99"};

bool is_digit(char byte) { return byte >= '0' && byte <= '9'; }

/// True for a number as JSON writes it.
bool is_number(std::string_view word) {
    const auto skip_digits = [&] {
        const std::size_t count = std::min(word.find_first_not_of("0123456789"), word.size());
        word.remove_prefix(count);
        return count > 0;
    };
    word.remove_prefix(word.starts_with('-') ? 1 : 0);
    if (word.starts_with('0')) {
        word.remove_prefix(1);
    } else if (!skip_digits()) {
        return false;
    }
    if (word.starts_with('.')) {
        word.remove_prefix(1);
        if (!skip_digits()) {
            return false;
        }
    }
    if (word.starts_with('e') || word.starts_with('E')) {
        word.remove_prefix(1);
        word.remove_prefix(word.starts_with('+') || word.starts_with('-') ? 1 : 0);
        return skip_digits() && word.empty();
    }
    return word.empty();
}

class Scanner {
  public:
    Scanner(std::string_view text, JsonForm form)
        : m_text(text)
        , m_is_strict(form == JsonForm::strict)
        , m_at(text.starts_with(k_byte_order_mark) ? k_byte_order_mark.size() : 0)
        , m_end(m_at) {}

    std::optional<JsonProblem> run();

  private:
    enum class Expected : std::uint8_t { key, colon, value, comma, end };
    enum class Token : std::uint8_t { text, word, sign };
    using Problem = std::optional<JsonProblem>;

    [[nodiscard]] static JsonProblem problem(std::size_t start, std::size_t end, const char* message) {
        return {{static_cast<std::uint32_t>(start), static_cast<std::uint32_t>(end)}, message};
    }
    /// At the token that was scanned last.
    [[nodiscard]] JsonProblem here(const char* message) const { return problem(m_start, m_start + m_mark, message); }
    /// Right behind what came before it.
    [[nodiscard]] JsonProblem behind(const char* message) const { return problem(m_end, m_end, message); }
    [[nodiscard]] bool in_mapping() const { return !m_open.empty() && m_open.back() == '{'; }
    [[nodiscard]] bool is_sign(char sign) const { return m_token == Token::sign && m_text[m_start] == sign; }
    [[nodiscard]] bool closes() const { return is_sign('}') || is_sign(']'); }
    [[nodiscard]] std::string_view written() const { return m_text.substr(m_start, m_at - m_start); }

    Problem skip_blanks();
    Problem scan();
    Problem scan_text();
    void scan_word();
    /// Blames the quotes of the text before, if they seem to be closed too late.
    [[nodiscard]] Problem blamed_quotes() const;
    [[nodiscard]] Problem at_end() const;
    [[nodiscard]] const char* fault_of_word() const;

    Problem take();
    Problem take_key();
    Problem take_value();
    Problem take_comma();
    Problem close();
    void take_plain(Expected next);

    std::string_view m_text;
    bool m_is_strict;
    std::vector<char> m_open;
    Expected m_expected = Expected::value;

    std::size_t m_at;
    Token m_token = Token::sign;
    std::size_t m_start = 0; ///< of the token
    std::size_t m_mark = 0;  ///< how much of it is shown

    // What came before it.
    std::size_t m_end;
    Token m_last = Token::sign;
    std::size_t m_last_start = 0;
    std::size_t m_comma = std::string_view::npos;     ///< right before the token, or nowhere
    std::size_t m_continued = std::string_view::npos; ///< end of the word that the last one continues, if it does
};

Scanner::Problem Scanner::skip_blanks() {
    for (;;) {
        m_at = std::min(m_text.find_first_not_of(k_blanks, m_at), m_text.size());
        const std::string_view rest = m_text.substr(m_at);
        const bool is_foreign = rest.starts_with("//") || rest.starts_with("/*");
        if (is_foreign && (m_is_strict || m_expected == Expected::key)) {
            return problem(m_at, m_at + 2,
                           m_is_strict ? "JSON does not allow comments; remove this one"
                                       : "comments begin with #, and go to the end of the line");
        }
        if (!rest.starts_with('#')) {
            return std::nullopt;
        }
        if (m_is_strict) {
            return problem(m_at, m_at + 1, "JSON does not allow comments; remove this one");
        }
        m_at = std::min(m_text.find('\n', m_at), m_text.size());
    }
}

Scanner::Problem Scanner::scan() {
    m_start = m_at;
    m_mark = 1;
    const char first = m_text[m_at];
    if (first == '"' || (first == '\'' && !m_is_strict)) {
        m_token = Token::text;
        return scan_text();
    }
    if (std::string_view("{}[],:").find(first) != std::string_view::npos) {
        m_token = Token::sign;
        ++m_at;
        return std::nullopt;
    }
    m_token = Token::word;
    scan_word();
    return std::nullopt;
}

Scanner::Problem Scanner::scan_text() {
    const char quote = m_text[m_at];
    for (++m_at; m_at < m_text.size() && m_text[m_at] != quote; ++m_at) {
        const char byte = m_text[m_at];
        if (m_is_strict && (byte == '\n' || byte == '\r')) {
            return here(k_open_quotes);
        }
        if (m_is_strict && static_cast<unsigned char>(byte) < 0x20) {
            return problem(m_at, m_at + 1,
                           byte == '\t' ? "a tab is not allowed inside of quotes; write \\t"
                                        : "a control character is not allowed inside of quotes");
        }
        if (byte != '\\' || quote != '"') {
            continue;
        }
        const std::string_view escape = m_text.substr(m_at, 6);
        if (m_is_strict && escape.size() > 1 &&
            std::string_view("\"\\/bfnrtu").find(escape[1]) == std::string_view::npos) {
            return problem(m_at, m_at + 1, "unknown escape; write \\\\ for a backslash");
        }
        if (m_is_strict && escape.starts_with("\\u") &&
            (escape.size() < 6 || escape.find_first_not_of("0123456789abcdefABCDEF", 2) != std::string_view::npos)) {
            return problem(m_at, m_at + 2, "\\u must be followed by four hexadecimal digits");
        }
        ++m_at;
    }
    if (m_at >= m_text.size()) {
        m_at = m_text.size();
        return here("the quotes that begin here are not closed");
    }
    ++m_at;
    return std::nullopt;
}

void Scanner::scan_word() {
    if (m_is_strict) {
        m_at = std::min(m_text.find_first_of(" \t\r\n,:{}[]", m_at), m_text.size());
        m_mark = m_at - m_start;
        return;
    }
    const bool is_property = m_text[m_at] == '&' || m_text[m_at] == '!';
    const std::size_t line_end = std::min(m_text.find_first_of(is_property ? " \t\r\n" : "\r\n", m_at), m_text.size());
    for (; m_at < line_end; ++m_at) {
        const char byte = m_text[m_at];
        const char next = m_at + 1 < m_text.size() ? m_text[m_at + 1] : ' ';
        const bool ends = std::string_view(",[]{}").find(byte) != std::string_view::npos ||
                          (byte == ':' && std::string_view(" \t\r\n,[]{}").find(next) != std::string_view::npos) ||
                          ((byte == ' ' || byte == '\t') && next == '#');
        if (ends) {
            break;
        }
    }
    while (m_at > m_start + 1 && (m_text[m_at - 1] == ' ' || m_text[m_at - 1] == '\t')) {
        --m_at;
    }
}

Scanner::Problem Scanner::blamed_quotes() const {
    if (m_last != Token::text) {
        return std::nullopt;
    }
    const std::string_view quoted = m_text.substr(m_last_start, m_end - m_last_start);
    const std::string_view between = quoted.substr(1, quoted.size() - 2);
    const std::string_view trimmed = util::trimmed(between);
    const bool has_more_lines = between.find('\n') != std::string_view::npos;
    const bool ends_like_a_token =
        trimmed.ends_with(',') || trimmed.ends_with(':') || trimmed.ends_with('{') || trimmed.ends_with('[');
    if (has_more_lines || (ends_like_a_token && m_token != Token::sign)) {
        return problem(m_last_start, m_last_start + 1, k_open_quotes);
    }
    return std::nullopt;
}

Scanner::Problem Scanner::at_end() const {
    const std::size_t end = m_text.size();
    if (m_expected == Expected::end) {
        return std::nullopt;
    }
    if (m_open.empty()) {
        return m_is_strict ? std::optional(problem(end, end, "the file is empty, and JSON needs a value"))
                           : std::nullopt;
    }
    return behind(in_mapping() ? "a closing } is missing: the text ends here"
                               : "a closing ] is missing: the text ends here");
}

const char* Scanner::fault_of_word() const {
    const std::string_view word = written();
    if (std::ranges::any_of(k_curly_quotes, [&](std::string_view quote) { return word.starts_with(quote); })) {
        return "typographic quotes are not allowed here; use plain double quotes (\")";
    }
    if (word.starts_with('\'')) {
        return "JSON does not allow single quotes; use double quotes (\")";
    }
    if (word.starts_with('`')) {
        return "JSON does not allow backticks; use double quotes (\")";
    }
    if (word.ends_with('"')) {
        return "the opening quotes of this text are missing";
    }
    if (m_expected == Expected::key) {
        return "JSON needs keys in double quotes (\")";
    }
    const auto lowered = util::lowered(word);
    const auto* const known = std::ranges::find(k_words, lowered, &Word::lowered);
    if (known != k_words.end()) {
        return known->message;
    }
    const std::size_t sign = word.find_first_not_of("+-.");
    return sign != std::string_view::npos && is_digit(word[sign])
               ? "JSON does not write numbers like this; for text, use double quotes (\")"
               : "JSON needs text in double quotes (\")";
}

void Scanner::take_plain(Expected next) {
    m_continued = std::string_view::npos;
    m_expected = m_open.empty() ? Expected::end : next;
}

Scanner::Problem Scanner::close() {
    const bool fits = (m_text[m_start] == '}') == in_mapping();
    if (!fits) {
        return here(in_mapping() ? "expected } here: the mapping before has not ended"
                                 : "expected ] here: the list before has not ended");
    }
    if (m_is_strict && m_comma != std::string_view::npos) {
        return problem(m_comma, m_comma + 1,
                       in_mapping() ? "trailing comma: JSON does not allow one before }"
                                    : "trailing comma: JSON does not allow one before ]");
    }
    m_open.pop_back();
    take_plain(Expected::comma);
    return std::nullopt;
}

Scanner::Problem Scanner::take_key() {
    if (closes()) {
        return close();
    }
    if (is_sign(',')) {
        return here("there is nothing before this comma; remove it");
    }
    if (m_token == Token::sign) {
        return m_is_strict
                   ? std::optional(here(is_sign(':') ? "a key is missing before this colon" : "expected a key here"))
                   : std::nullopt;
    }
    if (m_token == Token::word && m_is_strict) {
        return here(fault_of_word());
    }
    m_expected = Expected::colon;
    return std::nullopt;
}

Scanner::Problem Scanner::take_value() {
    if (is_sign('{') || is_sign('[')) {
        m_open.push_back(m_text[m_start]);
        m_expected = in_mapping() ? Expected::key : Expected::value;
        return std::nullopt;
    }
    if (closes()) {
        if (m_open.empty()) {
            return here("expected a value here");
        }
        if (in_mapping() && m_is_strict) {
            return behind("a value is missing after this colon");
        }
        return close();
    }
    if (is_sign(',')) {
        if (in_mapping() && !m_is_strict) {
            m_expected = Expected::key;
            return std::nullopt;
        }
        return in_mapping() ? behind("a value is missing after this colon")
                            : here("there is nothing before this comma; remove it");
    }
    if (is_sign(':')) {
        return here("expected a value here, not a colon");
    }
    const bool is_literal = m_token == Token::text || written() == "true" || written() == "false" ||
                            written() == "null" || is_number(written());
    if (m_is_strict && !is_literal) {
        return here(fault_of_word());
    }
    take_plain(Expected::comma);
    return std::nullopt;
}

Scanner::Problem Scanner::take_comma() {
    if (closes()) {
        return close();
    }
    if (is_sign(',')) {
        m_expected = in_mapping() ? Expected::key : Expected::value;
        return std::nullopt;
    }
    if (auto quotes = blamed_quotes()) {
        return quotes;
    }
    if (is_sign(':')) {
        // A word that went on in the next line was the next key.
        if (in_mapping() && m_continued != std::string_view::npos) {
            return problem(m_continued, m_continued, "a comma is missing here");
        }
        return here(in_mapping() ? "expected a comma or } here" : "expected a comma or ] here");
    }
    if (!m_is_strict && m_token == Token::word && m_last == Token::word) {
        m_continued = m_end;
        return std::nullopt;
    }
    if (m_token == Token::word && m_last == Token::text && m_start == m_end) {
        return problem(m_end - 1, m_end,
                       "the text ends at these quotes; write \\\" for quotes inside of it, or add the missing comma");
    }
    return behind("a comma is missing here");
}

Scanner::Problem Scanner::take() {
    switch (m_expected) {
    case Expected::key:
        return take_key();
    case Expected::colon:
        if (is_sign(':')) {
            m_expected = Expected::value;
            return std::nullopt;
        }
        if (!m_is_strict && (is_sign(',') || closes())) {
            m_expected = Expected::comma;
            return take_comma();
        }
        if (auto quotes = blamed_quotes()) {
            return quotes;
        }
        if (is_sign(',') || closes()) {
            return behind("a colon and a value are missing after this key");
        }
        if (m_token == Token::word && m_text[m_start] == '=') {
            return here("write a colon (:) here instead");
        }
        return behind("a colon is missing here");
    case Expected::value:
        return take_value();
    case Expected::comma:
        return take_comma();
    case Expected::end:
        if (closes()) {
            return here("this closes nothing; remove it");
        }
        return m_is_strict ? std::optional(here("text after the end of the JSON value")) : std::nullopt;
    }
    return std::nullopt;
}

Scanner::Problem Scanner::run() {
    for (;;) {
        if (auto found = skip_blanks()) {
            return found;
        }
        if (m_at >= m_text.size()) {
            return at_end();
        }
        if (auto found = scan()) {
            return found;
        }
        if (!m_is_strict && m_token == Token::word &&
            std::string_view("&!").find(m_text[m_start]) != std::string_view::npos) {
            continue; // an anchor or tag belongs to the value behind it
        }
        if (!m_is_strict && m_expected == Expected::key && m_token == Token::word && m_text[m_start] == '?') {
            return std::nullopt; // a key that may be anything
        }
        const Expected before = m_expected;
        if (auto found = take()) {
            return found;
        }
        if (before == Expected::end || (before == Expected::key && m_expected == Expected::key)) {
            return std::nullopt; // a second value, or a key that is no text: only YAML knows those
        }
        m_comma = is_sign(',') ? m_start : std::string_view::npos;
        m_last = m_token;
        m_last_start = m_start;
        m_end = m_at;
    }
}

} // namespace

std::optional<JsonProblem> json_problem(std::string_view text, JsonForm form) {
    const std::string_view content = util::trimmed(text.substr(text.starts_with(k_byte_order_mark) ? 3 : 0));
    if (form == JsonForm::as_yaml && !content.starts_with('{') && !content.starts_with('[')) {
        return std::nullopt;
    }
    return Scanner(text, form).run();
}

} // namespace oidcgen::document
