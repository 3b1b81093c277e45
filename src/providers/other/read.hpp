#pragma once

#include "oidc/system.hpp"

#include <optional>

namespace oidcgen::providers::other {

[[nodiscard]] oidc::Reading reading(const util::Version& version, oidc::Use use);
[[nodiscard]] bool recognises(const document::Document& document);
/// Reads metadata, also where it is the member `openid_configuration` of an object. The result has no registrations.
[[nodiscard]] oidc::Provider inspect(const document::Document& document, const oidc::InspectOptions& options,
                                     rule::Findings& findings);

/// Why no application can do with that metadata; nothing when it can.
[[nodiscard]] std::optional<rule::Finding> fault_of(const oidc::SavedMetadata& metadata);

} // namespace oidcgen::providers::other
