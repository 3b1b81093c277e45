#include "oidc/located.hpp"

#include "document/addition.hpp"
#include "util/ascii.hpp"
#include "util/text.hpp"

#include <algorithm>
#include <vector>

namespace oidcgen::oidc {

util::Words setting_name(const document::Place& place, std::string_view otherwise) {
    if (!place) {
        return util::own(otherwise);
    }
    const auto steps = document::steps_of(place.document->pointer(place.path));
    const auto is_name = [](const std::string& step) { return !step.empty() && !util::is_digits(step); };
    const auto last = std::find_if(steps.rbegin(), steps.rend(), is_name);
    return last == steps.rend() ? util::own(otherwise) : util::own(*last);
}

util::Words how_to_add(const document::Place& list, const util::Words& name, std::string_view item) {
    const auto lines = document::addition_to(list, item);
    if (!lines) {
        return util::words("add {} to {}", item, name);
    }
    auto result = list.kind == document::PlaceKind::missing ? util::Words("add these lines to the client:")
                                                            : util::words("add this line to {}:", name);
    for (const auto line : util::split(*lines, '\n')) {
        result += util::words("\n{}", line);
    }
    return result;
}

} // namespace oidcgen::oidc
