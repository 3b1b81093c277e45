#include "providers/other/keys.hpp"

#include <array>

namespace oidcgen::providers::other {

namespace {

using oidc::Key;
using enum oidc::ValueType;

constexpr auto k_keys = std::to_array<Key>({
    {"issuer", url},
    {"authorization_endpoint", url},
    {"token_endpoint", url},
    {"userinfo_endpoint", url},
    {"jwks_uri", url},
    {"registration_endpoint", url},
    {"end_session_endpoint", url},
    {"revocation_endpoint", url},
    {"introspection_endpoint", url},
    {"device_authorization_endpoint", url},
    {"pushed_authorization_request_endpoint", url},
    {"scopes_supported", text_list},
    {"claims_supported", text_list},
    {"prompt_values_supported", text_list},
    {"response_types_supported", text_list},
    {"response_modes_supported", text_list},
    {"grant_types_supported", text_list},
    {"acr_values_supported", text_list},
    {"subject_types_supported", text_list},
    {"code_challenge_methods_supported", text_list},
    {"token_endpoint_auth_methods_supported", text_list},
    {"token_endpoint_auth_signing_alg_values_supported", text_list},
    {"id_token_signing_alg_values_supported", text_list},
    {"userinfo_signing_alg_values_supported", text_list},
    {"claims_parameter_supported", boolean},
    {"request_parameter_supported", boolean},
    {"request_uri_parameter_supported", boolean},
    {"require_pushed_authorization_requests", boolean},
    {"authorization_response_iss_parameter_supported", boolean},
    {"openid_configuration", object},
    {"jwks", object},
});

} // namespace

std::span<const oidc::Key> keys() { return k_keys; }

} // namespace oidcgen::providers::other
