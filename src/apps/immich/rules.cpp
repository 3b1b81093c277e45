#include "apps/immich/rules.hpp"

#include "rule/reading.hpp"

namespace oidcgen::apps::immich {

std::span<const rule::Rule* const> rules() {
    static const auto all = rule::with_reading_rules({
#define OIDCGEN_RULE(name) &(name),
#include "apps/immich/rules.inc"
#undef OIDCGEN_RULE
    });
    return all;
}

} // namespace oidcgen::apps::immich
