#include "document/builder.hpp"
#include "document/json_problem.hpp"
#include "document/stand_ins.hpp"
#include "document/template_action.hpp"
#include "document/template_text.hpp"
#include "document/yaml_flow.hpp"
#include "document/yaml_offsets.hpp"
#include "document/yaml_problem.hpp"

#include <fmt/format.h>
#include <yaml.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <optional>

namespace oidcgen::document {

namespace {

constexpr std::string_view k_byte_order_mark = "\xEF\xBB\xBF";
constexpr std::string_view k_blanks = " \t\r\n";
constexpr std::string_view k_flow_indicators = ",[]{}";
constexpr const char* k_not_taken = "not allowed here; put the text in quotes, or remove this";

/// libyaml's parser over a text, with its resources.
class Events {
  public:
    explicit Events(std::string_view text) {
        m_is_ready = yaml_parser_initialize(&m_parser) != 0;
        if (m_is_ready) {
            // libyaml only reads from what it is given, though its bytes are unsigned.
            const auto* const bytes = reinterpret_cast<const unsigned char*>(text.data());
            yaml_parser_set_input_string(&m_parser, bytes, text.size());
            yaml_parser_set_encoding(&m_parser, YAML_UTF8_ENCODING);
        }
    }
    Events(const Events&) = delete;
    Events& operator=(const Events&) = delete;
    ~Events() {
        yaml_event_delete(&m_event);
        if (m_is_ready) {
            yaml_parser_delete(&m_parser);
        }
    }

    /// False on an error, which parser() then describes.
    bool next() {
        yaml_event_delete(&m_event);
        return m_is_ready && yaml_parser_parse(&m_parser, &m_event) != 0;
    }
    [[nodiscard]] const yaml_event_t& event() const { return m_event; }
    [[nodiscard]] const yaml_parser_t& parser() const { return m_parser; }

  private:
    yaml_parser_t m_parser{};
    yaml_event_t m_event{};
    bool m_is_ready = false;
};

std::string_view view_of(const yaml_char_t* text, std::size_t length) {
    return {reinterpret_cast<const char*>(text), length};
}

std::string_view view_of(const yaml_char_t* text) {
    return text == nullptr ? std::string_view() : view_of(text, std::strlen(reinterpret_cast<const char*>(text)));
}

Style scalar_style(yaml_scalar_style_t style) {
    switch (style) {
    case YAML_SINGLE_QUOTED_SCALAR_STYLE:
        return Style::single_quoted;
    case YAML_DOUBLE_QUOTED_SCALAR_STYLE:
        return Style::double_quoted;
    case YAML_LITERAL_SCALAR_STYLE:
        return Style::literal;
    case YAML_FOLDED_SCALAR_STYLE:
        return Style::folded;
    case YAML_ANY_SCALAR_STYLE:
    case YAML_PLAIN_SCALAR_STYLE:
        break;
    }
    return Style::plain;
}

bool is_blank(char byte) { return byte == ' ' || byte == '\t' || byte == '\r' || byte == '\n'; }

std::uint32_t code_point_length(std::string_view text) {
    std::uint32_t length = 1;
    while (length < text.size() && (static_cast<unsigned char>(text[length]) & 0xC0U) == 0x80U) {
        ++length;
    }
    return length;
}

/// Where a plain text in flow style goes on in a line that begins left of `indent`.
std::optional<std::size_t> outdented_line(std::string_view written, std::size_t indent) {
    for (std::size_t at = written.find('\n'); at != std::string_view::npos; at = written.find('\n', at + 1)) {
        const std::size_t start = std::min(written.find_first_not_of(' ', at + 1), written.size());
        const bool is_blank_line = start == written.size() || is_blank(written[start]);
        if (!is_blank_line && start - at - 1 < indent) {
            return start;
        }
    }
    return std::nullopt;
}

/// A scalar where libyaml found it.
struct Scanned {
    Span span;
    Style style = Style::plain;
};

/// Where the line around `at` begins, behind its indentation and the marks of list items.
std::size_t content_of_line(std::string_view text, std::size_t at) {
    const std::size_t line_break = at == 0 ? std::string_view::npos : text.find_last_of("\r\n", at - 1);
    std::size_t start = line_break == std::string_view::npos ? 0 : line_break + 1;
    for (;;) {
        start = std::min(text.find_first_not_of(" \t", start), text.size());
        const bool is_item = start + 1 < text.size() && text[start] == '-' && is_blank(text[start + 1]);
        if (!is_item) {
            return start;
        }
        ++start;
    }
}

std::size_t column_of(std::string_view text, std::size_t at) {
    const std::size_t line_break = at == 0 ? std::string_view::npos : text.find_last_of("\r\n", at - 1);
    return line_break == std::string_view::npos ? at : at - line_break - 1;
}

enum class Again { may, no };

class Reader {
  public:
    Reader(Builder& builder, StandIns& stand_ins, const TemplateText* actions, Again again)
        : m_builder(builder)
        , m_stand_ins(stand_ins)
        , m_again(again)
        , m_source(builder.text())
        , m_actions(actions)
        , m_filled(actions == nullptr ? m_source : actions->text())
        , m_base(m_source.starts_with(k_byte_order_mark) ? k_byte_order_mark.size() : 0)
        , m_input(stand_ins.text())
        , m_offsets(m_input.substr(m_base), m_base)
        , m_events(m_input.substr(m_base)) {}

    /// False when libyaml stumbled over something that has a stand-in now.
    [[nodiscard]] bool read();

  private:
    /// False when there is nothing more to read.
    bool take(const yaml_event_t& event);
    void take_scalar(const yaml_event_t& event);
    /// Looks at the lines of actions in front of a node or of the end of a collection.
    void pass_lines(std::size_t until);
    /// Puts what a line of actions may leave behind into the list that the next node begins or is an item of.
    void take_lines(const yaml_event_t& event);
    /// How far what the action leaves behind is indented.
    [[nodiscard]] std::size_t column_of_content() const;
    void open(NodeKind kind, Style style, const yaml_event_t& event);
    void take_properties(const yaml_char_t* anchor, const yaml_char_t* tag, std::uint32_t start);
    [[nodiscard]] Span span_of(const yaml_event_t& event);
    [[nodiscard]] std::uint32_t behind_properties(Span span) const;
    /// False when the document is refused.
    bool take_document(const yaml_event_t& event);
    /// Something in a scalar that libyaml takes and the dialect's parser does not.
    [[nodiscard]] std::optional<Span> refused_in(Span span, Style style, bool is_as_written) const;
    void look_behind_document(bool is_implicit);
    [[nodiscard]] bool adapt();
    void report_character();
    void report_error();
    /// The template action that is why the text cannot be read on at `at`.
    [[nodiscard]] std::optional<Span> blamed_action(std::size_t at) const;
    /// What a person would change in order to mend the error of libyaml at `at`, if that is somewhere else.
    [[nodiscard]] std::optional<JsonProblem> cause_of_error(std::string_view problem, std::size_t at);
    [[nodiscard]] std::optional<JsonProblem> cause_in_text(const Scanned& text, std::string_view problem,
                                                           std::size_t at) const;

    Builder& m_builder;
    StandIns& m_stand_ins;
    Again m_again;
    std::string_view m_source;     ///< as it is
    const TemplateText* m_actions; ///< the same with its template actions filled in; null when it is read as it is
    std::string_view m_filled;     ///< the text of that
    std::size_t m_base;
    std::string_view m_input; ///< as libyaml sees it; shorter than the source where a character ends the reading
    YamlOffsets m_offsets;
    Events m_events;
    bool m_has_document = false;
    std::optional<Scanned> m_last_text; ///< the last scalar that was taken
    std::size_t m_line = 0;             ///< how many lines of actions are behind us
    std::optional<Span> m_block;        ///< a loop or condition that begins between the last node and the next one
    std::optional<Span> m_content;      ///< the same of an action that leaves text behind
};

bool Reader::read() {
    while (!m_builder.stopped()) {
        if (!m_events.next()) {
            if (m_again == Again::may && adapt()) {
                return false;
            }
            report_error();
            return true;
        }
        if (!take(m_events.event())) {
            break;
        }
    }
    return true;
}

void Reader::pass_lines(std::size_t until) {
    while (m_actions != nullptr && m_line < m_actions->lines().size() && m_actions->lines()[m_line].span.end <= until) {
        const auto& line = m_actions->lines()[m_line];
        if (line.kind == TemplateText::Line::Kind::block) {
            m_block = line.span;
        } else if (line.kind == TemplateText::Line::Kind::content) {
            m_content = line.span;
        }
        m_builder.fault(FaultKind::template_syntax, line.span, k_template_message);
        ++m_line;
    }
}

void Reader::take_lines(const yaml_event_t& event) {
    if (m_actions == nullptr) {
        return;
    }
    pass_lines(m_offsets.of(event.start_mark.index));
    const bool is_end = event.type == YAML_SEQUENCE_END_EVENT || event.type == YAML_MAPPING_END_EVENT;
    const auto add = [&](Span line) {
        m_builder.scalar(Style::plain, line, m_source.substr(line.start, line.end - line.start));
    };
    if (m_content && (!is_end || column_of_content() >= column_of(m_source, m_builder.innermost_start()))) {
        if (m_builder.is_in_sequence()) {
            add(*m_content);
        } else if (m_builder.expects_key() && m_builder.dialect() == Dialect::go_yaml) {
            // Settings that are not known: a member with the action as its key and its value.
            add(*m_content);
            add(*m_content);
        }
        m_content.reset();
    } else if (m_block && !is_end && m_builder.is_in_sequence()) {
        add(*m_block); // what follows is in it, so at the end of a list it is not about that list
    }
    if (!is_end) {
        m_block.reset();
    }
}

std::size_t Reader::column_of_content() const {
    constexpr std::string_view k_indents = "nindent ";
    const std::string_view action = m_source.substr(m_content->start, m_content->end - m_content->start);
    const auto indents = action.find(k_indents);
    std::size_t column = 0;
    for (auto at = indents + k_indents.size(); indents != std::string_view::npos && at < action.size(); ++at) {
        if (action[at] < '0' || action[at] > '9' || column > action.size()) {
            return column;
        }
        column = 10 * column + static_cast<std::size_t>(action[at] - '0');
    }
    return column_of(m_source, m_content->start);
}

void Reader::open(NodeKind kind, Style style, const yaml_event_t& event) {
    pass_lines(m_offsets.of(event.start_mark.index));
    const bool is_value = m_builder.expects_value();
    if (!is_value) {
        take_lines(event);
    }
    m_builder.open(kind, style, span_of(event));
    if (is_value) {
        take_lines(event);
    }
}

bool Reader::take(const yaml_event_t& event) {
    switch (event.type) {
    case YAML_SCALAR_EVENT:
        take_scalar(event);
        break;
    case YAML_ALIAS_EVENT: {
        take_lines(event);
        const Span span = span_of(event);
        m_builder.alias(span, m_source.substr(span.start + 1, span.end - span.start - 1));
        break;
    }
    case YAML_SEQUENCE_START_EVENT: {
        const auto& start = event.data.sequence_start;
        take_properties(start.anchor, start.tag, span_of(event).start);
        const Style style = start.style == YAML_FLOW_SEQUENCE_STYLE ? Style::flow : Style::block;
        open(NodeKind::sequence, style, event);
        break;
    }
    case YAML_MAPPING_START_EVENT: {
        const auto& start = event.data.mapping_start;
        take_properties(start.anchor, start.tag, span_of(event).start);
        const Style style = start.style == YAML_FLOW_MAPPING_STYLE ? Style::flow : Style::block;
        open(NodeKind::mapping, style, event);
        break;
    }
    case YAML_SEQUENCE_END_EVENT:
    case YAML_MAPPING_END_EVENT:
        take_lines(event);
        m_builder.close(m_offsets.of(event.end_mark.index));
        break;
    case YAML_DOCUMENT_START_EVENT:
        return take_document(event);
    case YAML_DOCUMENT_END_EVENT:
        if (m_builder.dialect() == Dialect::go_yaml) {
            look_behind_document(event.data.document_end.implicit != 0);
            return false;
        }
        break;
    case YAML_STREAM_END_EVENT:
        if (m_input.size() < m_source.size()) {
            report_character();
        }
        return false;
    case YAML_NO_EVENT:
    case YAML_STREAM_START_EVENT:
        break;
    }
    return true;
}

bool Reader::take_document(const yaml_event_t& event) {
    const Span span = span_of(event);
    if (m_has_document) {
        m_builder.fatal(FaultKind::several_documents, span, "a second document begins here, but only one is allowed");
        return false;
    }
    m_has_document = true;
    const yaml_version_directive_t* const version = event.data.document_start.version_directive;
    const bool is_go = m_builder.dialect() == Dialect::go_yaml;
    if (version != nullptr && is_go && (version->major != 1 || version->minor != 1)) {
        m_builder.fatal(FaultKind::bad_directive, span, "only %YAML 1.1 is accepted here; remove the line");
        return false;
    }
    return true;
}

void Reader::take_properties(const yaml_char_t* anchor, const yaml_char_t* tag, std::uint32_t start) {
    const bool has_any = anchor != nullptr || tag != nullptr;
    if (has_any && m_builder.dialect() == Dialect::js_yaml && m_builder.limits().js_yaml == JsYaml::v4_1 &&
        m_builder.expects_first_block_key()) {
        // js-yaml took them for those of the whole mapping, which must begin on a line of its own then.
        const std::size_t before =
            start == 0 ? std::string_view::npos : m_source.find_last_not_of(" \t\r\n", start - 1);
        const bool is_explicit = before != std::string_view::npos && m_source[before] == '?';
        if (!is_explicit) {
            m_builder.fatal(FaultKind::syntax, {start, start + 1},
                            "an anchor or tag is not allowed before the first key of a mapping here");
            return;
        }
    }
    if (anchor != nullptr) {
        m_builder.anchor_next(view_of(anchor));
    }
    if (tag != nullptr) {
        m_builder.tag_next(view_of(tag));
    }
}

Span Reader::span_of(const yaml_event_t& event) {
    const std::uint32_t start = m_offsets.of(event.start_mark.index);
    return {start, std::max(start, m_offsets.of(event.end_mark.index))};
}

std::uint32_t Reader::behind_properties(Span span) const {
    std::size_t at = span.start;
    while (at < span.end) {
        const char byte = m_source[at];
        if (byte == '&' || byte == '!') {
            const bool is_verbatim = m_source.substr(at).starts_with("!<");
            const std::string_view ends = is_verbatim ? ">" : byte == '&' ? " \t\r\n,[]{}" : " \t\r\n";
            at = std::min<std::size_t>(m_source.find_first_of(ends, at), span.end);
            at += is_verbatim && at < span.end ? 1 : 0;
        } else if (byte == '#') {
            at = std::min<std::size_t>(m_source.find_first_of("\r\n", at), span.end);
        } else if (byte == ' ' || byte == '\t' || byte == '\r' || byte == '\n') {
            ++at;
        } else {
            break;
        }
    }
    return static_cast<std::uint32_t>(at);
}

void Reader::take_scalar(const yaml_event_t& event) {
    const auto& scalar = event.data.scalar;
    const Style style = scalar_style(scalar.style);
    const std::string_view value = view_of(scalar.value, scalar.length);
    Span span = span_of(event);
    if (m_input.size() < m_source.size() && span.end >= m_input.size()) {
        report_character();
        return;
    }
    pass_lines(span.start);
    if (m_block && m_builder.expects_value()) {
        span.start = m_block->start; // a value that may be another one
        m_builder.scalar(style, span, m_source.substr(span.start, span.end - span.start));
        m_block.reset();
        return;
    }
    take_lines(event);
    if (scalar.anchor != nullptr || scalar.tag != nullptr) {
        take_properties(scalar.anchor, scalar.tag, span.start);
        span.start = behind_properties(span);
    }
    m_last_text = Scanned{span, style};
    const bool is_block = style == Style::literal || style == Style::folded;
    while (is_block && span.end > span.start && is_blank(m_source[span.end - 1])) {
        --span.end;
    }
    const std::uint32_t quote = style == Style::single_quoted || style == Style::double_quoted ? 1 : 0;
    const std::uint32_t start = span.start + quote;
    const std::size_t length = std::max(span.end - std::min(quote, span.end), start) - start;
    const bool is_as_written = m_input.substr(start, length) == value;
    if (const auto refused = refused_in(span, style, is_as_written)) {
        m_builder.fatal(FaultKind::syntax, *refused, k_not_taken);
        return;
    }
    if (is_as_written) {
        m_builder.scalar(style, span, m_source.substr(start, length));
    } else {
        std::string text = m_stand_ins.holds_any(span) ? m_stand_ins.restored(value, span, style) : std::string(value);
        if (m_actions != nullptr && m_actions->holds_any(span)) {
            text = m_actions->restored(text, span);
        }
        m_builder.scalar(style, span, m_builder.kept(text));
    }
}

std::optional<Span> Reader::refused_in(Span span, Style style, bool is_as_written) const {
    const auto one_of = [&](std::size_t at, std::uint32_t length) {
        const auto start = static_cast<std::uint32_t>(span.start + at);
        return Span{start, start + length};
    };
    const std::string_view written = m_filled.substr(span.start, span.end - span.start);
    if (m_builder.dialect() == Dialect::go_yaml) {
        if (style == Style::plain && m_builder.is_in_flow()) {
            const std::size_t mark = written.find('?', 1);
            return mark == std::string_view::npos ? std::nullopt : std::optional(one_of(mark, 1));
        }
        for (std::size_t at = 1; style == Style::double_quoted && !is_as_written && at + 1 < written.size(); ++at) {
            if (written[at] == '\\' && written[at + 1] == '/') {
                return one_of(at, 2);
            }
            at += written[at] == '\\' ? 1 : 0;
        }
        return std::nullopt;
    }
    const bool is_lone_mark = style == Style::plain && (written == "-" || written == "?") && m_builder.is_in_flow();
    if (is_lone_mark && span.end < m_source.size() &&
        k_flow_indicators.find(m_source[span.end]) != std::string_view::npos) {
        return span;
    }
    const bool has_lines = written.find_first_of("\r\n") != std::string_view::npos;
    if (style == Style::plain && has_lines && m_builder.is_in_flow()) {
        if (const auto line = outdented_line(written, m_builder.flow_indent())) {
            return one_of(*line, 1);
        }
    }
    if (style == Style::literal || style == Style::folded) {
        const std::string_view header = written.substr(0, written.find_first_of("\r\n"));
        const std::size_t comment = header.find('#');
        if (comment != std::string_view::npos && !is_blank(header[comment - 1])) {
            return one_of(comment, 1);
        }
    }
    return m_stand_ins.holds_any(span) ? m_stand_ins.misplaced(span, style) : std::nullopt;
}

void Reader::look_behind_document(bool is_implicit) {
    // go-yaml scans up to two tokens ahead, so it also stumbles over the very beginning of what follows.
    constexpr int k_events_ahead = 3;
    const bool is_cut = m_input.size() < m_source.size();
    for (int count = 0; count < k_events_ahead; ++count) {
        if (!m_events.next()) {
            if (m_events.parser().error == YAML_SCANNER_ERROR && !is_cut) {
                report_error();
            }
            return;
        }
        if (m_events.event().type == YAML_STREAM_END_EVENT) {
            // Where nothing but the cut ended the document, the reading ends with the character there.
            if (is_cut && is_implicit && count == 0) {
                report_character();
            }
            return;
        }
    }
}

bool Reader::adapt() {
    const yaml_parser_t& parser = m_events.parser();
    if (parser.error == YAML_READER_ERROR) {
        return m_stand_ins.adapt_characters() || m_stand_ins.cut(m_base + parser.problem_offset);
    }
    if (parser.error == YAML_MEMORY_ERROR || parser.problem == nullptr) {
        return false;
    }
    return m_stand_ins.adapt({parser.problem, m_offsets.of(parser.problem_mark.index)});
}

void Reader::report_character() {
    const auto at = static_cast<std::uint32_t>(m_input.size());
    const bool is_nul = m_source[at] == '\0';
    const std::uint32_t length = code_point_length(m_source.substr(at));
    m_builder.fatal(is_nul ? FaultKind::nul_byte : FaultKind::encoding, {at, at + length},
                    is_nul ? "a NUL byte: the file is binary" : "a control character, or not valid UTF-8");
}

std::optional<JsonProblem> Reader::cause_in_text(const Scanned& text, std::string_view problem, std::size_t at) const {
    const auto [span, style] = text;
    if (span.end > at || span.start >= at) {
        return std::nullopt;
    }
    const std::string_view written = m_source.substr(span.start, span.end - span.start);
    const std::size_t last_break = written.find_last_of("\r\n");
    const std::string_view between = m_source.substr(span.end, at - span.end);
    const bool is_on_line_of_end = between.find_first_of("\r\n") == std::string_view::npos;
    const bool has_lines = last_break != std::string_view::npos && is_on_line_of_end;
    if (style == Style::single_quoted || style == Style::double_quoted) {
        return has_lines ? std::optional(JsonProblem{{span.start, span.start + 1}, k_open_quotes}) : std::nullopt;
    }
    // A key without a colon is text, with which the next line goes on unless there is a comment between them.
    std::size_t next_line = at;
    if (has_lines && problem == k_no_value_here) {
        next_line = span.start + written.find_first_not_of(k_blanks, last_break);
    } else if (is_on_line_of_end || problem != k_no_key ||
               !m_source.substr(span.end).substr(between.find_first_not_of(" \t")).starts_with('#')) {
        return std::nullopt;
    }
    const bool is_key = style == Style::plain && content_of_line(m_source, span.start) == span.start &&
                        column_of(m_source, next_line) >= column_of(m_source, span.start);
    return is_key ? std::optional(JsonProblem{{span.start, span.start + 1}, k_no_colon}) : std::nullopt;
}

std::optional<JsonProblem> Reader::cause_of_error(std::string_view problem, std::size_t at) {
    if (const auto cause = json_problem(m_filled, JsonForm::as_yaml); cause && cause->span.start <= at) {
        return cause;
    }
    // libyaml scans ahead, so the last text may not have been taken yet.
    const yaml_parser_t& parser = m_events.parser();
    for (const yaml_token_t* token = parser.tokens.tail; token != parser.tokens.head;) {
        --token;
        if (token->type == YAML_SCALAR_TOKEN) {
            const Span span{m_offsets.of(token->start_mark.index), m_offsets.of(token->end_mark.index)};
            if (auto cause = cause_in_text({span, scalar_style(token->data.scalar.style)}, problem, at)) {
                return cause;
            }
        }
    }
    return m_last_text ? cause_in_text(*m_last_text, problem, at) : std::nullopt;
}

std::optional<Span> Reader::blamed_action(std::size_t at) const {
    // An action on the line, or on the one before, is the cause more likely than any other.
    const std::size_t end = std::min(m_source.find('\n', at), m_source.size());
    const std::size_t line = at == 0 ? std::string_view::npos : m_source.rfind('\n', at - 1);
    const std::size_t before = line == std::string_view::npos || line == 0 ? line : m_source.rfind('\n', line - 1);
    const std::size_t start = before == std::string_view::npos ? 0 : before + 1;
    if (auto action = bare_template_action(m_source.substr(start, end - start))) {
        const auto first = static_cast<std::uint32_t>(start);
        return Span{first + action->start, first + action->end};
    }
    return m_actions == nullptr ? bare_template_action(m_source.substr(0, end)) : std::nullopt;
}

void Reader::report_error() {
    const yaml_parser_t& parser = m_events.parser();
    if (parser.error == YAML_MEMORY_ERROR || parser.error == YAML_READER_ERROR || parser.problem == nullptr) {
        m_builder.fatal(FaultKind::too_large, {}, "not enough memory to read this");
        return;
    }
    if (m_input.size() < m_source.size() && m_offsets.of(parser.problem_mark.index) >= m_input.size()) {
        report_character();
        return;
    }
    const std::string_view problem = parser.problem;
    const YamlProblem& known = problem_named(problem);
    const std::uint32_t at =
        m_offsets.of((known.place == ProblemPlace::context ? parser.context_mark : parser.problem_mark).index);
    if (const auto action = blamed_action(at)) {
        m_builder.fatal(FaultKind::template_syntax, *action, k_template_message);
        return;
    }
    if (const auto cause = cause_of_error(problem, at)) {
        if (m_last_text && m_last_text->span.start == cause->span.start) {
            m_builder.drop_scalar(m_last_text->span);
        }
        m_builder.fatal(known.kind, cause->span, cause->message);
        return;
    }
    const char byte = at < m_source.size() ? m_source[at] : '\0';
    const bool is_tab = byte == '\t' && problem == k_no_token;
    const std::uint32_t length = at < m_source.size() && !is_blank(byte) ? code_point_length(m_source.substr(at)) : 0;
    const std::string_view message = is_tab                  ? "a tab is not allowed here; indent with blanks"
                                     : known.message.empty() ? problem
                                                             : known.message;
    m_builder.fatal(known.kind, {at, at + length}, util::own(message));
}

} // namespace

namespace {

void read_as(Builder& builder, const TemplateText* actions) {
    // Each new stand-in costs another reading; large texts get fewer of them.
    constexpr std::size_t k_most_readings = 256;
    constexpr std::size_t k_most_bytes = 16U << 20U;
    const std::string_view text = actions == nullptr ? builder.text() : actions->text();
    const std::size_t affordable = k_most_bytes / (text.size() + 1);
    const std::size_t readings = std::clamp<std::size_t>(affordable, 3, k_most_readings);
    StandIns stand_ins(text, builder.dialect());
    std::optional<Span> refused = adapt_flow_marks(text, stand_ins);
    for (std::size_t reading = 1;
         !Reader(builder, stand_ins, actions, reading < readings ? Again::may : Again::no).read(); ++reading) {
        builder.restart();
        refused = adapt_flow_marks(text, stand_ins);
    }
    if (refused && builder.dialect() == Dialect::js_yaml) {
        builder.fatal(FaultKind::syntax, *refused, k_not_taken);
    }
}

bool is_syntax(const Fault* fault) {
    return fault != nullptr && (fault->kind == FaultKind::syntax || fault->kind == FaultKind::template_syntax);
}

} // namespace

void read_yaml(Builder& builder) {
    read_as(builder, nullptr);
    const auto* const fault = builder.fatal();
    const bool is_whole = !is_syntax(fault) && !builder.has_action_alone();
    if (builder.limits().actions != TemplateActions::filled_in || is_whole) {
        return;
    }
    const TemplateText actions(builder.text());
    if (!actions.has_actions()) {
        return;
    }
    const std::uint32_t reached = fault == nullptr ? 0 : fault->span.start;
    builder.restart();
    read_as(builder, &actions);
    const bool reached_less = is_syntax(builder.fatal()) && builder.fatal()->span.start < reached;
    if (reached_less || !builder.has_root()) {
        builder.restart();
        read_as(builder, nullptr);
        return;
    }
    builder.drop_repeated([&](const Fault& it) {
        return actions.is_conditional(it.span) || actions.is_conditional(it.other) || actions.is_line(it.span);
    });
}

} // namespace oidcgen::document
