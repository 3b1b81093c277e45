#include "files.hpp"
#include "secret/exposure.hpp"

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include <doctest/doctest.h>
#include <sys/stat.h>
#include <unistd.h>

using namespace oidcgen::secret;
using namespace oidcgen::test;
namespace fs = std::filesystem;

namespace {

/// What the one sentence about the file says behind its name; empty without any.
std::string only_exposure(const fs::path& path) {
    const auto found = exposures(path);
    REQUIRE(found.size() <= 1);
    if (found.empty()) {
        return {};
    }
    const std::string name = "'" + path.string() + "' ";
    REQUIRE(found.front().text().starts_with(name));
    return found.front().text().substr(name.size());
}

} // namespace

TEST_CASE("exposures: of the mode") {
    const Folder folder;
    const fs::path path = folder / "secret";
    put(path, "velvet");
    const auto with_mode = [&](mode_t mode) {
        REQUIRE(::chmod(path.c_str(), mode) == 0);
        return only_exposure(path);
    };
    for (const mode_t good : {mode_t{0600}, mode_t{0400}, mode_t{0700}, mode_t{0711}}) {
        CHECK(with_mode(good).empty());
    }
    CHECK(with_mode(0644) == "has mode 0644, which lets other users read the secret; give it mode 0600 (chmod 600)");
    CHECK(with_mode(0640) == "has mode 0640, which lets its group read the secret; give it mode 0600 (chmod 600)");
    CHECK(with_mode(0660).find("lets its group read and change the secret") != std::string::npos);
    CHECK(with_mode(0602).find("lets other users change the secret") != std::string::npos);
}

TEST_CASE("exposures: a link, and what it leads to") {
    const Folder folder;
    put(folder / "file", "velvet");
    REQUIRE(::chmod((folder / "file").c_str(), 0600) == 0);
    fs::create_symlink("file", folder / "link");
    fs::create_symlink("none", folder / "dangling");
    CHECK(only_exposure(folder / "link").starts_with("is a symbolic link; "));
    CHECK(only_exposure(folder / "dangling").starts_with("is a symbolic link; "));
    REQUIRE(::chmod((folder / "file").c_str(), 0644) == 0);
    const auto both = exposures(folder / "link");
    REQUIRE(both.size() == 2);
    CHECK(both[1].text().find("has mode 0644") != std::string::npos);
}

TEST_CASE("exposures: nothing about what is absent or open already") {
    const Folder folder;
    CHECK(exposures(folder / "none").empty());
    CHECK(exposures("/dev/stdin").empty());
    CHECK(exposures("/dev/fd/0").empty());
}

TEST_CASE("exposures: somebody else's file") {
    if (::geteuid() != 0) {
        return; // only root can make one
    }
    const Folder folder;
    put(folder / "secret", "velvet");
    REQUIRE(::chmod((folder / "secret").c_str(), 0600) == 0);
    REQUIRE(::chown((folder / "secret").c_str(), 12345, 0) == 0);
    CHECK(only_exposure(folder / "secret").starts_with("belongs to another user (number 12345), who "));
}

TEST_CASE("exposures: the name is shown on one line") {
    const Folder folder;
    put(folder / "se\ncret", "velvet");
    REQUIRE(::chmod((folder / "se\ncret").c_str(), 0644) == 0);
    const auto found = exposures(folder / "se\ncret");
    REQUIRE(found.size() == 1);
    CHECK(found.front().text().find('\n') == std::string::npos);
}
