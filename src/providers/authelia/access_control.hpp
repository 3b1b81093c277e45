#pragma once

#include "document/document.hpp"
#include "oidc/system.hpp"

#include <span>
#include <string_view>

namespace oidcgen::providers::authelia {

/// Reads `access_control`, which answers a proxy that asks Authelia about each request.
void read_access_control(oidc::Provider& provider, const document::Document& document, oidc::Placeholders placeholders);

/// The first rule that applies decides (https://www.authelia.com/configuration/security/access-control/).
[[nodiscard]] oidc::ProxyAnswer proxy_answer(const oidc::Provider& provider, std::string_view host,
                                             std::span<const oidc::OpenPath> paths);

} // namespace oidcgen::providers::authelia
