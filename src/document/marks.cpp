#include "document/marks.hpp"

#include "util/ascii.hpp"
#include "util/text.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>
#include <utility>

namespace oidcgen::document {

namespace {

using util::is_alphanumeric;
using util::is_letter;

constexpr auto k_nowhere = std::string_view::npos;
constexpr std::string_view k_blanks = " \t\r\n";

/// Where such marks count.
enum class Where : std::uint8_t {
    anywhere,
    word,    ///< in a text without blanks
    bounded, ///< not as part of a longer name
    address, ///< in an address, where the use allows fillers
    whole,   ///< as the whole text
    rest,    ///< the same, when nothing else was found
};

/// What may be between the marks.
enum class Inner : std::uint8_t {
    any,
    expression, ///< begins with a letter, `_` or `!`
    name,       ///< begins with a letter; letters, digits and `_-./:` follow
    capitals,   ///< a name in capital letters, of two bytes or more
    reference,  ///< something on both sides of `#`
    list,       ///< something on both sides of `,`
    path,       ///< something on both sides of `/`
    words,      ///< anything on one line but these marks
};

struct Marks {
    std::string_view open;
    std::string_view close; ///< empty: the end of the text
    Where where = Where::anywhere;
    Inner inner = Inner::any;
    bool nests = false;
};

/// Longer marks are in front of shorter ones that begin like them.
constexpr std::array k_marks{
    Marks{"{{", "}}", Where::anywhere, Inner::any, true}, // Go templates, Helm, Jinja
    Marks{"{%", "%}", Where::anywhere, Inner::any, true}, // Jinja
    Marks{"<%", "%>", Where::anywhere, Inner::any},       // ERB
    Marks{"<path:", ">", Where::anywhere, Inner::reference},
    Marks{"${", "}", Where::word, Inner::expression, true}, // shells, Compose, Flux, Nix, Terraform
    Marks{"$(", ")", Where::word, Inner::name},             // Kubernetes
    Marks{"%%", "%%", Where::anywhere, Inner::name},
    Marks{"__", "__", Where::bounded, Inner::capitals},
    Marks{"@@", "@@", Where::anywhere, Inner::capitals},
    Marks{"@", "@", Where::anywhere, Inner::capitals},
    Marks{"#{", "}#", Where::anywhere, Inner::name},
    Marks{"((", "))", Where::anywhere, Inner::name},
    Marks{"<", ">", Where::address, Inner::words},
    Marks{"<", ">", Where::rest, Inner::words},
    Marks{"ENC[", "]", Where::whole, Inner::list},
    Marks{"$ANSIBLE_VAULT;", "", Where::whole, Inner::any},
    Marks{"$(", ")", Where::rest, Inner::any}, // a command
    Marks{"op://", "", Where::whole, Inner::path},
    Marks{"bw://", "", Where::whole, Inner::any},
    Marks{"bws://", "", Where::whole, Inner::any},
    Marks{"bitwarden://", "", Where::whole, Inner::any},
    Marks{"vault://", "", Where::whole, Inner::path},
    Marks{"vault:", "", Where::whole, Inner::reference},
    Marks{"ref+", "", Where::whole, Inner::path},
};

/// The first bytes of marks that count within a text.
constexpr std::string_view k_triggers = "{<$%_@#(";

bool is_blank(char byte) { return k_blanks.find(byte) != k_nowhere; }
bool is_name_byte(char byte) { return is_alphanumeric(byte) || byte == '_'; }
bool is_path_byte(char byte) { return is_name_byte(byte) || byte == '-' || byte == '.' || byte == '/' || byte == ':'; }
bool is_capital(char byte) { return byte >= 'A' && byte <= 'Z'; }
bool is_capital_byte(char byte) { return is_capital(byte) || util::is_digit(byte) || byte == '_'; }

bool is_parted(std::string_view inner, char by) {
    const auto at = inner.find(by);
    return at != k_nowhere && at > 0 && at + 1 < inner.size();
}

bool fits(Inner kind, std::string_view inner) {
    if (inner.empty()) {
        return false;
    }
    switch (kind) {
    case Inner::any:
        return true;
    case Inner::expression:
        return is_letter(inner.front()) || inner.front() == '_' || inner.front() == '!';
    case Inner::name:
        return (is_letter(inner.front()) || inner.front() == '_') && std::ranges::all_of(inner, is_path_byte);
    case Inner::capitals:
        return inner.size() > 1 && is_capital(inner.front()) && inner.back() != '_' &&
               std::ranges::all_of(inner, is_capital_byte);
    case Inner::reference:
        return is_parted(inner, '#') && inner.find_first_of(k_blanks) == k_nowhere;
    case Inner::list:
        return is_parted(inner, ',') && inner.find_first_of(k_blanks) == k_nowhere;
    case Inner::path:
        return is_parted(inner, '/') && inner.find_first_of("\r\n") == k_nowhere;
    case Inner::words:
        return inner.find_first_of("<>\r\n") == k_nowhere;
    }
    return false;
}

/// Between the marks of these kinds only some bytes may be, so that looking for their end is cheap.
std::size_t short_end(std::string_view text, std::size_t start, const Marks& marks) {
    const auto is_inner = [&](char byte) {
        return marks.inner == Inner::capitals ? is_capital_byte(byte)
               : marks.inner == Inner::name   ? is_path_byte(byte)
                                              : byte != '<' && byte != '>' && byte != '\n';
    };
    auto at = start;
    while (at < text.size() && !text.substr(at).starts_with(marks.close) && is_inner(text[at])) {
        ++at;
    }
    return text.substr(std::min(at, text.size())).starts_with(marks.close) ? at + marks.close.size() : k_nowhere;
}

/// Looks for where marks close that may hold anything, each in turn. Marks nest as long as they close again.
class Ends {
  public:
    explicit Ends(std::string_view text)
        : m_text(text) {}

    std::size_t of(std::size_t start, std::string_view open, std::string_view close, bool& nests) const {
        std::size_t depth = 0;
        auto at = start + open.size();
        while (nests && at < m_text.size()) {
            // Both begin with bytes that are rare.
            const auto rest = m_text.substr(at);
            if (rest.starts_with(open)) {
                ++depth;
                at += open.size();
            } else if (rest.starts_with(close)) {
                at += close.size();
                if (depth == 0) {
                    return at;
                }
                --depth;
            } else {
                ++at;
            }
        }
        nests = false; // once and for all, so that nobody looks through the whole text again and again
        const auto closed = m_text.find(close, start + open.size());
        return closed == k_nowhere ? k_nowhere : closed + close.size();
    }

  private:
    std::string_view m_text;
};

/// What is named between the marks: without a default (`X:-x`, `X-x`, `X:=x` and the like).
std::string_view named(std::string_view inner, const Marks& marks) {
    inner = util::trimmed(inner);
    if (marks.open != "${") {
        return inner;
    }
    const auto name =
        inner.substr(0, static_cast<std::size_t>(std::ranges::find_if_not(inner, is_name_byte) - inner.begin()));
    auto rest = inner.substr(name.size());
    if (rest.starts_with(':') && rest.size() > 1) {
        rest.remove_prefix(1);
    }
    const bool is_default = !rest.empty() && std::string_view("-=?+").find(rest.front()) != k_nowhere;
    return is_default && !name.empty() ? name : inner;
}

/// `$NAME` as the whole text, or between the dots and slashes of an address.
std::size_t variable_end(std::string_view text, std::size_t at, bool is_whole) {
    auto end = at + 1;
    while (end < text.size() && is_name_byte(text[end])) {
        ++end;
    }
    if (end == at + 1 || util::is_digit(text[at + 1])) {
        return k_nowhere;
    }
    if (is_whole && end == text.size()) {
        return end;
    }
    const bool begins = at == 0 || text[at - 1] == '.' || text[at - 1] == '/';
    const bool ends = end == text.size() || std::string_view("./:").find(text[end]) != k_nowhere;
    return begins && ends && fits(Inner::capitals, text.substr(at + 1, end - at - 1)) ? end : k_nowhere;
}

class Finder {
  public:
    Finder(std::string_view text, PlaceholderUse use, Search search)
        : m_text(text)
        , m_bare(util::trimmed(text))
        , m_first(static_cast<std::size_t>(m_bare.data() - text.data()))
        , m_ends(text)
        , m_use(use)
        , m_search(search) {
        m_nests.fill(true);
    }

    std::vector<Hole> find() {
        if (!m_bare.empty() && !find_whole(Where::whole)) {
            find_within();
            static_cast<void>(m_holes.empty() && find_whole(Where::rest));
        }
        return std::move(m_holes);
    }

  private:
    void add(std::size_t start, std::size_t end, std::string_view name) { m_holes.push_back({start, end, name}); }

    bool find_whole(Where where) {
        for (const auto& marks : k_marks) {
            const bool is_open = marks.where == where && m_bare.starts_with(marks.open) &&
                                 m_bare.ends_with(marks.close) &&
                                 m_bare.size() > marks.open.size() + marks.close.size();
            if (!is_open || (marks.open == "<" && m_use == PlaceholderUse::identifier)) {
                continue;
            }
            const auto inner = m_bare.substr(marks.open.size(), m_bare.size() - marks.open.size() - marks.close.size());
            if (fits(marks.inner, inner)) {
                // A reference without marks at its end is called what it is.
                add(m_first, m_first + m_bare.size(), marks.close.empty() ? m_bare : util::trimmed(inner));
                return true;
            }
        }
        return false;
    }

    void find_within() {
        bool is_certain = false; // else they count in a text without other blanks
        for (auto at = m_text.find_first_of(k_triggers); at != k_nowhere; at = m_text.find_first_of(k_triggers, at)) {
            const auto where = take(at);
            is_certain = is_certain || (where && *where != Where::word);
            if (is_certain && m_search == Search::first) {
                return;
            }
            at = where ? m_holes.back().end : at + 1;
        }
        if (!is_certain && has_blanks()) {
            m_holes.clear();
        }
    }

    /// What kind of hole begins there, if one does, which it adds.
    std::optional<Where> take(std::size_t at) {
        const auto rest = m_text.substr(at);
        for (std::size_t kind = 0; kind < k_marks.size(); ++kind) {
            const auto& marks = k_marks[kind];
            const bool is_within = marks.where != Where::whole && marks.where != Where::rest;
            if (!is_within || !rest.starts_with(marks.open) || m_is_over[kind] || !may_begin(at, marks)) {
                continue;
            }
            const auto end = end_of(at, kind);
            if (end != k_nowhere) {
                const auto first = at + marks.open.size();
                add(at, end,
                    marks.open == "{{" || marks.open == "{%"
                        ? named_in_action(m_text.substr(at, end - at))
                        : named(m_text.substr(first, end - marks.close.size() - first), marks));
                return marks.where;
            }
        }
        const auto end = rest.front() == '$'
                             ? variable_end(m_text.substr(0, m_first + m_bare.size()), at, at == m_first)
                             : k_nowhere;
        if (end == k_nowhere) {
            return std::nullopt;
        }
        add(at, end, m_text.substr(at + 1, end - at - 1));
        return Where::word;
    }

    [[nodiscard]] bool may_begin(std::size_t at, const Marks& marks) const {
        const bool is_in_address = marks.where != Where::address ||
                                   (m_use == PlaceholderUse::secret_or_address && m_text.find("://") != k_nowhere);
        return is_in_address && (marks.where != Where::bounded || at == 0 || !is_name_byte(m_text[at - 1]));
    }

    std::size_t end_of(std::size_t at, std::size_t kind) {
        const auto& marks = k_marks[kind];
        const auto first = at + marks.open.size();
        const bool is_short =
            marks.inner == Inner::name || marks.inner == Inner::capitals || marks.inner == Inner::words;
        bool nests = m_nests[kind] && marks.nests;
        const auto end = is_short ? short_end(m_text, first, marks) : m_ends.of(at, marks.open, marks.close, nests);
        m_nests[kind] = nests;
        m_is_over[kind] = !is_short && end == k_nowhere;
        if (end == k_nowhere || !fits(marks.inner, m_text.substr(first, end - marks.close.size() - first))) {
            return k_nowhere;
        }
        const bool is_longer = marks.where == Where::bounded && end < m_text.size() && is_name_byte(m_text[end]);
        return is_longer ? k_nowhere : end;
    }

    [[nodiscard]] bool has_blanks() const {
        auto at = m_first;
        for (const auto& hole : m_holes) {
            if (std::any_of(m_text.begin() + static_cast<std::ptrdiff_t>(at),
                            m_text.begin() + static_cast<std::ptrdiff_t>(hole.start), is_blank)) {
                return true;
            }
            at = hole.end;
        }
        return m_text.substr(at, m_first + m_bare.size() - at).find_first_of(k_blanks) != k_nowhere;
    }

    std::string_view m_text;
    std::string_view m_bare;
    std::size_t m_first;
    Ends m_ends;
    PlaceholderUse m_use;
    Search m_search;
    std::vector<Hole> m_holes;
    std::array<bool, k_marks.size()> m_nests{};
    std::array<bool, k_marks.size()> m_is_over{}; ///< marks of that kind are not closed any more
};

} // namespace

std::vector<Hole> marked_holes(std::string_view text, PlaceholderUse use, Search search) {
    return Finder(text, use, search).find();
}

std::string shown_marks(std::string_view hole) {
    for (const auto& marks : k_marks) {
        if (hole.starts_with(marks.open) && hole.ends_with(marks.close) &&
            hole.size() > marks.open.size() + marks.close.size()) {
            const std::string_view blank = marks.open == "{{" || marks.open == "{%" || marks.open == "<%" ? " " : "";
            std::string result(marks.open);
            return result.append(blank).append("…").append(blank).append(marks.close);
        }
    }
    return hole.starts_with('$') ? "$…" : "";
}

std::size_t Actions::end_of(std::size_t at) {
    constexpr std::array<std::array<std::string_view, 2>, 3> k_actions{{{"{{", "}}"}, {"{%", "%}"}, {"{#", "#}"}}};
    for (std::size_t kind = 0; kind < k_actions.size(); ++kind) {
        const auto& [open, close] = k_actions[kind];
        if (m_is_over[kind] || !m_text.substr(at).starts_with(open)) {
            continue;
        }
        bool nests = m_nests && kind == 0;
        const auto end = Ends(m_text).of(at, open, close, nests);
        m_nests = m_nests && (nests || kind != 0);
        m_is_over[kind] = end == k_nowhere;
        return end;
    }
    return k_nowhere;
}

std::string_view named_in_action(std::string_view action) {
    constexpr std::size_t k_marks_size = 2;
    auto inner = action.substr(k_marks_size, action.size() - 2 * k_marks_size);
    if (inner.starts_with('-')) {
        inner.remove_prefix(1);
    }
    if (inner.ends_with('-')) {
        inner.remove_suffix(1);
    }
    return util::trimmed(inner);
}

} // namespace oidcgen::document
