#pragma once

#include "document/document.hpp"

#include <string>
#include <string_view>

namespace oidcgen::document {

/// By whose rules a scalar is understood.
struct Scalar_rules {
    Dialect dialect = Dialect::json;
    Js_yaml js_yaml = Js_yaml::v4_2;
};

/// A scalar as a reader met it; `tag` is its explicit tag in short form (`!!int`), or empty.
struct Written_scalar {
    std::string_view text;
    Style style = Style::plain;
    std::string_view tag;
};

[[nodiscard]] Scalar resolve_scalar(const Written_scalar& written, const Scalar_rules& rules);

/// False when the dialect's parser refuses the scalar because of its tag.
[[nodiscard]] bool tag_fits(const Written_scalar& written, const Scalar_rules& rules);

/// The property name that JavaScript makes of a key (`0x10` is `16`), for keys that do not stand for their own text.
[[nodiscard]] std::string property_name(const Scalar& scalar);

} // namespace oidcgen::document
