#pragma once

#include "oidc/system.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace oidcgen::cli {

/// The systems of one side as a sentence names them: `A`, `A or B`, with `and` as the last word `A and B`.
[[nodiscard]] std::string titles(oidc::Wing wing, std::string_view last_word = "or");

/// The same of both sides.
[[nodiscard]] std::string all_titles(std::string_view last_word = "and");

/// The names of all systems, as flags take them.
[[nodiscard]] std::vector<std::string_view> system_names();

/// The flag for a field of the site description.
[[nodiscard]] std::string flag_name(std::string_view field);

} // namespace oidcgen::cli
