#pragma once

#include "document/document.hpp"
#include "document/value.hpp"
#include "report/line_mask.hpp"
#include "util/words.hpp"

#include <cstddef>
#include <map>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace oidcgen::report {

/// Knows what of a document must not be shown: the values of settings whose names say that they hold a secret (well
/// spelt or not) with all that stands below them, what looks like a secret without being an identifier (a value below
/// the wrong key, or a key), users, passwords and secret parameters of addresses, a document that is one text,
/// comments, and anchors and tags that nothing uses. Where the text could not be read the words of a line decide: keys,
/// punctuation and indentation stay. Of a file of environment variables nothing but their names is shown.
class Redactor {
  public:
    /// `names` lives as long. `secrets` are places known to hold one whatever they are called; those in other documents
    /// do not matter.
    Redactor(const document::Document& document, const Names& names, std::span<const document::Place> secrets = {});

    /// The bytes of a line that are hidden, in order and apart from each other.
    [[nodiscard]] std::vector<document::Span> hidden_in(document::Span line) const;
    /// A sentence about a place, with the text from outside in it masked where that comes from what is hidden there.
    /// What holds one of the `supplied` secrets is masked, too.
    [[nodiscard]] util::Shown shown(const util::Words& words, const document::Place& place,
                                    std::span<const std::string_view> supplied = {}) const;
    /// True when a part of that place is a secret by its name, or looks like one.
    [[nodiscard]] bool hides(const document::Place& place) const;
    /// The pointer of a path (RFC 6901), with parts that may be a secret masked.
    [[nodiscard]] std::string shown_pointer(const document::PathId& path) const;

  private:
    struct Text {
        document::Span span;
        std::string_view text;
    };
    /// What a name of a path is like.
    struct Looks {
        bool is_hidden = false;     ///< it is a secret itself
        bool is_suspicious = false; ///< it holds one
        bool names_secret = false;  ///< what stands below it is one
    };
    struct Step {
        std::string name;
        bool hidden = false;
    };

    void hide(document::Span span, std::string_view text);
    void hide_member(document::NodeId key, document::NodeId value);
    void hide_suspicious(std::string_view key, document::NodeId value);
    void hide_value(const document::Node& key, document::NodeId value);
    void hide_texts(document::NodeId value);
    void hide_comment(const document::Node& node);
    void add_leaves();
    void add_gaps(document::Span line, Comments comments, std::vector<document::Span>& found) const;
    [[nodiscard]] std::vector<document::Span> hidden_in_env(document::Span line) const;
    [[nodiscard]] std::string hidden_at(const document::Place& place) const;
    [[nodiscard]] std::vector<Step> steps(const document::PathId& path) const;
    [[nodiscard]] Looks looks_of(const std::string& name) const;

    const document::Document* m_document;
    const Names* m_names;
    bool m_is_readable = true;            ///< all of it was read, so the tree says what a byte belongs to
    std::vector<document::Span> m_hidden; ///< sorted, apart from each other
    std::vector<Text> m_texts;            ///< of hidden scalars, as they were read; sorted by place
    std::vector<document::Span> m_leaves; ///< of scalars and aliases, sorted; where the document was read
    std::set<std::string_view> m_anchors; ///< that an alias uses
    std::vector<bool> m_visited;
    std::unordered_map<std::string_view, bool> m_secret_names; ///< whether they name a secret
    mutable std::unordered_map<std::string, Looks> m_looks;    ///< of names in paths, each looked at once
};

/// Redactors by document, made when they are needed.
class Redactors {
  public:
    Redactors() = default;
    /// Null: no names are known. `supplied` are secrets that fill placeholders, wherever they went, and `places` those
    /// of values that went into secrets; both live longer.
    explicit Redactors(NamesOf names, std::span<const std::string_view> supplied = {},
                       std::span<const document::Place> places = {})
        : m_names(names)
        , m_supplied(supplied)
        , m_places(places) {}

    [[nodiscard]] const Redactor& of(const document::Document& document);
    /// The bytes that are hidden of the line of a place in the file that its document was taken from, or is; in order
    /// and apart from each other. What its own text does not tell is judged by the documents around it.
    [[nodiscard]] std::vector<document::Span> hidden_in(const document::Place& place, document::Span line);
    /// The sentence as it may be shown: what came from outside escaped, and masked by what it is and, with a place, by
    /// what is hidden there.
    [[nodiscard]] util::Shown shown(const util::Words& words, const document::Place& place = {});

  private:
    NamesOf m_names = nullptr;
    std::span<const std::string_view> m_supplied;
    std::span<const document::Place> m_places;
    std::map<const document::Document*, Redactor> m_redactors;
};

/// The text with a mask in place of each of the supplied secrets, in small or capital letters.
[[nodiscard]] std::string without_supplied(std::string_view text, std::span<const std::string_view> supplied);

/// A sentence about no place in a file.
[[nodiscard]] util::Shown shown(const util::Words& words);

/// JSON with users, passwords and secret parameters of addresses masked in its texts, and the supplied secrets.
[[nodiscard]] util::Shown shown(document::Value value, std::span<const std::string_view> supplied = {});

} // namespace oidcgen::report
