#pragma once

#include "oidc/system.hpp"

namespace oidcgen::toy::larder {

[[nodiscard]] oidc::Reading reading(const util::Version& version, oidc::Use use);
[[nodiscard]] bool recognises(const document::Document& document);
[[nodiscard]] oidc::RelyingParty inspect(const document::Document& document, const oidc::InspectOptions& options,
                                         rule::Findings& findings);

} // namespace oidcgen::toy::larder
