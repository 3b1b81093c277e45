#pragma once

#include "oidc/provider.hpp"
#include "oidc/relying_party.hpp"
#include "oidc/site_view.hpp"

#include <span>
#include <string_view>

namespace oidcgen::apps::immich {

/// What Immich adds to site descriptions.
[[nodiscard]] std::span<const oidc::SiteField> site_fields();

/// Finds what that release of Immich could not be told of the site.
void check_site(const oidc::SiteView& site, const oidc::SiteFields& fields);

/// What that release of Immich needs of any provider, as the guides of its time advise.
[[nodiscard]] oidc::ClientWish wish(const oidc::SiteView& site);

/// Immich's settings for that provider and that client of it.
[[nodiscard]] oidc::RelyingParty describe(const oidc::SiteView& site, const oidc::Provider& provider,
                                          std::string_view secret);

} // namespace oidcgen::apps::immich
