#pragma once

#include "util/error.hpp"

#include <cstddef>
#include <filesystem>
#include <string>
#include <string_view>

namespace oidcgen::util {

enum class Overwrite { no, yes };

/// Who may read a written file: `owner` is mode 0600 whatever the umask; `umask` is what the umask leaves of 0666.
enum class ReadableBy { owner, umask };

/// The bytes of a regular file, or of what this process has open under a name such as /dev/stdin (names_open_file),
/// pipes among it. Errors: cannot be opened or read, is a folder, named pipe, device or socket, has more than `most`
/// bytes; the message names the path and the reason.
[[nodiscard]] Expected<std::string> read_file(const std::filesystem::path& path, std::size_t most = 64U << 20U);

/// Everything that can be read from standard input, with the same limit.
[[nodiscard]] Expected<std::string> read_stdin(std::size_t most = 64U << 20U);

/// Writes the whole content or nothing: a temporary file `.NAME.XXXXXX.tmp` beside the target with its final mode
/// before the first byte, fsync, rename (for Overwrite::no one that never replaces a file which appeared meanwhile).
/// SIGHUP, SIGINT, SIGQUIT and SIGTERM wait until it is done; a process killed otherwise may leave the temporary file,
/// which the next write of that target removes, but the target is the old or the new file, whole. Errors: target exists
/// (Overwrite::no), is a folder, a symbolic link, a named pipe or a socket, folder missing or, for ReadableBy::owner,
/// writable for group or others without the sticky bit, no permission, disk full. The temporary file is removed on
/// every error. A character device, and a pipe that this process has open under a name such as /dev/stdout, have
/// nothing to replace: the content is written to them directly, whatever `overwrite` says.
[[nodiscard]] Expected<void> write_file(const std::filesystem::path& path, std::string_view content,
                                        Overwrite overwrite, ReadableBy readable_by);

/// Writes to standard output and flushes it; an error when the text did not arrive whole (closed pipe, full disk).
/// A closed pipe is an error here even where SIGPIPE would end the process.
[[nodiscard]] Expected<void> write_stdout(std::string_view content);

} // namespace oidcgen::util
