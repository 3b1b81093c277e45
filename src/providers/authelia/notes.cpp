#include "providers/authelia/notes.hpp"

#include <array>
#include <string_view>

namespace oidcgen::providers::authelia {

namespace {

using oidc::RuleNote;
using namespace std::string_view_literals;

constexpr std::array k_redirect_uri_unregistered_sources{
    "https://www.authelia.com/configuration/identity-providers/openid-connect/clients/#redirect_uris"sv};
constexpr std::array k_client_id_unknown_sources{
    "https://www.authelia.com/configuration/identity-providers/openid-connect/clients/#client_id"sv};
constexpr std::array k_issuer_elsewhere_sources{
    "https://github.com/authelia/authelia/pull/11685"sv,
    "https://www.authelia.com/configuration/session/introduction/#authelia_url"sv};
constexpr std::array k_metadata_unavailable_sources{
    "https://www.authelia.com/configuration/identity-providers/openid-connect/provider/#discovery_signed_response_alg"sv};
constexpr std::array k_scope_unregistered_sources{
    "https://www.authelia.com/configuration/identity-providers/openid-connect/clients/#scopes"sv};
constexpr std::array k_response_type_unregistered_sources{
    "https://www.authelia.com/configuration/identity-providers/openid-connect/clients/#response_types"sv};
constexpr std::array k_state_too_short_sources{
    "https://www.authelia.com/configuration/identity-providers/openid-connect/provider/#minimum_parameter_entropy"sv};
constexpr std::array k_policy_denies_sources{
    "https://www.authelia.com/configuration/identity-providers/openid-connect/provider/#authorization_policies"sv};
constexpr std::array k_pkce_demanded_sources{
    "https://www.authelia.com/configuration/identity-providers/openid-connect/clients/#require_pkce"sv};
constexpr std::array k_code_challenge_method_unusable_sources{
    "https://www.authelia.com/configuration/identity-providers/openid-connect/clients/#pkce_challenge_method"sv};
constexpr std::array k_auth_method_mismatch_sources{
    "https://www.authelia.com/configuration/identity-providers/openid-connect/clients/#token_endpoint_auth_method"sv};
constexpr std::array k_secret_questions{
    "https://www.authelia.com/integration/openid-connect/frequently-asked-questions/#client-secret"sv};
constexpr std::array k_grant_type_unregistered_sources{
    "https://www.authelia.com/configuration/identity-providers/openid-connect/clients/#grant_types"sv};
constexpr std::array k_signing_key_unfit_sources{
    "https://www.authelia.com/configuration/identity-providers/openid-connect/provider/#jwks"sv};
constexpr std::array k_id_token_alg_mismatch_sources{
    "https://www.authelia.com/configuration/identity-providers/openid-connect/clients/#id_token_signed_response_alg"sv};
constexpr std::array k_userinfo_alg_mismatch_sources{
    "https://www.authelia.com/configuration/identity-providers/openid-connect/clients/#userinfo_signed_response_alg"sv};
constexpr std::array k_userinfo_encrypted_sources{
    "https://www.authelia.com/configuration/identity-providers/openid-connect/clients/#userinfo_encrypted_response_alg"sv};
constexpr std::array k_access_token_encrypted_sources{
    "https://www.authelia.com/configuration/identity-providers/openid-connect/clients/#access_token_encrypted_response_alg"sv};
constexpr std::array k_consent_sources{
    "https://www.authelia.com/configuration/identity-providers/openid-connect/clients/#consent_mode"sv};
constexpr std::array k_access_control_sources{"https://www.authelia.com/configuration/security/access-control/"sv};
constexpr std::array k_claims{"https://www.authelia.com/integration/openid-connect/openid-connect-1.0-claims/"sv};

constexpr std::array k_filters{"https://www.authelia.com/configuration/methods/files/#file-filters"sv};
constexpr std::array k_secret_values{"https://www.authelia.com/reference/guides/generating-secure-values/"sv};

/// Ordered by the codes of the rules.
constexpr auto k_notes = std::to_array<RuleNote>({
    {
        .rule = "template-syntax",
        .text =
            "With --config.experimental.filters template Authelia fills the file in before it reads it as YAML. So an "
            "action that is a whole value needs no quotes, and nothing is reported for it. A key has several lines: "
            "mindent and msquote keep them together.",
        .bad = "identity_providers:\n  oidc:\n    jwks:\n    {{- range $key := list \"a\" \"b\" }}\n      - key: …\n   "
               " {{- end }}",
        .good = "identity_providers:\n"
                "  oidc:\n"
                "    hmac_secret: {{ secret \"/config/hmac_secret\" }}\n"
                "    jwks:\n"
                "      - key: {{ secret \"/config/rsa.pem\" | mindent 10 \"|\" | msquote }}",
        .sources = k_filters,
    },
    {
        .rule = "redirect-uri-unregistered",
        .text = "Authelia compares the whole address byte by byte.",
        .sources = k_redirect_uri_unregistered_sources,
    },
    {
        .rule = "client-id-unknown",
        .text = "The id is the client_id of an entry in clients.",
        .sources = k_client_id_unknown_sources,
    },
    {
        .rule = "issuer-insecure",
        .text = "Authelia is reached by https. Its http address redirects or does not answer.",
    },
    {
        .rule = "issuer-elsewhere",
        .text =
            "From 4.39.17 on Authelia answers only at the addresses that the session cookies name, and refuses every "
            "other name, including internal ones.",
        .sources = k_issuer_elsewhere_sources,
    },
    {
        .rule = "metadata-unavailable",
        .text = "4.38 signs its metadata with RS256, whatever key is configured. With a key on an elliptic curve that "
                "fails, and the metadata address answers with an error.",
        .bad = "identity_providers:\n  oidc:\n    discovery_signed_response_alg: ES256",
        .good = "identity_providers:\n  oidc:\n    discovery_signed_response_alg: none",
        .sources = k_metadata_unavailable_sources,
    },
    {
        .rule = "scope-unregistered",
        .text = "Every scope that the application asks for must be in the client's scopes. Otherwise Authelia refuses "
                "the whole request.",
        .bad = "# asked for: openid email profile groups\nscopes: [openid, email, profile]",
        .good = "# asked for: openid email profile groups\nscopes: [openid, email, profile, groups]",
        .sources = k_scope_unregistered_sources,
    },
    {
        .rule = "response-type-unregistered",
        .text = "The default of response_types is `code`.",
        .sources = k_response_type_unregistered_sources,
    },
    {
        .rule = "state-too-short",
        .text = "A state with fewer characters than minimum_parameter_entropy is refused.",
        .bad = "identity_providers:\n  oidc:\n    minimum_parameter_entropy: 64",
        .good = "identity_providers:\n  oidc:\n    minimum_parameter_entropy: 8",
        .sources = k_state_too_short_sources,
    },
    {
        .rule = "policy-denies",
        .text = "Every way through the policy ends with deny.",
        .bad = "authorization_policies:\n"
               "  nobody:\n"
               "    default_policy: deny\n"
               "    rules:\n"
               "      - policy: deny\n"
               "        subject: 'group:family'",
        .good = "authorization_policies:\n"
                "  family:\n"
                "    default_policy: deny\n"
                "    rules:\n"
                "      - policy: two_factor\n"
                "        subject: 'group:family'",
        .sources = k_policy_denies_sources,
    },
    {
        .rule = "pkce-demanded",
        .text =
            "A code challenge is demanded by require_pkce, by a pkce_challenge_method that is not empty, and by the "
            "provider's enforce_pkce.",
        .bad = "# the application sends no code challenge\nrequire_pkce: true\npkce_challenge_method: S256",
        .good = "# the application sends no code challenge\nrequire_pkce: false\npkce_challenge_method: ''",
        .sources = k_pkce_demanded_sources,
    },
    {
        .rule = "code-challenge-method-unusable",
        .text = "With `pkce_challenge_method: plain` Authelia refuses a challenge that was made with S256.",
        .bad = "pkce_challenge_method: plain",
        .good = "pkce_challenge_method: S256",
        .sources = k_code_challenge_method_unusable_sources,
    },
    {
        .rule = "redirect-uri-insecure",
        .text = "For public clients, and before 4.38.18 for every client, http is only accepted for hosts called "
                "localhost. Where it is accepted, it is a risk on hosts outside your own network.",
        .bad = "public: true\nredirect_uris:\n  - http://photos.example.com/auth/login",
        .good = "public: true\nredirect_uris:\n  - https://photos.example.com/auth/login",
    },
    {
        .rule = "prompt-unknown",
        .text = "The known prompts are none, login, consent and select_account.",
    },
    {
        .rule = "prompt-not-satisfied",
        .text = "In 4.38 a login with the prompt `login` always ends with an error.",
    },
    {
        .rule = "auth-method-mismatch",
        .text =
            "Authelia accepts only the method in token_endpoint_auth_method (client_secret_basic if it is not set).",
        .sources = k_auth_method_mismatch_sources,
    },
    {
        .rule = "secret-mismatch",
        .text = "The provider keeps a digest of the secret.",
        .bad = "client_secret: '$pbkdf2-sha512$310000$…'  # of another secret",
        .good = "client_secret: '$pbkdf2-sha512$310000$…'  # made by `oidcgen hash`",
        .sources = k_secret_questions,
    },
    {
        .rule = "grant-type-unregistered",
        .text = "The default of grant_types is `authorization_code`.",
        .sources = k_grant_type_unregistered_sources,
    },
    {
        .rule = "signing-key-unfit",
        .text = "Authelia starts with a key on an elliptic curve that is labelled RS256, but cannot sign with it.",
        .bad = "jwks:\n  - algorithm: RS256\n    key: |\n      (a key made with prime256v1)",
        .good = "jwks:\n  - algorithm: ES256\n    key: |\n      (a key made with prime256v1)",
        .sources = k_signing_key_unfit_sources,
    },
    {
        .rule = "openid-scope-missing",
        .text = "Without openid, 4.39 does not answer at its userinfo address.",
    },
    {
        .rule = "id-token-alg-mismatch",
        .text = "ID tokens are signed with id_token_signed_response_alg, or with the algorithm of the key that "
                "id_token_signed_response_key_id names. If neither is set, that is RS256.",
        .sources = k_id_token_alg_mismatch_sources,
    },
    {
        .rule = "id-token-alg-unverifiable",
        .text =
            "Authelia always makes at_hash with SHA-256, and signs HS256 to HS512 with a hash of the secret. So only "
            "RS256, PS256 and ES256 can be verified.",
        .bad = "# an application that verifies at_hash\nid_token_signed_response_alg: RS512",
        .good = "# an application that verifies at_hash\nid_token_signed_response_alg: RS256",
    },
    {
        .rule = "userinfo-alg-mismatch",
        .text = "Unless userinfo_signed_response_alg is none, the response is a signed token instead of plain JSON.",
        .sources = k_userinfo_alg_mismatch_sources,
    },
    {
        .rule = "userinfo-alg-unverifiable",
        .text = "Authelia signs HS256 to HS512 with a hash of the secret.",
        .bad = "# an application that verifies with the secret\nuserinfo_signed_response_alg: HS256",
        .good = "# an application that verifies with the secret\nuserinfo_signed_response_alg: none",
    },
    {
        .rule = "userinfo-encrypted",
        .sources = k_userinfo_encrypted_sources,
    },
    {
        .rule = "access-token-encrypted",
        .text = "The token is encrypted for the client, so Authelia's own userinfo address refuses it.",
        .bad = "access_token_encrypted_response_alg: RSA-OAEP-256",
        .good = "# no access_token_encrypted_response_alg",
        .sources = k_access_token_encrypted_sources,
    },
    {
        .rule = "name-not-sent",
        .text = "If a claims policy puts email into the ID token, it must put name there too for an application that "
                "then reads only the ID token.",
        .sources = k_claims,
    },
    {
        .rule = "storage-label-not-sent",
        .text = "A claim that is not standard needs a claims policy, and a scope that the application asks for.",
        .sources = k_claims,
    },
    {
        .rule = "quota-without-effect",
        .text = "A claims policy must define the claim, a scope must contain it, and the client must have both.",
        .bad = "definitions:\n  user_attributes:\n    quota:\n      expression: \"'50 GiB'\"",
        .good = "definitions:\n  user_attributes:\n    quota:\n      expression: '50'",
    },
    {
        .rule = "role-without-effect",
        .text = "A claims policy must define the claim, a scope must contain it, and the client must have both.",
        .bad = "definitions:\n  user_attributes:\n    role:\n      expression: \"'Admin'\"",
        .good = "definitions:\n"
                "  user_attributes:\n"
                "    role:\n"
                "      expression: \"'admins' in groups ? 'admin' : 'user'\"",
    },
    {
        .rule = "quota-claim-zero",
        .bad = "definitions:\n  user_attributes:\n    quota:\n      expression: '0'",
        .good = "# no claim: the application's default quota holds",
    },
    {
        .rule = "logout-return-refused",
        .text = "The logout page follows its rd parameter only to hosts below the cookie domain.",
    },
    {
        .rule = "consent-asked-each-time",
        .text =
            "Without a consent_mode, Authelia asks each time, unless pre_configured_consent_duration says how long an "
            "answer may be remembered. It always asks when the application asks for the scope offline_access, or for "
            "the prompt consent or login.",
        .bad = "clients:\n  - client_id: immich\n    consent_mode: explicit",
        .good = "clients:\n  - client_id: immich\n    pre_configured_consent_duration: '1 year'",
        .sources = k_consent_sources,
    },
    {
        .rule = "app-paths-need-sign-in",
        .text =
            "The rules of access_control apply only to what a proxy asks Authelia about, in their order; a login with "
            "OpenID Connect does not use them. A rule with the name of the host gets a warning. One with a wildcard, "
            "or a default_policy that demands a sign-in, gets a note. Rules that depend on networks or placeholders "
            "are taken to let the app through.",
        .bad = "access_control:\n  rules:\n    - domain: photos.example.com\n      policy: two_factor",
        .good = "access_control:\n"
                "  rules:\n"
                "    - domain: photos.example.com\n"
                "      policy: bypass\n"
                "      resources: ['^/api([/?].*)?$', '^/\\.well-known/immich$']\n"
                "    - domain: photos.example.com\n"
                "      policy: two_factor",
        .sources = k_access_control_sources,
    },
    {
        .rule = "documentation-sample",
        .text = "The pages about applications all show the same secret and its digest.",
        .bad = "client_secret: '$pbkdf2-sha512$310000$c8p78n7pUMln0jzvd4aK4Q$…'",
        .good = "client_secret: '$pbkdf2-sha512$310000$…'  # made by `oidcgen hash --generate`",
        .sources = k_secret_questions,
    },
    {
        .rule = "secret-filler",
        .sources = k_secret_values,
    },
    {
        .rule = "secret-is-client-id",
        .sources = k_secret_values,
    },
    {
        .rule = "secret-too-short",
        .text = "Authelia advises more than 40 characters.",
        .sources = k_secret_values,
    },
    {
        .rule = "digest-as-secret",
        .text = "The provider keeps the digest; only the application needs the secret.",
        .sources = k_secret_questions,
    },
});

} // namespace

std::span<const oidc::RuleNote> notes() { return k_notes; }

} // namespace oidcgen::providers::authelia
