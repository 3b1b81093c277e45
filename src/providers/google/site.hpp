#pragma once

#include "oidc/system.hpp"

#include <string_view>

namespace oidcgen::providers::google {

void check_site(const oidc::SiteView& site, const oidc::ClientWish& wish, const oidc::SiteFields& fields);
[[nodiscard]] oidc::Provider describe(const oidc::SiteView& site, const oidc::ClientWish& wish,
                                      std::string_view secret);

} // namespace oidcgen::providers::google
