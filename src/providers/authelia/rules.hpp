#pragma once

#include "rule/rule.hpp"

#include <span>

namespace oidcgen::providers::authelia {

/// What an inspection of an Authelia configuration can find, ordered by code. Every rule is defined beside the code
/// that finds it.
[[nodiscard]] std::span<const rule::Rule* const> rules();

// decode.cpp
extern const rule::Rule k_value_of_wrong_type;
extern const rule::Rule k_switch_unreadable;
extern const rule::Rule k_number_unreadable;
extern const rule::Rule k_duration_unreadable;
extern const rule::Rule k_address_unreadable;
extern const rule::Rule k_network_unreadable;
extern const rule::Rule k_key_unreadable;
extern const rule::Rule k_certificates_unreadable;
extern const rule::Rule k_digest_unreadable;

// known_keys.cpp
extern const rule::Rule k_setting_unknown;
extern const rule::Rule k_setting_renamed;

// read.cpp
extern const rule::Rule k_top_level_not_mapping;

// check/keys.cpp
extern const rule::Rule k_signing_key_missing;
extern const rule::Rule k_signing_keys_twice;
extern const rule::Rule k_rs256_key_missing;
extern const rule::Rule k_key_missing;
extern const rule::Rule k_key_unusable;
extern const rule::Rule k_key_too_small;
extern const rule::Rule k_key_id_invalid;
extern const rule::Rule k_key_id_repeated;
extern const rule::Rule k_key_use_unknown;
extern const rule::Rule k_key_algorithm_unknown;
extern const rule::Rule k_certificate_mismatch;
extern const rule::Rule k_certificate_chain_invalid;
extern const rule::Rule k_signing_algorithm_unavailable;
extern const rule::Rule k_signing_key_id_unknown;

// check/provider.cpp
extern const rule::Rule k_entropy_too_low;
extern const rule::Rule k_enforce_pkce_unknown;
extern const rule::Rule k_clients_missing;

// check/cors.cpp
extern const rule::Rule k_cors_wildcard_not_alone;
extern const rule::Rule k_cors_origin_invalid;
extern const rule::Rule k_cors_endpoint_unknown;

// check/policies.cpp
extern const rule::Rule k_policy_name_invalid;
extern const rule::Rule k_policy_decision_unknown;
extern const rule::Rule k_policy_without_rules;
extern const rule::Rule k_policy_rule_without_criteria;
extern const rule::Rule k_policy_subject_invalid;

// check/claims.cpp
extern const rule::Rule k_claim_reserved;
extern const rule::Rule k_claim_unknown;
extern const rule::Rule k_claim_twice;
extern const rule::Rule k_claim_attribute_unknown;
extern const rule::Rule k_audience_mode_unknown;
extern const rule::Rule k_scope_name_reserved;

// check/identity.cpp
extern const rule::Rule k_client_id_missing;
extern const rule::Rule k_client_id_invalid;
extern const rule::Rule k_client_id_repeated;
extern const rule::Rule k_authorization_policy_undefined;
extern const rule::Rule k_client_credentials_policy;
extern const rule::Rule k_lifespan_undefined;
extern const rule::Rule k_pkce_method_unknown;
extern const rule::Rule k_consent_mode_unknown;

// check/flows.cpp
extern const rule::Rule k_values_repeated;
extern const rule::Rule k_scope_undefined;
extern const rule::Rule k_claims_policy_undefined;
extern const rule::Rule k_scope_claim_not_made;
extern const rule::Rule k_offline_scope_without_code;
extern const rule::Rule k_client_credentials_scope;
extern const rule::Rule k_response_type_unknown;
extern const rule::Rule k_response_mode_unknown;
extern const rule::Rule k_grant_type_unknown;
extern const rule::Rule k_grant_without_response_type;
extern const rule::Rule k_refresh_token_without_scope;
extern const rule::Rule k_client_credentials_public;

// check/bearer.cpp
extern const rule::Rule k_bearer_scope_setting;

// check/redirect_uris.cpp
extern const rule::Rule k_redirect_uri_invalid;
extern const rule::Rule k_redirect_uri_installed_app;
extern const rule::Rule k_request_uri_invalid;

// check/sector_identifier.cpp
extern const rule::Rule k_sector_identifier_relative;
extern const rule::Rule k_sector_identifier_invalid;

// check/responses.cpp
extern const rule::Rule k_encryption_algorithm_unknown;
extern const rule::Rule k_encryption_without_keys;
extern const rule::Rule k_encryption_without_signature;
extern const rule::Rule k_content_encryption_unknown;

// check/client_keys.cpp
extern const rule::Rule k_client_keys_twice;
extern const rule::Rule k_client_keys_address_not_https;
extern const rule::Rule k_client_key_without_id;
extern const rule::Rule k_request_algorithm_without_key;

// check/authentication.cpp
extern const rule::Rule k_auth_method_unknown;
extern const rule::Rule k_auth_method_none;
extern const rule::Rule k_auth_method_of_public_client;
extern const rule::Rule k_auth_algorithm_unknown;
extern const rule::Rule k_auth_algorithm_missing;
extern const rule::Rule k_auth_algorithm_without_key;
extern const rule::Rule k_private_key_jwt_without_keys;
extern const rule::Rule k_secret_missing;
extern const rule::Rule k_secret_of_public_client;
extern const rule::Rule k_secret_unused;
extern const rule::Rule k_secret_not_plaintext;
extern const rule::Rule k_secret_plaintext;

} // namespace oidcgen::providers::authelia
