#pragma once

#include "document/stand_ins.hpp"

#include <optional>
#include <string_view>

namespace oidcgen::document {

/// libyaml takes every `?` and `:` in flow style for the mark of a key or value; to js-yaml those with text right
/// after them begin a text (`[:a, ?b]`). Gives them stand-ins, and returns the first mark that js-yaml does not take.
[[nodiscard]] std::optional<Span> adapt_flow_marks(std::string_view source, StandIns& stand_ins);

} // namespace oidcgen::document
