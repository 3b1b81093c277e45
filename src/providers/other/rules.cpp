#include "providers/other/rules.hpp"

#include "rule/reading.hpp"

namespace oidcgen::providers::other {

std::span<const rule::Rule* const> rules() {
    static const auto all = rule::with_reading_rules({
#define OIDCGEN_RULE(name) &(name),
#include "providers/other/rules.inc"
#undef OIDCGEN_RULE
    });
    return all;
}

} // namespace oidcgen::providers::other
