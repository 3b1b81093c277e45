#include "providers/authentik/log.hpp"

#include "oidc/login/login.hpp"

#include <array>

namespace oidcgen::providers::authentik {

namespace {

using oidc::LogMessage;
using oidc::Stage;

/// Events and pages of authentik/providers/oauth2 (errors.py, views/authorize.py, views/token.py, views/userinfo.py),
/// https://github.com/goauthentik/authentik.
constexpr std::array k_messages{
    LogMessage{.text = "Invalid private key type",
               .stage = Stage::discovery,
               .rules = {"metadata-unavailable", "signing-certificate-unusable"},
               .help = "choose an RSA or EC certificate as the signing key"},
    LogMessage{.text = "Invalid client identifier",
               .stage = Stage::authorize,
               .rules = {"client-id-unknown", "provider-without-application"},
               .help = "write the same client id on both sides; capital and small letters count"},
    LogMessage{.text = "client identifier (client_id) is missing or invalid",
               .stage = Stage::authorize,
               .rules = {"client-id-unknown", "provider-without-application"},
               .help = "write the same client id on both sides; capital and small letters count"},
    LogMessage{.text = "Invalid redirect uri (strict comparison)",
               .stage = Stage::authorize,
               .rules = {"redirect-uri-unregistered", "strict-uri-with-pattern", "redirect-uris-in-old-form"},
               .help = "add the address that was sent to redirect_uris, exactly as it was sent",
               .versions = {.until = {2026, 5, 0}}},
    LogMessage{.text = "Invalid redirect uri (regex comparison)",
               .stage = Stage::authorize,
               .rules = {"redirect-uri-unregistered", "redirect-pattern-invalid", "redirect-uris-in-old-form"},
               .help = "add the address that was sent to redirect_uris with matching_mode: strict",
               .versions = {.until = {2026, 5, 0}}},
    LogMessage{.text = "redirect_uri_no_match",
               .stage = Stage::authorize,
               .rules = {"redirect-uri-unregistered", "strict-uri-with-pattern", "redirect-uris-in-old-form"},
               .help = "add the address that was sent to redirect_uris, exactly as it was sent",
               .versions = {.since = {2026, 5, 0}}},
    LogMessage{.text = "redirect_uri_missing",
               .stage = Stage::authorize,
               .rules = {"redirect-uri-unregistered", "redirect-uris-in-old-form"},
               .help = "add the address that was sent to redirect_uris",
               .versions = {.since = {2026, 5, 0}}},
    LogMessage{.text = "redirect_uri_forbidden_scheme",
               .stage = Stage::authorize,
               .rules = {"redirect-uri-unregistered"},
               .help = "use an https address, or one with the scheme of an app",
               .versions = {.since = {2026, 5, 0}}},
    LogMessage{.text = "missing, invalid, or mismatching redirection URI",
               .stage = Stage::authorize,
               .rules = {"redirect-uri-unregistered", "strict-uri-with-pattern", "redirect-uris-in-old-form"},
               .help = "add the address that was sent to redirect_uris, exactly as it was sent"},
    LogMessage{.text = "Invalid grant_type for provider",
               .stage = Stage::authorize,
               .rules = {"grant-type-unregistered"},
               .help = "set grant_types: [authorization_code]",
               .versions = {.since = {2026, 5, 0}}},
    LogMessage{.text = "grant_type_not_configured",
               .stage = Stage::authorize,
               .rules = {"grant-type-unregistered"},
               .help = "set grant_types: [authorization_code]",
               .versions = {.since = {2026, 5, 0}}},
    LogMessage{.text = "Unsafe redirect to URL with protocol",
               .stage = Stage::authorize,
               .rules = {"grant-type-unregistered", "prompt-not-satisfied"},
               .what = "authentik refused the login, and cannot tell the app so",
               .help = "set grant_types: [authorization_code], and leave the application's prompt empty"},
    LogMessage{.text = "Unsupported challenge method",
               .stage = Stage::authorize,
               .rules = {"code-challenge-method-unusable"},
               .help = "use a release of the application that sends S256"},
    LogMessage{.text = "Code challenge not matching", .stage = Stage::token, .cause = "code-verifier-wrong"},
    LogMessage{.text = "Invalid client secret",
               .stage = Stage::token,
               .rules = {"secret-mismatch", "digest-as-secret", "credentials-not-decoded", "secret-not-ascii",
                         "secret-with-blank"},
               .help = "enter the provider's client_secret in the application"},
    LogMessage{.text = "OAuth2Provider does not exist",
               .stage = Stage::token,
               .rules = {"client-id-unknown", "credentials-not-decoded"},
               .help = "write the same client id on both sides; capital and small letters count"},
    LogMessage{.text = "Invalid redirect URI used by provider",
               .stage = Stage::token,
               .rules = {"mobile-override-renormalised"},
               .what = "the token request has another redirect URI than the authorization request",
               .help = "write the mobile redirect URI in its plain form: lower-case host, no default port"},
    LogMessage{.text = "Expected key type RSA, got EC",
               .stage = Stage::token,
               .rules = {"encryption-key-not-rsa"},
               .help = "remove encryption_key from the provider"},
    LogMessage{.text = "Scope mismatch.",
               .stage = Stage::userinfo,
               .rules = {"openid-scope-missing", "scope-unregistered"},
               .help = "let the application ask for the scope openid, and add the mapping of openid to the provider's "
                       "property_mappings"},
};

} // namespace

const oidc::Log k_log{.messages = k_messages};

} // namespace oidcgen::providers::authentik
