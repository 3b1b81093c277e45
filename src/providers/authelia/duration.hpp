#pragma once

#include "util/error.hpp"

#include <string_view>

namespace oidcgen::providers::authelia {

/// Seconds as digits, or numbers with units, `1h30m`, `2 weeks and 3 days`. The error says what is wrong.
[[nodiscard]] util::Expected<void> check_duration(std::string_view text);

} // namespace oidcgen::providers::authelia
