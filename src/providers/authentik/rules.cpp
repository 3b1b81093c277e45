#include "providers/authentik/rules.hpp"

#include "rule/reading.hpp"

namespace oidcgen::providers::authentik {

std::span<const rule::Rule* const> rules() {
    static const auto all = rule::with_reading_rules({
#define OIDCGEN_RULE(name) &(name),
#include "providers/authentik/rules.inc"
#undef OIDCGEN_RULE
    });
    return all;
}

} // namespace oidcgen::providers::authentik
