#pragma once

#include "oidc/provider.hpp"
#include "providers/authelia/inspection.hpp"
#include "providers/authelia/settings.hpp"

namespace oidcgen::providers::authelia {

/// The section without its clients, in terms of OpenID Connect.
[[nodiscard]] oidc::Provider to_provider(const Inspection& inspection);

/// A client, in terms of OpenID Connect.
[[nodiscard]] oidc::Registration to_registration(const Inspection& inspection, const Client& client,
                                                 const Flows& flows);

} // namespace oidcgen::providers::authelia
