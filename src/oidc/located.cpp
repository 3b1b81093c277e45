#include "oidc/located.hpp"

#include "util/ascii.hpp"

#include <algorithm>
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

} // namespace oidcgen::oidc
