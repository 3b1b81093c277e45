#pragma once

#include "oidc/system.hpp"

#include <span>
#include <string>
#include <string_view>

namespace oidcgen::toy::larder {

// How Larder behaves in a login: see oidc::ApplicationSystem.

[[nodiscard]] oidc::ClientBehaviour behaviour(const util::Version& version);
[[nodiscard]] std::span<const oidc::LoginWay> ways();
/// Where the login comes back to when Larder is opened at that address.
[[nodiscard]] std::string redirect_uri_at(std::string_view address);
[[nodiscard]] std::string metadata_path(std::string_view configured);
[[nodiscard]] oidc::RedirectRequest redirect(const oidc::RelyingParty& party, const oidc::LoginWay& way,
                                             std::string_view address);
[[nodiscard]] std::string token_redirect(const oidc::RelyingParty& party, const oidc::RedirectRequest& request);
[[nodiscard]] oidc::Arrival arrival(const oidc::RelyingParty& party, const oidc::RedirectRequest& request,
                                    std::string_view address);
[[nodiscard]] oidc::SigningAlgorithm id_token_alg(const oidc::RelyingParty& party, const oidc::Metadata& metadata);

} // namespace oidcgen::toy::larder
