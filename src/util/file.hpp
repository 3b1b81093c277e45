#pragma once

#include "util/error.hpp"

#include <cstddef>
#include <filesystem>
#include <string>
#include <string_view>

namespace oidcgen::util {

enum class Overwrite { no, yes };

/// Who may read a written file: `owner` is mode 0600 whatever the umask; `umask` is what the umask leaves of 0666.
enum class Readable_by { owner, umask };

/// The bytes of a regular file, pipe or device. Errors: cannot be opened or read, is a folder, has more than
/// `most` bytes; the message names the path and the reason.
[[nodiscard]] Expected<std::string> read_file(const std::filesystem::path& path, std::size_t most = 64U << 20U);

/// Everything that can be read from standard input, with the same limit.
[[nodiscard]] Expected<std::string> read_stdin(std::size_t most = 64U << 20U);

/// Writes the whole content or nothing: a temporary file beside the target with its final mode before the first byte,
/// fsync, rename (or link for Overwrite::no, so that a file that appears meanwhile is never replaced).
/// Errors: target exists (Overwrite::no), is a folder or a symbolic link, folder missing or writable for others without
/// the sticky bit (Readable_by::owner only), no permission, disk full. The temporary file is removed on every error.
[[nodiscard]] Expected<void> write_file(const std::filesystem::path& path, std::string_view content,
                                        Overwrite overwrite, Readable_by readable_by);

/// Writes to standard output and flushes it; an error when the text did not arrive whole (closed pipe, full disk).
[[nodiscard]] Expected<void> write_stdout(std::string_view content);

} // namespace oidcgen::util
