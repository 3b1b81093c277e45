#pragma once

#include "document/document.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace oidcgen::document {

/// Bytes that an excerpt shares with the text that it was taken from.
struct Piece {
    std::uint32_t inner = 0; ///< offset in the excerpt
    std::uint32_t outer = 0; ///< offset in the text that holds it
    std::uint32_t length = 0;
    const Document* from = nullptr; ///< where texts of several documents were put together; null: the outer document
};

/// A text that stands within another document: as the value of a scalar, as a part of the tree, or as lines of it.
struct Excerpt {
    const Document* outer = nullptr; ///< outlives what is read from the excerpt
    Span whole;                      ///< of all of it in the source of the outer document
    std::vector<Piece> pieces;       ///< in order of both; none: nobody knows where a byte stands (base64)
    std::string text;
    PathId path;            ///< of the value in the outer document; the root for lines
    bool is_merged = false; ///< of several documents
    std::size_t number = 0; ///< of lines: which document of the text they are, from 1; of a value: 0

    /// The document that the byte comes from, or the next one that comes from any.
    [[nodiscard]] const Document& document_at(std::uint32_t offset) const;
    /// Where a part of the text stands in the source of that document, as far as it does. Through base64 and the like
    /// that is the whole.
    [[nodiscard]] Span in_outer(Span span) const;
    /// The part of the text that stands in that span of the outer source; empty where none does.
    [[nodiscard]] Span in_excerpt(Span outer_span) const;
};

/// The value of a scalar, through its quotes, escapes, folding and indentation. Where a decoder disagrees with the
/// document about the value (a placeholder in it was filled), the place of each byte is unknown.
[[nodiscard]] Excerpt excerpt_of_scalar(const Document& document, NodeId scalar);

/// A part of a scalar's value, from that byte of the value on.
[[nodiscard]] Excerpt excerpt_of_rest(const Document& document, NodeId scalar, std::size_t from);

/// The same in which each two dollar signs are one, as Compose writes them in a text that it interpolates.
[[nodiscard]] Excerpt with_single_dollars(Excerpt excerpt);

/// What a scalar's value becomes when it is decoded; the text has no bytes in common with it.
[[nodiscard]] Excerpt excerpt_of_decoded(const Document& document, NodeId scalar, std::string text);

/// A mapping or sequence as a text of its own, without the indentation it has in common.
[[nodiscard]] Excerpt excerpt_of_part(const Document& document, NodeId collection);

/// How far the lines of a block are indented: of a collection, or of the content of a literal or folded scalar.
/// 0 for all else.
[[nodiscard]] std::size_t indentation_of_block(const Document& document, const Node& node);

/// Lines of a text as they are.
[[nodiscard]] Excerpt excerpt_of_lines(const Document& document, Span lines, std::size_t number);

/// Where a span of a document stands in the file that the document was taken from, or is.
struct InFile {
    const Source* source = nullptr;
    Span span;
};
[[nodiscard]] InFile in_file(const Document& document, Span span);

/// The documents of a stream (YAML 1.2 section 9.1), each with the line that begins it. A marker ends everything that
/// is open, so no reader is needed.
[[nodiscard]] std::vector<Span> documents_of(std::string_view text);

} // namespace oidcgen::document
