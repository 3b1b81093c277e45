#pragma once

#include "document/document.hpp"
#include "document/fillings.hpp"
#include "document/reader.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace oidcgen::document {

/// Fills the holes of the scalars of a document that was just read.
class HoleFiller {
  public:
    HoleFiller(Document& document, const Limits& limits, const Fillings& fillings)
        : m_document(document)
        , m_limits(limits)
        , m_fillings(fillings) {}

    void fill();

  private:
    struct Written {
        std::string text;
        Style style = Style::plain;
    };

    [[nodiscard]] bool is_key(const Node& node) const;
    void fill_scalar(NodeId id);
    /// True for the name of a variable: a scalar with the tag of variables, or the first item of a list with it.
    [[nodiscard]] bool names_variable(NodeId id) const;
    void fill_variable(NodeId id);
    /// What the scalar is once the text is in its place; nothing where the source would no longer hold one scalar.
    [[nodiscard]] std::optional<Written> rewritten(const Node& node, FilledText filled) const;
    /// The same, read by the rules of the dialect.
    [[nodiscard]] std::optional<Written> read_again(std::string text) const;

    Document& m_document;
    const Limits& m_limits;
    const Fillings& m_fillings;
    std::size_t m_room = 64U << 20U; ///< bytes of filled texts altogether
};

} // namespace oidcgen::document
