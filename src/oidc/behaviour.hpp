#pragma once

#include "oidc/terms.hpp"

#include <cstdint>
#include <limits>
#include <span>
#include <string_view>

namespace oidcgen::oidc {

/// How a client id and a secret are written into an Authorization header, or read from there (RFC 6749 section 2.3.1).
enum class BasicCoding : std::uint8_t {
    form,    ///< application/x-www-form-urlencoded: a blank is `+`, all but letters, digits and `*-._` is escaped
    strict,  ///< written: all but letters and digits is escaped
    loose,   ///< written: `!'()*-._~` are left as well
    percent, ///< read: escapes are resolved, and a `+` stays one
    none,    ///< as it is
};

/// How one release of an application and the OpenID Connect library in it behave in a login. Filled from the
/// application's table of versions; what no other application has stays in that application's own folder.
struct ClientBehaviour {
    /// The authentication methods its settings can choose from, the one of a fresh installation first.
    std::span<const AuthMethod> auth_methods;
    /// Its settings hold the method; otherwise the only one in auth_methods is used whatever they say.
    bool auth_method_is_setting = true;
    /// An empty secret makes it a public client that authenticates with `none`.
    bool empty_secret_is_public = true;

    bool sends_pkce = true;         ///< S256 with every request, as far as the provider lists it
    std::int64_t state_length = 43; ///< characters of `state`: 32 random bytes in base64url
    BasicCoding basic_coding = BasicCoding::form;
    /// Seconds that its timer can count to.
    std::int64_t longest_timeout = std::numeric_limits<std::int64_t>::max();

    bool checks_issuer = true;                 ///< the issuer in the metadata must be the configured address
    bool refuses_http = true;                  ///< http addresses only with allow_insecure_requests
    bool checks_signatures = false;            ///< of ID token (at_hash too) and signed userinfo answers
    bool userinfo_alg_is_setting = true;       ///< a signed userinfo answer can be chosen
    bool takes_signed_userinfo_unasked = true; ///< reads a signed answer though the setting says `none`
    bool claims_from_id_token = true;          ///< an ID token with `email` replaces userinfo
    bool needs_email = true;                   ///< finds and makes accounts by the mail address
    bool linking_needs_session_id = false;     ///< linking an account fails without the claim `sid`
};

/// What becomes of a login that asks for a prompt (OpenID Connect Core section 3.1.2.1).
enum class PromptEffect : std::uint8_t {
    taken,         ///< does what it says, or is passed over
    needs_session, ///< lets only people through who are signed in already
    fails,         ///< always ends in an error
};

/// A prompt that a provider knows.
struct Prompt {
    std::string_view word;
    PromptEffect effect = PromptEffect::taken;
};

/// The prompts of OpenID Connect Core, as it describes them.
[[nodiscard]] std::span<const Prompt> standard_prompts();

/// How one release of a provider behaves in a login. What no other provider has stays in that provider's own folder.
struct ProviderBehaviour {
    bool id_token_needs_openid = true; ///< without the scope `openid` there is no ID token
    bool userinfo_needs_openid = true; ///< without the scope `openid` userinfo is refused
    bool issuer_is_configured = true;  ///< answers only under its configured address
    bool sends_session_id = true;      ///< the ID token has the claim `sid`
    bool learns_redirect_uri = false;  ///< a client without redirect URIs keeps the first one that is sent
    bool sends_errors_to_apps = true;  ///< also to redirect URIs that are not of http
    BasicCoding basic_coding = BasicCoding::form;
    std::span<const Prompt> prompts{}; ///< that it knows; empty: the standard ones
    /// The algorithms with which its ID tokens are what the standard asks for, at_hash included; empty: all.
    std::span<const std::string_view> sound_id_token_algs{};
    /// Everybody can get an account there, so whoever opens the login page can sign in, unless its own settings say
    /// otherwise.
    bool lets_anybody_in = false;
    bool sends_usernames = true; ///< the claim `preferred_username`
    /// Keys HS256 and the like with the client's secret, as the standard asks for.
    bool keys_with_secret = true;
};

} // namespace oidcgen::oidc
