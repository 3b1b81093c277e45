#pragma once

#include "oidc/system.hpp"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace oidcgen::apps::immich {

// What a login asks Immich; see oidc::ApplicationSystem.

[[nodiscard]] std::span<const oidc::LoginWay> ways();
/// The redirect URIs of the ways that come back to an address, which is an origin.
[[nodiscard]] std::vector<std::string> redirect_uris_at(std::string_view address);
/// The address at which Immich itself forwards to the app, for the mobile override.
[[nodiscard]] std::string forwarder_at(std::string_view address);
[[nodiscard]] std::string metadata_path(std::string_view configured);
[[nodiscard]] oidc::RedirectRequest redirect(const oidc::RelyingParty& party, const oidc::LoginWay& way,
                                             std::string_view address);
[[nodiscard]] std::string token_redirect(const oidc::RelyingParty& party, const oidc::RedirectRequest& request);
[[nodiscard]] oidc::Arrival arrival(const oidc::RelyingParty& party, const oidc::RedirectRequest& request,
                                    std::string_view address);
[[nodiscard]] oidc::SigningAlgorithm id_token_alg(const oidc::RelyingParty& party, const oidc::Metadata& metadata);

/// What the app asks without signing in at the provider.
[[nodiscard]] std::span<const oidc::OpenPath> open_paths();
/// Where Immich's makers forward to the Immich of whoever comes: https://my.immich.app
[[nodiscard]] std::span<const std::string_view> forwarders();

/// What Immich does with claims: name, storage label, quota, role.
[[nodiscard]] std::span<const oidc::Feature> features();

} // namespace oidcgen::apps::immich
