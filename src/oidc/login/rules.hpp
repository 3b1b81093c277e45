#pragma once

#include "rule/rule.hpp"

#include <span>

namespace oidcgen::oidc {

/// Every rule that a login can fail or lose something by, ordered by code.
[[nodiscard]] std::span<const rule::Rule* const> login_rules();

// discovery.cpp
extern const rule::Rule k_oauth_disabled;
extern const rule::Rule k_client_id_empty;
extern const rule::Rule k_timeout_out_of_range;
extern const rule::Rule k_issuer_unusable;
extern const rule::Rule k_issuer_insecure;
extern const rule::Rule k_issuer_elsewhere;
extern const rule::Rule k_issuer_path_wrong;
extern const rule::Rule k_metadata_unavailable;
// authorize.cpp
extern const rule::Rule k_client_id_unknown;
extern const rule::Rule k_pushed_request_demanded;
extern const rule::Rule k_redirect_uri_unregistered;
extern const rule::Rule k_scope_unregistered;
extern const rule::Rule k_response_type_unregistered;
extern const rule::Rule k_state_too_short;
extern const rule::Rule k_policy_denies;
extern const rule::Rule k_pkce_demanded;
extern const rule::Rule k_code_challenge_method_unusable;
extern const rule::Rule k_redirect_uri_insecure;
extern const rule::Rule k_prompt_unknown;
// consent.cpp
extern const rule::Rule k_prompt_not_satisfied;
// callback.cpp
extern const rule::Rule k_mobile_override_not_forwarding;
// token.cpp
extern const rule::Rule k_auth_method_mismatch;
extern const rule::Rule k_secret_mismatch;
extern const rule::Rule k_secret_not_transmittable;
extern const rule::Rule k_grant_type_unregistered;
extern const rule::Rule k_mobile_override_renormalised;
extern const rule::Rule k_signing_key_unfit;
// id_token.cpp
extern const rule::Rule k_openid_scope_missing;
extern const rule::Rule k_id_token_alg_mismatch;
extern const rule::Rule k_id_token_alg_unverifiable;
extern const rule::Rule k_id_token_encrypted;
// userinfo.cpp
extern const rule::Rule k_metadata_without_userinfo;
extern const rule::Rule k_access_token_encrypted;
extern const rule::Rule k_userinfo_encrypted;
extern const rule::Rule k_userinfo_alg_mismatch;
extern const rule::Rule k_userinfo_alg_unverifiable;
// account.cpp
extern const rule::Rule k_email_not_sent;
extern const rule::Rule k_registration_off;
extern const rule::Rule k_logout_return_refused;
extern const rule::Rule k_session_id_not_sent;

} // namespace oidcgen::oidc
