#pragma once

#include "document/document.hpp"
#include "oidc/provider.hpp"
#include "oidc/registration.hpp"
#include "oidc/relying_party.hpp"

#include <optional>
#include <string_view>

namespace oidcgen::oidc {

/// A value that came back otherwise than it was given.
struct Difference {
    std::string_view field;  ///< in the terms of the standards
    document::Place place{}; ///< of what was read; may be nowhere
};

/// The first field that was given in `wanted` and is not the same in `read`; nothing when all are. What is unknown in
/// `read`, because its text looks like a placeholder, is not compared.
[[nodiscard]] std::optional<Difference> first_difference(const Registration& wanted, const Registration& read);
[[nodiscard]] std::optional<Difference> first_difference(const RelyingParty& wanted, const RelyingParty& read);

/// The same of the registrations, one by one.
[[nodiscard]] std::optional<Difference> first_client_difference(const Provider& wanted, const Provider& read);

/// The same of all that a provider keeps: its claims policies and scopes, too. Which issuers it has, its file need not
/// say.
[[nodiscard]] std::optional<Difference> first_difference(const Provider& wanted, const Provider& read);

} // namespace oidcgen::oidc
