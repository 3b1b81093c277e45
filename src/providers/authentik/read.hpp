#pragma once

#include "oidc/system.hpp"

namespace oidcgen::providers::authentik {

[[nodiscard]] oidc::Reading reading(const util::Version& version, oidc::Use use);
[[nodiscard]] bool recognises(const document::Document& document);
[[nodiscard]] oidc::Provider inspect(const document::Document& document, const oidc::InspectOptions& options,
                                     rule::Findings& findings);
void check_secret(const oidc::Registration& client, std::span<const std::string_view> names, rule::Findings& findings);

} // namespace oidcgen::providers::authentik
