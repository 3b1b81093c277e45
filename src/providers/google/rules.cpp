#include "providers/google/rules.hpp"

#include "rule/reading.hpp"

namespace oidcgen::providers::google {

std::span<const rule::Rule* const> rules() {
    static const auto all = rule::with_reading_rules({
#define OIDCGEN_RULE(name) &(name),
#include "providers/google/rules.inc"
#undef OIDCGEN_RULE
    });
    return all;
}

} // namespace oidcgen::providers::google
