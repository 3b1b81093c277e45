#include "providers/authelia/discovery.hpp"

#include "providers/authelia/authelia.hpp"
#include "providers/authelia/flow_names.hpp"
#include "providers/authelia/lists.hpp"
#include "providers/authelia/login.hpp"
#include "providers/authelia/read.hpp"
#include "util/version.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>

namespace oidcgen::providers::authelia {

namespace {

using document::Value;
using oidc::Provider;
using oidc::ProviderKey;
using util::VersionRange;
using namespace std::string_view_literals;
using Names = std::span<const std::string_view>;

constexpr VersionRange k_4_38{{4, 38, 0}, {4, 39, 0}};
constexpr VersionRange k_4_39{{4, 39, 0}};
constexpr VersionRange k_4_39_0{{4, 39, 0}, {4, 39, 2}};
constexpr VersionRange k_4_39_2{{4, 39, 2}};

constexpr std::array k_subject_types{"public"sv, "pairwise"sv};
constexpr std::array k_scopes_4_38{"offline_access"sv, "openid"sv, "profile"sv, "groups"sv, "email"sv};
constexpr std::array k_scopes{"offline_access"sv, "openid"sv, "profile"sv, "email"sv,
                              "address"sv,        "phone"sv,  "groups"sv};
constexpr std::array k_token_claims{"amr"sv, "aud"sv, "azp"sv, "client_id"sv, "exp"sv,
                                    "iat"sv, "iss"sv, "jti"sv, "rat"sv};
constexpr auto k_claims_4_38 =
    joined(k_token_claims, std::array{"sub"sv, "auth_time"sv, "nonce"sv, "email"sv, "email_verified"sv, "alt_emails"sv,
                                      "groups"sv, "preferred_username"sv, "name"sv});
constexpr auto k_claims =
    joined(k_token_claims, std::array{"auth_time"sv, "nonce"sv, "groups"sv, "sub"sv}, k_profile_claims,
           std::array{"alt_emails"sv}, k_further_claims, std::array{"updated_at"sv});
constexpr std::array k_auth_methods{"client_secret_basic"sv, "client_secret_post"sv, "client_secret_jwt"sv,
                                    "private_key_jwt"sv, "none"sv};
constexpr Names k_auth_methods_with_proof = Names(k_auth_methods).first(k_auth_methods.size() - 1); // all but none
constexpr auto k_algorithms_or_none = joined(k_signing_algorithms, std::array{"none"sv});
constexpr Names k_key_pair_algorithms_or_none = Names(k_algorithms_or_none).subspan(k_symmetric_algorithms.size());
constexpr Names k_key_pair_algorithms = Names(k_signing_algorithms).subspan(k_symmetric_algorithms.size());
constexpr std::array k_encryption_encodings{"A128CBC-HS256"sv, "A192CBC-HS384"sv, "A256CBC-HS512"sv,
                                            "A128GCM"sv,       "A192GCM"sv,       "A256GCM"sv};
constexpr std::array k_claim_types{"normal"sv};
constexpr std::array k_prompt_values{"consent"sv, "login"sv, "none"sv, "select_account"sv};

/// What the value of a member is made of.
enum class From : std::uint8_t {
    address,           ///< the issuer followed by `text`
    list,              ///< the same for everybody
    yes,               ///< true
    no,                ///< false
    challenge_methods, ///< S256, and plain where it is allowed
    pushed_requests,   ///< whether all clients must use them
    key_algorithms,    ///< of the configured keys
    key_algorithms_or_none,
};

struct Member {
    std::string_view name;
    From from = From::list;
    Names values{};
    std::string_view text{};
    VersionRange versions{};
};

/// In the order in which Authelia sends them:
/// https://www.authelia.com/integration/openid-connect/introduction/#openid-connect-10-discovery
constexpr std::array k_members{
    Member{.name = "issuer", .from = From::address},
    Member{.name = "jwks_uri", .from = From::address, .text = "/jwks.json"},
    Member{.name = "authorization_endpoint", .from = From::address, .text = "/api/oidc/authorization"},
    Member{.name = "token_endpoint", .from = From::address, .text = "/api/oidc/token"},
    Member{.name = "subject_types_supported", .values = k_subject_types},
    Member{.name = "response_types_supported", .values = k_response_types},
    Member{.name = "grant_types_supported", .values = k_grant_types_4_38, .versions = k_4_38},
    Member{.name = "grant_types_supported", .values = k_grant_types, .versions = k_4_39},
    Member{.name = "response_modes_supported", .values = k_response_modes},
    Member{.name = "scopes_supported", .values = k_scopes_4_38, .versions = k_4_38},
    Member{.name = "scopes_supported", .values = k_scopes, .versions = k_4_39},
    Member{.name = "claims_supported", .values = k_claims_4_38, .versions = k_4_38},
    Member{.name = "claims_supported", .values = k_claims, .versions = k_4_39},
    Member{.name = "token_endpoint_auth_methods_supported", .values = k_auth_methods},
    Member{.name = "token_endpoint_auth_signing_alg_values_supported", .values = k_signing_algorithms},
    Member{.name = "introspection_endpoint", .from = From::address, .text = "/api/oidc/introspection"},
    Member{.name = "revocation_endpoint", .from = From::address, .text = "/api/oidc/revocation"},
    Member{.name = "introspection_endpoint_auth_methods_supported", .values = k_auth_methods_with_proof},
    Member{.name = "revocation_endpoint_auth_methods_supported", .values = k_auth_methods},
    Member{.name = "revocation_endpoint_auth_signing_alg_values_supported", .values = k_signing_algorithms},
    Member{.name = "code_challenge_methods_supported", .from = From::challenge_methods},
    Member{.name = "device_authorization_endpoint",
           .from = From::address,
           .text = "/api/oidc/device-authorization",
           .versions = k_4_39},
    Member{.name = "authorization_response_iss_parameter_supported", .from = From::yes},
    Member{
        .name = "introspection_signing_alg_values_supported", .from = From::key_algorithms_or_none, .versions = k_4_38},
    Member{.name = "introspection_signing_alg_values_supported", .values = k_algorithms_or_none, .versions = k_4_39},
    Member{
        .name = "introspection_encryption_alg_values_supported", .values = k_encryption_algorithms, .versions = k_4_39},
    Member{
        .name = "introspection_encryption_enc_values_supported", .values = k_encryption_encodings, .versions = k_4_39},
    Member{.name = "pushed_authorization_request_endpoint",
           .from = From::address,
           .text = "/api/oidc/pushed-authorization-request"},
    Member{.name = "require_pushed_authorization_requests", .from = From::pushed_requests},
    Member{.name = "id_token_signing_alg_values_supported", .from = From::key_algorithms_or_none, .versions = k_4_38},
    Member{.name = "id_token_signing_alg_values_supported", .values = k_signing_algorithms, .versions = k_4_39_2},
    Member{.name = "id_token_signing_alg_values_supported", .values = k_key_pair_algorithms, .versions = k_4_39_0},
    Member{.name = "id_token_encryption_alg_values_supported", .values = k_encryption_algorithms, .versions = k_4_39},
    Member{.name = "id_token_encryption_enc_values_supported", .values = k_encryption_encodings, .versions = k_4_39},
    Member{.name = "userinfo_endpoint", .from = From::address, .text = "/api/oidc/userinfo"},
    Member{.name = "userinfo_signing_alg_values_supported", .from = From::key_algorithms_or_none, .versions = k_4_38},
    Member{.name = "userinfo_signing_alg_values_supported", .values = k_algorithms_or_none, .versions = k_4_39},
    Member{.name = "userinfo_encryption_alg_values_supported", .values = k_encryption_algorithms, .versions = k_4_39},
    Member{.name = "userinfo_encryption_enc_values_supported", .values = k_encryption_encodings, .versions = k_4_39},
    Member{.name = "request_object_signing_alg_values_supported",
           .values = k_key_pair_algorithms_or_none,
           .versions = k_4_38},
    Member{.name = "request_object_signing_alg_values_supported", .values = k_algorithms_or_none, .versions = k_4_39},
    Member{.name = "request_object_encryption_alg_values_supported",
           .values = k_encryption_algorithms,
           .versions = k_4_39},
    Member{
        .name = "request_object_encryption_enc_values_supported", .values = k_encryption_encodings, .versions = k_4_39},
    Member{.name = "claim_types_supported", .values = k_claim_types},
    Member{.name = "request_parameter_supported", .from = From::yes},
    Member{.name = "request_uri_parameter_supported", .from = From::yes},
    Member{.name = "require_request_uri_registration", .from = From::yes},
    Member{.name = "claims_parameter_supported", .from = From::no, .versions = k_4_38},
    Member{.name = "claims_parameter_supported", .from = From::yes, .versions = k_4_39},
    Member{.name = "prompt_values_supported", .values = k_prompt_values},
    Member{.name = "authorization_signing_alg_values_supported", .from = From::key_algorithms, .versions = k_4_38},
    Member{.name = "authorization_signing_alg_values_supported", .values = k_signing_algorithms, .versions = k_4_39},
    Member{
        .name = "authorization_encryption_alg_values_supported", .values = k_encryption_algorithms, .versions = k_4_39},
    Member{
        .name = "authorization_encryption_enc_values_supported", .values = k_encryption_encodings, .versions = k_4_39},
};

Value list_of(Names names) {
    Value::List list;
    for (const auto name : names) {
        list.push_back({std::string(name)});
    }
    return {std::move(list)};
}

/// RS256 always, and those of the keys, in the order of the names above.
Value key_algorithms(const Provider& provider, bool with_none) {
    Value::List list;
    for (const auto algorithm : k_signing_algorithms) {
        const bool is_there = algorithm == "RS256" || std::ranges::any_of(provider.keys, [&](const ProviderKey& key) {
                                  return key.algorithm.name == algorithm;
                              });
        if (is_there) {
            list.push_back({std::string(algorithm)});
        }
    }
    if (with_none) {
        list.push_back({std::string("none")});
    }
    return {std::move(list)};
}

Value value_of(const Member& member, const Provider& provider, const std::string& issuer) {
    switch (member.from) {
    case From::address:
        return {issuer + std::string(member.text)};
    case From::yes:
        return {true};
    case From::no:
        return {false};
    case From::challenge_methods: {
        constexpr std::array k_methods{"S256"sv, "plain"sv};
        return list_of(Names(k_methods).first(provider.takes_plain_code_challenge.value ? 2 : 1));
    }
    case From::pushed_requests:
        return {provider.require_pushed_authorization_requests.value};
    case From::key_algorithms:
        return key_algorithms(provider, false);
    case From::key_algorithms_or_none:
        return key_algorithms(provider, true);
    case From::list:
        break;
    }
    return list_of(member.values);
}

/// Keys with RS first, followed by those for encryption with RSA, then ES and PS; by algorithm and id within.
std::pair<int, std::pair<std::string_view, std::string_view>> rank(const ProviderKey& key) {
    constexpr std::array k_families{"RS2"sv, "RS3"sv, "RS5"sv, "RSA"sv, "E"sv, "P"sv};
    const std::string_view name = key.algorithm.name;
    const auto family =
        std::ranges::find_if(k_families, [&](std::string_view prefix) { return name.starts_with(prefix); });
    return {static_cast<int>(family - k_families.begin()), {name, key.key_id}};
}

Value jwks_of(const Provider& provider) {
    auto keys = provider.keys;
    std::ranges::stable_sort(keys, {}, rank);
    Value::List list;
    for (const auto& key : keys) {
        Value::Members members;
        members.emplace_back("kty", Value{key.type});
        members.emplace_back("use", Value{key.use});
        members.emplace_back("alg", Value{key.algorithm.name});
        members.emplace_back("kid", Value{key.key_id});
        if (!key.curve.empty()) {
            members.emplace_back("crv", Value{key.curve});
        }
        if (key.bits != 0) {
            members.emplace_back("n_bits", Value{static_cast<std::int64_t>(key.bits)});
        }
        list.push_back({std::move(members)});
    }
    return {std::move(list)};
}

} // namespace

std::optional<oidc::Metadata> metadata(const Provider& provider, const oidc::Registration* /*registration*/,
                                       std::string_view base, std::string_view path) {
    const bool is_openid = path == "/.well-known/openid-configuration";
    if (!is_openid && path != "/.well-known/oauth-authorization-server") {
        return std::nullopt;
    }
    oidc::Metadata result{.issuer = std::string(base), .has_userinfo_endpoint = is_openid};
    for (const auto& member : k_members) {
        if (member.name != "id_token_signing_alg_values_supported" || !member.versions.holds(provider.version)) {
            continue;
        }
        const auto value = value_of(member, provider, result.issuer);
        for (const auto& name : std::get<Value::List>(value.data)) {
            result.id_token_signing_alg_values_supported.push_back(std::get<std::string>(name.data));
        }
    }
    return result;
}

oidc::Published discovery(const document::Document& document, const oidc::InspectOptions& options) {
    rule::Findings findings;
    const auto provider = inspect(document, options, findings);
    soften_unknown(k_system, options, findings);
    const bool is_published = !findings.has(rule::Consequence::provider_refuses) && !provider.metadata_fails &&
                              (provider.is_snippet || !provider.keys.empty());
    Value::Members result;
    if (!is_published) {
        result.emplace_back("openid_configuration", Value{});
        result.emplace_back("jwks", Value{Value::List{}});
        return {.value = {std::move(result)}, .is_published = false};
    }
    std::string issuer = options.provider_url;
    if (issuer.empty() && !provider.issuers.empty() && !provider.issuers.front().is_unknown()) {
        issuer = provider.issuers.front().value;
    }
    Value::Members metadata;
    for (const auto& member : k_members) {
        if (member.versions.holds(options.version)) {
            metadata.emplace_back(member.name, value_of(member, provider, issuer));
        }
    }
    result.emplace_back("openid_configuration", Value{std::move(metadata)});
    result.emplace_back("jwks", jwks_of(provider));
    return {.value = {std::move(result)}, .lacks_address = issuer.empty()};
}

} // namespace oidcgen::providers::authelia
