#include "provider/gatewarden/rules.hpp"

#include "rule/reading.hpp"

#include <vector>

namespace oidcgen::toy::gatewarden {

std::span<const rule::Rule* const> rules() {
    static const std::vector<const rule::Rule*> all = [] {
        const auto reading = rule::reading_rules();
        std::vector<const rule::Rule*> result(reading.begin(), reading.end());
#define OIDCGEN_RULE(name) result.push_back(&(name));
#include "provider/gatewarden/rules.inc"
#undef OIDCGEN_RULE
        return result;
    }();
    return all;
}

} // namespace oidcgen::toy::gatewarden
