#include "document/builder.hpp"
#include "document/json_problem.hpp"
#include "document/utf8.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <charconv>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <optional>
#include <string>

namespace oidcgen::document {

namespace {

constexpr std::string_view k_byte_order_mark = "\xEF\xBB\xBF";

/// The code unit of `\uXXXX` at the front of a text; nothing without such an escape.
std::optional<std::uint32_t> escaped_unit(std::string_view text) {
    std::uint32_t unit = 0;
    if (text.size() < 6 || !text.starts_with("\\u") ||
        std::from_chars(text.data() + 2, text.data() + 6, unit, 16).ptr != text.data() + 6) {
        return std::nullopt;
    }
    return unit;
}

bool is_high(std::uint32_t unit) { return unit >= 0xD800 && unit < 0xDC00; }
bool is_low(std::uint32_t unit) { return unit >= 0xDC00 && unit < 0xE000; }

/// The text between the quotes of a string that was found to be valid, surrogates without a partner kept.
std::string unescaped(std::string_view written) {
    constexpr std::string_view k_letters = "bfnrt";
    constexpr std::string_view k_meanings = "\b\f\n\r\t";
    std::string result;
    while (!written.empty()) {
        if (const auto unit = escaped_unit(written)) {
            const auto next = escaped_unit(written.substr(6));
            const bool is_pair = is_high(*unit) && next && is_low(*next);
            append_code_point(result, is_pair ? 0x10000 + ((*unit - 0xD800) << 10U) + (*next - 0xDC00) : *unit);
            written.remove_prefix(is_pair ? 12 : 6);
            continue;
        }
        const bool is_escape = written.front() == '\\' && written.size() > 1;
        const char byte = written[is_escape ? 1 : 0];
        const std::size_t letter = is_escape ? k_letters.find(byte) : std::string_view::npos;
        result += letter == std::string_view::npos ? byte : k_meanings[letter];
        written.remove_prefix(is_escape ? 2 : 1);
    }
    return result;
}

/// Takes what nlohmann's parser meets. The parser does not say where it is, so the same tokens are found again in the
/// text, from where the last one ended: that costs one look at each byte.
class Receiver {
  public:
    using Json = nlohmann::json;

    enum class Text { as_written, tamed };

    Receiver(Builder& builder, Text text)
        : m_builder(builder)
        , m_is_tamed(text == Text::tamed)
        , m_source(builder.text())
        , m_at(m_source.starts_with(k_byte_order_mark) ? k_byte_order_mark.size() : 0) {}

    [[nodiscard]] std::size_t error_position() const { return m_error_position; }

    bool null() { return take_plain(); }
    bool boolean(bool) { return take_plain(); }
    bool number_integer(Json::number_integer_t) { return take_plain(); }
    bool number_unsigned(Json::number_unsigned_t) { return take_plain(); }
    bool number_float(Json::number_float_t, const Json::string_t&) { return take_plain(); }
    bool string(Json::string_t& value) { return take_string(value); }
    bool key(Json::string_t& value) { return take_string(value); }
    bool binary(Json::binary_t&) { return false; }
    bool start_object(std::size_t) { return open(NodeKind::mapping); }
    bool start_array(std::size_t) { return open(NodeKind::sequence); }
    bool end_object() { return close(); }
    bool end_array() { return close(); }

    bool parse_error(std::size_t position, const std::string&, const nlohmann::detail::exception& error) {
        m_error_position = position;
        // A number that fits no double, or half of a surrogate pair: JSON.parse takes both.
        m_is_too_strict = error.id == 406 || std::string_view(error.what()).find("surrogate") != std::string_view::npos;
        return false;
    }
    /// True when the parser stopped at something that JSON.parse takes.
    [[nodiscard]] bool is_too_strict() const { return m_is_too_strict; }

  private:
    std::uint32_t next_token() {
        m_at = std::min(m_source.find_first_not_of(" \t\r\n,:", m_at), m_source.size());
        return static_cast<std::uint32_t>(m_at);
    }
    Span token_to(std::uint32_t start, std::size_t end) {
        m_at = end;
        return {start, static_cast<std::uint32_t>(end)};
    }

    bool take_plain() {
        const std::uint32_t start = next_token();
        const Span span = token_to(start, std::min(m_source.find_first_of(" \t\r\n,]}", start), m_source.size()));
        m_builder.scalar(Style::plain, span, m_source.substr(span.start, span.end - span.start));
        return !m_builder.stopped();
    }
    bool take_string(std::string_view value) {
        const std::uint32_t start = next_token();
        std::size_t end = start + 1;
        while (end < m_source.size() && m_source[end] != '"') {
            end += m_source[end] == '\\' ? 2 : 1;
        }
        const Span span = token_to(start, std::min(end + 1, m_source.size()));
        const std::string_view written = m_source.substr(span.start + 1, value.size());
        const bool is_as_written = span.end - span.start == value.size() + 2 && written == value;
        if (m_is_tamed && !is_as_written) {
            const std::string_view between = m_source.substr(span.start + 1, span.end - span.start - 2);
            m_builder.scalar(Style::double_quoted, span, m_builder.kept(unescaped(between)));
            return !m_builder.stopped();
        }
        m_builder.scalar(Style::double_quoted, span, is_as_written ? written : m_builder.kept(value));
        return !m_builder.stopped();
    }
    bool open(NodeKind kind) {
        const std::uint32_t start = next_token();
        m_builder.open(kind, Style::flow, token_to(start, start + 1));
        return !m_builder.stopped();
    }
    bool close() {
        const std::uint32_t start = next_token();
        m_builder.close(token_to(start, start + 1).end);
        return !m_builder.stopped();
    }

    Builder& m_builder;
    bool m_is_tamed;
    std::string_view m_source;
    std::size_t m_at;
    std::size_t m_error_position = 0;
    bool m_is_too_strict = false;
};

/// The text with zeros for the digits of all exponents and of all surrogates without a partner, as long as before.
/// nlohmann refuses numbers beyond a double, which JSON.parse reads as infinity, and those surrogates; what the values
/// are is taken from the text itself.
std::string tamed(std::string_view text) {
    const auto is_digit = [&](std::size_t at) { return at < text.size() && text[at] >= '0' && text[at] <= '9'; };
    std::string result(text);
    const auto tame_escape = [&](std::size_t at) -> std::size_t {
        const auto unit = escaped_unit(text.substr(at));
        if (!unit) {
            return 1;
        }
        const auto next = escaped_unit(text.substr(at + 6));
        if (is_high(*unit) && next && is_low(*next)) {
            return 11;
        }
        if (is_high(*unit) || is_low(*unit)) {
            result.replace(at + 2, 4, "0000");
        }
        return 5;
    };
    for (std::size_t at = 0; at < text.size(); ++at) {
        if (text[at] == '"') {
            for (++at; at < text.size() && text[at] != '"'; ++at) {
                at += text[at] == '\\' ? tame_escape(at) : 0;
            }
        } else if ((text[at] == 'e' || text[at] == 'E') && at > 0 && is_digit(at - 1)) {
            at += at + 1 < text.size() && (text[at + 1] == '-' || text[at + 1] == '+') ? 1 : 0;
            for (; is_digit(at + 1); ++at) {
                result[at + 1] = '0';
            }
        }
    }
    return result;
}

} // namespace

bool read_json(Builder& builder, JsonFaults faults) {
    const std::string_view text = builder.text();
    std::optional<Receiver> receiver(std::in_place, builder, Receiver::Text::as_written);
    bool is_read = nlohmann::json::sax_parse(text.begin(), text.end(), &*receiver);
    if (receiver->is_too_strict()) {
        builder.restart();
        receiver.emplace(builder, Receiver::Text::tamed);
        const std::string mild = tamed(text);
        is_read = nlohmann::json::sax_parse(mild.begin(), mild.end(), &*receiver);
    }
    if (is_read || builder.stopped() || faults == JsonFaults::leave) {
        return is_read || builder.stopped();
    }
    // nlohmann counts the byte it cannot take, from 1.
    const std::size_t position = receiver->error_position();
    const auto at = static_cast<std::uint32_t>(std::min(position == 0 ? 0 : position - 1, text.size()));
    const auto length = at < text.size() ? 1U : 0U;
    if (const auto problem = json_problem(text, JsonForm::strict)) {
        builder.fatal(FaultKind::syntax, problem->span, problem->message);
        return false;
    }
    builder.fatal(FaultKind::syntax, {at, at + length}, "not valid JSON from here on");
    return false;
}

} // namespace oidcgen::document
