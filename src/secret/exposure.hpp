#pragma once

#include "util/words.hpp"

#include <filesystem>
#include <vector>

namespace oidcgen::secret {

/// Why others than this user may know or change the secret in a file: it is a symbolic link, belongs to another user,
/// or has a mode that lets others in. Each is a sentence with the path and what to do, lower case, no full stop. None
/// for a file that is not there, and for what this process has open (util::names_open_file).
[[nodiscard]] std::vector<util::Words> exposures(const std::filesystem::path& path);

} // namespace oidcgen::secret
