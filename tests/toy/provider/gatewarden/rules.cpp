#include "provider/gatewarden/rules.hpp"

#include "rule/reading.hpp"

namespace oidcgen::toy::gatewarden {

std::span<const rule::Rule* const> rules() {
    static const auto all = rule::with_reading_rules({
#define OIDCGEN_RULE(name) &name,
#include "provider/gatewarden/rules.inc"
#undef OIDCGEN_RULE
    });
    return all;
}

} // namespace oidcgen::toy::gatewarden
