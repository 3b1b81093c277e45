#pragma once

#include "oidc/system.hpp"

#include <span>
#include <string_view>

namespace oidcgen::toy::gatewarden {

/// Behind this tag stands the name of an environment variable, whose value takes its place when Gatewarden starts.
inline constexpr std::string_view k_from_env = "!from-env";

/// How `proof` calls the method.
[[nodiscard]] std::string_view proof_of(oidc::AuthMethod method);

[[nodiscard]] oidc::Reading reading(const util::Version& version, oidc::Use use);
[[nodiscard]] bool recognises(const document::Document& document);
[[nodiscard]] oidc::Provider inspect(const document::Document& document, const oidc::InspectOptions& options,
                                     rule::Findings& findings);
void check_secret(const oidc::Registration& client, std::span<const std::string_view> names, rule::Findings& findings);

} // namespace oidcgen::toy::gatewarden
