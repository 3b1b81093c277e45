#include "lang/python/syntax.hpp"

#include "util/ascii.hpp"
#include "util/text.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <map>
#include <set>
#include <span>

// https://docs.python.org/3/reference/lexical_analysis.html

namespace oidcgen::lang::python {

namespace {

using namespace std::string_view_literals;

enum class Kind : std::uint8_t { name, keyword, number, text, bracket, sign, line };

struct Token {
    Kind kind = Kind::sign;
    std::string_view text; ///< of a text: what is between its quotes
    std::size_t depth = 0; ///< open brackets around it
};

constexpr std::array k_keywords{
    "False"sv, "None"sv,     "True"sv,  "and"sv,    "as"sv,   "assert"sv, "async"sv,  "await"sv,    "break"sv,
    "class"sv, "continue"sv, "def"sv,   "del"sv,    "elif"sv, "else"sv,   "except"sv, "finally"sv,  "for"sv,
    "from"sv,  "global"sv,   "if"sv,    "import"sv, "in"sv,   "is"sv,     "lambda"sv, "nonlocal"sv, "not"sv,
    "or"sv,    "pass"sv,     "raise"sv, "return"sv, "try"sv,  "while"sv,  "with"sv,   "yield"sv,
};
/// Words that begin some lines and are names in others.
constexpr std::array k_soft_keywords{"match"sv, "case"sv, "type"sv};
constexpr std::array k_block_keywords{"if"sv,    "elif"sv, "else"sv,    "for"sv,  "while"sv, "def"sv,
                                      "class"sv, "try"sv,  "finally"sv, "with"sv, "except"sv};

bool is_name_byte(char byte) {
    return util::is_alphanumeric(byte) || byte == '_' || (static_cast<unsigned char>(byte) & 0x80U) != 0;
}

struct Tokens {
    std::vector<Token> all;
    std::optional<std::string_view> fault;
};

class Lexer {
  public:
    explicit Lexer(std::string_view code)
        : m_code(code) {}

    Tokens read() {
        while (m_at < m_code.size() && !m_result.fault) {
            step();
        }
        if (!m_result.fault && !m_open.empty()) {
            m_result.fault = m_open.back() == '('   ? "'(' was never closed"
                             : m_open.back() == '[' ? "'[' was never closed"
                                                    : "'{' was never closed";
        }
        add(Kind::line, {});
        return std::move(m_result);
    }

  private:
    void add(Kind kind, std::string_view text) { m_result.all.push_back({kind, text, m_open.size()}); }

    void step() {
        const char byte = m_code[m_at];
        if (byte == '\n') {
            ++m_at;
            if (m_open.empty()) {
                add(Kind::line, {});
            }
        } else if (byte == '#') {
            m_at = std::min(m_code.find('\n', m_at), m_code.size());
        } else if (byte == '\\' && m_at + 1 < m_code.size() && (m_code[m_at + 1] == '\n' || m_code[m_at + 1] == '\r')) {
            m_at += 2;
        } else if (byte == ' ' || byte == '\t' || byte == '\r' || byte == '\f') {
            ++m_at;
        } else if (byte == '"' || byte == '\'') {
            take_text();
        } else if (util::is_digit(byte)) {
            const auto start = m_at;
            while (m_at < m_code.size() && (is_name_byte(m_code[m_at]) || m_code[m_at] == '.')) {
                ++m_at;
            }
            add(Kind::number, m_code.substr(start, m_at - start));
        } else if (is_name_byte(byte)) {
            take_name();
        } else {
            take_sign(byte);
        }
    }

    void take_name() {
        const auto start = m_at;
        while (m_at < m_code.size() && is_name_byte(m_code[m_at])) {
            ++m_at;
        }
        const auto name = m_code.substr(start, m_at - start);
        const bool is_prefix = name.size() <= 2 && name.find_first_not_of("rRbBuUfF") == std::string_view::npos;
        if (is_prefix && m_at < m_code.size() && (m_code[m_at] == '"' || m_code[m_at] == '\'')) {
            take_text();
            return;
        }
        add(std::ranges::find(k_keywords, name) != k_keywords.end() ? Kind::keyword : Kind::name, name);
    }

    void take_text() {
        const char quote = m_code[m_at];
        const auto rest = m_code.substr(m_at);
        const bool is_long = rest.size() > 2 && rest[1] == quote && rest[2] == quote;
        const std::size_t marks = is_long ? 3 : 1;
        auto at = marks;
        for (; at < rest.size(); ++at) {
            if (rest[at] == '\\') {
                ++at;
            } else if (!is_long && rest[at] == '\n') {
                break;
            } else if (rest[at] == quote && (!is_long || rest.substr(at, 3) == rest.substr(0, 3))) {
                add(Kind::text, rest.substr(marks, at - marks));
                m_at += at + marks;
                return;
            }
        }
        m_result.fault = "a text is not closed with a quote";
        m_at = m_code.size();
    }

    void take_sign(char byte) {
        constexpr std::string_view k_open = "([{";
        constexpr std::string_view k_close = ")]}";
        ++m_at;
        const auto sign = m_code.substr(m_at - 1, 1);
        if (k_open.find(byte) != std::string_view::npos) {
            add(Kind::bracket, sign);
            m_open += byte;
        } else if (const auto number = k_close.find(byte); number != std::string_view::npos) {
            if (m_open.empty() || m_open.back() != k_open[number]) {
                m_result.fault = "a bracket is closed that is not open";
                return;
            }
            m_open.pop_back();
            add(Kind::bracket, sign);
        } else if (byte == '$' || byte == '?' || byte == '`') {
            m_result.fault = "a character that Python does not know";
        } else {
            add(Kind::sign, sign);
        }
    }

    std::string_view m_code;
    std::size_t m_at = 0;
    std::string m_open;
    Tokens m_result;
};

bool is_operand(const Token& token) {
    constexpr std::array k_values{"False"sv, "None"sv, "True"sv};
    return token.kind == Kind::name || token.kind == Kind::number || token.kind == Kind::text ||
           (token.kind == Kind::keyword && std::ranges::find(k_values, token.text) != k_values.end());
}

bool closes(const Token& token) {
    return token.kind == Kind::bracket && (token.text == ")" || token.text == "]" || token.text == "}");
}

/// What is wrong with one logical line.
std::optional<std::string_view> line_fault(std::span<const Token> line) {
    if (line.empty()) {
        return std::nullopt;
    }
    const bool is_soft = std::ranges::find(k_soft_keywords, line.front().text) != k_soft_keywords.end();
    for (std::size_t at = 1; at < line.size(); ++at) {
        const auto& left = line[at - 1];
        const auto& right = line[at];
        const bool are_texts = left.kind == Kind::text && right.kind == Kind::text;
        const bool ends = is_operand(left) || closes(left);
        const bool is_value = is_operand(right) || (right.kind == Kind::bracket && right.text == "{");
        if (ends && is_value && !are_texts && !(is_soft && at == 1)) {
            return "two values follow each other without an operator";
        }
    }
    const auto& first = line.front();
    const bool is_block =
        first.kind == Kind::keyword && std::ranges::find(k_block_keywords, first.text) != k_block_keywords.end();
    const bool has_colon = std::ranges::any_of(
        line, [](const Token& it) { return it.depth == 0 && it.kind == Kind::sign && it.text == ":"; });
    if (is_block && !has_colon) {
        return "a colon is missing";
    }
    constexpr std::string_view k_wait = "+-*/%@&|^=<>.";
    const auto& last = line.back();
    if (last.kind == Kind::sign && k_wait.find(last.text) != std::string_view::npos && last.text != "*") {
        return "a value is missing at the end of a line";
    }
    return std::nullopt;
}

template <class Function>
void for_each_line(const std::vector<Token>& tokens, Function function) {
    std::size_t start = 0;
    for (std::size_t at = 0; at < tokens.size(); ++at) {
        if (tokens[at].kind == Kind::line) {
            function(std::span(tokens).subspan(start, at - start));
            start = at + 1;
        }
    }
}

/// `a.b.get(name)` without anything behind it, and without a value to take otherwise.
bool is_lookup(std::span<const Token> value) {
    constexpr std::size_t k_least = 5; // tokens
    if (value.size() < k_least || value.back().text != ")") {
        return false;
    }
    const auto depth = value.front().depth;
    std::size_t open = value.size() - 1; // the bracket that the last one closes
    do {
        --open;
        if (value[open].depth == depth + 1 && value[open].text == ",") {
            return false;
        }
    } while (open > 0 && value[open].depth != depth);
    const bool is_get =
        open >= 3 && value[open].text == "(" && value[open - 1].text == "get" && value[open - 2].text == ".";
    // What is in front of it is one operand.
    return is_get && std::ranges::all_of(value.first(open), [&](const Token& it) {
               return it.depth > depth || it.kind == Kind::name || it.kind == Kind::bracket || it.text == ".";
           });
}

/// What the code says of its variables.
struct Variables {
    std::map<std::string_view, std::size_t> mentions;
    /// Those that are such a lookup, and of which nothing is asked before they are used, once.
    std::set<std::string_view> lookups;
};

Variables variables(const std::vector<Token>& tokens) {
    Variables result;
    for (const auto& token : tokens) {
        result.mentions[token.text] += token.kind == Kind::name ? 1 : 0;
    }
    for_each_line(tokens, [&](std::span<const Token> line) {
        const bool is_assignment = line.size() > 2 && line[0].kind == Kind::name && line[1].text == "=";
        if (is_assignment && result.mentions[line[0].text] == 2 && is_lookup(line.subspan(2))) {
            result.lookups.insert(line[0].text);
        }
    });
    return result;
}

ReturnedItem item_of(std::string_view name, std::span<const Token> value, const Variables& variables) {
    ReturnedItem result{std::string(name), Outcome::computed, {}};
    result.may_be_none = is_lookup(value) || (value.size() == 1 && variables.lookups.contains(value.front().text));
    const bool is_negative = value.size() == 2 && value.front().text == "-" && value.back().kind == Kind::number;
    if (value.size() == 1 || is_negative) {
        const auto& token = value.back();
        result.value = std::string(is_negative ? "-" : "") + std::string(token.text);
        if (token.kind == Kind::number) {
            result.outcome = Outcome::number;
        } else if (token.kind == Kind::text) {
            result.outcome = token.text.find('\\') == std::string_view::npos ? Outcome::text : Outcome::computed;
        } else if (token.text == "None") {
            result.outcome = Outcome::none;
        } else if (token.text == "True" || token.text == "False") {
            result.outcome = Outcome::boolean;
        } else if (token.kind == Kind::name && variables.mentions.find(token.text)->second == 1) {
            result.outcome = Outcome::name;
        }
    } else if (!value.empty() && value.front().text == "[" && value.back().text == "]" &&
               value.front().kind == Kind::bracket) {
        result.outcome = Outcome::list;
    }
    return result;
}

/// The items of the dictionary that begins with the token. Returns where it ends; nothing when a name is computed.
std::optional<std::size_t> add_dictionary(std::span<const Token> line, std::size_t open, const Variables& variables,
                                          Returned& result) {
    const auto depth = line[open].depth + 1;
    std::size_t at = open + 1;
    while (at < line.size() && !(line[at].depth == depth - 1 && line[at].text == "}")) {
        if (line[at].kind != Kind::text || at + 1 >= line.size() || line[at + 1].text != ":") {
            return std::nullopt;
        }
        const auto name = line[at].text;
        const auto start = at + 2;
        at = start;
        while (at < line.size() && !(line[at].depth == depth && line[at].text == ",") &&
               !(line[at].depth == depth - 1 && line[at].text == "}")) {
            ++at;
        }
        result.items.push_back(item_of(name, line.subspan(start, at - start), variables));
        at += at < line.size() && line[at].text == "," ? 1 : 0;
    }
    return at;
}

} // namespace

std::optional<std::string_view> syntax_fault(std::string_view code) {
    const auto tokens = Lexer(code).read();
    auto fault = tokens.fault;
    for_each_line(tokens.all, [&](std::span<const Token> line) {
        if (!fault) {
            fault = line_fault(line);
        }
    });
    return fault;
}

Returned returned_by(std::string_view code) {
    Returned result;
    result.is_known = true;
    const auto tokens = Lexer(code).read();
    const auto known = variables(tokens.all);
    std::size_t returns = 0;
    bool is_in_function = false;
    for_each_line(tokens.all, [&](std::span<const Token> line) {
        is_in_function =
            is_in_function || (!line.empty() && (line.front().text == "def" || line.front().text == "class"));
        for (std::size_t at = 0; at < line.size(); ++at) {
            if (line[at].kind != Kind::keyword || line[at].text != "return") {
                continue;
            }
            ++returns;
            const auto value = line.subspan(at + 1);
            const bool is_one = value.size() == 1;
            if (value.empty() || (is_one && (value.front().kind == Kind::text || value.front().kind == Kind::number ||
                                             value.front().kind == Kind::keyword))) {
                continue; // no dictionary
            }
            result.is_dictionary = true;
            std::set<std::size_t> choices; // depths at which one of several values is chosen
            for (const auto& token : value) {
                if (token.kind == Kind::keyword && token.text == "if") {
                    choices.insert(token.depth);
                }
            }
            bool has_any = false;
            for (std::size_t token = 0; token < value.size(); ++token) {
                const bool is_open = value[token].kind == Kind::bracket && value[token].text == "{";
                if (!is_open) {
                    result.is_known = result.is_known && (token == 0 ? value[token].text == "(" : true);
                    continue;
                }
                has_any = true;
                const auto before = result.items.size();
                const auto end = add_dictionary(value, token, known, result);
                for (auto& item : std::span(result.items).subspan(before)) {
                    item.is_conditional = choices.contains(value[token].depth);
                }
                if (!end) {
                    result.is_known = false;
                    break;
                }
                token = *end;
            }
            result.is_known = result.is_known && has_any;
        }
    });
    result.is_known = result.is_known && !tokens.fault && !is_in_function;
    if (returns > 1) {
        for (auto& item : result.items) {
            item.outcome = Outcome::computed; // by another way it may be another one
            item.is_conditional = true;
        }
    }
    return result;
}

} // namespace oidcgen::lang::python
