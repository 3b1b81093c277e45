#include "document/builder.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <optional>
#include <string>

namespace oidcgen::document {

namespace {

constexpr std::string_view k_byte_order_mark = "\xEF\xBB\xBF";

/// Takes what nlohmann's parser meets. The parser does not say where it is, so the same tokens are found again in the
/// text, from where the last one ended: that costs one look at each byte.
class Receiver {
  public:
    using Json = nlohmann::json;

    explicit Receiver(Builder& builder)
        : m_builder(builder)
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
        m_is_overflow = error.id == 406;
        return false;
    }
    /// True when the only thing wrong is a number that fits no double.
    [[nodiscard]] bool is_overflow() const { return m_is_overflow; }

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
    std::string_view m_source;
    std::size_t m_at;
    std::size_t m_error_position = 0;
    bool m_is_overflow = false;
};

/// The text with zeros for the digits of all exponents, as long as before. nlohmann refuses numbers beyond a double,
/// which JSON.parse takes for infinity; what the values are is taken from the text itself.
std::string without_exponents(std::string_view text) {
    const auto is_digit = [&](std::size_t at) { return at < text.size() && text[at] >= '0' && text[at] <= '9'; };
    std::string result(text);
    for (std::size_t at = 0; at < text.size(); ++at) {
        if (text[at] == '"') {
            for (++at; at < text.size() && text[at] != '"'; ++at) {
                at += text[at] == '\\' ? 1 : 0;
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
    std::optional<Receiver> receiver(builder);
    bool is_read = nlohmann::json::sax_parse(text.begin(), text.end(), &*receiver);
    if (receiver->is_overflow()) {
        builder.restart();
        receiver.emplace(builder);
        const std::string tamed = without_exponents(text);
        is_read = nlohmann::json::sax_parse(tamed.begin(), tamed.end(), &*receiver);
    }
    if (is_read || builder.stopped() || faults == JsonFaults::leave) {
        return is_read || builder.stopped();
    }
    // nlohmann counts the byte it cannot take, from 1.
    const std::size_t position = receiver->error_position();
    const auto at = static_cast<std::uint32_t>(std::min(position == 0 ? 0 : position - 1, text.size()));
    const auto length = at < text.size() ? 1U : 0U;
    builder.fatal(FaultKind::syntax, {at, at + length},
                  at == text.size() ? "the text ends before it is complete" : "this is no JSON from here on");
    return false;
}

} // namespace oidcgen::document
