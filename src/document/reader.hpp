#pragma once

#include "document/document.hpp"
#include "document/fillings.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>

namespace oidcgen::document {

/// What becomes of template actions outside quotes, such as `{{ x }}`.
enum class TemplateActions : std::uint8_t {
    refused,   ///< they are not YAML
    filled_in, ///< somebody fills them in before, so the text is read around them
};

/// What a reader takes before it gives up with a fault.
struct Limits {
    std::size_t bytes = 64U << 20U;
    std::size_t depth = 1000;
    std::size_t aliases = 100'000; ///< nodes that aliases may stand for, counted as if they were copied
    JsYaml js_yaml = JsYaml::v4_2; ///< for Dialect::js_yaml
    /// Tags that a system has of its own, like `!env`, and gives a meaning: no faults, and what follows them is
    /// read as if it were not tagged, a scalar as text. Outlives the reading.
    std::span<const std::string_view> tags{};
    /// The one of them behind which the name of an environment variable stands, alone or in front of a default: it is
    /// filled in like a hole. Empty: none.
    std::string_view variable_tag{};
    TemplateActions actions = TemplateActions::refused;

    friend bool operator==(const Limits& left, const Limits& right) {
        return left.bytes == right.bytes && left.depth == right.depth && left.aliases == right.aliases &&
               left.js_yaml == right.js_yaml && left.actions == right.actions &&
               left.variable_tag == right.variable_tag && std::ranges::equal(left.tags, right.tags);
    }
};

/// Reads a text by the rules of a dialect. Never fails: what is wrong is in the document's faults, and what could be
/// read before the first fatal fault is in its tree. Cost is linear in the length of the text, apart from sorting the
/// keys of large mappings.
///
/// The document's source is the text as UTF-8: UTF-16 was decoded where the dialect takes it, and for js_yaml and json
/// invalid bytes are U+FFFD, as Node and browsers read them. Offsets count its bytes.
///
/// With fillings, which outlive the document, scalars have the text that the source would have with its holes filled;
/// spans stay those of the source. Keys keep their holes.
[[nodiscard]] std::unique_ptr<Document> read_document(std::string name, std::string text, Dialect dialect,
                                                      const Limits& limits = {}, const Fillings* fillings = nullptr);

/// The same for a text within another one, under the name of the file. Where the text had to be decoded once more,
/// nobody knows where a byte stands.
[[nodiscard]] std::unique_ptr<Document> read_excerpt(std::shared_ptr<const Excerpt> excerpt, Dialect dialect,
                                                     const Limits& limits = {}, const Fillings* fillings = nullptr);

} // namespace oidcgen::document
