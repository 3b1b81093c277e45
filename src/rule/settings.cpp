#include "rule/settings.hpp"

#include <string_view>

namespace oidcgen::rule {

void Settings::add(const document::Place& place) {
    if (place) {
        m_settings[place.document].insert(place.document->pointer(place.path));
    }
}

bool Settings::touch(const document::Place& place) const {
    const auto found = m_settings.find(place.document);
    if (!place || found == m_settings.end()) {
        return false;
    }
    const auto& pointers = found->second;
    const auto pointer = place.document->pointer(place.path);
    for (auto size = pointer.size();; size = pointer.rfind('/', size - 1)) {
        if (pointers.contains(std::string_view(pointer).substr(0, size))) {
            return true;
        }
        if (size == 0) {
            break;
        }
    }
    const auto below = pointers.lower_bound(pointer + "/");
    return below != pointers.end() && below->starts_with(pointer + "/");
}

} // namespace oidcgen::rule
