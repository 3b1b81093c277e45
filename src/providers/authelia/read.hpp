#pragma once

#include "oidc/system.hpp"

namespace oidcgen::providers::authelia {

/// True for a document with Authelia's settings: `identity_providers`, or a part of it (a provider section, a list of
/// clients, one client), or another section of its configuration beside a client list.
[[nodiscard]] bool recognises(const document::Document& document);

/// Reads an Authelia configuration, whole or in part (`identity_providers:`, `oidc:`, `clients:`, a list of clients, or
/// one client), checks it as that version does, and finds what is wrong with this side alone.
[[nodiscard]] oidc::Provider inspect(const document::Document& document, const oidc::InspectOptions& options,
                                     rule::Findings& findings);

} // namespace oidcgen::providers::authelia
