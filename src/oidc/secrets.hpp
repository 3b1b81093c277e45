#pragma once

#include "oidc/registration.hpp"
#include "oidc/relying_party.hpp"
#include "rule/rule.hpp"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace oidcgen::oidc {

/// What can be found about secrets and digests that both systems accept, ordered by code: nothing of it stops a login
/// by itself. What a login fails by is login_rules(), and what a provider refuses is its own.
[[nodiscard]] std::span<const rule::Rule* const> secret_rules();

/// Adds what is wrong with the secrets and digests of these clients and applications. Nothing computes a digest here.
/// `findings` already holds what logins fail by, so that no place is told the same twice. Placeholders are not judged.
void check_secrets(std::span<const Registration* const> registrations, std::span<const RelyingParty* const> parties,
                   std::vector<rule::Finding>& findings);

/// For the help of a finding about a digest that the provider refuses: the probable mistake and what to do. Nothing of
/// the text is repeated. Empty when it does not look like a digest.
[[nodiscard]] std::string digest_help(std::string_view written);

} // namespace oidcgen::oidc
