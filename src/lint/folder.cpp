#include "lint/folder.hpp"

#include "lint/unpack.hpp"
#include "util/file.hpp"

#include <algorithm>
#include <array>
#include <string_view>
#include <system_error>
#include <utility>

namespace oidcgen::lint {

namespace {

namespace fs = std::filesystem;

constexpr std::size_t k_largest = 4U << 20U; ///< bytes; what people write by hand is smaller
constexpr std::array<std::string_view, 2> k_passed_over{".git", "node_modules"};

} // namespace

util::Expected<Folder> read_folder(const fs::path& path) {
    Folder result;
    std::error_code error;
    const fs::directory_iterator readable(path, error);
    if (error) {
        return util::failure(util::words("{} cannot be read: {}", util::path(path.string()), error.message()));
    }
    std::vector<std::string> files;
    fs::recursive_directory_iterator at(path, fs::directory_options::skip_permission_denied, error);
    while (!error && at != fs::recursive_directory_iterator()) {
        const auto name = at->path().filename().string();
        std::error_code ignored;
        const auto type = at->symlink_status(ignored).type();
        if (type == fs::file_type::directory && std::ranges::find(k_passed_over, name) != k_passed_over.end()) {
            at.disable_recursion_pending();
        } else if (type == fs::file_type::regular) {
            files.push_back(at->path().string());
        }
        at.increment(error);
    }
    result.not_readable += error ? 1 : 0;
    std::ranges::sort(files);
    for (auto& file : files) {
        auto text = util::read_file(file, k_largest);
        if (!text) {
            const auto size = fs::file_size(file, error);
            result.not_readable += error || size <= k_largest ? 1 : 0;
            continue;
        }
        if (is_binary(*text)) {
            continue;
        }
        ++result.looked_at;
        if (is_worth_reading(file, *text)) {
            result.inputs.push_back({std::move(file), std::move(*text)});
            result.inputs.back().is_found = true;
        }
    }
    return result;
}

} // namespace oidcgen::lint
