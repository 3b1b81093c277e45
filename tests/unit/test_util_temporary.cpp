#include "files.hpp"
#include "util/file.hpp"

#include <algorithm>
#include <array>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include <doctest/doctest.h>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace oidcgen::test;
using namespace oidcgen::util;
namespace fs = std::filesystem;

TEST_CASE("write_file: what a killed run left beside the target is removed, and nothing else") {
    const Folder folder;
    put(folder / ".file.abc012.tmp", "left over");
    put(folder / ".file.zzzzzz.tmp", "held by a writer");
    fs::create_directory(folder / ".file.aaaaaa.tmp");
    fs::create_symlink(folder / "none", folder / ".file.bbbbbb.tmp");
    REQUIRE(::mkfifo((folder / ".file.cccccc.tmp").c_str(), 0600) == 0);
    std::vector<std::string> others{".file.ABCDEF.tmp",  ".file.abcde.tmp", ".file.abcdefg.tmp", ".file.abcdef.tmp~",
                                    ".file2.abcdef.tmp", "file.abcdef.tmp", ".file.abc9ef.tmp"};
    for (const auto& name : others) {
        put(folder / name, "somebody else's");
    }
    const auto held = ::open((folder / ".file.zzzzzz.tmp").c_str(), O_WRONLY | O_CLOEXEC);
    REQUIRE(::flock(held, LOCK_EX) == 0);
    const auto sorted_names = [&] {
        auto names = folder.names();
        std::ranges::sort(names);
        return names;
    };
    for (const std::string_view name :
         {".file.zzzzzz.tmp", ".file.aaaaaa.tmp", ".file.bbbbbb.tmp", ".file.cccccc.tmp", "file"}) {
        others.emplace_back(name);
    }
    std::ranges::sort(others);
    REQUIRE(write_file(folder / "file", "new", Overwrite::yes, ReadableBy::owner));
    CHECK(sorted_names() == others);
    ::close(held);
    REQUIRE(write_file(folder / "file", "new", Overwrite::yes, ReadableBy::umask));
    std::erase(others, ".file.zzzzzz.tmp");
    CHECK(sorted_names() == others);
}

TEST_CASE("write_file: the leftover of a long name") {
    const Folder folder;
    const std::string longest(255, 'n');
    put(folder / ("." + longest.substr(0, 243) + ".abcdef.tmp"), "left over");
    REQUIRE(write_file(folder / longest, "l", Overwrite::no, ReadableBy::owner));
    CHECK(folder.names() == std::vector<std::string>{longest});
}

TEST_CASE("write_file: somebody else's leftover stays") {
    if (::geteuid() != 0) {
        return; // only root can make one
    }
    const Folder folder;
    put(folder / ".file.abcdef.tmp", "not ours");
    REQUIRE(::chown((folder / ".file.abcdef.tmp").c_str(), 12345, 12345) == 0);
    REQUIRE(write_file(folder / "file", "new", Overwrite::yes, ReadableBy::owner));
    CHECK(fs::exists(folder / ".file.abcdef.tmp"));
}

TEST_CASE("write_file: writers at the same time leave each other's temporary files alone") {
    constexpr int k_writers = 4;
    constexpr int k_writes = 60;
    const Folder folder;
    std::array<pid_t, k_writers> writers{};
    for (auto& writer : writers) {
        writer = ::fork();
        REQUIRE(writer >= 0);
        if (writer == 0) {
            bool good = true;
            for (int at = 0; at < k_writes && good; ++at) {
                good = write_file(folder / "file", "new", Overwrite::yes, ReadableBy::owner).has_value();
            }
            ::_exit(good ? 0 : 1);
        }
    }
    for (const pid_t writer : writers) {
        int status = 0;
        REQUIRE(::waitpid(writer, &status, 0) == writer);
        CHECK(status == 0);
    }
    CHECK(folder.names() == std::vector<std::string>{"file"});
}
