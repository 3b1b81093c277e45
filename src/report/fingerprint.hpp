#pragma once

#include "report/presented.hpp"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace oidcgen::report {

/// 16 hexadecimal digits that tell lists of texts apart. Not made to keep texts secret.
[[nodiscard]] std::string digits_of(std::span<const std::string_view> texts);

/// For each finding what tells it from the others, and is the same in the next run: also when its line was moved, or
/// another client or item came before it. Made of its rule, its client, and the pointer and the text of each of its
/// places, secrets masked.
[[nodiscard]] std::vector<std::string> fingerprints(Presented& report);

} // namespace oidcgen::report
