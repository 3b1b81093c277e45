#include "document/template_text.hpp"

#include "document/marks.hpp"
#include "util/text.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>

namespace oidcgen::document {

namespace {

constexpr auto k_nowhere = std::string_view::npos;
constexpr char k_filling = '~';
constexpr std::size_t k_most_lines = 30; ///< of one action; a comment may be longer

/// What an action does to the text around it.
enum class Deed : std::uint8_t {
    opens,   ///< a loop or a condition
    defines, ///< a block that is used somewhere else
    turns,   ///< the other way of a condition
    closes,
    nothing, ///< leaves nothing behind
    writes,  ///< leaves a text behind
};

struct DeedRow {
    std::string_view word;
    Deed deed;
};

constexpr std::array k_deeds{
    DeedRow{"if", Deed::opens},        DeedRow{"for", Deed::opens},      DeedRow{"range", Deed::opens},
    DeedRow{"with", Deed::opens},      DeedRow{"block", Deed::opens},    DeedRow{"call", Deed::opens},
    DeedRow{"filter", Deed::opens},    DeedRow{"macro", Deed::defines},  DeedRow{"define", Deed::defines},
    DeedRow{"else", Deed::turns},      DeedRow{"elif", Deed::turns},     DeedRow{"end", Deed::closes},
    DeedRow{"set", Deed::nothing},     DeedRow{"import", Deed::nothing}, DeedRow{"from", Deed::nothing},
    DeedRow{"do", Deed::nothing},      DeedRow{"raw", Deed::nothing},    DeedRow{"endraw", Deed::nothing},
    DeedRow{"extends", Deed::nothing}, DeedRow{"break", Deed::nothing},  DeedRow{"continue", Deed::nothing},
    DeedRow{"fail", Deed::nothing},    DeedRow{"endset", Deed::nothing},
};

std::string_view first_word(std::string_view text) { return text.substr(0, text.find_first_of(" \t\r\n(")); }

Deed deed_of(std::string_view action) {
    const auto inner = named_in_action(action);
    const bool is_jinja = action.starts_with("{%");
    const bool is_comment = action.starts_with("{#") || (!is_jinja && inner.starts_with("/*"));
    const bool is_assignment =
        !is_jinja && inner.starts_with('$') && (inner.find(":=") != k_nowhere || inner.find(" = ") != k_nowhere);
    if (is_comment || is_assignment) {
        return Deed::nothing;
    }
    const auto word = first_word(inner);
    const auto* const row = std::ranges::find(k_deeds, word, &DeedRow::word);
    if (row != k_deeds.end()) {
        return row->deed;
    }
    return is_jinja && word.starts_with("end") ? Deed::closes : Deed::writes;
}

/// True for `'{{ env ''X'' }}'` and `"{{ env \"X\" }}"`, which a reader of YAML takes as they are.
bool is_escaped(std::string_view action) {
    if (action.find("''") != k_nowhere) {
        return true;
    }
    auto quote = action.find('"');
    const bool has_quotes = quote != k_nowhere;
    for (; quote != k_nowhere; quote = action.find('"', quote + 1)) {
        if (action[quote - 1] != '\\') {
            return false;
        }
    }
    return has_quotes;
}

bool is_blank(char byte) { return byte == ' ' || byte == '\t' || byte == '\r'; }

/// The column where the content of a line begins, behind the marks of list items.
std::size_t content_column(std::string_view line) {
    std::size_t at = 0;
    for (;;) {
        at = std::min(line.find_first_not_of(" \t", at), line.size());
        const bool is_item = at + 1 < line.size() && line[at] == '-' && is_blank(line[at + 1]);
        if (!is_item) {
            return at;
        }
        ++at;
    }
}

std::string_view without_comment(std::string_view line) {
    const auto comment = line.find(" #");
    line = line.substr(0, comment);
    while (!line.empty() && is_blank(line.back())) {
        line.remove_suffix(1);
    }
    return line;
}

/// True for a line that ends with `|` or `>` and what may follow them, as the header of a block of text does.
bool heads_block_text(std::string_view line) {
    line = without_comment(line);
    while (!line.empty() && std::string_view("+-0123456789").find(line.back()) != k_nowhere) {
        line.remove_suffix(1);
    }
    const bool is_header = line.size() > 1 && (line.back() == '|' || line.back() == '>');
    return is_header && is_blank(line[line.size() - 2]);
}

Span span_between(std::size_t start, std::size_t end) {
    return {static_cast<std::uint32_t>(start), static_cast<std::uint32_t>(end)};
}

} // namespace

/// Goes through a text line by line.
class TemplateText::Writer {
  public:
    explicit Writer(TemplateText& result)
        : m_result(result)
        , m_source(result.m_source)
        , m_actions(result.m_source) {}

    void write() {
        for (std::size_t start = 0; start < m_source.size();) {
            start = write_line(start);
        }
        if (m_depth > 0) {
            m_result.m_blocks.push_back(span_between(m_block_start, m_source.size()));
        }
    }

  private:
    struct Action {
        std::size_t start = 0;
        std::size_t end = 0;
        Deed deed = Deed::nothing;
    };

    /// The line that begins there, longer where an action is.
    std::size_t write_line(std::size_t start) {
        const auto content = std::min(m_source.find_first_not_of(" \t\r", start), m_source.size());
        auto end = std::min(m_source.find('\n', start), m_source.size());
        m_found.clear();
        bool has_text = false;
        if (content < end && m_source[content] != '#') {
            end = find_actions(content, has_text);
        }
        const auto column = content - start;
        const bool is_empty = content >= end;
        if (m_text_column && !is_empty && column <= *m_text_column && (has_text || m_found.empty())) {
            m_text_column.reset();
        }
        const bool is_in_text = m_text_column && column > *m_text_column;
        const bool was_skipped = m_skipped_from != 0;
        for (const auto& action : m_found) {
            follow(action, !has_text && !is_in_text);
        }
        if (was_skipped || m_skipped_from != 0) {
            blank(start, end);
        } else if (!m_found.empty() && !is_in_text) {
            if (!has_text && indent_as_text(start)) {
                m_text_begins = false;
                return std::min(end, m_source.size() - 1) + 1;
            }
            if (has_text) {
                fill();
            } else {
                write_actions(start, content, end);
            }
        }
        const std::string_view line = std::string_view(m_result.m_text).substr(start, end - start);
        const bool is_written = line.find_first_not_of(" \t\r\n") != k_nowhere && m_source[content] != '#';
        if (is_written && !is_in_text) {
            m_last_column = content_column(line);
            m_last_is_key = without_comment(line).ends_with(':');
            m_text_column = heads_block_text(line) ? std::optional(text_column(line)) : std::nullopt;
            m_text_begins = m_text_column.has_value();
        } else if (is_written) {
            m_text_begins = false;
        }
        return std::min(end, m_source.size() - 1) + 1;
    }

    /// An expression that is all there is of a block of text, and brings its indentation with it: its marks move to
    /// where that text can begin. False for everything else.
    bool indent_as_text(std::size_t start) {
        constexpr std::string_view k_open = "{{";
        if (!m_text_begins || m_found.size() != 1 || m_found.front().deed != Deed::writes) {
            return false;
        }
        const auto& action = m_found.front();
        const auto column = start + *m_text_column + 1;
        if (column <= action.start || column + 2 * k_open.size() > action.end) {
            return false;
        }
        blank(action.start, column);
        m_result.m_text.replace(column, k_open.size(), k_open);
        return true;
    }

    /// The text of a block is indented more than its key, or than the mark of its list item.
    [[nodiscard]] std::size_t text_column(std::string_view line) const {
        const auto bare = line.find_first_not_of(" \t");
        const auto content = line.substr(m_last_column);
        return content.starts_with('|') || content.starts_with('>') ? bare : m_last_column;
    }

    std::size_t find_actions(std::size_t at, bool& has_text) {
        bool is_comment = false;
        while (at < m_source.size() && m_source[at] != '\n') {
            const auto end = m_source[at] == '{' ? action_end(at) : k_nowhere;
            if (end != k_nowhere) {
                m_found.push_back({at, end, deed_of(m_source.substr(at, end - at))});
                at = end;
                continue;
            }
            is_comment = is_comment || (m_source[at] == '#' && at > 0 && is_blank(m_source[at - 1]));
            has_text = has_text || !(is_comment || is_blank(m_source[at]));
            ++at;
        }
        return at;
    }

    std::size_t action_end(std::size_t at) {
        const auto end = m_actions.end_of(at);
        if (end == k_nowhere || m_source.substr(at).starts_with("{#")) {
            return end;
        }
        const auto action = m_source.substr(at, end - at);
        std::size_t lines = 0;
        for (auto next = action.find('\n'); next != k_nowhere && lines <= k_most_lines;
             next = action.find('\n', next + 1)) {
            ++lines;
        }
        return lines <= k_most_lines ? end : k_nowhere;
    }

    void follow(const Action& action, bool is_alone) {
        if (action.deed == Deed::opens || action.deed == Deed::defines) {
            if (m_depth == 0) {
                m_block_start = action.start;
            }
            ++m_depth;
        } else if (action.deed == Deed::closes && m_depth > 0) {
            if (m_skipped_from == m_depth) {
                m_skipped_from = 0;
            }
            --m_depth;
            if (m_depth == 0) {
                m_result.m_blocks.push_back(span_between(m_block_start, action.end));
            }
        } else if (action.deed == Deed::turns && is_alone && m_skipped_from == 0 && m_depth > 0) {
            m_skipped_from = m_depth;
            add_line(action, Line::Kind::other_way);
        }
    }

    void add_line(const Action& action, Line::Kind kind) {
        m_result.m_lines.push_back({span_between(action.start, action.end), kind});
    }

    void write_actions(std::size_t start, std::size_t content, std::size_t end) {
        const auto controls = std::ranges::any_of(m_found, [](const Action& it) { return it.deed != Deed::writes; });
        if (!controls && is_value(content - start, end)) {
            fill();
            return;
        }
        for (const auto& action : m_found) {
            if (action.deed == Deed::opens) {
                add_line(action, Line::Kind::block);
            } else if (action.deed == Deed::writes) {
                add_line(action, Line::Kind::content);
            }
        }
        blank(start, end);
    }

    /// True for an expression that is all there is below a key.
    bool is_value(std::size_t column, std::size_t end) {
        if (!m_last_is_key || column <= m_last_column) {
            return false;
        }
        if (m_next_content < end) {
            m_next_content = next_content(end);
        }
        const auto line = m_source.rfind('\n', m_next_content);
        const auto next_column = m_next_content - (line == k_nowhere ? 0 : line + 1);
        return m_next_content >= m_source.size() || next_column <= m_last_column;
    }

    [[nodiscard]] std::size_t next_content(std::size_t at) const {
        for (;;) {
            at = m_source.find_first_not_of(" \t\r\n", at);
            if (at == k_nowhere) {
                return m_source.size();
            }
            const auto rest = m_source.substr(at);
            const bool is_skipped =
                rest.starts_with('#') || rest.starts_with("{{") || rest.starts_with("{%") || rest.starts_with("{#");
            if (!is_skipped) {
                return at;
            }
            at = std::min(m_source.find('\n', at), m_source.size());
        }
    }

    void fill() {
        for (const auto& action : m_found) {
            const auto written = m_source.substr(action.start, action.end - action.start);
            if (!is_escaped(written)) {
                std::fill_n(m_result.m_text.begin() + static_cast<std::ptrdiff_t>(action.start), written.size(),
                            k_filling);
                m_result.m_filled.push_back(span_between(action.start, action.end));
            }
        }
    }

    void blank(std::size_t start, std::size_t end) {
        for (auto at = start; at < end; ++at) {
            auto& byte = m_result.m_text[at];
            byte = byte == '\n' || byte == '\r' ? byte : ' ';
        }
    }

    TemplateText& m_result;
    std::string_view m_source;
    Actions m_actions;
    std::vector<Action> m_found;              ///< in the line
    std::size_t m_depth = 0;                  ///< of loops and conditions
    std::size_t m_skipped_from = 0;           ///< the depth of the condition whose other way is skipped; 0 for none
    std::size_t m_block_start = 0;            ///< of the outermost
    std::optional<std::size_t> m_text_column; ///< in a block of text: what its lines are indented more than
    bool m_text_begins = false;               ///< that block has no text so far
    std::size_t m_last_column = 0;
    bool m_last_is_key = false; ///< of the last line with content: it ends with a colon
    std::size_t m_next_content = 0;
};

TemplateText::TemplateText(std::string_view source)
    : m_source(source)
    , m_text(source) {
    Writer(*this).write();
}

bool TemplateText::is_line(Span span) const {
    const auto line = std::ranges::lower_bound(m_lines, span.start, {}, [](const Line& it) { return it.span.start; });
    return line != m_lines.end() && line->span == span;
}

bool TemplateText::is_conditional(Span span) const {
    const auto behind = std::ranges::upper_bound(m_blocks, span.start, {}, &Span::start);
    return behind != m_blocks.begin() && span.start < std::prev(behind)->end;
}

bool TemplateText::holds_any(Span span) const {
    const auto first = std::ranges::lower_bound(m_filled, span.start, {}, &Span::start);
    return first != m_filled.end() && first->start < span.end;
}

std::string TemplateText::restored(std::string_view value, Span span) const {
    std::string result(value);
    std::size_t from = 0;
    for (auto action = std::ranges::lower_bound(m_filled, span.start, {}, &Span::start);
         action != m_filled.end() && action->start < span.end; ++action) {
        const auto length = action->end - action->start;
        const auto at = result.find(std::string(length, k_filling), from);
        if (at == std::string::npos) {
            continue;
        }
        result.replace(at, length, m_source.substr(action->start, length));
        from = at + length;
    }
    return result;
}

} // namespace oidcgen::document
