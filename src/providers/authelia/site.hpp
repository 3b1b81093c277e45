#pragma once

#include "oidc/provider.hpp"
#include "oidc/site_view.hpp"

#include <span>
#include <string_view>

namespace oidcgen::providers::authelia {

/// What Authelia adds to site descriptions.
[[nodiscard]] std::span<const oidc::SiteField> site_fields();

/// Finds what that release of Authelia could not be told of the site, or could not do for the application.
void check_site(const oidc::SiteView& site, const oidc::ClientWish& wish, const oidc::SiteFields& fields);

/// Authelia's issuer, the client, and the claims policy and scope that it needs when it wants claims of its own.
[[nodiscard]] oidc::Provider describe(const oidc::SiteView& site, const oidc::ClientWish& wish,
                                      std::string_view digest);

} // namespace oidcgen::providers::authelia
