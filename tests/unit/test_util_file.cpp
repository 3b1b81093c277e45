#include "files.hpp"
#include "util/file.hpp"

#include <array>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

#include <doctest/doctest.h>
#include <fcntl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace oidcgen::test;
using namespace oidcgen::util;
namespace fs = std::filesystem;

namespace {

/// The umask while this lives.
class Umask {
  public:
    explicit Umask(mode_t mask)
        : m_before(::umask(mask)) {}
    Umask(const Umask&) = delete;
    Umask& operator=(const Umask&) = delete;
    ~Umask() { ::umask(m_before); }

  private:
    mode_t m_before;
};

std::string content(const fs::path& path) {
    std::ostringstream read;
    read << std::ifstream(path, std::ios::binary).rdbuf();
    return read.str();
}

mode_t mode(const fs::path& path) {
    struct stat status {};
    REQUIRE(::lstat(path.c_str(), &status) == 0);
    return status.st_mode & 07777U;
}

/// The exit code of what a child process does, or minus the signal that ended it.
template <class Action>
int in_child(Action action) {
    const pid_t process = ::fork();
    REQUIRE(process >= 0);
    if (process == 0) {
        for (const int number : {SIGINT, SIGTERM, SIGPIPE}) {
            std::signal(number, SIG_DFL);
        }
        ::_exit(action());
    }
    int status = 0;
    REQUIRE(::waitpid(process, &status, 0) == process);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
}

} // namespace

TEST_CASE("read_file: all bytes, up to the limit") {
    const Folder folder;
    const std::string large(200'000, 'x');
    put(folder / "empty", "");
    put(folder / "large", large + '\0' + "\r\n");
    CHECK(read_file(folder / "empty") == "");
    CHECK(read_file(folder / "large") == large + '\0' + "\r\n");
    CHECK(read_file(folder / "large", 200'003)->size() == 200'003);
    CHECK(mentions(read_file(folder / "large", 200'002), "more than 200002 bytes"));
    CHECK(read_file(folder / "empty", 0) == "");
    CHECK(mentions(read_file(folder / "large", 0), "more than 0 bytes"));
    CHECK(read_file("/proc/self/stat")->size() > 10); // says its size is 0
}

TEST_CASE("read_file: the message names path and reason") {
    const Folder folder;
    CHECK(mentions(read_file(folder / "none"), (folder / "none").string()));
    CHECK(mentions(read_file(folder / "none"), "No such file"));
    CHECK(mentions(read_file(folder.path()), "folder"));
}

TEST_CASE("read_stdin: to the end, up to the limit") {
    const Folder folder;
    put(folder / "input", "some input\n");
    for (const bool fits : {true, false}) {
        const int input = ::open((folder / "input").c_str(), O_RDONLY | O_CLOEXEC);
        REQUIRE(input >= 0);
        const Redirected redirected(STDIN_FILENO, input);
        ::close(input);
        if (fits) {
            CHECK(read_stdin() == "some input\n");
        } else {
            CHECK(mentions(read_stdin(3), "standard input"));
        }
    }
}

TEST_CASE("write_file: the content, the mode and nothing beside it") {
    const Folder folder;
    const Umask umask(027);
    const std::string bytes{'o', 'n', 'e', '\0', 't', 'w', 'o'};
    for (const Overwrite overwrite : {Overwrite::no, Overwrite::yes}) {
        const fs::path path = folder / (overwrite == Overwrite::no ? "new" : "newer");
        REQUIRE(write_file(path, bytes, overwrite, ReadableBy::umask));
        CHECK(mode(path) == 0640);
        CHECK(content(path) == bytes);
        const fs::path secret = path.string() + ".secret";
        REQUIRE(write_file(secret, "", overwrite, ReadableBy::owner));
        CHECK(mode(secret) == 0600);
        CHECK(content(secret).empty());
    }
    CHECK(folder.names().size() == 4);
}

TEST_CASE("write_file: 0600 whatever the umask") {
    const Folder folder;
    for (const mode_t mask : {mode_t{0}, mode_t{0777}}) {
        const Umask umask(mask);
        REQUIRE(write_file(folder / "secret", "s", Overwrite::yes, ReadableBy::owner));
        CHECK(mode(folder / "secret") == 0600);
    }
}

TEST_CASE("write_file: an existing file") {
    const Folder folder;
    put(folder / "file", "old");
    ::chmod((folder / "file").c_str(), 0644);
    CHECK(mentions(write_file(folder / "file", "new", Overwrite::no, ReadableBy::owner), "exists already"));
    CHECK(content(folder / "file") == "old");
    REQUIRE(write_file(folder / "file", "new", Overwrite::yes, ReadableBy::owner));
    CHECK(content(folder / "file") == "new");
    CHECK(mode(folder / "file") == 0600);
    CHECK(folder.names().size() == 1);
}

TEST_CASE("write_file: another name of the replaced file keeps the old content") {
    const Folder folder;
    put(folder / "file", "old");
    fs::create_hard_link(folder / "file", folder / "other");
    REQUIRE(write_file(folder / "file", "new", Overwrite::yes, ReadableBy::umask));
    CHECK(content(folder / "other") == "old");
}

TEST_CASE("write_file: refuses links and folders") {
    const Folder folder;
    put(folder / "file", "old");
    fs::create_symlink(folder / "file", folder / "link");
    fs::create_symlink(folder / "none", folder / "dangling");
    fs::create_symlink("/dev/null", folder / "device"); // only the system's own links to devices are followed
    fs::create_directory(folder / "inner");
    for (const Overwrite overwrite : {Overwrite::no, Overwrite::yes}) {
        for (const ReadableBy readable_by : {ReadableBy::owner, ReadableBy::umask}) {
            for (const std::string_view name : {"link", "dangling", "device"}) {
                CAPTURE(name);
                CHECK(mentions(write_file(folder / name, "new", overwrite, readable_by), "symbolic link"));
            }
            CHECK(mentions(write_file(folder / "inner", "new", overwrite, readable_by), "folder"));
            CHECK(mentions(write_file(folder / "inner/", "new", overwrite, readable_by), "folder"));
            CHECK(mentions(write_file(folder / "inner/..", "new", overwrite, readable_by), "folder"));
            CHECK(mentions(write_file(folder / "none/file", "new", overwrite, readable_by), "none"));
            CHECK(mentions(write_file(folder / "file/file", "new", overwrite, readable_by), "file"));
        }
    }
    CHECK(content(folder / "file") == "old");
    CHECK_FALSE(fs::exists(folder / "none"));
    CHECK(folder.names().size() == 5);
}

TEST_CASE("write_file: no secret in a folder that others may write to") {
    const Folder folder;
    for (const mode_t open : {mode_t{0770}, mode_t{0702}, mode_t{0777}}) {
        CAPTURE(open);
        ::chmod(folder.path().c_str(), open);
        CHECK(mentions(write_file(folder / "secret", "s", Overwrite::no, ReadableBy::owner), "others may write"));
        CHECK(write_file(folder / "public", "p", Overwrite::yes, ReadableBy::umask));
        CHECK_FALSE(fs::exists(folder / "secret"));
        ::chmod(folder.path().c_str(), open | S_ISVTX);
        CHECK(write_file(folder / "secret", "s", Overwrite::no, ReadableBy::owner));
        fs::remove(folder / "secret");
    }
    ::chmod(folder.path().c_str(), 0755);
    CHECK(write_file(folder / "secret", "s", Overwrite::no, ReadableBy::owner));
}

TEST_CASE("write_file: a relative path, a long name") {
    const Folder folder;
    const fs::path before = fs::current_path();
    fs::current_path(folder.path());
    CHECK(write_file("relative", "r", Overwrite::no, ReadableBy::owner));
    fs::current_path(before);
    CHECK(content(folder / "relative") == "r");
    const std::string longest(255, 'n');
    CHECK(write_file(folder / longest, "l", Overwrite::no, ReadableBy::owner));
    CHECK(content(folder / longest) == "l");
    CHECK_FALSE(write_file(folder / (longest + "n"), "l", Overwrite::no, ReadableBy::owner));
    CHECK(folder.names().size() == 2);
}

TEST_CASE("write_file: a write that fails leaves the old file and nothing else") {
    const Folder folder;
    put(folder / "file", "old");
    const int code = in_child([&] {
        std::signal(SIGXFSZ, SIG_IGN);
        const rlimit limit{100'000, 100'000};
        if (::setrlimit(RLIMIT_FSIZE, &limit) != 0) {
            return 9;
        }
        const std::string large(200'000, 'x');
        const auto replaced = write_file(folder / "file", large, Overwrite::yes, ReadableBy::owner);
        const auto made = write_file(folder / "other", large, Overwrite::no, ReadableBy::umask);
        return mentions(replaced, "File too large") && mentions(made, "File too large") ? 0 : 1;
    });
    CHECK(code == 0);
    CHECK(content(folder / "file") == "old");
    CHECK(folder.names() == std::vector<std::string>{"file"});
}

TEST_CASE("write_file: a signal in the middle waits until the file is whole") {
    const Folder folder;
    const std::string large(32U << 20U, 'x'); // takes long enough to be caught at it
    const pid_t writer = ::fork();
    REQUIRE(writer >= 0);
    if (writer == 0) {
        std::signal(SIGTERM, SIG_DFL);
        const auto written = write_file(folder / "file", large, Overwrite::no, ReadableBy::owner);
        ::pause();
        ::_exit(written ? 1 : 2);
    }
    while (folder.names().empty()) {
    }
    ::kill(writer, SIGTERM);
    int status = 0;
    REQUIRE(::waitpid(writer, &status, 0) == writer);
    CHECK(WIFSIGNALED(status));
    CHECK(folder.names() == std::vector<std::string>{"file"});
    CHECK(content(folder / "file") == large);
}

TEST_CASE("write_file: a named pipe gets nothing, and is not waited for") {
    const Folder folder;
    REQUIRE(::mkfifo((folder / "pipe").c_str(), 0600) == 0);
    CHECK(mentions(write_file(folder / "pipe", "new", Overwrite::yes, ReadableBy::owner), "it is a named pipe"));
    const int reader = ::open((folder / "pipe").c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC);
    REQUIRE(reader >= 0);
    CHECK(mentions(write_file(folder / "pipe", "new", Overwrite::yes, ReadableBy::owner), "it is a named pipe"));
    std::array<char, 16> got{};
    CHECK(::read(reader, got.data(), got.size()) == 0);
    ::close(reader);
    CHECK(folder.names() == std::vector<std::string>{"pipe"});
}

TEST_CASE("write_file: devices and pipes that are open are written directly") {
    const Folder folder;
    CHECK(write_file("/dev/null", "new", Overwrite::no, ReadableBy::owner));
    CHECK(mentions(write_file("/dev/full", "new", Overwrite::yes, ReadableBy::umask), "No space left"));

    std::array<int, 2> ends{};
    REQUIRE(::pipe(ends.data()) == 0);
    const fs::path name = "/dev/fd/" + std::to_string(ends[1]);
    CHECK(write_file(name, "through", Overwrite::no, ReadableBy::umask));
    std::array<char, 16> got{};
    CHECK(::read(ends[0], got.data(), got.size()) == 7);
    ::close(ends[0]);
    CHECK(mentions(write_file(name, "new", Overwrite::no, ReadableBy::umask), "Broken pipe"));
    ::close(ends[1]);

    // A file that was opened elsewhere is no stream: written from its start, it would be half old and half new.
    put(folder / "file", "old");
    const int file = ::open((folder / "file").c_str(), O_RDWR | O_CLOEXEC);
    CHECK(mentions(write_file("/dev/fd/" + std::to_string(file), "new", Overwrite::yes, ReadableBy::umask),
                   "symbolic link"));
    ::close(file);
}

TEST_CASE("write_stdout: everything, or an error") {
    const Folder folder;
    const auto written = [&](int to, std::string_view text) {
        std::cout.flush(); // what the test framework has to say goes where it belongs
        const Redirected redirected(STDOUT_FILENO, to);
        return write_stdout(text);
    };
    const int file = ::open((folder / "out").c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
    CHECK(written(file, "one\n"));
    CHECK(written(file, ""));
    CHECK(written(file, "two\n"));
    ::close(file);
    CHECK(content(folder / "out") == "one\ntwo\n");

    const int full = ::open("/dev/full", O_WRONLY | O_CLOEXEC);
    CHECK(mentions(written(full, "x"), "No space left"));
    ::close(full);

    std::cout.flush();
    const int code = in_child([&] { // with SIGPIPE as it is by default
        std::array<int, 2> ends{};
        if (::pipe(ends.data()) != 0) {
            return 9;
        }
        ::close(ends[0]);
        return mentions(written(ends[1], "x"), "Broken pipe") ? 0 : 1;
    });
    CHECK(code == 0);
}
