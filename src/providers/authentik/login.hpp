#pragma once

#include "oidc/system.hpp"

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace oidcgen::providers::authentik {

// What authentik answers in a login: see oidc::ProviderSystem.

[[nodiscard]] std::optional<oidc::Metadata> metadata(const oidc::Provider& provider, const oidc::Registration* client,
                                                     std::string_view base, std::string_view path);
[[nodiscard]] std::string issuer(const oidc::Provider& provider, const oidc::Registration* client,
                                 std::string_view base);
[[nodiscard]] bool redirect_matches(const oidc::RedirectUri& registered, std::string_view sent);
[[nodiscard]] oidc::Admission admission(const oidc::Provider& provider, const oidc::Registration& client);
[[nodiscard]] oidc::Delivery deliver(const oidc::Provider& provider, const oidc::Registration& client,
                                     const std::vector<std::string>& scopes, std::string_view claim,
                                     oidc::Carrier carrier);
[[nodiscard]] util::Words how_to_send(std::string_view claim, oidc::Carrier carrier);
[[nodiscard]] util::Words how_to_register(const oidc::Registration& client, std::string_view uri);
[[nodiscard]] util::Words how_to_sign(const oidc::Registration& client, std::string_view algorithm);
[[nodiscard]] bool may_be_generated(std::string_view secret);
[[nodiscard]] std::span<const oidc::Check> request_checks();
[[nodiscard]] std::span<const oidc::Check> answer_checks();
[[nodiscard]] std::span<const oidc::Check> token_checks();

[[nodiscard]] bool owns_issuer(std::string_view issuer_url);
void adapt(oidc::Provider& provider, const oidc::RelyingParty& party);

/// The issuer below an address of the provider, as the metadata names it.
[[nodiscard]] std::string published_issuer(const oidc::Registration& client, std::string_view base);

} // namespace oidcgen::providers::authentik
