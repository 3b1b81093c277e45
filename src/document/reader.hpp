#pragma once

#include "document/document.hpp"

#include <cstddef>
#include <memory>
#include <string>

namespace oidcgen::document {

/// What a reader takes before it gives up with a fault.
struct Limits {
    std::size_t bytes = 64U << 20U;
    std::size_t depth = 1000;
    std::size_t aliases = 100'000; ///< nodes that aliases may stand for, counted as if they were copied
    JsYaml js_yaml = JsYaml::v4_2; ///< for Dialect::js_yaml

    friend bool operator==(const Limits&, const Limits&) = default;
};

/// Reads a text by the rules of a dialect. Never fails: what is wrong is in the document's faults, and what could be
/// read before the first fatal fault is in its tree. Cost is linear in the length of the text, apart from sorting the
/// keys of large mappings.
///
/// The document's source is the text as UTF-8: UTF-16 was decoded where the dialect takes it, and for js_yaml and json
/// invalid bytes are U+FFFD, as Node and browsers read them. Offsets count its bytes.
[[nodiscard]] std::unique_ptr<Document> read_document(std::string name, std::string text, Dialect dialect,
                                                      const Limits& limits = {});

} // namespace oidcgen::document
