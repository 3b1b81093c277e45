#pragma once

#include "oidc/system.hpp"

#include <span>
#include <string_view>

namespace oidcgen::toy::larder {

[[nodiscard]] std::span<const oidc::SiteField> site_fields();
[[nodiscard]] oidc::ClientWish wish(const oidc::SiteView& site);
void check_site(const oidc::SiteView& site, const oidc::SiteFields& fields);
[[nodiscard]] oidc::RelyingParty describe(const oidc::SiteView& site, const oidc::Provider& provider,
                                          std::string_view secret);

} // namespace oidcgen::toy::larder
