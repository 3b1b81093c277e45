#include "lint/suppress.hpp"

#include "document/excerpt.hpp"
#include "report/diagnostic.hpp"
#include "systems.hpp"
#include "util/text.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <optional>
#include <string_view>
#include <system_error>
#include <tuple>
#include <utility>

namespace oidcgen::lint {

namespace {

using document::Document;
using document::Place;
using document::Span;

constexpr std::string_view k_mark = "oidcgen:"; ///< begins what a comment tells the program
constexpr std::string_view k_ignore = "ignore";
constexpr std::string_view k_blanks = " \t";

constexpr std::array<std::string_view, 1> k_sources{
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html#_Toc34317732"};

const rule::Rule k_unused{
    .code = "OG9001",
    .name = "unused-suppression",
    .summary = "a suppression has nothing to suppress",
    .why =
        "The fault that the comment or the entry of `ignore` in `.oidcgen.yaml` is about was fixed, or is at another "
        "place now. If the suppression stays, it hides the same fault when somebody makes it again.",
    .bad = "# the address is registered, so there is no such finding\n"
           "redirect_uris:\n"
           "  # oidcgen: ignore[redirect-uri-invalid] the parser accepts this one\n"
           "  - https://photos.example.com/auth/login",
    .good = "redirect_uris:\n  - https://photos.example.com/auth/login",
    .ignore = "while the same files are checked for several releases, and only some of them have the finding",
    .sources = k_sources,
};

const rule::Rule k_no_reason{
    .code = "OG9003",
    .name = "suppression-without-reason",
    .summary = "a suppression does not say why the finding does not matter",
    .why = "Whoever reads the suppression later cannot tell whether it still holds. A few words are enough: what was "
           "decided, or until when.",
    .bad = "# oidcgen: ignore[unused-suppression]",
    .good = "# oidcgen: ignore[unused-suppression] needed again once the staging site is back",
    .ignore = {},
    .sources = k_sources,
};

constexpr std::array k_rules{&k_unused, &k_no_reason};

/// Rules of one suppression under the name that somebody gave them.
struct Wanted {
    const NamedRules* rules = nullptr;
    bool is_used = false;
};

/// Names of rules, each looked up once however often it is written.
class Names {
  public:
    /// What the name means, or what is wrong with it.
    const util::Expected<NamedRules>& operator[](std::string_view name) {
        const auto key = util::lowered(name);
        const auto found = m_found.find(key);
        return found != m_found.end() ? found->second : m_found.emplace(key, named_rules(name)).first->second;
    }

  private:
    std::map<std::string, util::Expected<NamedRules>> m_found; ///< by the name in small letters
};

struct Comment {
    const Document* document = nullptr;
    Span span{}; ///< in that document
    std::vector<Wanted> wanted{};
    std::string reason{};
    std::size_t line = 0; ///< of the document, from 1
    std::size_t next = 0; ///< the line that it is about too; the same one if it has more than the comment

    [[nodiscard]] Place place() const { return {document, span, document::k_root_path}; }
};

/// True when nobody knows which byte of the file a byte of the document is.
bool is_decoded(const Document& document) {
    for (const auto* at = document.excerpt(); at != nullptr; at = at->outer->excerpt()) {
        if (at->pieces.empty()) {
            return true;
        }
    }
    return false;
}

/// Where the document's scalars are, to tell a comment from text in a value.
class Scalars {
  public:
    explicit Scalars(const Document& document) {
        for (document::NodeId id = 0; id < document.node_count(); ++id) {
            if (const auto& node = document.node(id); node.kind == document::NodeKind::scalar) {
                m_spans.push_back(node.span);
            }
        }
        std::ranges::sort(m_spans, {}, &Span::start);
    }

    [[nodiscard]] bool hold(std::size_t offset) const {
        const auto next = std::ranges::upper_bound(m_spans, offset, {}, &Span::start);
        return next != m_spans.begin() && offset < std::prev(next)->end;
    }

  private:
    std::vector<Span> m_spans;
};

bool is_comment(std::string_view line) { return util::trimmed(line).starts_with('#'); }

/// What a comment tells the program: `# oidcgen: ignore[RULE] reason`.
class CommentReader {
  public:
    CommentReader(const Document& document, Names& names, std::vector<Comment>& comments, util::Words& problem)
        : m_document(document)
        , m_names(names)
        , m_comments(comments)
        , m_problem(problem) {}

    void read() {
        const auto text = m_document.source().text();
        std::optional<Scalars> scalars;
        for (auto at = text.find(k_mark); at != std::string_view::npos; at = text.find(k_mark, at + k_mark.size())) {
            const auto before = text.substr(0, at).find_last_not_of(k_blanks);
            if (before == std::string_view::npos || text[before] != '#' ||
                (before > 0 && std::string_view(" \t\r\n").find(text[before - 1]) == std::string_view::npos)) {
                continue;
            }
            if (!scalars) {
                scalars.emplace(m_document);
            }
            if (!scalars->hold(before)) {
                read_comment(before, at + k_mark.size());
            }
        }
    }

  private:
    void complain(const Comment& comment, const util::Words& what) {
        if (m_problem.empty()) {
            m_problem = util::words("{}: {}", report::position_of(comment.place()), what);
        }
    }

    /// `start` is that of the comment, `begin` is behind the mark.
    void read_comment(std::size_t start, std::size_t begin) {
        const auto& source = m_document.source();
        Comment result{.document = &m_document};
        result.line = source.line_of(start);
        const auto line = source.line_span(result.line);
        result.span = {static_cast<std::uint32_t>(start), line.end};
        auto rest = util::trimmed(source.text({static_cast<std::uint32_t>(begin), line.end}));
        const auto word = rest.substr(0, rest.find_first_not_of("abcdefghijklmnopqrstuvwxyz-"));
        rest = util::trimmed(rest.substr(word.size()));
        if (word != k_ignore) {
            if (!word.empty() && rest.starts_with('[')) {
                complain(result, util::words("{} is not known here; write `ignore[RULE] reason`", util::outside(word)));
            }
            return;
        }
        const auto close = rest.find(']');
        if (!rest.starts_with('[') || close == std::string_view::npos) {
            complain(result, "`ignore` needs rules in brackets: `# oidcgen: ignore[RULE] reason`");
            return;
        }
        std::set<const NamedRules*> told;
        for (const auto name : util::split(rest.substr(1, close - 1), ',')) {
            const auto& rules = m_names[util::trimmed(name)];
            if (!rules) {
                complain(result, rules.error().message);
                return;
            }
            if (told.insert(&*rules).second) {
                result.wanted.push_back({&*rules});
            }
        }
        rest.remove_prefix(close + 1);
        rest.remove_prefix(std::min(rest.find_first_not_of(" \t:-"), rest.size()));
        result.reason = rest;
        result.next = is_comment(source.text(line)) ? next_line(result.line) : result.line;
        m_comments.push_back(std::move(result));
    }

    /// The first line behind that one which is not a comment. Lines are asked for in order.
    std::size_t next_line(std::size_t line) {
        const auto& source = m_document.source();
        if (line >= m_next) {
            m_next = line + 1;
            while (m_next <= source.line_count() && is_comment(source.text(source.line_span(m_next)))) {
                ++m_next;
            }
        }
        return m_next;
    }

    const Document& m_document;
    Names& m_names;
    std::vector<Comment>& m_comments;
    util::Words& m_problem;
    std::size_t m_next = 0; ///< found last
};

/// Every comment once, although a document may be read alone and as a part of another one.
std::vector<Comment> comments_in(std::span<const Document* const> documents, Names& names, util::Words& problem) {
    std::set<const Document*> split; // of which each document is read by itself
    for (const auto* const document : documents) {
        if (const auto* const excerpt = document->excerpt(); excerpt != nullptr && excerpt->number > 0) {
            split.insert(excerpt->outer);
        }
    }
    std::vector<Comment> found;
    std::set<const Document*> read;
    for (const auto* const document : documents) {
        if (document->dialect() != document::Dialect::json && !split.contains(document) &&
            read.insert(document).second) {
            CommentReader(*document, names, found, problem).read();
        }
    }
    std::vector<Comment> result;
    std::set<std::pair<std::string_view, std::uint32_t>> told;
    for (auto& comment : found) {
        const auto [source, span] = document::in_file(*comment.document, comment.span);
        if (is_decoded(*comment.document) || told.emplace(source->name(), span.start).second) {
            result.push_back(std::move(comment));
        }
    }
    return result;
}

/// The lines of a document or file that comments are about.
class Comments {
  public:
    explicit Comments(std::vector<Comment> comments)
        : m_comments(std::move(comments)) {
        for (auto& comment : m_comments) {
            for (const auto line : std::set{comment.line, comment.next}) {
                add(comment, m_by_document[{comment.document, line}]);
                if (line <= comment.document->source().line_count() && !is_decoded(*comment.document)) {
                    const auto start = comment.document->source().line_span(line).start;
                    const auto [source, span] = document::in_file(*comment.document, {start, start});
                    add(comment, m_by_file[{source->name(), source->line_of(span.start)}]);
                }
            }
        }
    }
    Comments(const Comments&) = delete;
    Comments& operator=(const Comments&) = delete;
    ~Comments() = default;

    [[nodiscard]] const std::vector<Comment>& all() const { return m_comments; }

    /// The comment that suppresses the rule at that place; null when there is none.
    const Comment* suppressing(const rule::Rule& rule, const Place& place) {
        if (!place || m_comments.empty()) {
            return nullptr;
        }
        if (const auto* const comment = at(rule, *place.document, place.span)) {
            return comment;
        }
        // The line of its key, if the value begins below.
        const auto& document = *place.document;
        const auto node = document.node_at(place.path);
        const auto key = node == document::k_no_node ? node : document.key_of(node);
        return key == document::k_no_node ? nullptr : at(rule, document, document.node(key).span);
    }

  private:
    /// What is wanted at one line.
    struct Line {
        std::vector<std::pair<Comment*, std::size_t>> all;    ///< comment, and number among what it wants
        std::map<const rule::Rule*, const Comment*> answered; ///< by rule; null: there is none
    };

    static void add(Comment& comment, Line& line) {
        for (std::size_t number = 0; number < comment.wanted.size(); ++number) {
            line.all.emplace_back(&comment, number);
        }
    }

    const Comment* at(const rule::Rule& rule, const Document& document, Span span) {
        const auto line = document.source().line_of(span.start);
        const auto [source, in_source] = document::in_file(document, span);
        const auto* const own = first(rule, m_by_document, std::pair(&document, line));
        const auto* const of_file =
            first(rule, m_by_file, std::pair(std::string_view(source->name()), source->line_of(in_source.start)));
        return own != nullptr ? own : of_file;
    }

    /// All that name the rule are used then.
    template <class Lines, class Key>
    static const Comment* first(const rule::Rule& rule, Lines& lines, const Key& key) {
        const auto found = lines.find(key);
        if (found == lines.end()) {
            return nullptr;
        }
        const auto [answer, is_new] = found->second.answered.try_emplace(&rule, nullptr);
        if (is_new) {
            for (const auto& [comment, number] : found->second.all) {
                auto& wanted = comment->wanted[number];
                if (std::ranges::find(wanted.rules->rules, &rule) != wanted.rules->rules.end()) {
                    wanted.is_used = true;
                    answer->second = answer->second == nullptr ? comment : answer->second;
                }
            }
        }
        return answer->second;
    }

    std::vector<Comment> m_comments;
    std::map<std::pair<const Document*, std::size_t>, Line> m_by_document;
    std::map<std::pair<std::string_view, std::size_t>, Line> m_by_file;
};

bool is_below(std::string_view pointer, std::string_view above) {
    return pointer.starts_with(above) && (pointer.size() == above.size() || pointer[above.size()] == '/');
}

/// The entries of a project.
class Entries {
  public:
    explicit Entries(const Filter& filter)
        : m_folder(filter.folder) {
        for (const auto& ignore : filter.ignores) {
            auto& entry = m_entries.emplace_back(Entry{&ignore, {}});
            for (const auto& rules : ignore.rules) {
                entry.wanted.push_back({&rules});
                for (const auto* const rule : rules.rules) {
                    m_by_rule[rule].emplace_back(m_entries.size() - 1, entry.wanted.size() - 1);
                }
            }
        }
    }

    struct Entry {
        const ProjectIgnore* ignore = nullptr;
        std::vector<Wanted> wanted;
    };

    [[nodiscard]] const std::vector<Entry>& all() const { return m_entries; }

    /// The entry that suppresses the rule at that place; null when there is none.
    const ProjectIgnore* suppressing(const rule::Rule& rule, const Place& place) {
        const auto found = m_by_rule.find(&rule);
        if (!place || found == m_by_rule.end()) {
            return nullptr;
        }
        const ProjectIgnore* result = nullptr;
        const auto& concerned = concern(document::in_file(*place.document, place.span).source->name());
        const auto pointer = place.document->pointer(place.path);
        for (const auto& [number, wanted] : found->second) {
            auto& entry = m_entries[number];
            if (concerned[number] && is_below(pointer, entry.ignore->pointer)) {
                entry.wanted[wanted].is_used = true;
                result = result == nullptr ? entry.ignore : result;
            }
        }
        return result;
    }

    /// For each entry whether it is about that file, or about a folder that the file is in.
    const std::vector<bool>& concern(const std::string& file) {
        const auto [found, is_new] = m_files.try_emplace(file);
        if (is_new) {
            std::error_code error;
            const auto path = std::filesystem::weakly_canonical(file, error).lexically_relative(m_folder);
            for (const auto& entry : m_entries) {
                const auto inside =
                    path.lexically_relative(std::filesystem::path(entry.ignore->path).lexically_normal());
                found->second.push_back(entry.ignore->path.empty() || (!inside.empty() && *inside.begin() != ".."));
            }
        }
        return found->second;
    }

  private:
    std::filesystem::path m_folder;
    std::vector<Entry> m_entries;
    std::map<const rule::Rule*, std::vector<std::pair<std::size_t, std::size_t>>> m_by_rule;
    std::map<std::string, std::vector<bool>> m_files;
};

/// The places of a finding: its own first, then those of its notes.
std::vector<const Place*> ends_of(const rule::Finding& finding) {
    std::vector<const Place*> result{&finding.place};
    for (const auto& note : finding.notes) {
        result.push_back(&note.place);
    }
    return result;
}

/// Tells whether the findings of a rule are all there are: those of two sides need both.
class Completeness {
  public:
    explicit Completeness(const report::Report& report) {
        const auto has = [&](oidc::Wing wing) {
            return std::ranges::find(report.files, wing, &report::File::wing) != report.files.end();
        };
        m_has_both = has(oidc::Wing::provider) && has(oidc::Wing::application);
        for (const auto* const system : systems()) {
            m_of_one_side.insert(system->rules.begin(), system->rules.end());
        }
    }

    [[nodiscard]] bool is_certain(const NamedRules& rules) const {
        return m_has_both ||
               std::ranges::all_of(rules.rules, [&](const rule::Rule* rule) { return m_of_one_side.contains(rule); });
    }

  private:
    bool m_has_both = false;
    std::set<const rule::Rule*> m_of_one_side;
};

/// Adds what is wrong with one suppression. `what` says how to get rid of it.
void judge(const std::vector<Wanted>& wanted, bool is_seen, const Completeness& completeness, bool has_reason,
           const Place& place, const char* what, const char* how_to_explain, rule::Findings& findings) {
    std::vector<util::Words> unused;
    bool is_all = true;
    for (const auto& it : wanted) {
        if (it.is_used || !is_seen || !completeness.is_certain(*it.rules)) {
            is_all = false;
        } else {
            unused.push_back(util::own(it.rules->text));
        }
    }
    if (!unused.empty()) {
        const auto names = util::joined(unused, " or ");
        findings.add(rule::finding(k_unused, util::words("nothing to suppress: there is no finding of {} here", names),
                                   place,
                                   is_all ? util::words("delete the {}", what)
                                          : util::words("take {} out of the {}", util::joined(unused, " and "), what)));
    }
    if (!has_reason && !is_all) {
        findings.add(rule::finding(k_no_reason, "this suppression gives no reason", place, how_to_explain));
    }
}

} // namespace

std::span<const rule::Rule* const> suppression_rules() { return k_rules; }

util::Words suppress(const Filter& filter, std::span<const document::Document* const> documents,
                     report::Report& report) {
    util::Words problem;
    Names names;
    Comments comments(comments_in(documents, names, problem));
    Entries entries(filter);
    if (comments.all().empty() && entries.all().empty()) {
        return problem;
    }
    for (auto& finding : report.findings) {
        std::optional<rule::Suppression> first; // and all others are used, too
        for (const auto* const place : ends_of(finding)) {
            const auto* const comment = comments.suppressing(*finding.rule, *place);
            const auto* const entry = entries.suppressing(*finding.rule, *place);
            if (comment != nullptr && !first) {
                first = {util::bare(comment->reason), comment->place(), true};
            }
            if (entry != nullptr && !first) {
                first = {util::bare(entry->reason), entry->place, false};
            }
        }
        finding.suppressed = std::move(first);
    }
    std::erase_if(report.dropped, [&](const rule::Dropped& it) {
        const Place place{it.document, it.span, document::k_root_path};
        return comments.suppressing(*it.rule, place) != nullptr || entries.suppressing(*it.rule, place) != nullptr;
    });
    const Completeness completeness(report);
    rule::Findings findings;
    for (const auto& comment : comments.all()) {
        // Behind a syntax error nothing is found.
        judge(comment.wanted, comment.document->fatal() == nullptr, completeness, !comment.reason.empty(),
              comment.place(), "comment", "write why behind the brackets: `# oidcgen: ignore[RULE] reason`", findings);
    }
    std::vector<bool> is_seen(entries.all().size());
    for (const auto& file : report.files) {
        const auto& concerned = entries.concern(file.path);
        for (std::size_t number = 0; number < concerned.size(); ++number) {
            is_seen[number] = is_seen[number] || concerned[number];
        }
    }
    std::size_t number = 0;
    for (const auto& [ignore, wanted] : entries.all()) {
        judge(wanted, is_seen[number++], completeness, !ignore->reason.empty(), ignore->place, "entry",
              "add a `reason` to the entry", findings);
    }
    std::ranges::move(findings.findings, std::back_inserter(report.findings));
    std::ranges::move(findings.dropped, std::back_inserter(report.dropped));
    return problem;
}

void apply(const Filter& filter, report::Report& report) {
    const auto is_unwanted = [&](const auto& it) {
        return filter.left_out.contains(it.rule) || (!filter.selected.empty() && !filter.selected.contains(it.rule));
    };
    std::erase_if(report.findings, is_unwanted);
    std::erase_if(report.dropped, is_unwanted);
    const auto set_severity = [&](auto& it) {
        if (const auto found = filter.severities.find(it.rule); found != filter.severities.end()) {
            it.asked = found->second;
        }
    };
    std::ranges::for_each(report.findings, set_severity);
    std::ranges::for_each(report.dropped, set_severity);
}

} // namespace oidcgen::lint
