#pragma once

#include "document/document.hpp"
#include "report/report.hpp"
#include "report/suspicion.hpp"
#include "util/words.hpp"

#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace oidcgen::report {

/// Knows what of a document must not be shown: the values of settings whose names say that they hold a secret (well
/// spelt or not), in lines that could not be read whatever mentions such a setting, and whatever else looks like a
/// secret without being an identifier: a key, or a value below the wrong key.
class Redactor {
  public:
    explicit Redactor(const document::Document& document);

    /// The bytes of a line that are hidden, in order and apart from each other.
    [[nodiscard]] std::vector<document::Span> hidden_in(document::Span line) const;
    /// True for a line (number from 1) of which nothing is shown.
    [[nodiscard]] bool hides_line(std::size_t line) const;
    /// A sentence about a place, with the text from outside in it masked where that comes from what is hidden at the
    /// place.
    [[nodiscard]] std::string shown(const util::Words& words, const document::Place& place) const;

  private:
    struct Text {
        document::Span span;
        std::string_view text;
    };

    void hide_member(document::NodeId key, document::NodeId value);
    void hide_if_random(std::string_view key, document::NodeId value);
    void hide_value(const document::Node& key, document::NodeId value);
    void hide_texts(document::NodeId value);
    [[nodiscard]] bool mentions_secret(std::size_t line) const;
    [[nodiscard]] std::string hidden_at(const document::Place& place) const;

    const document::Document* m_document;
    std::vector<document::Span> m_hidden; ///< sorted, apart from each other
    std::vector<Text> m_texts;            ///< of hidden scalars, as they were read; sorted by place
    std::vector<bool> m_visited;
    std::unordered_map<std::string_view, bool> m_names; ///< whether they name a secret
};

/// Redactors by document, made when they are needed.
class Redactors {
  public:
    [[nodiscard]] const Redactor& of(const document::Document& document);
    [[nodiscard]] std::string shown(const util::Words& words, const document::Place& place);

  private:
    std::map<const document::Document*, Redactor> m_redactors;
};

/// The pointer of a path (RFC 6901), with parts that may be a secret masked: names below a setting that holds a secret,
/// and names that look like one themselves.
[[nodiscard]] std::string shown_pointer(const document::Document& document, const document::PathId& path);

} // namespace oidcgen::report
