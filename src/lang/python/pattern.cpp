#include "lang/python/pattern.hpp"

#include "util/ascii.hpp"

#include <algorithm>
#include <bitset>
#include <cstddef>
#include <string>
#include <utility>
#include <vector>

// Python's re: https://docs.python.org/3/library/re.html#regular-expression-syntax

namespace oidcgen::lang::python {

namespace {

using Bytes = std::bitset<256>;

enum class Op : std::uint8_t { bytes, split, jump, begin, end, match };

struct Instruction {
    Op op = Op::match;
    Bytes bytes{};
    std::size_t first = 0;  ///< split and jump: where it goes on
    std::size_t second = 0; ///< split
};

using Program = std::vector<Instruction>;

std::size_t index_of(char byte) { return static_cast<unsigned char>(byte); }

Bytes range(char first, char last) {
    Bytes result;
    for (auto at = index_of(first); at <= index_of(last); ++at) {
        result.set(at);
    }
    return result;
}

Bytes one(char byte) { return range(byte, byte); }

/// The byte of a set that has one.
std::size_t only_of(const Bytes& bytes) {
    std::size_t at = 0;
    while (!bytes.test(at)) {
        ++at;
    }
    return at;
}

Bytes digits() { return range('0', '9'); }
/// What is not ASCII is a letter more often than not.
Bytes word_bytes() {
    auto result = digits() | range('a', 'z') | range('A', 'Z') | one('_');
    for (std::size_t at = 0x80; at < 256; ++at) {
        result.set(at);
    }
    return result;
}
Bytes blanks() { return one(' ') | range('\t', '\r'); }

class Compiler {
  public:
    explicit Compiler(std::string_view pattern)
        : m_pattern(pattern) {}

    PatternFault compile() {
        alternatives(0);
        if (m_fault == PatternFault::none && m_at < m_pattern.size()) {
            fail(PatternFault::invalid); // a bracket that was not opened
        }
        m_program.push_back({});
        return m_fault;
    }

    [[nodiscard]] const Program& program() const { return m_program; }

  private:
    static constexpr std::size_t k_deepest = 100;
    static constexpr std::size_t k_longest = 20'000; ///< instructions

    void fail(PatternFault fault) {
        if (m_fault == PatternFault::none) {
            m_fault = fault;
        }
    }
    [[nodiscard]] bool failed() const { return m_fault != PatternFault::none; }
    [[nodiscard]] bool done() const { return m_at >= m_pattern.size(); }
    [[nodiscard]] char next() const { return done() ? '\0' : m_pattern[m_at]; }
    bool take(char byte) {
        const bool is_there = !done() && m_pattern[m_at] == byte;
        m_at += is_there ? 1 : 0;
        return is_there;
    }
    void put(Instruction instruction) {
        if (m_program.size() >= k_longest) {
            fail(PatternFault::unjudged);
            return;
        }
        m_program.push_back(instruction);
    }
    void put_bytes(const Bytes& bytes) { put({Op::bytes, bytes, 0, 0}); }
    /// A copy of instructions, moved to the end.
    void repeat(const Program& part, std::size_t from) {
        const auto moved = m_program.size();
        for (auto instruction : part) {
            instruction.first = instruction.first - from + moved;
            instruction.second = instruction.second - from + moved;
            put(instruction);
        }
    }

    void alternatives(std::size_t depth) {
        if (depth > k_deepest) {
            fail(PatternFault::unjudged);
            return;
        }
        const auto start = m_program.size();
        sequence(depth);
        while (!failed() && take('|')) {
            // split(first, second), first …, jump(end), second …
            Program first(m_program.begin() + static_cast<std::ptrdiff_t>(start), m_program.end());
            m_program.resize(start);
            put({Op::split, {}, 0, 0});
            repeat(first, start);
            const auto jump = m_program.size();
            put({Op::jump, {}, 0, 0});
            if (failed()) {
                return;
            }
            m_program[start].first = start + 1;
            m_program[start].second = m_program.size();
            sequence(depth);
            m_program[jump].first = m_program.size();
        }
    }

    void sequence(std::size_t depth) {
        while (!failed() && !done() && next() != '|' && next() != ')') {
            const auto start = m_program.size();
            const bool can_repeat = atom(depth);
            quantifier(start, can_repeat);
        }
    }

    /// False for what cannot be repeated.
    bool atom(std::size_t depth) {
        const char byte = m_pattern[m_at++];
        switch (byte) {
        case '(':
            group(depth);
            return true;
        case '[':
            set();
            return true;
        case '.':
            put_bytes(~one('\n'));
            return true;
        case '^':
            put({Op::begin, {}, 0, 0});
            return true;
        case '$':
            put({Op::end, {}, 0, 0});
            return true;
        case '\\':
            if (const auto bytes = escape(false)) {
                put_bytes(*bytes);
            }
            return true;
        case '*':
        case '+':
        case '?':
            fail(PatternFault::invalid); // nothing to repeat
            return false;
        case '{':
            if (is_quantifier(m_at)) {
                fail(PatternFault::invalid);
            }
            break;
        default:
            break;
        }
        put_bytes(one(byte));
        return true;
    }

    void group(std::size_t depth) {
        if (take('?')) {
            if (take('P')) {
                if (!take('<')) {
                    fail(PatternFault::unjudged);
                    return;
                }
                const auto end = m_pattern.find('>', m_at);
                if (end == std::string_view::npos || end == m_at) {
                    fail(PatternFault::invalid);
                    return;
                }
                m_at = end + 1;
            } else if (!take(':')) {
                fail(PatternFault::unjudged);
                return;
            }
        }
        alternatives(depth + 1);
        if (!failed() && !take(')')) {
            fail(PatternFault::invalid);
        }
    }

    /// What an escape stands for; nothing when it fails.
    std::optional<Bytes> escape(bool is_in_set) {
        if (done()) {
            fail(PatternFault::invalid);
            return std::nullopt;
        }
        const char byte = m_pattern[m_at++];
        switch (byte) {
        case 'd':
            return digits();
        case 'D':
            return ~digits();
        case 'w':
            return word_bytes();
        case 'W':
            return ~word_bytes();
        case 's':
            return blanks();
        case 'S':
            return ~blanks();
        case 'n':
            return one('\n');
        case 't':
            return one('\t');
        case 'r':
            return one('\r');
        case 'f':
            return one('\f');
        case 'v':
            return one('\v');
        case 'a':
            return one('\a');
        case 'A':
            if (!is_in_set) {
                put({Op::begin, {}, 0, 0});
                return std::nullopt;
            }
            break;
        case 'Z':
            if (!is_in_set) {
                put({Op::end, {}, 0, 0});
                return std::nullopt;
            }
            break;
        case 'b':
        case 'B':
        case 'x':
        case 'u':
        case 'U':
        case 'N':
            fail(PatternFault::unjudged);
            return std::nullopt;
        default:
            break;
        }
        if (util::is_digit(byte)) {
            fail(PatternFault::unjudged); // a reference
            return std::nullopt;
        }
        if (util::is_letter(byte)) {
            fail(PatternFault::invalid); // bad escape
            return std::nullopt;
        }
        return one(byte);
    }

    void set() {
        Bytes result;
        const bool is_negated = take('^');
        bool is_first = true;
        while (is_first || next() != ']') {
            if (done()) {
                fail(PatternFault::invalid);
                return;
            }
            is_first = false;
            const char low = m_pattern[m_at++];
            const auto left = low == '\\' ? escape(true) : std::optional(one(low));
            if (!left) {
                return;
            }
            const bool is_range = next() == '-' && m_at + 1 < m_pattern.size() && m_pattern[m_at + 1] != ']';
            if (!is_range) {
                result |= *left;
                continue;
            }
            ++m_at;
            const char high = m_pattern[m_at++];
            const auto right = high == '\\' ? escape(true) : std::optional(one(high));
            if (!right) {
                return;
            }
            if (left->count() != 1 || right->count() != 1) {
                fail(PatternFault::invalid);
                return;
            }
            const auto first = only_of(*left);
            const auto last = only_of(*right);
            if (first > last) {
                fail(PatternFault::invalid);
                return;
            }
            for (auto at = first; at <= last; ++at) {
                result.set(at);
            }
        }
        ++m_at;
        put_bytes(is_negated ? ~result : result);
    }

    struct Times {
        std::size_t least = 0;
        std::optional<std::size_t> most; ///< nothing: any number
    };

    /// `{m}`, `{m,}`, `{,n}` or `{m,n}` behind the bracket.
    [[nodiscard]] bool is_quantifier(std::size_t at) const {
        const auto end = m_pattern.find('}', at);
        if (end == std::string_view::npos || end == at) {
            return false;
        }
        const auto inner = m_pattern.substr(at, end - at);
        return inner != "," && std::ranges::count(inner, ',') <= 1 &&
               std::ranges::all_of(inner, [](char byte) { return util::is_digit(byte) || byte == ','; });
    }

    std::size_t number() {
        std::size_t result = 0;
        while (util::is_digit(next())) {
            result = std::min<std::size_t>(result * 10 + static_cast<std::size_t>(next() - '0'), k_longest + 1);
            ++m_at;
        }
        return result;
    }

    std::optional<Times> times() {
        if (take('*')) {
            return Times{0, std::nullopt};
        }
        if (take('+')) {
            return Times{1, std::nullopt};
        }
        if (take('?')) {
            return Times{0, 1};
        }
        if (next() != '{' || !is_quantifier(m_at + 1)) {
            return std::nullopt;
        }
        ++m_at;
        Times result;
        result.least = number();
        if (take(',')) {
            if (util::is_digit(next())) {
                result.most = number();
            }
        } else {
            result.most = result.least;
        }
        ++m_at; // the bracket
        if (result.most && *result.most < result.least) {
            fail(PatternFault::invalid);
        }
        return result;
    }

    void quantifier(std::size_t start, bool can_repeat) {
        const auto count = failed() || !can_repeat ? std::nullopt : times();
        if (!count || failed()) {
            return;
        }
        if (take('+')) {
            fail(PatternFault::unjudged); // possessive
            return;
        }
        take('?'); // lazy, which makes no difference to a whole match
        if (times() || failed()) {
            fail(PatternFault::invalid); // multiple repeat
            return;
        }
        const Program part(m_program.begin() + static_cast<std::ptrdiff_t>(start), m_program.end());
        m_program.resize(start);
        for (std::size_t number = 0; number < count->least && !failed(); ++number) {
            repeat(part, start);
        }
        if (!count->most) {
            const auto split = m_program.size();
            put({Op::split, {}, split + 1, 0});
            repeat(part, start);
            put({Op::jump, {}, split, 0});
            if (!failed()) {
                m_program[split].second = m_program.size();
            }
            return;
        }
        for (auto number = count->least; number < *count->most && !failed(); ++number) {
            const auto split = m_program.size();
            put({Op::split, {}, split + 1, 0});
            repeat(part, start);
            if (!failed()) {
                m_program[split].second = m_program.size();
            }
        }
    }

    std::string_view m_pattern;
    std::size_t m_at = 0;
    Program m_program;
    PatternFault m_fault = PatternFault::none;
};

/// The instructions that may come next.
class Threads {
  public:
    explicit Threads(const Program& program)
        : m_program(&program)
        , m_seen(program.size()) {}

    void clear() {
        m_list.clear();
        m_seen.assign(m_seen.size(), false);
    }
    void add(std::size_t at, bool is_begin, bool is_end) {
        std::vector<std::size_t> waiting{at};
        while (!waiting.empty()) {
            const auto now = waiting.back();
            waiting.pop_back();
            if (m_seen[now]) {
                continue;
            }
            m_seen[now] = true;
            const auto& instruction = (*m_program)[now];
            switch (instruction.op) {
            case Op::split:
                waiting.push_back(instruction.second);
                waiting.push_back(instruction.first);
                break;
            case Op::jump:
                waiting.push_back(instruction.first);
                break;
            case Op::begin:
            case Op::end:
                if (instruction.op == Op::begin ? is_begin : is_end) {
                    waiting.push_back(now + 1);
                }
                break;
            case Op::bytes:
            case Op::match:
                m_list.push_back(now);
                break;
            }
        }
    }
    [[nodiscard]] const std::vector<std::size_t>& list() const { return m_list; }

  private:
    const Program* m_program;
    std::vector<bool> m_seen;
    std::vector<std::size_t> m_list;
};

} // namespace

PatternFault check_pattern(std::string_view pattern) { return Compiler(pattern).compile(); }

std::optional<bool> full_match(std::string_view pattern, std::string_view text) {
    Compiler compiler(pattern);
    if (compiler.compile() != PatternFault::none) {
        return std::nullopt;
    }
    const auto& program = compiler.program();
    Threads now(program);
    Threads next(program);
    now.add(0, true, text.empty());
    for (std::size_t at = 0; at < text.size(); ++at) {
        next.clear();
        for (const auto thread : now.list()) {
            const auto& instruction = program[thread];
            if (instruction.op == Op::bytes && instruction.bytes.test(index_of(text[at]))) {
                next.add(thread + 1, false, at + 1 == text.size());
            }
        }
        std::swap(now, next);
    }
    return std::ranges::any_of(now.list(), [&](std::size_t thread) { return program[thread].op == Op::match; });
}

} // namespace oidcgen::lang::python
