#include "report/line_mask.hpp"

#include "report/suspicion.hpp"
#include "util/ascii.hpp"
#include "util/text.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <optional>
#include <span>

namespace oidcgen::report {

namespace {

using namespace std::string_view_literals;
using document::Dialect;
using document::Source;
using document::Span;

constexpr auto k_none = std::string_view::npos;
constexpr std::string_view k_blanks = " \t";

/// Tags that YAML itself has.
constexpr std::array k_tags{"!"sv,     "!!str"sv, "!!int"sv,    "!!bool"sv,      "!!float"sv, "!!null"sv, "!!map"sv,
                            "!!seq"sv, "!!set"sv, "!!binary"sv, "!!timestamp"sv, "!!omap"sv,  "!!merge"sv};

constexpr std::size_t k_long_word = 40; ///< no name is that long; base64 lines of a PEM block have 64 characters

bool is_known_tag(std::string_view tag) { return std::ranges::find(k_tags, tag) != k_tags.end(); }

std::size_t word_end(std::string_view text, std::size_t at) {
    while (at < text.size() && is_word_byte(text[at])) {
        ++at;
    }
    return at;
}

/// Where the key of a line stands, with its quotes, and where its value begins; nothing for a line without `key:`.
struct Key {
    std::size_t start = 0;
    std::size_t end = 0;
    std::size_t value = 0;
    std::string_view name;
};

/// Behind indentation, list marks, opening brackets, anchors and tags.
std::size_t content_start(std::string_view line) {
    std::size_t at = 0;
    while (at < line.size()) {
        const bool is_mark = (line[at] == '-' || line[at] == '?') && (at + 1 == line.size() || line[at + 1] == ' ');
        if (line[at] == '&' || line[at] == '!') {
            at = std::min(line.find_first_of(k_blanks, at), line.size());
        } else if (!is_mark && std::string_view(" \t{[,").find(line[at]) == k_none) {
            break;
        } else {
            ++at;
        }
    }
    return at;
}

/// The start or end of a document, or a directive that YAML has.
bool is_document_mark(std::string_view line) {
    const auto content = util::trimmed(line);
    constexpr std::string_view k_version = "%YAML 1.";
    return content == "---" || content == "..." ||
           (content.starts_with(k_version) && util::is_digits(content.substr(k_version.size())));
}

struct Word {
    std::string_view text;
    std::size_t end = 0;
};

/// The word that a line begins with, behind a quotation mark if there is one.
Word first_word(std::string_view line) {
    const auto start = content_start(line);
    const auto word = start + (start < line.size() && (line[start] == '"' || line[start] == '\'') ? 1 : 0);
    const auto end = word_end(line, word);
    return {line.substr(std::min(word, line.size()), end - word), end};
}

/// The key that begins there: a word, in quotes or not, then a colon with a blank, a bracket, a quote or the end behind
/// it.
std::optional<Key> key_at(std::string_view line, std::size_t start) {
    const bool is_quoted = start < line.size() && (line[start] == '"' || line[start] == '\'');
    const auto name_start = start + (is_quoted ? 1 : 0);
    auto name_end = word_end(line, name_start);
    while (name_end < line.size() && (line[name_end] == '.' || line[name_end] == '$')) {
        name_end = word_end(line, name_end + 1);
    }
    auto at = name_end;
    if (is_quoted && at < line.size() && line[at] == line[start]) {
        ++at;
    }
    const auto end = at;
    at = std::min(line.find_first_not_of(k_blanks, at), line.size());
    const bool is_key =
        name_end > name_start && at < line.size() && line[at] == ':' &&
        (is_quoted || at + 1 == line.size() || std::string_view(" \t\"'[{").find(line[at + 1]) != k_none);
    return is_key ? std::optional(Key{start, end, at + 1, line.substr(name_start, name_end - name_start)})
                  : std::nullopt;
}

/// The next key of a flow mapping from there on, behind a comma or bracket; behind a blank, where the comma may be
/// missing, only one in quotes that some system knows.
std::optional<Key> next_flow_key(std::string_view line, std::size_t from, const Names& names) {
    for (auto at = line.find_first_of(",{ ", from); at != k_none; at = line.find_first_of(",{ ", at + 1)) {
        const auto start = line.find_first_not_of(k_blanks, at + 1);
        if (start == k_none) {
            return std::nullopt;
        }
        auto key = key_at(line, start);
        if (key && (line[at] != ' ' || (line[start] == '"' && names.contains(key->name)))) {
            return key;
        }
    }
    return std::nullopt;
}

/// A bracket, and no template action.
bool begins_as_json(std::string_view text) {
    const auto content = util::trimmed(text);
    return content.starts_with('[') || (content.starts_with('{') && !content.starts_with("{{"));
}

/// A line that is a template action which steers, without a text in quotes: `{{ range .clients }}`.
bool is_steering_action(std::string_view line) {
    constexpr std::array k_words{"range"sv,  "if"sv,       "else"sv,  "end"sv,    "with"sv,
                                 "define"sv, "template"sv, "block"sv, "include"sv};
    auto content = util::trimmed(line);
    if (!content.starts_with("{{") || content.find_first_of("\"'`") != k_none) {
        return false;
    }
    content.remove_prefix(std::min(content.find_first_not_of("{- "), content.size()));
    return std::ranges::find(k_words, content.substr(0, word_end(content, 0))) != k_words.end();
}

/// A line of brackets that close something.
bool is_closing(std::string_view line) { return line.find_first_not_of(" \t]},") == k_none; }

/// A line that ends with a text in quotes, or with the bracket around it: all that it opens it closes.
bool ends_with_its_value(std::string_view line) {
    const auto end = line.find_last_not_of(" \t,");
    if (end == k_none || std::string_view("\"'}]").find(line[end]) == k_none || line.find('\\') != k_none) {
        return false;
    }
    const auto count = [&](std::string_view bytes) {
        return std::ranges::count_if(line, [&](char byte) { return bytes.find(byte) != k_none; });
    };
    return count("\"") % 2 == 0 && count("'") % 2 == 0 && count("\"'") >= 2 && count("{[") <= count("}]");
}

/// A plain word and a host or an origin behind it: what a setting is without its colon.
bool is_name_and_host(std::string_view text) {
    const auto words = util::words(text);
    if (words.size() != 2 || !std::ranges::all_of(words[0], is_word_byte)) {
        return false;
    }
    const bool is_host = words[1].find('.') != k_none && is_plain_host(words[1]);
    return is_host || words[1].size() - plain_origin_size(words[1]) == (words[1].ends_with('/') ? 1U : 0U);
}

/// One text that could not be read, gone through line by line.
class LineMask {
  public:
    LineMask(const Source& source, Dialect dialect, const Names& names, Hosts hosts, std::vector<Span>& hidden)
        : m_source(source)
        , m_is_json(dialect == Dialect::json || begins_as_json(source.text()))
        , m_names(names)
        , m_hosts(hosts)
        , m_hidden(hidden) {
        find_aliases();
    }

    void add_line(std::size_t number);

  private:
    struct Level {
        std::size_t depth = 0;
        bool is_secret = false;
    };

    void find_aliases();
    void hide(std::size_t start, std::size_t end);
    void hide_value(std::size_t start, std::size_t end);
    void hide_words(std::size_t start, std::size_t end);
    void hide_members(bool in_secret);
    void hide_marks();
    [[nodiscard]] bool begins_with_setting() const;
    [[nodiscard]] bool ends_secret(std::size_t own_depth) const;
    [[nodiscard]] bool is_setting(std::string_view name) const;
    [[nodiscard]] bool mentions_secret() const;
    [[nodiscard]] std::size_t behind_secret_name(std::size_t start, std::size_t end) const;
    [[nodiscard]] std::size_t comment_start() const;
    [[nodiscard]] std::size_t depth() const;

    const Source& m_source;
    bool m_is_json;
    const Names& m_names;
    Hosts m_hosts;
    std::vector<Span>& m_hidden;
    std::set<std::string_view> m_aliases; ///< names that stand behind a `*`
    std::vector<Level> m_levels;
    bool m_goes_on = false; ///< the line before may be part of a secret, or end in the middle of one
    /// How deep the line is that began it, if its value seems to end with that line; k_none if not.
    std::size_t m_ended = k_none;
    Span m_span; ///< of the line
    std::string_view m_line;
    bool m_mentions = false; ///< a word of it names a secret, or is one
};

void LineMask::find_aliases() {
    const auto text = m_source.text();
    for (auto at = text.find('*'); at != k_none; at = text.find('*', at + 1)) {
        m_aliases.insert(text.substr(at + 1, word_end(text, at + 1) - at - 1));
    }
}

/// Offsets within the line.
void LineMask::hide(std::size_t start, std::size_t end) {
    if (start < end) {
        m_hidden.push_back(span_of(m_span.start + start, m_span.start + end));
    }
}

/// Everything but quotes, commas and brackets at its ends.
void LineMask::hide_value(std::size_t start, std::size_t end) {
    constexpr std::string_view k_around = " \t\"'[]{},|>#";
    while (start < end && k_around.find(m_line[start]) != k_none) {
        ++start;
    }
    while (end > start && k_around.find(m_line[end - 1]) != k_none) {
        --end;
    }
    hide(start, end);
}

/// What looks like a secret in a value that should hold none.
void LineMask::hide_words(std::size_t start, std::size_t end) {
    for (const auto& found : suspicious_in(m_line.substr(start, end - start))) {
        hide(start + found.start, start + found.end);
    }
    for (auto at = start; at < end;) {
        const auto word = std::max(word_end(m_line, at), at + 1);
        if (word - at >= k_long_word) {
            hide(at, std::min(word, end));
        }
        at = word;
    }
}

bool LineMask::is_setting(std::string_view name) const {
    return m_names.contains(name) || (!is_hidden_name(name) && suspicious_in(name).empty());
}

/// A word of the line names a secret, or is one.
bool LineMask::mentions_secret() const {
    for (std::size_t at = 0; at < m_line.size();) {
        const auto end = word_end(m_line, at);
        const auto word = m_line.substr(at, end - at);
        if (word.size() >= k_long_word || looks_random(word) || (!word.empty() && names_secret(word))) {
            return true;
        }
        at = std::max(end, at + 1);
    }
    return false;
}

/// Where the first word that names a secret ends; `end` when there is none.
std::size_t LineMask::behind_secret_name(std::size_t start, std::size_t end) const {
    for (auto at = start; at < end;) {
        const auto behind = word_end(m_line, at);
        if (behind > at && names_secret(m_line.substr(at, behind - at))) {
            return std::min(behind, end);
        }
        at = std::max(behind, at + 1);
    }
    return end;
}

/// Where a comment begins, its mark not included; the size of the line when there is none.
std::size_t LineMask::comment_start() const {
    constexpr std::array k_marks{"#"sv, "//"sv, "/*"sv};
    auto first = m_line.size();
    for (const auto mark : std::span(k_marks).first(m_is_json ? k_marks.size() : 1)) {
        for (auto at = m_line.find(mark); at < first; at = m_line.find(mark, at + 1)) {
            if (at == 0 || std::string_view(" \t,{}[]\"").find(m_line[at - 1]) != k_none) {
                first = std::min(first, at + mark.size());
            }
        }
    }
    return first;
}

/// The first word is the name of a setting that holds no secret.
bool LineMask::begins_with_setting() const {
    const auto name = first_word(m_line);
    return m_names.contains(name.text) && !names_secret(name.text);
}

/// The line is behind a secret that had an end, and begins with a name, no deeper than that.
bool LineMask::ends_secret(std::size_t own_depth) const {
    const auto key = m_ended == k_none || own_depth > m_ended ? std::nullopt : key_at(m_line, content_start(m_line));
    return key && is_setting(key->name);
}

/// The members of a line: names stay, secret values go.
void LineMask::hide_members(bool in_secret) {
    const auto comment = comment_start();
    hide_value(comment, m_line.size());
    if (is_document_mark(m_line.substr(0, comment == m_line.size() ? comment : comment - 1))) {
        return;
    }
    if (!in_secret && is_steering_action(m_line)) {
        hide_words(0, comment);
        return;
    }
    const auto start = content_start(m_line);
    auto key = key_at(m_line, start);
    if (!key && start < comment) {
        const auto [name, end] = first_word(m_line);
        const bool is_item = m_line.substr(0, start).find_first_of("-[,") != k_none || (m_is_json && start > 0);
        const bool is_name = m_names.contains(name) && !in_secret; // its colon is missing
        const auto rest = is_name ? end : start;
        const bool is_host = m_hosts == Hosts::shown && is_name_and_host(m_line.substr(start, comment - start));
        if (in_secret || m_mentions || (!is_name && !is_item && !is_host)) {
            hide_value(rest, comment);
        } else {
            hide_words(rest, comment);
        }
        key = next_flow_key(m_line, start, m_names);
    }
    while (key && key->start < comment) {
        const auto next = next_flow_key(m_line, key->value, m_names);
        const auto end = next && next->start < comment ? next->start : comment;
        const bool is_shown = m_names.contains(key->name) || (!in_secret && is_setting(key->name));
        if (!is_shown) {
            hide(key->start, key->end);
        }
        if (in_secret || names_secret(key->name)) {
            hide_value(key->value, end);
        } else {
            const auto secret = behind_secret_name(key->value, end); // of a line that should be several
            hide_words(key->value, secret);
            hide_value(secret, end);
        }
        key = next;
    }
}

/// Anchors that no alias names, tags that YAML does not have, and names of either that look random.
void LineMask::hide_marks() {
    for (std::size_t at = 0; at < m_line.size(); ++at) {
        const bool is_start = at == 0 || std::string_view(" \t[{,:-").find(m_line[at - 1]) != k_none;
        if (!is_start || std::string_view("&!*").find(m_line[at]) == k_none) {
            continue;
        }
        const auto end = std::min(m_line.find_first_of(" \t,]}", at), m_line.size());
        const auto mark = m_line.substr(at, end - at);
        const auto name = mark.substr(1);
        const bool is_known = mark.front() == '!'   ? is_known_tag(mark) || m_names.contains(mark)
                              : mark.front() == '&' ? m_aliases.contains(name)
                                                    : true;
        if (!is_known || is_random(name)) {
            hide(at + 1, end);
        }
        at = end;
    }
}

/// An item of a list may stand below its key.
std::size_t LineMask::depth() const {
    const auto indentation = std::min(m_line.find_first_not_of(k_blanks), m_line.size());
    return 2 * indentation + (m_line.substr(indentation).starts_with('-') ? 1 : 0);
}

void LineMask::add_line(std::size_t number) {
    m_span = m_source.line_span(number);
    m_line = m_source.text(m_span);
    if (util::trimmed(m_line).empty()) {
        return;
    }
    m_mentions = mentions_secret();
    const auto own_depth = depth();
    while (!m_levels.empty() && m_levels.back().depth >= own_depth) {
        m_levels.pop_back();
    }
    const bool is_below = !m_levels.empty() && m_levels.back().is_secret;
    if (m_goes_on && begins_with_setting()) {
        m_goes_on = false; // whatever the line before left open
    }
    if (m_goes_on && ends_secret(own_depth)) {
        m_goes_on = false;
    }
    hide_members(is_below || m_goes_on);
    hide_marks();
    m_levels.push_back({own_depth, m_mentions || is_below});
    const bool is_behind = m_goes_on && m_line.find(':') == k_none;
    if (m_mentions) {
        m_ended = ends_with_its_value(m_line) ? own_depth : k_none;
    } else if (is_behind && !is_closing(m_line)) {
        m_ended = k_none; // so it had no end
    }
    m_goes_on = m_mentions || is_behind;
}

} // namespace

void hide_in_gap(const Source& source, Span gap, const std::set<std::string_view>& used_anchors, const Names& names,
                 Comments comments, std::vector<Span>& hidden) {
    const auto text = source.text(gap);
    const auto add = [&](std::size_t start, std::size_t end) {
        hidden.push_back(span_of(gap.start + start, gap.start + end));
    };
    for (std::size_t at = 0; at < text.size();) {
        const char byte = text[at];
        if (byte == '#') {
            const auto start = text.find_first_not_of("# \t", at);
            if (comments == Comments::hidden && start != k_none) {
                add(start, text.size());
            }
            return;
        }
        if (byte == '&' || byte == '!') {
            const auto is_verbatim = text.substr(at).starts_with("!<");
            const auto end = std::min(text.find_first_of(is_verbatim ? " \t" : " \t,[]{}", at), text.size());
            const auto name = text.substr(at, end - at);
            const bool is_known = byte == '!' ? is_known_tag(name) || names.contains(name)
                                              : used_anchors.contains(name.substr(1)) && !is_random(name.substr(1));
            if (!is_known && end > at + 1) {
                add(at + 1, end);
            }
            at = end;
            continue;
        }
        const auto end = word_end(text, at);
        const auto word = text.substr(at, end - at);
        const bool is_mark = word.find_first_not_of('-') == k_none || word == "YAML"; // `---`, a directive
        if (!word.empty() && !is_mark) {
            add(at, end);
        }
        at = std::max(end, at + 1);
    }
}

void hide_unreadable(const Source& source, Dialect dialect, const Names& names, Hosts hosts,
                     std::vector<Span>& hidden) {
    LineMask mask(source, dialect, names, hosts, hidden);
    for (std::size_t number = 1; number <= source.line_count(); ++number) {
        mask.add_line(number);
    }
}

} // namespace oidcgen::report
