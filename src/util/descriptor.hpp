#pragma once

#include "util/error.hpp"

#include <cerrno>
#include <filesystem>
#include <string>
#include <string_view>
#include <utility>

#include <sys/types.h>
#include <unistd.h>

namespace oidcgen::util {

/// A file descriptor that is closed when it goes.
class Descriptor {
  public:
    explicit Descriptor(int number = -1)
        : m_number(number) {}
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    Descriptor(Descriptor&& other) noexcept
        : m_number(std::exchange(other.m_number, -1)) {}
    Descriptor& operator=(Descriptor&& other) noexcept {
        std::swap(m_number, other.m_number);
        return *this;
    }
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

/// What the system says about an error number.
[[nodiscard]] std::string reason(int number);

/// What something is that is not a regular file, as in `it is a folder`; empty for a regular file.
[[nodiscard]] std::string_view special_kind(mode_t mode);

/// Whether the path is one of the system's names for what this process has open: /dev/stdin, /dev/stdout, /dev/stderr,
/// /dev/fd/N, /proc/self/fd/N. A shell's `<(command)` is one. Goes by the text alone, so that no link leads there.
[[nodiscard]] bool names_open_file(const std::filesystem::path& path);

/// Opens a regular file, or by its name among what this process has open also a pipe or a device, as `<(command)`
/// needs. Named pipes, devices and sockets are refused without a wait. The error is the reason alone, without the path.
[[nodiscard]] Expected<Descriptor> open_to_read(const std::filesystem::path& path);

} // namespace oidcgen::util
