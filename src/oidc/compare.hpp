#pragma once

#include "oidc/registration.hpp"
#include "oidc/relying_party.hpp"

#include <string_view>

namespace oidcgen::oidc {

/// The first field that was given in `wanted` and is not the same in `read`; empty when all are. What is unknown in
/// `read`, because its text looks like a placeholder, is not compared.
[[nodiscard]] std::string_view first_difference(const Registration& wanted, const Registration& read);
[[nodiscard]] std::string_view first_difference(const RelyingParty& wanted, const RelyingParty& read);

} // namespace oidcgen::oidc
