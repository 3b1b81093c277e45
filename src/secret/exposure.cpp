#include "secret/exposure.hpp"

#include "util/descriptor.hpp"
#include "util/text.hpp"

#include <string_view>

#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

namespace oidcgen::secret {

namespace {

/// What the mode lets anybody but the owner do with the content; empty: nothing.
std::string_view allowed_to_others(mode_t mode) {
    const bool readable = (mode & (S_IRGRP | S_IROTH)) != 0;
    const bool writable = (mode & (S_IWGRP | S_IWOTH)) != 0;
    return readable && writable ? "read and change" : readable ? "read" : writable ? "change" : "";
}

/// Nobody needs a mode to let the administrator in.
bool belongs_to_another(uid_t owner) { return owner != ::geteuid() && owner != 0; }

} // namespace

std::vector<util::Words> exposures(const std::filesystem::path& path) {
    std::vector<util::Words> found;
    struct stat status {};
    if (util::names_open_file(path) || ::lstat(path.c_str(), &status) != 0) {
        return found;
    }
    const auto name = util::path(path.string());
    if (S_ISLNK(status.st_mode)) {
        found.push_back(
            util::words("'{}' is a symbolic link; unless you made it, remove it and put the secret into a file "
                        "of your own",
                        name));
        if (::stat(path.c_str(), &status) != 0) {
            return found;
        }
    }
    if (!S_ISREG(status.st_mode)) {
        return found; // reading it fails
    }
    if (belongs_to_another(status.st_uid)) {
        found.push_back(util::words("'{}' belongs to another user (number {}), who knows the secret and can change it; "
                                    "put a new secret into a file of your own",
                                    name, status.st_uid));
    }
    if (const auto allowed = allowed_to_others(status.st_mode); !allowed.empty()) {
        const bool is_group_alone = (status.st_mode & S_IRWXO) == 0;
        found.push_back(util::words("'{}' has mode {}, which lets {} {} the secret; give it mode 0600 (chmod 600)",
                                    name, fmt::format("{:04o}", status.st_mode & 07777U),
                                    is_group_alone ? "its group" : "other users", allowed));
    }
    return found;
}

} // namespace oidcgen::secret
