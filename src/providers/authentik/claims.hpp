#pragma once

#include "oidc/provider.hpp"

#include <string>
#include <string_view>

namespace oidcgen::providers::authentik {

/// Adds the claims of a shipped mapping to rules.
void add_shipped_claims(std::string_view scope, const document::Place& place, oidc::ClaimRules& rules);

/// What a claim is that depends on the person, as the expression of a claim.
inline constexpr std::string_view k_computed = "computed";
/// The same, of one that is left out for some people.
inline constexpr std::string_view k_perhaps = "computed or left out";

/// The name of the rules of a client: it is the only one that a site has, or one of several in a file.
[[nodiscard]] std::string rules_name(std::size_t number);

} // namespace oidcgen::providers::authentik
