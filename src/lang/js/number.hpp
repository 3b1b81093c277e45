#pragma once

#include <string_view>

namespace oidcgen::lang::js {

/// The number that Number() makes of a text; NaN where it is not a number, 0 for an empty text.
[[nodiscard]] double to_number(std::string_view text);

} // namespace oidcgen::lang::js
