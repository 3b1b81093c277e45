#pragma once

#include "oidc/system.hpp"

namespace oidcgen::apps::immich {

/// Immich parses every file with js-yaml since 1.99 (before, and in the admin page's import, as strict JSON).
[[nodiscard]] oidc::Reading reading(const util::Version& version, oidc::Use use);

/// True for a document with Immich's settings: an `oauth` section, alone or in a whole configuration, or the bare
/// object.
[[nodiscard]] bool recognises(const document::Document& document);

/// Reads Immich's settings (a whole configuration, `{"oauth": {…}}` or the bare object), checks them as that version
/// and use do, and finds what is wrong with this side alone.
[[nodiscard]] oidc::RelyingParty inspect(const document::Document& document, const oidc::InspectOptions& options,
                                         rule::Findings& findings);

/// `{"oauth": {…}}` with the settings that hold after defaults, the secret masked.
[[nodiscard]] document::Value effective(const document::Document& document, const oidc::InspectOptions& options);

} // namespace oidcgen::apps::immich
