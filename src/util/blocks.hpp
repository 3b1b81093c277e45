#pragma once

#include "util/error.hpp"

#include <cstddef>
#include <filesystem>
#include <functional>
#include <string_view>

namespace oidcgen::util {

/// Hands over the bytes of a file in blocks of at most `size` bytes, in order, so that a file of any length can be
/// read. `-` is standard input; what else is read is what read_file() reads. Errors: as there.
[[nodiscard]] Expected<void> read_in_blocks(const std::filesystem::path& path, std::size_t size,
                                            const std::function<void(std::string_view)>& take);

} // namespace oidcgen::util
