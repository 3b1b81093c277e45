#include "files.hpp"
#include "util/descriptor.hpp"
#include "util/file.hpp"

#include <algorithm>
#include <array>
#include <filesystem>
#include <string>
#include <string_view>

#include <doctest/doctest.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace oidcgen::test;
using namespace oidcgen::util;
namespace fs = std::filesystem;

TEST_CASE("names_open_file: the names of the system and no others") {
    for (const std::string_view name :
         {"/dev/stdin", "/dev/stdout", "/dev/stderr", "/dev/fd/0", "/dev/fd/63", "/proc/self/fd/3"}) {
        CAPTURE(name);
        CHECK(names_open_file(name));
    }
    for (const std::string_view name : {"", "stdin", "/dev/null", "/dev/fd", "/dev/fd/", "/dev/fd/x", "/dev/fd/3/x",
                                        "/dev/fd/../shm/3", "/dev/shm/3", "/proc/1/fd/3", "/dev/stdin/"}) {
        CAPTURE(name);
        CHECK_FALSE(names_open_file(name));
    }
}

TEST_CASE("read_file: what this process has open, by its name") {
    std::array<int, 2> ends{};
    REQUIRE(::pipe(ends.data()) == 0);
    const pid_t writer = ::fork();
    REQUIRE(writer >= 0);
    if (writer == 0) {
        const std::string large(150'000, 'p'); // more than fits into the pipe, so that it is waited for
        ::close(ends[0]);
        ::_exit(::write(ends[1], large.data(), large.size()) == static_cast<ssize_t>(large.size()) ? 0 : 1);
    }
    ::close(ends[1]);
    CHECK(read_file("/dev/fd/" + std::to_string(ends[0])) == std::string(150'000, 'p'));
    ::waitpid(writer, nullptr, 0);

    const Redirected redirected(STDIN_FILENO, ends[0]);
    ::close(ends[0]);
    CHECK(read_file("/dev/stdin") == "");
    CHECK(read_file("/proc/self/fd/0") == "");
}

TEST_CASE("read_file: refuses what is no file, without waiting") {
    const Folder folder;
    REQUIRE(::mkfifo((folder / "pipe").c_str(), 0600) == 0);
    fs::create_symlink(folder / "pipe", folder / "link");
    fs::create_symlink("/dev/zero", folder / "zero");
    fs::create_symlink("/dev/stdin", folder / "stdin"); // only the system's own name is taken
    const int socket = ::socket(AF_UNIX, SOCK_STREAM, 0);
    sockaddr_un address{.sun_family = AF_UNIX, .sun_path = {}};
    std::ranges::copy((folder / "socket").string(), static_cast<char*>(address.sun_path));
    REQUIRE(::bind(socket, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0);
    ::close(socket);
    CHECK(mentions(read_file(folder / "pipe"), "it is a named pipe"));
    CHECK(mentions(read_file(folder / "link"), "it is a named pipe"));
    CHECK(mentions(read_file(folder / "zero"), "it is a device"));
    CHECK(mentions(read_file("/dev/zero"), "it is a device"));
    CHECK(mentions(read_file("/dev/null"), "it is a device"));
    CHECK(mentions(read_file(folder / "socket"), "it is a socket"));

    std::array<int, 2> ends{};
    REQUIRE(::pipe(ends.data()) == 0);
    const Redirected redirected(STDIN_FILENO, ends[0]);
    CHECK(mentions(read_file(folder / "stdin"), "it is a named pipe"));
    ::close(ends[0]);
    ::close(ends[1]);
}
