#pragma once

#include <string>
#include <string_view>

namespace oidcgen::test {

/// Both texts line by line: lines of both with a blank in front, those that are missing with `-`, those that are too
/// much with `+`. Every byte is visible, and so is a missing line break at the end. Empty when they are the same.
[[nodiscard]] std::string difference(std::string_view wanted, std::string_view got);

} // namespace oidcgen::test
