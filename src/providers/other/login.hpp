#pragma once

#include "oidc/system.hpp"

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace oidcgen::providers::other {

// What follows from metadata in a login: see oidc::ProviderSystem.

[[nodiscard]] bool owns_issuer(std::string_view issuer_url);
void adapt(oidc::Provider& provider, const oidc::RelyingParty& party);
[[nodiscard]] std::optional<oidc::Metadata> metadata(const oidc::Provider& provider, const oidc::Registration* client,
                                                     std::string_view base, std::string_view path);
[[nodiscard]] std::string issuer(const oidc::Provider& provider, const oidc::Registration* client,
                                 std::string_view base);
[[nodiscard]] bool redirect_matches(const oidc::RedirectUri& registered, std::string_view sent);
[[nodiscard]] oidc::Delivery deliver(const oidc::Provider& provider, const oidc::Registration& client,
                                     const std::vector<std::string>& scopes, std::string_view claim,
                                     oidc::Carrier carrier);
[[nodiscard]] util::Words how_to_send(std::string_view claim, oidc::Carrier carrier);
[[nodiscard]] util::Words how_to_sign(const oidc::Registration& client, std::string_view algorithm);
[[nodiscard]] std::span<const oidc::Check> request_checks();
[[nodiscard]] std::span<const oidc::Check> answer_checks();
[[nodiscard]] std::span<const oidc::Check> token_checks();

} // namespace oidcgen::providers::other
