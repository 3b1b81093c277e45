#include "oidc/login/rules.hpp"

#include <array>

namespace oidcgen::oidc {

std::span<const rule::Rule* const> login_rules() {
    static constexpr std::array k_rules{
        &k_redirect_uri_unregistered,
        &k_client_id_unknown,
        &k_issuer_unusable,
        &k_issuer_insecure,
        &k_issuer_elsewhere,
        &k_issuer_path_wrong,
        &k_metadata_unavailable,
        &k_timeout_out_of_range,
        &k_oauth_disabled,
        &k_client_id_empty,
        &k_pushed_request_demanded,
        &k_scope_unregistered,
        &k_response_type_unregistered,
        &k_state_too_short,
        &k_policy_denies,
        &k_pkce_demanded,
        &k_code_challenge_method_unusable,
        &k_redirect_uri_insecure,
        &k_prompt_unknown,
        &k_prompt_not_satisfied,
        &k_mobile_override_not_forwarding,
        &k_auth_method_mismatch,
        &k_secret_mismatch,
        &k_secret_not_transmittable,
        &k_grant_type_unregistered,
        &k_mobile_override_renormalised,
        &k_signing_key_unfit,
        &k_openid_scope_missing,
        &k_id_token_alg_mismatch,
        &k_id_token_alg_unverifiable,
        &k_id_token_encrypted,
        &k_userinfo_alg_mismatch,
        &k_userinfo_alg_unverifiable,
        &k_userinfo_encrypted,
        &k_access_token_encrypted,
        &k_metadata_without_userinfo,
        &k_email_not_sent,
        &k_registration_off,
        &k_logout_return_refused,
        &k_session_id_not_sent,
    };
    return k_rules;
}

} // namespace oidcgen::oidc
