#pragma once

#include "oidc/terms.hpp"

#include <span>
#include <string_view>

namespace oidcgen::oidc {

/// How one release of an application and the OpenID Connect library in it behave in a login. Filled from the
/// application's table of versions.
struct ClientBehaviour {
    /// The authentication methods its settings can choose from, the one of a fresh installation first.
    std::span<const AuthMethod> auth_methods;
    /// Its settings hold the method; otherwise the only one in auth_methods is used whatever they say.
    bool auth_method_is_setting = true;
    /// An empty secret makes it a public client that authenticates with `none`.
    bool empty_secret_is_public = true;

    bool sends_pkce = true;               ///< S256 with every request, as far as the provider lists it
    std::string_view mobile_redirect_uri; ///< where the app is sent back to without an override
    bool honours_mobile_override = true;
    bool override_needs_dotted_host = false; ///< settings refuse an override whose host is one word

    bool checks_issuer = true;                 ///< the issuer in the metadata must be the configured address
    bool refuses_http = true;                  ///< http addresses only with allow_insecure_requests
    bool checks_signatures = false;            ///< of ID token (at_hash too) and signed userinfo answers
    bool id_token_alg_is_setting = true;       ///< the ID token's algorithm is compared with a setting
    bool userinfo_alg_is_setting = true;       ///< a signed userinfo answer can be chosen
    bool takes_signed_userinfo_unasked = true; ///< reads a signed answer though the setting says `none`
    bool claims_from_id_token = true;          ///< an ID token with `email` replaces userinfo
    bool normalises_redirect_uri = true;       ///< the token request sends the redirect URI as a URL library writes it

    bool zero_quota_is_unlimited = false; ///< a quota of 0 sets no limit; otherwise it refuses every upload
    bool quota_takes_text = true;         ///< a quota claim may be a number in a string
    bool has_quota = true;
    bool has_role = true;
    bool role_takes_list = true; ///< a role claim may be a list
};

/// How one release of a provider behaves in a login.
struct ProviderBehaviour {
    /// Redirect URIs with http on other hosts than localhost, for confidential clients.
    bool takes_http_redirect_uris = true;
    bool has_claims_policies = true; ///< custom claims can be sent
    /// The standard claims it sends for scopes; empty: all of OpenID Connect Core section 5.4.
    std::span<const std::string_view> standard_claims{};
    bool id_token_has_profile_claims = false; ///< the ID token carries what the scopes ask for
    bool userinfo_needs_openid = true;        ///< without the scope `openid` userinfo is refused
    bool prompt_login_works = true;
    bool issuer_is_configured = true; ///< answers only under its configured address
};

} // namespace oidcgen::oidc
