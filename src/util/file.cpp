#include "util/file.hpp"

#include "util/text.hpp"

#include "util/wipe.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstdio>
#include <ctime>
#include <initializer_list>
#include <iostream>
#include <optional>
#include <system_error>
#include <utility>

#include <fcntl.h>
#include <poll.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

namespace oidcgen::util {
namespace {

std::string reason(int number) { return std::generic_category().message(number); }

/// A descriptor that is closed when it goes.
class Descriptor {
  public:
    explicit Descriptor(int number)
        : m_number(number) {}
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    ~Descriptor() { static_cast<void>(close()); }

    [[nodiscard]] bool open() const { return m_number >= 0; }
    [[nodiscard]] int number() const { return m_number; }
    /// An error number, or 0. Some file systems say only here that the disk is full.
    [[nodiscard]] int close() {
        const int number = std::exchange(m_number, -1);
        return number >= 0 && ::close(number) != 0 && errno != EINTR ? errno : 0;
    }

  private:
    int m_number;
};

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

/// The links that the system itself keeps for open files and devices.
bool is_system_folder(const std::filesystem::path& folder) {
    const std::string text = folder.lexically_normal().string();
    return text == "/dev" || text.starts_with("/dev/") || text.starts_with("/proc/");
}

/// Letters that make a name unique; the name is no secret, O_EXCL decides.
std::string random_letters() {
    constexpr std::string_view k_letters = "abcdefghijklmnopqrstuvwxyz012345";
    std::array<unsigned char, 6> bytes{};
    if (::getrandom(bytes.data(), bytes.size(), 0) != static_cast<ssize_t>(bytes.size())) {
        timespec now{};
        ::clock_gettime(CLOCK_MONOTONIC, &now);
        for (std::size_t i = 0; i < bytes.size(); ++i) {
            bytes[i] = static_cast<unsigned char>(now.tv_nsec >> (i * 5));
        }
    }
    std::string letters;
    for (const unsigned char byte : bytes) {
        letters += k_letters[byte % k_letters.size()];
    }
    return letters;
}

/// What the target is before it is written.
enum class Target { none, regular, stream };

struct Destination {
    std::filesystem::path path;
    std::string name; // the last part of the path
    std::filesystem::path folder;
};

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
    if (S_ISLNK(status.st_mode)) {
        if (!is_system_folder(to.folder) || ::fstatat(folder, to.name.c_str(), &status, 0) != 0 ||
            !(S_ISCHR(status.st_mode) || S_ISFIFO(status.st_mode))) {
            return refused("it is a symbolic link");
        }
    }
    switch (status.st_mode & S_IFMT) {
    case S_IFDIR:
        return refused("it is a folder");
    case S_IFCHR:
    case S_IFIFO:
        return Target::stream;
    case S_IFREG:
        if (overwrite == Overwrite::no) {
            return refused("it exists already");
        }
        return Target::regular;
    default:
        return refused("it is neither a file nor a pipe");
    }
}

Expected<void> write_stream(int folder, const Destination& to, std::string_view content) {
    const int flags = O_WRONLY | O_CLOEXEC | O_NOCTTY | (is_system_folder(to.folder) ? 0 : O_NOFOLLOW);
    Descriptor stream(::openat(folder, to.name.c_str(), flags)); // NOLINT(*-vararg)
    int number = stream.open() ? write_whole(stream.number(), content) : errno;
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

/// An error number, or 0.
int write_temporary(int folder, const std::string& name, std::string_view content, ReadableBy readable_by) {
    const mode_t mode = readable_by == ReadableBy::owner ? 0600 : 0666;
    // NOLINTNEXTLINE(*-vararg)
    Descriptor file(::openat(folder, name.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, mode));
    if (!file.open()) {
        return errno;
    }
    int number = 0;
    // The umask may have taken the owner's bits, an access list of the folder may have given bits to others.
    if (readable_by == ReadableBy::owner && ::fchmod(file.number(), mode) != 0) {
        number = errno;
    }
    if (number == 0) {
        number = write_whole(file.number(), content);
    }
    if (number == 0) {
        number = sync(file.number());
    }
    const int closed = file.close();
    number = number == 0 ? closed : number;
    if (number != 0) {
        static_cast<void>(::unlinkat(folder, name.c_str(), 0));
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
    constexpr std::size_t k_longest_name = 255;
    constexpr std::size_t k_added = 12; // the two dots, the letters and `.tmp`
    constexpr int k_attempts = 100;
    const HeldSignals held{SIGHUP, SIGINT, SIGQUIT, SIGTERM};
    std::string temporary;
    int number = EEXIST;
    for (int attempt = 0; attempt < k_attempts && number == EEXIST; ++attempt) {
        temporary = fmt::format(".{}.{}.tmp", to.name.substr(0, k_longest_name - k_added), random_letters());
        number = write_temporary(folder, temporary, content, readable_by);
    }
    if (number != 0) {
        return refused(number);
    }
    number = move_into_place(folder, temporary, to.name, overwrite);
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
    // NOLINTNEXTLINE(*-vararg)
    const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOCTTY));
    if (!file.open()) {
        return failure(words("cannot read {}: {}", name, reason(errno)));
    }
    return drained(file.number(), name, most);
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
