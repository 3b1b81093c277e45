#pragma once

#include "oidc/system.hpp"

#include <span>
#include <string_view>

namespace oidcgen::providers::other {

[[nodiscard]] std::span<const oidc::SiteField> site_fields();
void check_site(const oidc::SiteView& site, const oidc::ClientWish& wish, const oidc::SiteFields& fields);
[[nodiscard]] oidc::Provider describe(const oidc::SiteView& site, const oidc::ClientWish& wish,
                                      std::string_view secret);

} // namespace oidcgen::providers::other
