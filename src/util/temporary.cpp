#include "util/temporary.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <ctime>
#include <memory>

#include <dirent.h>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/random.h>
#include <sys/stat.h>

namespace oidcgen::util {

namespace {

constexpr std::string_view k_letters = "abcdefghijklmnopqrstuvwxyz012345";
constexpr std::size_t k_letter_count = 6;
constexpr std::string_view k_ending = ".tmp";

/// The name up to the letters, so that all of it is no longer than a name may be.
std::string beginning(std::string_view target) {
    constexpr std::size_t k_longest_name = 255;
    constexpr std::size_t k_dots = 2;
    return fmt::format(".{}.", target.substr(0, k_longest_name - k_dots - k_letter_count - k_ending.size()));
}

bool is_temporary_name(std::string_view name, std::string_view begin) {
    if (name.size() != begin.size() + k_letter_count + k_ending.size() || !name.starts_with(begin) ||
        !name.ends_with(k_ending)) {
        return false;
    }
    return std::ranges::all_of(name.substr(begin.size(), k_letter_count),
                               [](char letter) { return k_letters.find(letter) != std::string_view::npos; });
}

bool is_own_file(const struct stat& status) { return S_ISREG(status.st_mode) && status.st_uid == ::geteuid(); }

void remove_if_left(int folder, const char* name) {
    struct stat named {};
    struct stat opened {};
    if (::fstatat(folder, name, &named, AT_SYMLINK_NOFOLLOW) != 0 || !is_own_file(named)) {
        return;
    }
    // For writing, because a network file system gives the lock to nobody else.
    // NOLINTNEXTLINE(*-vararg)
    const Descriptor file(::openat(folder, name, O_RDWR | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC));
    if (!file.open() || ::fstat(file.number(), &opened) != 0 || !is_own_file(opened) ||
        ::flock(file.number(), LOCK_EX | LOCK_NB) != 0) {
        return;
    }
    // Its writer may have finished in between, and then the opened file is the target.
    if (::fstatat(folder, name, &named, AT_SYMLINK_NOFOLLOW) == 0 && named.st_dev == opened.st_dev &&
        named.st_ino == opened.st_ino) {
        static_cast<void>(::unlinkat(folder, name, 0));
    }
}

} // namespace

std::string temporary_name(std::string_view target) {
    std::array<unsigned char, k_letter_count> bytes{};
    if (::getrandom(bytes.data(), bytes.size(), 0) != static_cast<ssize_t>(bytes.size())) {
        // The name is no secret, O_EXCL decides.
        timespec now{};
        ::clock_gettime(CLOCK_MONOTONIC, &now);
        for (std::size_t i = 0; i < bytes.size(); ++i) {
            bytes[i] = static_cast<unsigned char>(now.tv_nsec >> (i * 5));
        }
    }
    std::string name = beginning(target);
    for (const unsigned char byte : bytes) {
        name += k_letters[byte % k_letters.size()];
    }
    name += k_ending;
    return name;
}

int make_temporary(int folder, const std::string& name, mode_t mode, Descriptor& file) {
    // NOLINTNEXTLINE(*-vararg)
    Descriptor made(::openat(folder, name.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, mode));
    if (!made.open()) {
        return errno;
    }
    // Until it is locked, another run takes the file for a leftover: it may hold the lock now, or have removed the
    // file. A file system without locks lets nobody remove anything.
    const bool is_held = ::flock(made.number(), LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK;
    struct stat status {};
    if (is_held || (::fstat(made.number(), &status) == 0 && status.st_nlink == 0)) {
        static_cast<void>(::unlinkat(folder, name.c_str(), 0));
        return EEXIST;
    }
    file = std::move(made);
    return 0;
}

void remove_leftovers(int folder, std::string_view target) {
    const int listed = ::openat(folder, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC); // NOLINT(*-vararg)
    const std::unique_ptr<DIR, int (*)(DIR*)> list(listed < 0 ? nullptr : ::fdopendir(listed), ::closedir);
    if (list == nullptr) {
        return;
    }
    const std::string begin = beginning(target);
    // NOLINTNEXTLINE(concurrency-mt-unsafe): nobody else reads this list
    while (const dirent* const entry = ::readdir(list.get())) {
        const auto* const name = static_cast<const char*>(entry->d_name);
        if (is_temporary_name(name, begin)) {
            remove_if_left(folder, name);
        }
    }
}

} // namespace oidcgen::util
