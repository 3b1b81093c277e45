#pragma once

#include "oidc/registration.hpp"
#include "oidc/site_view.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace oidcgen::oidc {

/// Adds a word to a list that does not have it yet.
void add_once(std::vector<std::string>& list, std::string_view word);

/// The confidential client that a site and its application wish for, as far as every provider keeps it alike: id, name,
/// credential, redirect URIs, scopes, the code flow. Of what differs nothing is set.
[[nodiscard]] Registration wished_client(const SiteView& site, const ClientWish& wish, std::string_view credential,
                                         std::vector<std::string> scopes);

} // namespace oidcgen::oidc
