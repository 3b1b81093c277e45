#include "oidc/login/rules.hpp"

#include <array>

namespace oidcgen::oidc {

std::span<const rule::Rule* const> login_rules() {
    static constexpr std::array k_rules{
#define OIDCGEN_RULE(name) &name,
#include "oidc/login/rules.inc"
#undef OIDCGEN_RULE
    };
    return k_rules;
}

} // namespace oidcgen::oidc
