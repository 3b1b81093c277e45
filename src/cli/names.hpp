#pragma once

#include <string>
#include <string_view>

namespace oidcgen::cli {

/// The flag for a field of the site description.
[[nodiscard]] std::string flag_name(std::string_view field);

} // namespace oidcgen::cli
