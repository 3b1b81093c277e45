#pragma once

#include "document/source.hpp"

#include <optional>
#include <string_view>

namespace oidcgen::document {

/// The first template action (`{{ … }}`, `{% … %}`) that is a line or a value by itself, outside quotes: such a text is
/// no YAML before it is filled in.
[[nodiscard]] std::optional<Span> bare_template_action(std::string_view text);

} // namespace oidcgen::document
