#pragma once

#include "oidc/system.hpp"

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace oidcgen::providers::authelia {

// What a login asks Authelia; see oidc::ProviderSystem.

[[nodiscard]] std::optional<oidc::Metadata> metadata(const oidc::Provider& provider,
                                                     const oidc::Registration* registration, std::string_view base,
                                                     std::string_view path);
[[nodiscard]] bool redirect_matches(const oidc::RedirectUri& registered, std::string_view sent);
[[nodiscard]] bool returns_to(const oidc::Provider& provider, const oidc::Registration& registration,
                              std::string_view uri);
[[nodiscard]] oidc::Admission admission(const oidc::Provider& provider, const oidc::Registration& registration);
[[nodiscard]] oidc::Delivery deliver(const oidc::Provider& provider, const oidc::Registration& registration,
                                     const std::vector<std::string>& scopes, std::string_view claim,
                                     oidc::Carrier carrier);
[[nodiscard]] util::Words how_to_send(std::string_view claim, oidc::Carrier carrier);
[[nodiscard]] oidc::SecretVerdict verify(std::string_view kept, const secret::Secret& secret, secret::Budget& budget);
[[nodiscard]] oidc::LogoutReturn logout(std::string_view end_session_endpoint, std::string_view base,
                                        std::string_view address);

/// https://www.authelia.com/configuration/identity-providers/openid-connect/clients/#consent_mode
[[nodiscard]] oidc::AskedAgain asked_again(const oidc::Registration& registration,
                                           const std::vector<std::string>& scopes, std::string_view prompt);

/// The order in which Authelia checks before it shows a page.
[[nodiscard]] std::span<const oidc::Check> request_checks();

} // namespace oidcgen::providers::authelia
