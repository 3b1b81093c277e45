#pragma once

#include "oidc/system.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace oidcgen::toy::gatewarden {

// What Gatewarden answers in a login: see oidc::ProviderSystem.

[[nodiscard]] oidc::ProviderBehaviour behaviour(const util::Version& version);
[[nodiscard]] std::optional<oidc::Metadata> metadata(const oidc::Provider& provider, const oidc::Registration* client,
                                                     std::string_view base, std::string_view path);
[[nodiscard]] std::string issuer(const oidc::Provider& provider, const oidc::Registration* client,
                                 std::string_view base);
[[nodiscard]] bool redirect_matches(const oidc::RedirectUri& registered, std::string_view sent);
[[nodiscard]] bool returns_to(const oidc::Provider& provider, const oidc::Registration& client, std::string_view uri);
[[nodiscard]] oidc::Admission admission(const oidc::Provider& provider, const oidc::Registration& client);
[[nodiscard]] oidc::Delivery deliver(const oidc::Provider& provider, const oidc::Registration& client,
                                     const std::vector<std::string>& scopes, std::string_view claim,
                                     oidc::Carrier carrier);
[[nodiscard]] util::Words how_to_send(std::string_view claim, oidc::Carrier carrier);

} // namespace oidcgen::toy::gatewarden
