#include "util/blocks.hpp"

#include "util/descriptor.hpp"

#include <cerrno>
#include <utility>
#include <vector>

#include <sys/stat.h>
#include <unistd.h>

namespace oidcgen::util {

namespace {

Expected<void> hand_over(int descriptor, const Words& name, std::size_t size,
                         const std::function<void(std::string_view)>& take) {
    struct stat status {};
    if (::fstat(descriptor, &status) == 0 && S_ISDIR(status.st_mode)) {
        return failure(words("cannot read {}: it is a folder", name));
    }
    std::vector<char> block(size);
    for (;;) {
        const ssize_t got = ::read(descriptor, block.data(), block.size());
        if (got == 0) {
            return {};
        }
        if (got > 0) {
            take({block.data(), static_cast<std::size_t>(got)});
        } else if (errno != EINTR) {
            return failure(words("cannot read {}: {}", name, reason(errno)));
        }
    }
}

} // namespace

Expected<void> read_in_blocks(const std::filesystem::path& path, std::size_t size,
                              const std::function<void(std::string_view)>& take) {
    if (path == "-") {
        return hand_over(STDIN_FILENO, "standard input", size, take);
    }
    const auto name = words("'{}'", util::path(path.string()));
    auto file = open_to_read(path);
    if (!file) {
        return failure(words("cannot read {}: {}", name, file.error().message));
    }
    return hand_over(file->number(), name, size, take);
}

} // namespace oidcgen::util
