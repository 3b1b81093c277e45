#include "app/larder/rules.hpp"

#include "rule/reading.hpp"

namespace oidcgen::toy::larder {

std::span<const rule::Rule* const> rules() {
    static const auto all = rule::with_reading_rules({
#define OIDCGEN_RULE(name) &name,
#include "app/larder/rules.inc"
#undef OIDCGEN_RULE
    });
    return all;
}

} // namespace oidcgen::toy::larder
