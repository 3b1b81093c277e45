#pragma once

#include "lint/lint.hpp"
#include "util/error.hpp"

#include <cstddef>
#include <filesystem>
#include <string>
#include <vector>

namespace oidcgen::lint {

/// What a folder holds.
struct Folder {
    std::vector<Input> inputs;    ///< texts that may hold settings, as far as words tell, in order of their paths
    std::size_t looked_at = 0;    ///< files that are text
    std::size_t not_readable = 0; ///< files and folders that could not be read
};

/// Reads the text files below a folder. Passed over: `.git`, `node_modules`, links, what is no text, and files of more
/// than 4 MiB. An error when the folder itself cannot be read.
[[nodiscard]] util::Expected<Folder> read_folder(const std::filesystem::path& path);

} // namespace oidcgen::lint
