#pragma once

#include <string>
#include <string_view>

namespace oidcgen::lang::js {

/// A YAML timestamp (https://yaml.org/type/timestamp.html) as toISOString() writes it.
[[nodiscard]] std::string iso_time(std::string_view text);

} // namespace oidcgen::lang::js
