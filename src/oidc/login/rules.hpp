#pragma once

#include "rule/rule.hpp"

#include <span>

namespace oidcgen::oidc {

/// Every rule that a login can fail or lose something by.
[[nodiscard]] std::span<const rule::Rule* const> login_rules();

#define OIDCGEN_RULE(name) extern const rule::Rule name;
#include "oidc/login/rules.inc"
#undef OIDCGEN_RULE

} // namespace oidcgen::oidc
