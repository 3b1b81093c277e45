#include "providers/authentik/discovery.hpp"

#include "providers/authentik/claims.hpp"
#include "providers/authentik/login.hpp"
#include "providers/authentik/read.hpp"
#include "providers/authentik/release.hpp"

#include <algorithm>
#include <array>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include <fmt/format.h>

namespace oidcgen::providers::authentik {

namespace {

using namespace std::string_view_literals;
using document::Value;
using oidc::Provider;
using oidc::Registration;
using Names = std::span<const std::string_view>;

// authentik/providers/oauth2/views/provider.py

constexpr std::array k_response_types{"code"sv,       "id_token"sv,      "id_token token"sv,
                                      "code token"sv, "code id_token"sv, "code id_token token"sv};
constexpr std::array k_response_modes{"query"sv, "fragment"sv, "form_post"sv};
constexpr std::array k_grant_types{"authorization_code"sv, "refresh_token"sv,
                                   "implicit"sv,           "client_credentials"sv,
                                   "password"sv,           "urn:ietf:params:oauth:grant-type:device_code"sv};
constexpr std::array k_auth_methods{"client_secret_post"sv, "client_secret_basic"sv};
constexpr std::array k_challenge_methods{"plain"sv, "S256"sv};
constexpr std::array k_claims{"sub"sv, "iss"sv, "aud"sv, "exp"sv, "iat"sv, "auth_time"sv, "acr"sv, "amr"sv, "nonce"sv};

Value text(std::string_view value) { return {std::string(value)}; }

template <class Texts>
Value list(const Texts& texts) {
    Value::List result;
    for (const auto& it : texts) {
        result.push_back(text(it));
    }
    return {std::move(result)};
}

std::vector<std::string> scopes_of(const Registration& client) {
    std::vector<std::string> result;
    for (const auto& scope : client.scopes.value) {
        if (!scope.is_unknown()) {
            result.push_back(scope.value);
        }
    }
    if (std::ranges::find(result, "openid") == result.end()) {
        result.emplace_back("openid");
    }
    return result;
}

std::vector<std::string> claims_of(const Provider& provider, const Registration& client) {
    std::vector<std::string> result(k_claims.begin(), k_claims.end());
    const auto* const rules = oidc::policy_of(provider, client);
    for (const auto& claim : rules == nullptr ? std::vector<oidc::OwnClaim>{} : rules->own_claims) {
        // Mappings are evaluated for nobody in particular.
        const bool is_left_out = claim.expression.value == k_perhaps;
        if (!claim.name.is_unknown() && !is_left_out && std::ranges::find(result, claim.name.value) == result.end()) {
            result.push_back(claim.name.value);
        }
    }
    return result;
}

Value::Members metadata_of(const Provider& provider, const Registration& client, std::string_view base) {
    const auto behaves = release(provider.version);
    const auto shared = [&](std::string_view name) { return text(fmt::format("{}/application/o/{}/", base, name)); };
    const auto own = [&](std::string_view name) {
        return text(fmt::format("{}/application/o/{}/{}/", base, client.application.value, name));
    };
    const auto& algorithm = client.id_token_signed_response_alg;
    Value::Members result;
    const auto add = [&](std::string_view name, Value value) { result.emplace_back(name, std::move(value)); };
    add("issuer", text(published_issuer(client, base)));
    add("authorization_endpoint", shared("authorize"));
    add("token_endpoint", shared("token"));
    add("userinfo_endpoint", shared("userinfo"));
    add("end_session_endpoint", own("end-session"));
    add("introspection_endpoint", shared("introspect"));
    add("revocation_endpoint", shared("revoke"));
    add("device_authorization_endpoint", shared("device"));
    const auto add_logout = [&](std::string_view channel) {
        add(fmt::format("{}_logout_supported", channel), {true});
        add(fmt::format("{}_logout_session_supported", channel), {true});
    };
    if (behaves.publishes_backchannel_logout) {
        add_logout("backchannel");
    }
    if (behaves.publishes_frontchannel_logout) {
        add_logout("frontchannel");
    }
    add("response_types_supported", list(k_response_types));
    add("response_modes_supported", list(k_response_modes));
    add("jwks_uri", own("jwks"));
    add("grant_types_supported", list(k_grant_types));
    if (!algorithm.is_unknown()) {
        add("id_token_signing_alg_values_supported", list(std::array{std::string_view(algorithm.value.name)}));
    }
    add("subject_types_supported", list(std::array{"public"sv}));
    add("token_endpoint_auth_methods_supported", list(k_auth_methods));
    add("acr_values_supported", list(std::array{"goauthentik.io/providers/oauth2/default"sv}));
    add("scopes_supported", list(scopes_of(client)));
    add("request_parameter_supported", {false});
    add("claims_supported", list(claims_of(provider, client)));
    add("claims_parameter_supported", {false});
    add("code_challenge_methods_supported", list(k_challenge_methods));
    const auto& encryption = client.id_token_encrypted_response_alg;
    if (!encryption.is_unknown() && !encryption.value.empty()) {
        add("id_token_encryption_alg_values_supported", list(std::array{"RSA-OAEP-256"sv}));
        add("id_token_encryption_enc_values_supported", list(std::array{"A256CBC-HS512"sv}));
    }
    return result;
}

Value key(std::string_view algorithm, std::string_view use) {
    struct Row {
        std::string_view algorithm;
        std::string_view curve;
    };
    constexpr std::array k_curves{Row{"ES256", "P-256"}, Row{"ES384", "P-384"}, Row{"ES512", "P-521"}};
    const auto* const row = std::ranges::find(k_curves, algorithm, &Row::algorithm);
    Value::Members result{
        {"kty", text(row == k_curves.end() ? "RSA" : "EC")}, {"use", text(use)}, {"alg", text(algorithm)}};
    if (row != k_curves.end()) {
        result.emplace_back("crv", text(row->curve));
    }
    return {std::move(result)};
}

Value keys_of(const Registration& client) {
    Value::List result;
    const auto& algorithm = client.id_token_signed_response_alg;
    if (!algorithm.is_unknown() && !algorithm.value.is_symmetric()) {
        result.push_back(key(algorithm.value.name, "sig"));
    }
    const auto& encryption = client.id_token_encrypted_response_alg;
    if (!encryption.is_unknown() && !encryption.value.empty()) {
        result.push_back(key(encryption.value, "enc"));
    }
    return {std::move(result)};
}

} // namespace

oidc::Published discovery(const document::Document& document, const oidc::InspectOptions& options) {
    rule::Findings findings;
    const auto provider = inspect(document, options, findings);
    const auto client = std::ranges::find_if(provider.registrations, [](const Registration& it) {
        return !it.metadata_fault && !it.application.value.empty();
    });
    Value::Members result;
    if (findings.has(rule::Consequence::provider_refuses) || client == provider.registrations.end()) {
        result.emplace_back("openid_configuration", Value{});
        result.emplace_back("jwks", Value{Value::List{}});
        return {.value = {std::move(result)}, .is_published = false};
    }
    result.emplace_back("openid_configuration", Value{metadata_of(provider, *client, options.provider_url)});
    result.emplace_back("jwks", keys_of(*client));
    return {.value = {std::move(result)}, .lacks_address = options.provider_url.empty()};
}

} // namespace oidcgen::providers::authentik
