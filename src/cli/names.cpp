#include "cli/names.hpp"

#include <algorithm>

namespace oidcgen::cli {

std::string flag_name(std::string_view field) {
    std::string name = "--" + std::string(field);
    std::ranges::replace(name, '_', '-');
    return name;
}

} // namespace oidcgen::cli
