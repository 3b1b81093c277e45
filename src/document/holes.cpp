#include "document/holes.hpp"

#include "document/marks.hpp"
#include "util/text.hpp"

namespace oidcgen::document {

std::vector<Hole> holes(std::string_view text, PlaceholderUse use) {
    if (!is_placeholder(text, use)) {
        return {};
    }
    auto result = marked_holes(text, use, Search::all);
    if (result.empty()) { // a filler in place of the whole text
        const auto bare = util::trimmed(text);
        const auto start = static_cast<std::size_t>(bare.data() - text.data());
        result.push_back({start, start + bare.size(), bare});
    }
    return result;
}

} // namespace oidcgen::document
