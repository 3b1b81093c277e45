#include "apps/immich/write.hpp"

#include "apps/immich/keys.hpp"
#include "apps/immich/settings.hpp"
#include "util/assert.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace oidcgen::apps::immich {

namespace {

using document::Value;
using oidc::RelyingParty;

template <class T>
std::optional<Value> if_given(const oidc::Located<T>& field, Value (*convert)(const T&)) {
    return field.is_given() ? std::optional(convert(field.value)) : std::nullopt;
}

Value from_text(const std::string& text) { return {text}; }

Value from_view(const std::string_view& text) { return {std::string(text)}; }

Value from_bool(const bool& value) { return {value}; }

Value from_integer(const std::int64_t& value) { return {value}; }

Value from_quota(const std::optional<double>& gibibytes) {
    if (!gibibytes) {
        return {nullptr};
    }
    OIDCGEN_ASSERT(std::floor(*gibibytes) == *gibibytes);
    return {static_cast<std::int64_t>(*gibibytes)};
}

Value from_method(const oidc::AuthMethod& method) { return {std::string(to_string(method))}; }

Value from_algorithm(const oidc::SigningAlgorithm& algorithm) { return {algorithm.name}; }

Value from_redirect_uri(const oidc::RedirectUri& uri) { return {uri.text}; }

/// Which field of the relying party a setting holds.
struct Field {
    std::string_view key;
    std::optional<Value> (*value)(const RelyingParty&);
};

constexpr std::array k_fields{
    Field{"allowInsecureRequests",
          [](const RelyingParty& party) { return if_given(party.allow_insecure_requests, from_bool); }},
    Field{"autoLaunch", [](const RelyingParty& party) { return if_given(party.auto_launch, from_bool); }},
    Field{"autoRegister", [](const RelyingParty& party) { return if_given(party.auto_register, from_bool); }},
    Field{"buttonText", [](const RelyingParty& party) { return if_given(party.button_text, from_text); }},
    Field{"clientId", [](const RelyingParty& party) { return if_given(party.client_id, from_text); }},
    Field{"clientSecret", [](const RelyingParty& party) { return if_given(party.client_secret, from_view); }},
    Field{"defaultStorageQuota",
          [](const RelyingParty& party) { return if_given(party.default_storage_quota, from_quota); }},
    Field{"enabled", [](const RelyingParty& party) { return if_given(party.enabled, from_bool); }},
    Field{"endSessionEndpoint",
          [](const RelyingParty& party) { return if_given(party.end_session_endpoint, from_text); }},
    Field{"issuerUrl", [](const RelyingParty& party) { return if_given(party.issuer_url, from_text); }},
    Field{"mobileOverrideEnabled",
          [](const RelyingParty& party) { return if_given(party.mobile_override, from_bool); }},
    Field{"mobileRedirectUri",
          [](const RelyingParty& party) { return if_given(party.mobile_redirect_uri, from_redirect_uri); }},
    Field{"profileSigningAlgorithm",
          [](const RelyingParty& party) { return if_given(party.userinfo_signed_response_alg, from_algorithm); }},
    Field{"prompt", [](const RelyingParty& party) { return if_given(party.prompt, from_text); }},
    Field{"roleClaim", [](const RelyingParty& party) { return if_given(party.role_claim, from_text); }},
    Field{"scope", [](const RelyingParty& party) { return if_given(party.scope, from_text); }},
    Field{"signingAlgorithm",
          [](const RelyingParty& party) { return if_given(party.id_token_signed_response_alg, from_algorithm); }},
    Field{"storageLabelClaim",
          [](const RelyingParty& party) { return if_given(party.storage_label_claim, from_text); }},
    Field{"storageQuotaClaim",
          [](const RelyingParty& party) { return if_given(party.storage_quota_claim, from_text); }},
    Field{"timeout", [](const RelyingParty& party) { return if_given(party.timeout, from_integer); }},
    Field{"tokenEndpointAuthMethod",
          [](const RelyingParty& party) { return if_given(party.token_endpoint_auth_method, from_method); }},
};

Value value_of(const oidc::Key& key, const RelyingParty& party) {
    const auto* const field = std::ranges::find(k_fields, key.path, &Field::key);
    if (field != k_fields.end()) {
        if (auto value = field->value(party)) {
            return std::move(*value);
        }
    }
    return js::to_value(default_value(key));
}

} // namespace

Value write(const RelyingParty& party, const util::Version& version) {
    Value::Members oauth;
    for (const auto& key : keys()) {
        if (key.versions.holds(version)) {
            oauth.emplace_back(key.path, value_of(key, party));
        }
    }
    Value::Members root;
    root.emplace_back("oauth", Value{std::move(oauth)});
    return {std::move(root)};
}

} // namespace oidcgen::apps::immich
