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
        .rule = "redirect-uri-unregistered",
        .text = "The login page returns to /auth/login, linking an account to /user-settings, the app to "
                "app.immich:///oauth-callback (to app.immich:/ before 1.113) or to the mobile override.",
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
        .text = "No redirect is followed when the metadata is read. From version 3 on an http address is not even "
                "asked unless "
                "allowInsecureRequests is set.",
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
        .text = "From 1.132 on the issuer in the metadata is compared with the configured one, unless that already "
                "names the metadata.",
        .bad = "{\"oauth\": {\"issuerUrl\": \"https://auth.example.com/api/oidc/authorization\"}}",
        .good = "{\"oauth\": {\"issuerUrl\": \"https://auth.example.com\"}}",
        .sources = k_guide,
    },
    {
        .rule = "timeout-out-of-range",
        .text = "The value is passed on as seconds, although the settings page speaks of milliseconds. More than "
                "2147483 seconds overflow the timer, so that every request ends at once; more than 4294967 are "
                "refused.",
        .bad = "{\"oauth\": {\"timeout\": 3000000}}",
        .good = "{\"oauth\": {\"timeout\": 30}}",
        .sources = k_timeout_out_of_range_sources,
    },
    {
        .rule = "oauth-disabled",
        .text = "With `enabled: false` the login page has no button for the provider, and the app is refused. The "
                "other settings have no effect.",
        .bad = "{\"oauth\": {\"enabled\": false}}",
        .good = "{\"oauth\": {\"enabled\": true}}",
        .sources = k_guide,
    },
    {
        .rule = "client-id-empty",
        .text = "Version 3 starts with an empty client id, but its OpenID Connect library refuses to make a request "
                "without one.",
        .bad = "{\"oauth\": {\"enabled\": true, \"clientId\": \"\"}}",
        .good = "{\"oauth\": {\"enabled\": true, \"clientId\": \"immich\"}}",
        .sources = k_client_id_empty_sources,
    },
    {
        .rule = "pushed-request-demanded",
        .text = "The request is sent in the browser's address; there is no other way.",
    },
    {
        .rule = "response-type-unregistered",
        .text = "The authorization code flow is the only one.",
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
        .text = "From 1.132.0 on a code challenge made with S256 is sent; there is no setting for another method.",
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
        .text = "The server forwards to the app at /api/oauth/mobile-redirect and answers any other path with its "
                "pages; from 1.132 on a query in the override keeps the code from arriving.",
        .bad = "{\"oauth\": {\"mobileOverrideEnabled\": true, \"mobileRedirectUri\": "
               "\"https://photos.example.com/auth/login\"}}",
        .good = "{\"oauth\": {\"mobileOverrideEnabled\": true, \"mobileRedirectUri\": "
                "\"https://photos.example.com/api/oauth/mobile-redirect\"}}",
        .sources = k_mobile_guide,
    },
    {
        .rule = "auth-method-mismatch",
        .text = "The method is client_secret_basic up to 1.131, client_secret_post in 1.132, and from 1.133 on what "
                "tokenEndpointAuthMethod says, or none when the secret is empty.",
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
        .text = "Versions up to 1.131 need the ID token, later ones the answer at the userinfo address.",
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
        .text = "There is no setting for a key to decrypt with.",
        .sources = k_id_token_encrypted_sources,
    },
    {
        .rule = "userinfo-alg-mismatch",
        .text = "profileSigningAlgorithm must name the same algorithm. From 1.132 on a signed answer is also taken "
                "when none is expected, but not the other way round; before 1.109 no signed answer is.",
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
        .text = "There is no setting for a key to decrypt with.",
    },
    {
        .rule = "metadata-without-userinfo",
        .bad = "{\"oauth\": {\"issuerUrl\": \"https://auth.example.com/.well-known/oauth-authorization-server\"}}",
        .good = "{\"oauth\": {\"issuerUrl\": \"https://auth.example.com/.well-known/openid-configuration\"}}",
    },
    {
        .rule = "email-not-sent",
        .text = "Accounts are found and made by the mail address.",
        .bad = "{\"oauth\": {\"scope\": \"openid profile\"}}",
        .good = "{\"oauth\": {\"scope\": \"openid email profile\"}}",
        .sources = k_account,
    },
    {
        .rule = "registration-off",
        .text = "With autoRegister off only people get in who already have an account with the same mail address.",
        .bad = "{\"oauth\": {\"autoRegister\": false}}",
        .good = "{\"oauth\": {\"autoRegister\": true}}",
        .sources = k_account,
    },
    {
        .rule = "name-not-sent",
        .text = "From 2.6 on every claim is taken from the ID token when that has the mail address.",
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
        .text = "The value must be a number of GiB that is not negative; before 1.121 a number in a text does not "
                "count either.",
        .sources = k_quota,
    },
    {
        .rule = "role-without-effect",
        .text = "The value must be `admin` or `user`, from 3.1 also a list with one of them; before 1.136 no role is "
                "read.",
        .sources = k_role_without_effect_sources,
    },
    {
        .rule = "quota-claim-zero",
        .text = "From 1.135 a quota of 0 is no longer one without limit but one of zero bytes.",
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
