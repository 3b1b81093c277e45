#include "util/descriptor.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <system_error>

#include <fcntl.h>
#include <sys/stat.h>

namespace oidcgen::util {

namespace {

/// Refuses what has no end, makes a reader wait, or is changed by being read.
Expected<void> check_readable(mode_t mode, bool is_open_already) {
    const auto kind = special_kind(mode);
    if (kind.empty() || (is_open_already && (S_ISFIFO(mode) || S_ISCHR(mode)))) {
        return {};
    }
    return failure(S_ISDIR(mode) ? words("it is {}", kind) : words("it is {}, where a file is expected", kind));
}

} // namespace

std::string reason(int number) { return std::generic_category().message(number); }

std::string_view special_kind(mode_t mode) {
    switch (mode & S_IFMT) {
    case S_IFREG:
        return {};
    case S_IFDIR:
        return "a folder";
    case S_IFIFO:
        return "a named pipe";
    case S_IFSOCK:
        return "a socket";
    default:
        return "a device";
    }
}

bool names_open_file(const std::filesystem::path& path) {
    constexpr std::array<std::string_view, 3> k_streams{"/dev/stdin", "/dev/stdout", "/dev/stderr"};
    const std::string text = path.string();
    if (std::ranges::find(k_streams, text) != k_streams.end()) {
        return true;
    }
    for (const std::string_view folder : {"/dev/fd/", "/proc/self/fd/"}) {
        if (text.starts_with(folder)) {
            const auto number = std::string_view(text).substr(folder.size());
            return !number.empty() && number.find_first_not_of("0123456789") == std::string_view::npos;
        }
    }
    return false;
}

Expected<Descriptor> open_to_read(const std::filesystem::path& path) {
    const bool is_open_already = names_open_file(path);
    struct stat status {};
    // Before it is opened, which alone makes some devices act and lets the writer of a pipe go on; and afterwards, in
    // case somebody exchanged it in between.
    if (::stat(path.c_str(), &status) == 0) {
        OIDCGEN_CHECK(check_readable(status.st_mode, is_open_already));
    }
    // NOLINTNEXTLINE(*-vararg)
    Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK));
    if (!file.open() || ::fstat(file.number(), &status) != 0) {
        return failure(own(reason(errno)));
    }
    OIDCGEN_CHECK(check_readable(status.st_mode, is_open_already));
    const int flags = ::fcntl(file.number(), F_GETFL); // NOLINT(*-vararg)
    // NOLINTNEXTLINE(*-vararg)
    if (flags < 0 || ::fcntl(file.number(), F_SETFL, flags & ~O_NONBLOCK) != 0) {
        return failure(own(reason(errno)));
    }
    return file;
}

} // namespace oidcgen::util
