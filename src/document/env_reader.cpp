#include "document/env_reader.hpp"

#include "document/builder.hpp"
#include "document/reader.hpp"
#include "util/ascii.hpp"
#include "util/text.hpp"
#include "util/wipe.hpp"

#include <algorithm>
#include <cstdint>
#include <string_view>
#include <utility>

namespace oidcgen::document {

namespace {

constexpr std::string_view k_blanks = " \t\r\v\f";
constexpr std::string_view k_mark = "\xEF\xBB\xBF"; ///< byte order mark

bool is_name_byte(char byte) {
    return util::is_alphanumeric(byte) || byte == '_' || byte == '.' || byte == '-' || byte == '[' || byte == ']';
}

class Reader {
  public:
    Reader(const Document& document, Builder& builder)
        : m_source(document.source())
        , m_text(document.source().text())
        , m_builder(builder) {}

    util::Expected<void> read() {
        if (m_text.starts_with(k_mark)) {
            m_at = k_mark.size();
        }
        m_builder.open(NodeKind::mapping, Style::block, span(m_at, m_at));
        while (m_at < m_text.size()) {
            OIDCGEN_CHECK(read_line());
        }
        m_builder.close(0);
        return {};
    }

  private:
    [[nodiscard]] static Span span(std::size_t start, std::size_t end) {
        return {static_cast<std::uint32_t>(start), static_cast<std::uint32_t>(end)};
    }
    [[nodiscard]] std::size_t line_end() const { return std::min(m_text.find('\n', m_at), m_text.size()); }
    void skip(std::string_view bytes) { m_at = std::min(m_text.find_first_not_of(bytes, m_at), m_text.size()); }
    void skip_line() { m_at = std::min(line_end() + 1, m_text.size()); }

    [[nodiscard]] tl::unexpected<util::Error> failure(std::size_t at, const util::Words& what) const {
        return util::failure(util::words("{}:{}: {}", util::path(m_source.name()), m_source.line_of(at), what));
    }

    util::Expected<void> read_line() {
        skip(k_blanks);
        if (m_at < m_text.size() && (m_text[m_at] == '#' || m_text[m_at] == '\n')) {
            skip_line();
            return {};
        }
        constexpr std::string_view k_export = "export";
        const auto rest = m_text.substr(m_at);
        if (rest.starts_with(k_export) && rest.size() > k_export.size() &&
            (rest[k_export.size()] == ' ' || rest[k_export.size()] == '\t')) {
            m_at += k_export.size();
            skip(k_blanks);
        }
        const auto start = m_at;
        while (m_at < m_text.size() && is_name_byte(m_text[m_at])) {
            ++m_at;
        }
        const auto end = m_at;
        skip(k_blanks);
        if (m_at == m_text.size() || m_text[m_at] == '\n') { // a name alone is taken from elsewhere
            m_at = std::min(m_at + 1, m_text.size());
            return {};
        }
        if (end == start || (m_text[m_at] != '=' && m_text[m_at] != ':')) {
            return failure(start, "this line is not of the form NAME=VALUE");
        }
        ++m_at;
        skip(" \t");
        m_builder.scalar(Style::plain, span(start, end), m_text.substr(start, end - start));
        return m_at < m_text.size() && (m_text[m_at] == '\'' || m_text[m_at] == '"') ? read_quoted() : read_plain();
    }

    util::Expected<void> read_plain() {
        const auto start = m_at;
        const auto line = m_text.substr(start, line_end() - start);
        auto end = line.size();
        for (auto at = line.find('#'); at != std::string_view::npos; at = line.find('#', at + 1)) {
            if (at == 0 || line[at - 1] == ' ' || line[at - 1] == '\t') {
                end = at;
                break;
            }
        }
        const auto last = line.substr(0, end).find_last_not_of(k_blanks);
        end = last == std::string_view::npos ? 0 : last + 1;
        m_builder.scalar(Style::plain, span(start, start + end), line.substr(0, end));
        skip_line();
        return {};
    }

    util::Expected<void> read_quoted() {
        const auto start = m_at;
        const char quote = m_text[m_at++];
        std::string value;
        for (; m_at < m_text.size() && m_text[m_at] != quote; ++m_at) {
            const bool is_escape = m_text[m_at] == '\\' && m_at + 1 < m_text.size();
            if (!is_escape) {
                value += m_text[m_at];
            } else if (quote == '\'') {
                value += m_text[m_at + 1] == quote ? "" : "\\";
                value += m_text[++m_at];
            } else {
                add_escaped(value, m_text[++m_at]);
            }
        }
        if (m_at >= m_text.size()) {
            return failure(start, "the quote that begins on this line is not closed");
        }
        ++m_at;
        m_builder.scalar(quote == '"' ? Style::double_quoted : Style::single_quoted, span(start, m_at),
                         m_builder.kept(value));
        util::wipe(value);
        skip(k_blanks);
        if (m_at < m_text.size() && m_text[m_at] != '\n' && m_text[m_at] != '#') {
            return failure(m_at, "there is text after the closing quote");
        }
        skip_line();
        return {};
    }

    static void add_escaped(std::string& value, char byte) {
        constexpr std::string_view k_letters = "nrtabfv";
        constexpr std::string_view k_bytes = "\n\r\t\a\b\f\v";
        if (const auto at = k_letters.find(byte); at != std::string_view::npos) {
            value += k_bytes[at];
        } else if (byte == '$') { // kept for who expands variables
            value += "\\$";
        } else if (byte == '"' || byte == '\\') {
            value += byte;
        } else {
            value += '\\';
            value += byte;
        }
    }

    const Source& m_source;
    std::string_view m_text;
    Builder& m_builder;
    std::size_t m_at = 0;
};

} // namespace

util::Expected<std::unique_ptr<Document>> read_env(std::string name, std::string text) {
    if (util::invalid_utf8(text)) {
        return util::failure(util::words("{} is not valid UTF-8", util::path(name)));
    }
    auto document = std::make_unique<Document>(Source(std::move(name), std::move(text)), Dialect::env);
    Builder builder(*document, {});
    OIDCGEN_CHECK(Reader(*document, builder).read());
    builder.finish();
    return document;
}

} // namespace oidcgen::document
