#include "util/file.hpp"

#include "util/descriptor.hpp"
#include "util/temporary.hpp"
#include "util/text.hpp"
#include "util/wipe.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstdio>
#include <ctime>
#include <initializer_list>
#include <iostream>
#include <utility>

#include <fcntl.h>
#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>

namespace oidcgen::util {
namespace {

constexpr mode_t k_owner_only = 0600;
constexpr mode_t k_as_umask = 0666;

/// Signals that are held back while this lives and delivered afterwards.
class HeldSignals {
  public:
    HeldSignals(std::initializer_list<int> numbers) {
        sigset_t held;
        sigemptyset(&held);
        for (const int number : numbers) {
            sigaddset(&held, number);
        }
        pthread_sigmask(SIG_BLOCK, &held, &m_before);
    }
    HeldSignals(const HeldSignals&) = delete;
    HeldSignals& operator=(const HeldSignals&) = delete;
    ~HeldSignals() { pthread_sigmask(SIG_SETMASK, &m_before, nullptr); }

  private:
    sigset_t m_before{};
};

/// Writes everything; an error number, or 0. A closed pipe is EPIPE and no signal.
int write_whole(int descriptor, std::string_view content) {
    sigset_t pending;
    sigpending(&pending);
    const bool was_pending = sigismember(&pending, SIGPIPE) == 1;
    const HeldSignals held{SIGPIPE};
    while (!content.empty()) {
        const ssize_t put = ::write(descriptor, content.data(), content.size());
        if (put >= 0) {
            content.remove_prefix(static_cast<std::size_t>(put));
            continue;
        }
        if (errno == EINTR) {
            continue;
        }
        if (errno == EAGAIN) {
            pollfd waiting{descriptor, POLLOUT, 0};
            static_cast<void>(::poll(&waiting, 1, -1));
            continue;
        }
        const int number = errno;
        if (number == EPIPE && !was_pending) {
            sigset_t pipe;
            sigemptyset(&pipe);
            sigaddset(&pipe, SIGPIPE);
            const timespec at_once{};
            static_cast<void>(sigtimedwait(&pipe, nullptr, &at_once));
        }
        return number;
    }
    return 0;
}

Expected<std::string> drained(int descriptor, const Words& name, std::size_t most) {
    struct stat status {};
    if (::fstat(descriptor, &status) == 0 && S_ISDIR(status.st_mode)) {
        return failure(words("cannot read {}: it is a folder", name));
    }
    constexpr std::size_t k_step = 65536;
    std::string content;
    // What is read may hold a secret: no copy stays behind in memory that was given back.
    const auto grow = [&content](std::size_t size) {
        std::string larger(size, '\0');
        std::ranges::copy(content, larger.begin());
        wipe(content);
        content = std::move(larger);
    };
    std::size_t filled = 0;
    const bool sized = S_ISREG(status.st_mode) && status.st_size > 0;
    std::size_t room = sized ? static_cast<std::size_t>(status.st_size) : k_step;
    for (;;) {
        // One byte more than expected, so that the end shows without growing the text once more.
        grow(std::min(room, most) + 1);
        while (filled < content.size()) {
            const ssize_t got = ::read(descriptor, content.data() + filled, content.size() - filled);
            if (got < 0) {
                if (errno == EINTR) {
                    continue;
                }
                const int number = errno;
                wipe(content);
                return failure(words("cannot read {}: {}", name, reason(number)));
            }
            if (got == 0) {
                content.resize(filled);
                return content;
            }
            filled += static_cast<std::size_t>(got);
        }
        if (filled > most) {
            wipe(content);
            return failure(words("cannot read {}: it has more than {} bytes", name, most));
        }
        room = filled * 2;
    }
}

/// What the target is before it is written.
enum class Target { none, regular, stream };

struct Destination {
    std::filesystem::path path;
    std::string name; // the last part of the path
    std::filesystem::path folder;
};

/// What is written directly: a character device, and a pipe that this process has open. A named pipe would make the
/// program wait, and hand the text, a secret with it, to whoever made the pipe.
bool is_stream(mode_t mode, const Destination& to) {
    return S_ISCHR(mode) || (S_ISFIFO(mode) && names_open_file(to.path));
}

Expected<Target> inspect(int folder, const Destination& to, Overwrite overwrite) {
    const auto refused = [&](std::string_view why) {
        return failure(words("cannot write '{}': {}", util::path(to.path.string()), why));
    };
    struct stat status {};
    if (::fstatat(folder, to.name.c_str(), &status, AT_SYMLINK_NOFOLLOW) != 0) {
        if (errno == ENOENT) {
            return Target::none;
        }
        return refused(reason(errno));
    }
    // The names that the system keeps for what is open are links.
    if (S_ISLNK(status.st_mode) && (!names_open_file(to.path) || ::fstatat(folder, to.name.c_str(), &status, 0) != 0 ||
                                    !(S_ISCHR(status.st_mode) || S_ISFIFO(status.st_mode)))) {
        return refused("it is a symbolic link");
    }
    if (S_ISREG(status.st_mode)) {
        if (overwrite == Overwrite::no) {
            return refused("it exists already");
        }
        return Target::regular;
    }
    if (!is_stream(status.st_mode, to)) {
        return refused(S_ISFIFO(status.st_mode)
                           ? "it is a named pipe; print to standard output instead, and redirect that"
                           : fmt::format("it is {}", special_kind(status.st_mode)));
    }
    return Target::stream;
}

Expected<void> write_stream(int folder, const Destination& to, std::string_view content) {
    const int flags = O_WRONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK | (names_open_file(to.path) ? 0 : O_NOFOLLOW);
    Descriptor stream(::openat(folder, to.name.c_str(), flags)); // NOLINT(*-vararg)
    struct stat status {};
    int number = stream.open() && ::fstat(stream.number(), &status) == 0 ? 0 : errno;
    if (number == 0) {
        // Somebody may have put a pipe in the place of the device.
        number = is_stream(status.st_mode, to) ? write_whole(stream.number(), content) : ENXIO;
    }
    if (number == 0) {
        number = stream.close();
    }
    if (number != 0) {
        return failure(words("cannot write '{}': {}", util::path(to.path.string()), reason(number)));
    }
    return {};
}

/// Puts the temporary file in the target's place; an error number, or 0.
int move_into_place(int folder, const std::string& temporary, const std::string& name, Overwrite overwrite) {
    if (overwrite == Overwrite::yes) {
        return ::renameat(folder, temporary.c_str(), folder, name.c_str()) == 0 ? 0 : errno;
    }
    if (::renameat2(folder, temporary.c_str(), folder, name.c_str(), RENAME_NOREPLACE) == 0) {
        return 0;
    }
    if (errno != EINVAL && errno != ENOSYS) {
        return errno;
    }
    if (::linkat(folder, temporary.c_str(), folder, name.c_str(), 0) != 0) {
        return errno;
    }
    static_cast<void>(::unlinkat(folder, temporary.c_str(), 0));
    return 0;
}

/// An error number, or 0. Some file systems cannot sync, which is no reason to lose the file.
int sync(int descriptor) {
    while (::fsync(descriptor) != 0) {
        if (errno != EINTR) {
            return errno == EINVAL || errno == EROFS || errno == ENOTSUP ? 0 : errno;
        }
    }
    return 0;
}

/// Gives the file its mode and its content; an error number, or 0. The file stays open, and so locked.
int fill(const Descriptor& file, std::string_view content, ReadableBy readable_by) {
    // The umask may have taken the owner's bits, an access list of the folder may have given bits to others.
    if (readable_by == ReadableBy::owner && ::fchmod(file.number(), k_owner_only) != 0) {
        return errno;
    }
    int number = write_whole(file.number(), content);
    if (number == 0) {
        number = sync(file.number());
    }
    if (number == 0) {
        // Closing a copy tells what some file systems say only then.
        number = Descriptor(::fcntl(file.number(), F_DUPFD_CLOEXEC, 0)).close(); // NOLINT(*-vararg)
    }
    return number;
}

Expected<void> write_regular(int folder, const Destination& to, std::string_view content, Overwrite overwrite,
                             ReadableBy readable_by) {
    const auto refused = [&](int number) {
        const std::string why = number == EEXIST && overwrite == Overwrite::no ? "it exists already" : reason(number);
        return failure(words("cannot write '{}': {}", util::path(to.path.string()), why));
    };
    struct stat status {};
    if (readable_by == ReadableBy::owner && ::fstat(folder, &status) == 0 &&
        (status.st_mode & (S_IWGRP | S_IWOTH)) != 0 && (status.st_mode & S_ISVTX) == 0) {
        return failure(words("cannot write '{}': others may write to its folder (take the permission away with "
                             "chmod go-w, or choose another folder)",
                             util::path(to.path.string())));
    }
    constexpr int k_attempts = 100;
    const HeldSignals held{SIGHUP, SIGINT, SIGQUIT, SIGTERM};
    remove_leftovers(folder, to.name);
    Descriptor file; // open until the file has its name
    std::string temporary;
    int number = EEXIST;
    for (int attempt = 0; attempt < k_attempts && number == EEXIST; ++attempt) {
        temporary = temporary_name(to.name);
        number = make_temporary(folder, temporary, readable_by == ReadableBy::owner ? k_owner_only : k_as_umask, file);
    }
    if (number != 0) {
        return refused(number);
    }
    number = fill(file, content, readable_by);
    if (number == 0) {
        number = move_into_place(folder, temporary, to.name, overwrite);
    }
    if (number != 0) {
        static_cast<void>(::unlinkat(folder, temporary.c_str(), 0));
        return refused(number);
    }
    number = sync(folder);
    if (number != 0) {
        return failure(words("'{}' is written, but its folder could not be synced: {}", util::path(to.path.string()),
                             reason(number)));
    }
    return {};
}

} // namespace

Expected<std::string> read_file(const std::filesystem::path& path, std::size_t most) {
    const auto name = words("'{}'", util::path(path.string()));
    const auto file = open_to_read(path);
    if (!file) {
        return failure(words("cannot read {}: {}", name, file.error().message));
    }
    return drained(file->number(), name, most);
}

Expected<std::string> read_stdin(std::size_t most) { return drained(STDIN_FILENO, "standard input", most); }

Expected<void> write_file(const std::filesystem::path& path, std::string_view content, Overwrite overwrite,
                          ReadableBy readable_by) {
    Destination to{path, path.filename().string(), path.parent_path()};
    if (to.name.empty() || to.name == "." || to.name == "..") {
        return failure(words("cannot write '{}': it names a folder", util::path(path.string())));
    }
    if (to.folder.empty()) {
        to.folder = ".";
    }
    // Everything below goes through this descriptor, so that nobody can exchange the folder in between.
    // NOLINTNEXTLINE(*-vararg)
    const Descriptor folder(::open(to.folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (!folder.open()) {
        return failure(words("cannot write '{}': folder '{}': {}", util::path(path.string()),
                             util::path(to.folder.string()), reason(errno)));
    }
    OIDCGEN_TRY(const auto target, inspect(folder.number(), to, overwrite));
    if (target == Target::stream) {
        return write_stream(folder.number(), to, content);
    }
    return write_regular(folder.number(), to, content, overwrite, readable_by);
}

Expected<void> write_stdout(std::string_view content) {
    std::cout.flush();
    int number = std::fflush(stdout) == 0 ? 0 : errno;
    if (number == 0) {
        number = write_whole(STDOUT_FILENO, content);
    }
    if (number != 0) {
        return failure(words("cannot write to standard output: {}", reason(number)));
    }
    return {};
}

} // namespace oidcgen::util
