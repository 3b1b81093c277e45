#pragma once

#include "oidc/behaviour.hpp"
#include "oidc/terms.hpp"
#include "util/version.hpp"

#include <string_view>

namespace oidcgen::apps::immich {

/// What the official guides advise for one release, where several ways work.
struct Recipe {
    oidc::AuthMethod auth_method = oidc::AuthMethod::client_secret_basic;
    bool require_pkce = true;
    /// The issuer is configured as the address of its metadata, `/.well-known/openid-configuration`.
    bool metadata_address_as_issuer = false;
};

/// How one release of Immich, and the openid-client library it uses, behave in a login.
struct Behaviour {
    oidc::ClientBehaviour login;

    std::string_view mobile_redirect_uri; ///< where the app is sent back to without an override
    bool honours_mobile_override = true;
    bool override_needs_dotted_host = false; ///< settings refuse an override whose host is one word
    bool normalises_redirect_uri = true;     ///< the token request sends the redirect URI as a URL library writes it
    bool id_token_alg_is_setting = true;     ///< otherwise it goes by the provider's metadata

    bool zero_quota_is_unlimited = false; ///< a quota of 0 sets no limit; otherwise it refuses every upload
    bool quota_takes_text = true;         ///< a quota claim may be a number in a string
    bool has_quota = true;
    bool has_role = true;
    bool role_takes_list = true; ///< a role claim may be a list
};

[[nodiscard]] Behaviour behaviour(const util::Version& version);

/// What Authelia's and Immich's own guides advised when that release of Immich was current.
[[nodiscard]] Recipe recipe(const util::Version& version);

} // namespace oidcgen::apps::immich
