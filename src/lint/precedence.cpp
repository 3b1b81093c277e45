#include "lint/precedence.hpp"

#include <algorithm>
#include <set>
#include <utility>

namespace oidcgen::lint {

namespace {

using rule::Consequence;
using rule::Finding;

/// A value, as far as findings point at it.
using Value = std::tuple<const document::Document*, std::uint32_t, std::uint32_t>;

Value value_of(const Finding& finding) {
    return {finding.place.document, finding.place.span.start, finding.place.span.end};
}

/// A hint about a value says less than why the login fails because of it.
bool is_hint(const Finding& finding) {
    return !finding.rule->is_told_always &&
           (finding.consequence == Consequence::risk || finding.consequence == Consequence::advice);
}

} // namespace

const Finding* speaker_for(const Finding& finding, const std::vector<Finding>& known) {
    const auto found = std::ranges::find_if(known, [&](const Finding& other) {
        return other.consequence == Consequence::login_fails && other.stops.empty() && is_same_place(other, finding);
    });
    return found == known.end() ? nullptr : &*found;
}

void silence(std::vector<Finding>& findings) {
    std::set<Value> told;
    for (const auto& finding : findings) {
        if (finding.consequence == Consequence::login_fails && !finding.stops.empty()) {
            told.insert(value_of(finding));
        }
    }
    std::erase_if(findings,
                  [&](const Finding& finding) { return is_hint(finding) && told.contains(value_of(finding)); });
}

} // namespace oidcgen::lint
