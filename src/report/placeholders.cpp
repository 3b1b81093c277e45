#include "report/placeholders.hpp"

#include "document/holes.hpp"
#include "document/marks.hpp"

#include <algorithm>
#include <set>
#include <string_view>
#include <utility>

namespace oidcgen::report {

std::vector<MarkedValues> by_marks(const std::vector<const rule::NotChecked*>& values) {
    std::vector<MarkedValues> result;
    for (const auto* const value : values) {
        if (!value->place) {
            continue;
        }
        const auto text = value->place.document->source().text(value->place.span);
        std::set<std::string> marks;
        for (const auto& hole : document::holes(text, document::PlaceholderUse::secret_or_address)) {
            marks.insert(document::shown_marks(text.substr(hole.start, hole.end - hole.start)));
        }
        if (marks.empty()) {
            marks.insert({});
        }
        for (const auto& one : marks) {
            auto found = std::ranges::find(result, one, &MarkedValues::marks);
            if (found == result.end()) {
                found = result.insert(found, {one, 0});
            }
            ++found->values;
        }
    }
    return result;
}

} // namespace oidcgen::report
