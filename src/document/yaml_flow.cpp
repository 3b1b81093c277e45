#include "document/yaml_flow.hpp"

#include "document/yaml_offsets.hpp"

#include <yaml.h>

#include <algorithm>

namespace oidcgen::document {

namespace {

constexpr std::string_view k_byte_order_mark = "\xEF\xBB\xBF";
constexpr std::string_view k_blanks = " \t\r\n";
constexpr std::string_view k_flow_indicators = ",[]{}";

/// libyaml's scanner over a text, with its resources.
class Tokens {
  public:
    explicit Tokens(std::string_view text) {
        m_is_ready = yaml_parser_initialize(&m_parser) != 0;
        if (m_is_ready) {
            // libyaml only reads from what it is given, though its bytes are unsigned.
            const auto* const bytes = reinterpret_cast<const unsigned char*>(text.data());
            yaml_parser_set_input_string(&m_parser, bytes, text.size());
            yaml_parser_set_encoding(&m_parser, YAML_UTF8_ENCODING);
        }
    }
    Tokens(const Tokens&) = delete;
    Tokens& operator=(const Tokens&) = delete;
    ~Tokens() {
        yaml_token_delete(&m_token);
        if (m_is_ready) {
            yaml_parser_delete(&m_parser);
        }
    }

    /// False at the end, and on an error.
    bool next() {
        yaml_token_delete(&m_token);
        return m_is_ready && yaml_parser_scan(&m_parser, &m_token) != 0 && m_token.type != YAML_NO_TOKEN;
    }
    [[nodiscard]] const yaml_token_t& token() const { return m_token; }

  private:
    yaml_parser_t m_parser{};
    yaml_token_t m_token{};
    bool m_is_ready = false;
};

char byte_at(std::string_view text, std::size_t at) { return at < text.size() ? text[at] : '\n'; }

bool is_one_of(char byte, std::string_view bytes) { return bytes.find(byte) != std::string_view::npos; }

/// True when there may be such a mark: most texts need not be scanned for them.
bool may_hold_marks(std::string_view text) {
    for (std::size_t at = text.find_first_of("?:"); at != std::string_view::npos;
         at = text.find_first_of("?:", at + 1)) {
        const std::size_t front = at == 0 ? std::string_view::npos : text.find_last_not_of(k_blanks, at - 1);
        const bool is_first = front != std::string_view::npos && is_one_of(text[front], "[{,:?");
        if (is_first && !is_one_of(byte_at(text, at + 1), k_blanks)) {
            return true;
        }
    }
    return false;
}

/// A node that a value can follow.
bool ends_node(yaml_token_type_t type) {
    return type == YAML_SCALAR_TOKEN || type == YAML_ALIAS_TOKEN || type == YAML_FLOW_SEQUENCE_END_TOKEN ||
           type == YAML_FLOW_MAPPING_END_TOKEN;
}

} // namespace

std::optional<Span> adapt_flow_marks(std::string_view source, StandIns& stand_ins) {
    const std::size_t base = source.starts_with(k_byte_order_mark) ? k_byte_order_mark.size() : 0;
    if (!stand_ins.takes_marks_for_text() || !may_hold_marks(source)) {
        return std::nullopt;
    }
    const std::string input(stand_ins.text().substr(base));
    YamlOffsets offsets(input, base);
    Tokens tokens(input);
    int level = 0;
    std::size_t behind_text = 0; // after the last mark that begins a text
    auto last = YAML_NO_TOKEN;
    while (tokens.next()) {
        const yaml_token_t& token = tokens.token();
        const bool is_key = token.type == YAML_KEY_TOKEN && token.end_mark.index != token.start_mark.index;
        const bool is_value = token.type == YAML_VALUE_TOKEN && !ends_node(last);
        if (level > 0 && (is_key || is_value)) {
            const std::uint32_t at = offsets.of(token.start_mark.index);
            const char next = byte_at(source, at + 1);
            const bool is_mark = is_one_of(next, k_blanks) || (is_value && is_one_of(next, k_flow_indicators));
            if (is_key && is_one_of(next, k_flow_indicators)) {
                return Span{at, at + 1};
            }
            if (!is_mark && at != behind_text) {
                stand_ins.take_for_text(at);
                behind_text = at + 1;
            }
        }
        level += token.type == YAML_FLOW_SEQUENCE_START_TOKEN || token.type == YAML_FLOW_MAPPING_START_TOKEN ? 1 : 0;
        level -= token.type == YAML_FLOW_SEQUENCE_END_TOKEN || token.type == YAML_FLOW_MAPPING_END_TOKEN ? 1 : 0;
        last = token.type;
    }
    return std::nullopt;
}

} // namespace oidcgen::document
