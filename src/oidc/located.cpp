#include "oidc/located.hpp"

#include "util/text.hpp"

namespace oidcgen::oidc {

namespace {

bool is_index(std::string_view step) {
    return !step.empty() && step.find_first_not_of("0123456789") == std::string_view::npos;
}

/// A step of a pointer as the name it stands for (RFC 6901 section 4).
std::string unescaped(std::string_view step) {
    std::string result;
    for (std::size_t at = 0; at < step.size(); ++at) {
        const bool is_escape = step[at] == '~' && at + 1 < step.size();
        result += !is_escape ? step[at] : step[++at] == '1' ? '/' : '~';
    }
    return result;
}

} // namespace

std::string setting_name(const document::Place& place, std::string_view otherwise) {
    if (!place) {
        return std::string(otherwise);
    }
    const auto pointer = place.document->pointer(place.path);
    const auto steps = util::split(pointer, '/');
    for (auto step = steps.rbegin(); step != steps.rend(); ++step) {
        if (!step->empty() && !is_index(*step)) {
            return unescaped(*step);
        }
    }
    return std::string(otherwise);
}

} // namespace oidcgen::oidc
