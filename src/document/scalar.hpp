#pragma once

#include "document/document.hpp"

#include <string>
#include <string_view>

namespace oidcgen::document {

/// By whose rules a scalar is understood.
struct ScalarRules {
    Dialect dialect = Dialect::json;
    JsYaml js_yaml = JsYaml::v4_2;
};

/// A scalar as a reader met it; `tag` is its explicit tag in short form (`!!int`), or empty.
struct WrittenScalar {
    std::string_view text;
    Style style = Style::plain;
    std::string_view tag;
};

[[nodiscard]] Scalar resolve_scalar(const WrittenScalar& written, const ScalarRules& rules);

/// False when the dialect's parser refuses the scalar because of its tag.
[[nodiscard]] bool tag_fits(const WrittenScalar& written, const ScalarRules& rules);

/// The property name that JavaScript makes of a key (`0x10` is `16`), for keys that do not stand for their own text.
[[nodiscard]] std::string property_name(const Scalar& scalar);

} // namespace oidcgen::document
