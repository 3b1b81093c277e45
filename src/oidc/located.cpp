#include "oidc/located.hpp"

#include "oidc/advice.hpp"
#include "util/ascii.hpp"

#include <algorithm>
#include <span>
#include <string>

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
    const std::string one(item);
    return how_to_add_all(list, name, {&one, 1});
}

} // namespace oidcgen::oidc
