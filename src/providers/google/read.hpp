#pragma once

#include "oidc/system.hpp"

namespace oidcgen::providers::google {

/// https://accounts.google.com/.well-known/openid-configuration
inline constexpr std::string_view k_issuer = "https://accounts.google.com";

[[nodiscard]] oidc::Reading reading(const util::Version& version, oidc::Use use);
/// True for the JSON of a client as the console lets people download it, of whatever type, and for the key of a service
/// account.
[[nodiscard]] bool recognises(const document::Document& document);
[[nodiscard]] oidc::Provider inspect(const document::Document& document, const oidc::InspectOptions& options,
                                     rule::Findings& findings);
/// What is published for every client.
[[nodiscard]] oidc::Published discovery(const document::Document& document, const oidc::InspectOptions& options);

/// The provider without clients.
[[nodiscard]] oidc::Provider any_provider();

} // namespace oidcgen::providers::google
