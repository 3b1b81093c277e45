#include "lint/suppress.hpp"

#include "document/excerpt.hpp"
#include "report/diagnostic.hpp"
#include "systems.hpp"
#include "util/text.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
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
    NamedRules rules;
    bool is_used = false;
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
    CommentReader(const Document& document, std::vector<Comment>& comments, util::Words& problem)
        : m_document(document)
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
        for (const auto name : util::split(rest.substr(1, close - 1), ',')) {
            auto rules = named_rules(util::trimmed(name));
            if (!rules) {
                complain(result, rules.error().message);
                return;
            }
            result.wanted.push_back({std::move(*rules)});
        }
        rest.remove_prefix(close + 1);
        rest.remove_prefix(std::min(rest.find_first_not_of(" \t:-"), rest.size()));
        result.reason = rest;
        result.next = result.line;
        if (is_comment(source.text(line))) {
            while (++result.next <= source.line_count() && is_comment(source.text(source.line_span(result.next)))) {
            }
        }
        m_comments.push_back(std::move(result));
    }

    const Document& m_document;
    std::vector<Comment>& m_comments;
    util::Words& m_problem;
};

/// Every comment once, although a document may be read alone and as a part of another one.
std::vector<Comment> comments_in(std::span<const Document* const> documents, util::Words& problem) {
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
            CommentReader(*document, found, problem).read();
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
            for (const auto line : {comment.line, comment.next}) {
                m_by_document[{comment.document, line}].push_back(&comment);
                if (line <= comment.document->source().line_count() && !is_decoded(*comment.document)) {
                    const auto start = comment.document->source().line_span(line).start;
                    const auto [source, span] = document::in_file(*comment.document, {start, start});
                    m_by_file[{source->name(), source->line_of(span.start)}].push_back(&comment);
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
    const Comment* at(const rule::Rule& rule, const Document& document, Span span) {
        const auto line = document.source().line_of(span.start);
        if (const auto* const comment = first(rule, m_by_document.find({&document, line}), m_by_document.end())) {
            return comment;
        }
        const auto [source, in_source] = document::in_file(document, span);
        return first(rule, m_by_file.find({source->name(), source->line_of(in_source.start)}), m_by_file.end());
    }

    /// All that name the rule are used then.
    template <class Found>
    const Comment* first(const rule::Rule& rule, Found found, Found end) {
        const Comment* result = nullptr;
        if (found == end) {
            return result;
        }
        for (auto* const comment : found->second) {
            for (auto& wanted : comment->wanted) {
                if (std::ranges::find(wanted.rules.rules, &rule) != wanted.rules.rules.end()) {
                    wanted.is_used = true;
                    result = result == nullptr ? comment : result;
                }
            }
        }
        return result;
    }

    std::vector<Comment> m_comments;
    std::map<std::pair<const Document*, std::size_t>, std::vector<Comment*>> m_by_document;
    std::map<std::pair<std::string_view, std::size_t>, std::vector<Comment*>> m_by_file;
};

bool is_below(std::string_view pointer, std::string_view above) {
    return pointer.starts_with(above) && (pointer.size() == above.size() || pointer[above.size()] == '/');
}

/// The entries of a project.
class Entries {
  public:
    explicit Entries(const Filter& filter)
        : m_folder(filter.folder) {
        for (const auto& entry : filter.ignores) {
            auto& added = m_entries.emplace_back(Entry{&entry, {}});
            for (const auto& rules : entry.rules) {
                added.wanted.push_back({rules});
            }
        }
    }

    struct Entry {
        const ProjectIgnore* ignore = nullptr;
        std::vector<Wanted> wanted;
    };

    [[nodiscard]] const std::vector<Entry>& all() const { return m_entries; }

    const ProjectIgnore* suppressing(const rule::Rule& rule, const Place& place) {
        const ProjectIgnore* result = nullptr;
        if (!place) {
            return result;
        }
        for (auto& entry : m_entries) {
            for (auto& wanted : entry.wanted) {
                if (std::ranges::find(wanted.rules.rules, &rule) != wanted.rules.rules.end() &&
                    concerns(*entry.ignore, place)) {
                    wanted.is_used = true;
                    result = result == nullptr ? entry.ignore : result;
                }
            }
        }
        return result;
    }

    /// True for a file that is the entry's, or is in its folder.
    [[nodiscard]] bool concerns(const ProjectIgnore& ignore, const std::string& file) {
        if (ignore.path.empty()) {
            return true;
        }
        const auto [found, is_new] = m_paths.try_emplace(file);
        if (is_new) {
            std::error_code error;
            found->second = std::filesystem::weakly_canonical(file, error).lexically_relative(m_folder);
        }
        const auto inside = found->second.lexically_relative(std::filesystem::path(ignore.path).lexically_normal());
        return !inside.empty() && *inside.begin() != "..";
    }

  private:
    [[nodiscard]] bool concerns(const ProjectIgnore& ignore, const Place& place) {
        const auto& file = document::in_file(*place.document, place.span).source->name();
        return concerns(ignore, file) && is_below(place.document->pointer(place.path), ignore.pointer);
    }

    std::filesystem::path m_folder;
    std::vector<Entry> m_entries;
    std::map<std::string, std::filesystem::path> m_paths; ///< of files, from the project's folder
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
    }

    [[nodiscard]] bool is_certain(const NamedRules& rules) const {
        return m_has_both || std::ranges::all_of(rules.rules, [](const rule::Rule* rule) {
                   return std::ranges::any_of(systems(), [&](const oidc::System* system) {
                       return std::ranges::find(system->rules, rule) != system->rules.end();
                   });
               });
    }

  private:
    bool m_has_both = false;
};

/// Adds what is wrong with one suppression. `what` says how to get rid of it.
void judge(const std::vector<Wanted>& wanted, bool is_seen, const Completeness& completeness, bool has_reason,
           const Place& place, const char* what, const char* how_to_explain, report::Report& report) {
    std::vector<util::Words> unused;
    bool is_all = true;
    for (const auto& it : wanted) {
        if (it.is_used || !is_seen || !completeness.is_certain(it.rules)) {
            is_all = false;
        } else {
            unused.push_back(util::own(it.rules.text));
        }
    }
    if (!unused.empty()) {
        const auto names = util::joined(unused, " or ");
        report.findings.push_back(
            rule::finding(k_unused, util::words("nothing to suppress: there is no finding of {} here", names), place,
                          is_all ? util::words("delete the {}", what)
                                 : util::words("take {} out of the {}", util::joined(unused, " and "), what)));
    }
    if (!has_reason && !is_all) {
        report.findings.push_back(
            rule::finding(k_no_reason, "this suppression gives no reason", place, how_to_explain));
    }
}

} // namespace

std::span<const rule::Rule* const> suppression_rules() { return k_rules; }

util::Words suppress(const Filter& filter, std::span<const document::Document* const> documents,
                     report::Report& report) {
    util::Words problem;
    Comments comments(comments_in(documents, problem));
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
    for (const auto& comment : comments.all()) {
        // Behind a syntax error nothing is found.
        judge(comment.wanted, comment.document->fatal() == nullptr, completeness, !comment.reason.empty(),
              comment.place(), "comment", "write why behind the brackets: `# oidcgen: ignore[RULE] reason`", report);
    }
    for (const auto& entry : entries.all()) {
        const bool is_seen = std::ranges::any_of(
            report.files, [&](const report::File& file) { return entries.concerns(*entry.ignore, file.path); });
        judge(entry.wanted, is_seen, completeness, !entry.ignore->reason.empty(), entry.ignore->place, "entry",
              "add a `reason` to the entry", report);
    }
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
