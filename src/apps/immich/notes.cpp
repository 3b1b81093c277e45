#include "apps/immich/notes.hpp"

#include <array>
#include <string_view>

namespace oidcgen::apps::immich {

namespace {

using oidc::RuleNote;
using namespace std::string_view_literals;

constexpr std::array k_guide{"https://docs.immich.app/administration/oauth"sv};
constexpr std::array k_issuer_insecure_sources{"https://github.com/immich-app/immich/pull/27844"sv};
constexpr std::array k_timeout_out_of_range_sources{
    "https://github.com/panva/openid-client/blob/main/docs/interfaces/ClientMetadata.md"sv};
constexpr std::array k_client_id_empty_sources{
    "https://docs.immich.app/administration/oauth"sv,
    "https://github.com/immich-app/immich/blob/main/server/src/repositories/oauth.repository.ts"sv};
constexpr std::array k_new_library{"https://github.com/immich-app/immich/issues/17825"sv};
constexpr std::array k_mobile_guide{"https://docs.immich.app/administration/oauth#mobile-redirect-uri"sv};
constexpr std::array k_auth_method_mismatch_sources{"https://github.com/immich-app/immich/pull/17968"sv,
                                                    "https://github.com/immich-app/immich/issues/17825"sv};
constexpr std::array k_id_token_encrypted_sources{"https://github.com/immich-app/immich/issues/18030"sv};
constexpr std::array k_signed_userinfo{"https://github.com/immich-app/immich/issues/7877"sv};
constexpr std::array k_account{"https://docs.immich.app/administration/oauth"sv,
                               "https://github.com/immich-app/immich/blob/main/server/src/services/auth.service.ts"sv};
constexpr std::array k_claims{"https://github.com/immich-app/immich/pull/26717"sv};
constexpr std::array k_quota{"https://github.com/immich-app/immich/pull/18526"sv,
                             "https://github.com/immich-app/immich/issues/14160"sv};
constexpr std::array k_role_without_effect_sources{"https://github.com/immich-app/immich/pull/19758"sv,
                                                   "https://github.com/immich-app/immich/pull/29991"sv};
constexpr std::array k_logout_return_refused_sources{"https://github.com/immich-app/immich/pull/27389"sv};

/// Ordered by the codes of the rules.
constexpr auto k_notes = std::to_array<RuleNote>({
    {
        .rule = "template-syntax",
        .text = "Immich does not fill in templates. Something else must do so before Immich reads the file.",
        .bad = "oauth:\n  clientSecret: {{ secret }}",
        .good = "oauth:\n  clientSecret: '{{ secret }}'",
    },
    {
        .rule = "redirect-uri-unregistered",
        .text = "The provider sends people back to /auth/login after a login in the browser, to /user-settings when an "
                "account is linked, and to app.immich:///oauth-callback (before 1.113 app.immich:/) or the mobile "
                "override in the app.",
        .bad = "redirect_uris:\n  - https://photos.example.com/\n  - app.immich:/",
        .good = "redirect_uris:\n"
                "  - https://photos.example.com/auth/login\n"
                "  - https://photos.example.com/user-settings\n"
                "  - app.immich:///oauth-callback",
        .sources = k_guide,
    },
    {
        .rule = "client-id-unknown",
        .bad = "{\"oauth\": {\"clientId\": \"Immich\"}}",
        .good = "{\"oauth\": {\"clientId\": \"immich\"}}",
    },
    {
        .rule = "issuer-unusable",
        .bad = "{\"oauth\": {\"issuerUrl\": \"auth.example.com\"}}",
        .good = "{\"oauth\": {\"issuerUrl\": \"https://auth.example.com\"}}",
        .sources = k_guide,
    },
    {
        .rule = "issuer-insecure",
        .text = "Immich does not follow redirects when it reads the metadata. From version 3 on it does not even ask "
                "an http address unless allowInsecureRequests is set.",
        .bad = "{\"oauth\": {\"issuerUrl\": \"http://auth.example.com\"}}",
        .good = "{\"oauth\": {\"issuerUrl\": \"https://auth.example.com\"}}",
        .sources = k_issuer_insecure_sources,
    },
    {
        .rule = "issuer-elsewhere",
        .bad = "{\"oauth\": {\"issuerUrl\": \"http://authelia:9091\"}}",
        .good = "{\"oauth\": {\"issuerUrl\": \"https://auth.example.com\"}}",
    },
    {
        .rule = "issuer-path-wrong",
        .text =
            "From 1.132 on the issuer in the metadata must equal issuerUrl, unless issuerUrl is already the address of "
            "the metadata.",
        .bad = "{\"oauth\": {\"issuerUrl\": \"https://auth.example.com/api/oidc/authorization\"}}",
        .good = "{\"oauth\": {\"issuerUrl\": \"https://auth.example.com\"}}",
        .sources = k_guide,
    },
    {
        .rule = "timeout-out-of-range",
        .text =
            "Immich hands the value to a library that counts seconds, although the admin page says milliseconds. More "
            "than 2147483 seconds overflow the timer, so that every request ends at once; more than 4294967 are "
            "refused.",
        .bad = "{\"oauth\": {\"timeout\": 3000000}}",
        .good = "{\"oauth\": {\"timeout\": 30}}",
        .sources = k_timeout_out_of_range_sources,
    },
    {
        .rule = "oauth-disabled",
        .text = "With `enabled: false` the login page has no button for the provider, and a login from the app is "
                "refused. The other settings have no effect.",
        .bad = "{\"oauth\": {\"enabled\": false}}",
        .good = "{\"oauth\": {\"enabled\": true}}",
        .sources = k_guide,
    },
    {
        .rule = "client-id-empty",
        .text = "Version 3 starts with an empty client id, but its OpenID Connect library cannot send a request "
                "without one.",
        .bad = "{\"oauth\": {\"enabled\": true, \"clientId\": \"\"}}",
        .good = "{\"oauth\": {\"enabled\": true, \"clientId\": \"immich\"}}",
        .sources = k_client_id_empty_sources,
    },
    {
        .rule = "pushed-request-demanded",
        .text = "The request can only be sent in the browser's address.",
    },
    {
        .rule = "response-type-unregistered",
        .text = "Immich uses only the authorization code flow.",
    },
    {
        .rule = "state-too-short",
        .text = "The state has 43 characters.",
    },
    {
        .rule = "pkce-demanded",
        .text = "A code challenge is sent from 1.132.0 on.",
        .sources = k_new_library,
    },
    {
        .rule = "code-challenge-method-unusable",
        .text = "From 1.132.0 on Immich sends a code challenge made with S256, and has no setting for another method.",
        .sources = k_new_library,
    },
    {
        .rule = "prompt-unknown",
        .bad = "{\"oauth\": {\"prompt\": \"create\"}}",
        .good = "{\"oauth\": {\"prompt\": \"\"}}",
    },
    {
        .rule = "prompt-not-satisfied",
        .bad = "{\"oauth\": {\"prompt\": \"none\"}}",
        .good = "{\"oauth\": {\"prompt\": \"\"}}",
    },
    {
        .rule = "mobile-override-not-forwarding",
        .text = "The server forwards to the app at /api/oauth/mobile-redirect, and shows its web page at any other "
                "path. From 1.132 on the code does not arrive if the override has a query.",
        .bad = "{\"oauth\": {\"mobileOverrideEnabled\": true, \"mobileRedirectUri\": "
               "\"https://photos.example.com/auth/login\"}}",
        .good = "{\"oauth\": {\"mobileOverrideEnabled\": true, \"mobileRedirectUri\": "
                "\"https://photos.example.com/api/oauth/mobile-redirect\"}}",
        .sources = k_mobile_guide,
    },
    {
        .rule = "auth-method-mismatch",
        .text =
            "Immich uses client_secret_basic up to 1.131 and client_secret_post in 1.132. From 1.133 on it uses the "
            "method in tokenEndpointAuthMethod, or none when the secret is empty.",
        .bad = "# registered: token_endpoint_auth_method: client_secret_basic\n"
               "{\"oauth\": {\"tokenEndpointAuthMethod\": \"client_secret_post\"}}",
        .good = "# registered: token_endpoint_auth_method: client_secret_basic\n"
                "{\"oauth\": {\"tokenEndpointAuthMethod\": \"client_secret_basic\"}}",
        .sources = k_auth_method_mismatch_sources,
    },
    {
        .rule = "secret-mismatch",
        .text = "The setting holds the secret itself.",
        .bad = "{\"oauth\": {\"clientSecret\": \"an-older-secret\"}}",
        .good = "{\"oauth\": {\"clientSecret\": \"the-secret-that-the-digest-was-made-of\"}}",
    },
    {
        .rule = "secret-not-transmittable",
        .bad = "clientSecret: |\n  made-up-secret",
        .good = "clientSecret: made-up-secret",
    },
    {
        .rule = "mobile-override-renormalised",
        .text = "From 1.132 on the override is sent as typed in the first request and in the normal form of a URL in "
                "the second: the host in lower case, without the scheme's own port.",
        .bad = "{\"oauth\": {\"mobileRedirectUri\": \"https://Photos.example.com:443/api/oauth/mobile-redirect\"}}",
        .good = "{\"oauth\": {\"mobileRedirectUri\": \"https://photos.example.com/api/oauth/mobile-redirect\"}}",
        .sources = k_mobile_guide,
    },
    {
        .rule = "openid-scope-missing",
        .text = "Versions up to 1.131 need the ID token, later ones the response of the userinfo address.",
        .bad = "{\"oauth\": {\"scope\": \"email profile\"}}",
        .good = "{\"oauth\": {\"scope\": \"openid email profile\"}}",
    },
    {
        .rule = "id-token-alg-mismatch",
        .text = "The algorithm in the header of the ID token is compared with signingAlgorithm, letter by letter.",
        .bad = "# registered: id_token_signed_response_alg: ES256\n{\"oauth\": {\"signingAlgorithm\": \"RS256\"}}",
        .good = "# registered: id_token_signed_response_alg: ES256\n{\"oauth\": {\"signingAlgorithm\": \"ES256\"}}",
        .sources = k_guide,
    },
    {
        .rule = "id-token-alg-unverifiable",
        .text = "Versions up to 1.131 verify signature and at_hash of the ID token.",
    },
    {
        .rule = "id-token-encrypted",
        .text = "Immich has no setting for a key to decrypt with.",
        .sources = k_id_token_encrypted_sources,
    },
    {
        .rule = "userinfo-alg-mismatch",
        .text = "profileSigningAlgorithm must name the same algorithm. From 1.132 on a signed response is also "
                "accepted when none is expected, but not the other way round; before 1.109 it never is.",
        .bad = "# registered: userinfo_signed_response_alg: none\n"
               "{\"oauth\": {\"profileSigningAlgorithm\": \"RS256\"}}",
        .good = "# registered: userinfo_signed_response_alg: none\n"
                "{\"oauth\": {\"profileSigningAlgorithm\": \"none\"}}",
        .sources = k_signed_userinfo,
    },
    {
        .rule = "userinfo-alg-unverifiable",
        .text = "Versions up to 1.131 verify the signature with the secret.",
        .sources = k_signed_userinfo,
    },
    {
        .rule = "userinfo-encrypted",
        .text = "Immich has no setting for a key to decrypt with.",
    },
    {
        .rule = "metadata-without-userinfo",
        .bad = "{\"oauth\": {\"issuerUrl\": \"https://auth.example.com/.well-known/oauth-authorization-server\"}}",
        .good = "{\"oauth\": {\"issuerUrl\": \"https://auth.example.com/.well-known/openid-configuration\"}}",
    },
    {
        .rule = "email-not-sent",
        .text = "Immich finds and creates accounts by the mail address.",
        .bad = "{\"oauth\": {\"scope\": \"openid profile\"}}",
        .good = "{\"oauth\": {\"scope\": \"openid email profile\"}}",
        .sources = k_account,
    },
    {
        .rule = "registration-off",
        .text = "With autoRegister off, only people who already have an account with the same mail address can log in.",
        .bad = "{\"oauth\": {\"autoRegister\": false}}",
        .good = "{\"oauth\": {\"autoRegister\": true}}",
        .sources = k_account,
    },
    {
        .rule = "name-not-sent",
        .text = "From 2.6 on, if the ID token has the mail address, every claim is read from the ID token.",
        .bad = "{\"oauth\": {\"scope\": \"openid email\"}}",
        .good = "{\"oauth\": {\"scope\": \"openid email profile\"}}",
        .sources = k_claims,
    },
    {
        .rule = "storage-label-not-sent",
        .bad = "{\"oauth\": {\"storageLabelClaim\": \"uid\"}}",
        .good = "{\"oauth\": {\"storageLabelClaim\": \"preferred_username\"}}",
        .sources = k_claims,
    },
    {
        .rule = "quota-without-effect",
        .text = "The value must be a number of GiB, 0 or more; before 1.121 a number written as text does not count.",
        .sources = k_quota,
    },
    {
        .rule = "role-without-effect",
        .text =
            "The value must be `admin` or `user`, from 3.1 on also a list with one of them; before 1.136 Immich does "
            "not read a role.",
        .sources = k_role_without_effect_sources,
    },
    {
        .rule = "quota-claim-zero",
        .text = "Before 1.135 a quota of 0 meant unlimited; from 1.135 on it means zero bytes.",
        .sources = k_quota,
    },
    {
        .rule = "logout-return-refused",
        .bad = "{\"oauth\": {\"endSessionEndpoint\": "
               "\"https://auth.example.com/logout?rd=https://photos.example.org/\"}}",
        .good = "{\"oauth\": {\"endSessionEndpoint\": "
                "\"https://auth.example.com/logout?rd=https://photos.example.com/\"}}",
        .sources = k_logout_return_refused_sources,
    },
    {
        .rule = "digest-as-secret",
        .bad = "clientSecret: $pbkdf2-sha512$310000$…",
        .good = "clientSecret: (the secret that the digest was made of)",
    },
});

} // namespace

std::span<const oidc::RuleNote> notes() { return k_notes; }

} // namespace oidcgen::apps::immich
