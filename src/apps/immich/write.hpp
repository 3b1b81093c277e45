#pragma once

#include "document/value.hpp"
#include "oidc/relying_party.hpp"
#include "util/version.hpp"

namespace oidcgen::apps::immich {

/// `{"oauth": {…}}` with every setting that the version knows: those of the relying party that are given, and the
/// version's defaults. It can be imported in the admin page as well as used as a configuration file.
[[nodiscard]] document::Value write(const oidc::RelyingParty& party, const util::Version& version);

} // namespace oidcgen::apps::immich
