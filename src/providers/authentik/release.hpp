#pragma once

#include "oidc/system.hpp"
#include "util/version.hpp"

#include <span>

namespace oidcgen::providers::authentik {

/// Every release that is known.
[[nodiscard]] std::span<const oidc::ReleaseLine> releases();

/// What a release makes of blueprints and of a login; the rest of what changed is in the tables of models and tags.
struct Release {
    oidc::ProviderBehaviour login;
    bool takes_list_of_redirect_uris = false; ///< each with its matching mode; before, one text of patterns
    bool takes_mapping_of_entries = false;    ///< `entries` may be a mapping of lists
    bool reserves_slugs = false;              ///< names of its own addresses are no slugs
    bool tells_redirect_uri_types = false;    ///< entries for a logout count for no login
    bool knows_grant_types = false;           ///< a client has those that are written, and no others
    bool knows_ec_curves = false;             ///< ES384 and ES512 for keys on these curves; before, always ES256
    bool fails_with_non_ascii_secret = false; ///< comparing it raises an exception
    bool publishes_backchannel_logout = false;
    bool publishes_frontchannel_logout = false;
};

[[nodiscard]] Release release(const util::Version& version);

} // namespace oidcgen::providers::authentik
