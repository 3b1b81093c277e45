#pragma once

#include <string_view>

namespace oidcgen::lang::js {

/// Whether `new URL(text.trim())` takes the text (URL Standard, without a base).
[[nodiscard]] bool is_url(std::string_view text);

} // namespace oidcgen::lang::js
