#include "lang/cel/syntax.hpp"
#include "lang/cel/tokens.hpp"
#include "util/text.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <limits>
#include <span>
#include <string>
#include <system_error>
#include <utility>

#include <fmt/format.h>

namespace oidcgen::lang::cel {

namespace {

using namespace std::string_view_literals;

/// Expressions that go beyond are not judged: what a person writes is far shorter.
constexpr std::size_t k_most_tokens = 2000;
constexpr int k_most_depth = 60;

/// Words that name neither a variable nor a function.
constexpr std::array k_reserved{"as"sv,   "break"sv,  "const"sv, "continue"sv, "else"sv,     "for"sv,
                                "if"sv,   "import"sv, "let"sv,   "loop"sv,     "function"sv, "package"sv,
                                "void"sv, "return"sv, "var"sv,   "while"sv,    "namespace"sv};

constexpr std::array k_relations{"<"sv, "<="sv, ">="sv, ">"sv, "=="sv, "!="sv, "in"sv};
constexpr std::array k_sums{"+"sv, "-"sv};
constexpr std::array k_products{"*"sv, "/"sv, "%"sv};
constexpr std::array k_conjunction{"&&"sv};
constexpr std::array k_disjunction{"||"sv};

using Operators = std::span<const std::string_view>;
/// Operators with two operands, the loosest first.
constexpr std::array<Operators, 5> k_levels{Operators(k_disjunction), Operators(k_conjunction), Operators(k_relations),
                                            Operators(k_sums), Operators(k_products)};

/// One function for each rule of the grammar (https://github.com/google/cel-go/blob/master/parser/gen/CEL.g4).
class Parser {
  public:
    explicit Parser(const std::vector<Token>& tokens)
        : m_tokens(tokens) {}

    [[nodiscard]] Parsed run();

  private:
    [[nodiscard]] const Token& token(std::size_t ahead = 0) const {
        return m_tokens[std::min(m_at + ahead, m_tokens.size() - 1)];
    }
    [[nodiscard]] bool sees(std::string_view mark, std::size_t ahead = 0) const {
        return token(ahead).kind == TokenKind::mark && token(ahead).text == mark;
    }
    bool accept(std::string_view mark);
    void expect(std::string_view mark);
    std::string_view expect_name();
    void fail_here();
    void fail(std::size_t at, util::Words message);
    void give_up();

    Node expression();
    Node level(std::size_t which);
    Node unary();
    Node member();
    void select(Node& operand);
    void index(Node& operand);
    Node primary();
    Node named();
    Node number();
    Node list();
    Node map();
    void message(Node& node);
    void arguments(Node& call);

    const std::vector<Token>& m_tokens;
    std::size_t m_at = 0;
    int m_depth = 0;
    Parsed m_parsed;
};

Parsed Parser::run() {
    m_parsed.root = expression();
    if (token().kind != TokenKind::end) {
        fail_here();
    }
    return std::move(m_parsed);
}

bool Parser::accept(std::string_view mark) {
    if (!sees(mark)) {
        return false;
    }
    ++m_at;
    return true;
}

void Parser::expect(std::string_view mark) {
    if (!accept(mark)) {
        fail(token().at, token().kind == TokenKind::end
                             ? util::words("the expression ends without {}", mark)
                             : util::words("found {} instead of {}", util::outside(token().text), mark));
    }
}

std::string_view Parser::expect_name() {
    if (token().kind != TokenKind::name) {
        fail_here();
        return {};
    }
    return m_tokens[m_at++].text;
}

void Parser::fail_here() {
    if (token().kind != TokenKind::end) {
        fail(token().at, util::words("{} is not allowed there", util::outside(token().text)));
    } else {
        fail(token().at, m_tokens.size() == 1 ? "it is empty" : "something is missing at its end");
    }
}

void Parser::fail(std::size_t at, util::Words message) {
    if (!m_parsed.fault && m_parsed.is_understood) {
        m_parsed.fault = Fault{.at = at, .message = std::move(message)};
    }
    m_at = m_tokens.size() - 1; // nothing that follows says more
}

void Parser::give_up() {
    if (!m_parsed.fault) {
        m_parsed.is_understood = false;
    }
    m_at = m_tokens.size() - 1;
}

Node operation(std::string_view text, std::size_t at, std::vector<Node> parts) {
    Node result{.form = Form::operation, .at = at, .text = text};
    result.parts = std::move(parts);
    return result;
}

Node Parser::expression() {
    if (++m_depth > k_most_depth) {
        give_up();
    }
    auto result = level(0);
    if (const auto at = token().at; accept("?")) {
        auto then = level(0);
        expect(":");
        auto otherwise = expression();
        std::vector<Node> parts;
        parts.push_back(std::move(result));
        parts.push_back(std::move(then));
        parts.push_back(std::move(otherwise));
        result = operation("?:", at, std::move(parts));
    }
    --m_depth;
    return result;
}

Node Parser::level(std::size_t which) {
    if (which == k_levels.size()) {
        return unary();
    }
    auto result = level(which + 1);
    const auto& operators = k_levels[which];
    while (token().kind == TokenKind::mark && std::ranges::find(operators, token().text) != operators.end()) {
        const auto& sign = token();
        ++m_at;
        std::vector<Node> parts;
        parts.push_back(std::move(result));
        parts.push_back(level(which + 1));
        result = operation(sign.text, sign.at, std::move(parts));
    }
    return result;
}

/// Exclamation marks or minus signs, but not both. Two of them cancel each other out.
Node Parser::unary() {
    if (!sees("!") && !sees("-")) {
        return member();
    }
    const auto& sign = token();
    bool is_odd = false;
    while (accept(sign.text)) {
        is_odd = !is_odd;
    }
    auto operand = member();
    if (!is_odd) {
        return operand;
    }
    std::vector<Node> parts;
    parts.push_back(std::move(operand));
    return operation(sign.text == "-" ? "negative" : "!", sign.at, std::move(parts));
}

Node Parser::member() {
    const bool begins_path = token().kind == TokenKind::name || sees(".");
    auto result = primary();
    const auto root = result.text;
    const auto at = result.at;
    bool is_path = begins_path && result.form == Form::name;
    while (m_parsed.is_understood && !m_parsed.fault) {
        if (sees(".")) {
            select(result);
        } else if (sees("[")) {
            index(result);
        } else if (is_path && sees("{")) {
            message(result);
            result.text = root;
            return result; // in the name of a type every word can stand
        } else {
            break;
        }
        is_path = is_path && result.form == Form::select && !result.has_optional;
    }
    if (begins_path && std::ranges::find(k_reserved, root) != k_reserved.end()) {
        fail(at, util::words("{} is a reserved word", util::outside(root)));
    }
    return result;
}

void Parser::select(Node& operand) {
    ++m_at;
    Node result{.form = Form::select, .at = token().at};
    result.has_optional = accept("?");
    result.text = expect_name();
    result.parts.push_back(std::move(operand));
    if (!result.has_optional && accept("(")) {
        result.form = Form::member_call;
        arguments(result);
    }
    operand = std::move(result);
}

void Parser::index(Node& operand) {
    const auto at = token().at;
    ++m_at;
    const bool has_optional = accept("?");
    std::vector<Node> parts;
    parts.push_back(std::move(operand));
    parts.push_back(expression());
    expect("]");
    operand = operation("[]", at, std::move(parts));
    operand.has_optional = has_optional;
}

Node Parser::primary() {
    const auto& first = token();
    switch (first.kind) {
    case TokenKind::name:
        return named();
    case TokenKind::integer:
    case TokenKind::unsigned_integer:
    case TokenKind::floating:
        return number();
    case TokenKind::text:
    case TokenKind::bytes:
        ++m_at;
        return {.at = first.at, .type = {first.kind == TokenKind::text ? Kind::text : Kind::bytes}};
    case TokenKind::mark:
    case TokenKind::end:
        break;
    }
    if (sees(".")) {
        ++m_at;
        return named();
    }
    if (sees("[")) {
        return list();
    }
    if (sees("{")) {
        return map();
    }
    if (sees("-") && token(1).kind != TokenKind::unsigned_integer) {
        ++m_at;
        return number();
    }
    if (accept("(")) {
        auto result = expression();
        expect(")");
        return result;
    }
    if (accept("null")) {
        return {.at = first.at, .type = {Kind::null}};
    }
    if (accept("true") || accept("false")) {
        return {.at = first.at, .type = {Kind::boolean}};
    }
    fail_here();
    return {};
}

Node Parser::named() {
    Node result{.form = Form::name, .at = token().at};
    result.text = expect_name();
    if (!result.text.empty() && accept("(")) {
        result.form = Form::call;
        arguments(result);
    }
    return result;
}

Node Parser::number() {
    const auto& it = token();
    Node result{.at = it.at};
    auto digits = it.text;
    const bool is_negative = m_at > 0 && m_tokens[m_at - 1].text == "-";
    switch (it.kind) {
    case TokenKind::floating:
        result.type = {Kind::floating};
        break;
    case TokenKind::integer:
    case TokenKind::unsigned_integer: {
        const bool is_unsigned = it.kind == TokenKind::unsigned_integer;
        result.type = {is_unsigned ? Kind::unsigned_integer : Kind::integer};
        digits.remove_suffix(is_unsigned ? 1 : 0);
        const bool is_hex = digits.starts_with("0x");
        digits.remove_prefix(is_hex ? 2 : 0);
        std::uint64_t value = 0;
        const auto error = std::from_chars(digits.data(), digits.data() + digits.size(), value, is_hex ? 16 : 10).ec;
        const auto most = std::uint64_t{std::numeric_limits<std::int64_t>::max()} + (is_negative ? 1U : 0U);
        if (error != std::errc() || (!is_unsigned && value > most)) {
            fail(it.at, util::words("the number {} is too large", it.text));
            return result;
        }
        break;
    }
    default:
        fail_here();
        return result;
    }
    ++m_at;
    return result;
}

Node Parser::list() {
    Node result{.form = Form::list, .at = token().at};
    ++m_at;
    if (!sees("]") && !sees(",")) {
        do {
            result.has_optional = accept("?") || result.has_optional;
            result.parts.push_back(expression());
        } while (sees(",") && !sees("]", 1) && accept(","));
    }
    accept(",");
    expect("]");
    return result;
}

Node Parser::map() {
    Node result{.form = Form::map, .at = token().at};
    ++m_at;
    if (!sees("}") && !sees(",")) {
        do {
            result.has_optional = accept("?") || result.has_optional;
            result.parts.push_back(expression());
            expect(":");
            result.parts.push_back(expression());
        } while (sees(",") && !sees("}", 1) && accept(","));
    }
    accept(",");
    expect("}");
    return result;
}

void Parser::message(Node& node) {
    Node result{.form = Form::message, .at = node.at};
    ++m_at;
    if (!sees("}") && !sees(",")) {
        do {
            accept("?");
            expect_name();
            expect(":");
            result.parts.push_back(expression());
        } while (sees(",") && !sees("}", 1) && accept(","));
    }
    accept(",");
    expect("}");
    node = std::move(result);
}

/// The arguments between the parentheses of a call.
void Parser::arguments(Node& call) {
    if (accept(")")) {
        return;
    }
    do {
        call.parts.push_back(expression());
    } while (accept(","));
    expect(")");
}

} // namespace

Parsed parse(std::string_view expression) {
    auto tokens = tokens_of(expression);
    Parsed result;
    if (tokens.fault) {
        result.fault = std::move(tokens.fault);
    } else if (!tokens.is_understood || tokens.all.size() > k_most_tokens) {
        result.is_understood = false;
    } else {
        result = Parser(tokens.all).run();
    }
    return result;
}

} // namespace oidcgen::lang::cel
