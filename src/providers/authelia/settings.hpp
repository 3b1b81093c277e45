#pragma once

#include "document/document.hpp"
#include "lang/go/url.hpp"
#include "oidc/located.hpp"
#include "providers/authelia/pem.hpp"

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace oidcgen::providers::authelia {

/// A setting as Authelia decodes it, and where it is. Texts are views into the document or into the decoder.
template <class T>
struct Setting {
    T value{};
    document::Cursor at{}; ///< empty: absent
    oidc::Known known = oidc::Known::defaulted;

    /// Filled in later, or refused by the decoder: nothing is concluded from it.
    [[nodiscard]] bool is_unknown() const { return known == oidc::Known::unknown; }
};

/// How something that stands in the file is known.
[[nodiscard]] inline oidc::Known known_at(const document::Cursor& at) {
    return at.is_filled() ? oidc::Known::filled : oidc::Known::given;
}

using TextSetting = Setting<std::string_view>;
using SwitchSetting = Setting<bool>;

struct Item {
    std::string_view text;
    document::Cursor at{}; ///< the item, or the whole text it was split from
    bool is_unknown = false;
};

/// A list of texts. Unknown as a whole when its length is not known.
using ListSetting = Setting<std::vector<Item>>;

enum class SecretKind : std::uint8_t {
    none,      ///< absent, null or empty
    empty,     ///< an empty text, where that counts as a secret
    hollow,    ///< a mapping, which to Authelia is a secret without a value
    digest,    ///< a hashed secret
    plaintext, ///< with `$plaintext$` in front or without
};

struct Secret {
    SecretKind kind = SecretKind::none;
    std::string_view text;
    /// A filter took away the dollar signs of a digest, and what follows them; `text` is what it left.
    bool is_expanded = false;
    /// A template action that no filter fills in, so that it is the secret.
    bool is_action = false;
};

using SecretSetting = Setting<Secret>;

/// An address; nothing but `is_set` when it is empty.
struct Address {
    bool is_set = false;
    lang::go::Url url;
};

using AddressSetting = Setting<Address>;

/// One of a list of addresses.
struct AddressItem {
    Address address;
    document::Cursor at{};
    bool is_unknown = false;
};

using AddressListSetting = Setting<std::vector<AddressItem>>;

/// What a value is that should be a key but is not text, in Authelia's eyes a key of unknown type.
struct KeySetting : Setting<Key> {
    bool is_no_text = false;
};

/// An entry of `jwks`, of the provider or of a client.
struct KeyEntry {
    document::Cursor at{};
    TextSetting key_id;
    TextSetting use;
    TextSetting algorithm;
    KeySetting key;
    Setting<Chain> chain;
};

struct KeyListSetting {
    std::vector<KeyEntry> entries;
    document::Cursor at{};
    bool is_unknown = false;
};

/// How one kind of answer is signed and encrypted.
struct ResponseSettings {
    TextSetting signed_alg;
    TextSetting signed_key_id;
    TextSetting encrypted_alg;
    TextSetting encrypted_enc;
    TextSetting encrypted_key_id;
};

/// The kinds of answers, in the order in which Authelia checks them.
enum class Response : std::uint8_t { authorization, id_token, access_token, userinfo, introspection };

inline constexpr std::size_t k_response_count = 5;
inline constexpr std::array<std::string_view, k_response_count> k_response_names{
    "authorization", "id_token", "access_token", "userinfo", "introspection"};
/// Rows of the table of settings.
inline constexpr std::array<std::string_view, k_response_count> k_signed_response_algs{
    "clients[].authorization_signed_response_alg", "clients[].id_token_signed_response_alg",
    "clients[].access_token_signed_response_alg", "clients[].userinfo_signed_response_alg",
    "clients[].introspection_signed_response_alg"};

/// How a client authenticates at one endpoint.
struct EndpointSettings {
    TextSetting method;
    TextSetting signing_alg;
};

enum class Endpoint : std::uint8_t { token, revocation, introspection, pushed_authorization_request };

inline constexpr std::size_t k_endpoint_count = 4;
inline constexpr std::array<std::string_view, k_endpoint_count> k_auth_methods{
    "token_endpoint_auth_method", "revocation_endpoint_auth_method", "introspection_endpoint_auth_method",
    "pushed_authorization_request_endpoint_auth_method"};
inline constexpr std::array<std::string_view, k_endpoint_count> k_auth_signing_algs{
    "token_endpoint_auth_signing_alg", "revocation_endpoint_auth_signing_alg",
    "introspection_endpoint_auth_signing_alg", "pushed_authorization_request_endpoint_auth_signing_alg"};

/// A member of `clients`.
struct Client {
    document::Cursor at{};
    std::string_view name; ///< what to call it in findings: its id

    TextSetting client_id;
    TextSetting client_name;
    SecretSetting client_secret;
    AddressSetting sector_identifier_uri;
    SwitchSetting is_public;
    ListSetting redirect_uris;
    ListSetting request_uris;
    ListSetting audience;
    ListSetting scopes;
    ListSetting grant_types;
    ListSetting response_types;
    ListSetting response_modes;
    TextSetting authorization_policy;
    TextSetting lifespan;
    TextSetting claims_policy;
    TextSetting requested_audience_mode;
    TextSetting consent_mode;
    SwitchSetting pre_configured_consent_duration; ///< whether one is set
    SwitchSetting require_pushed_authorization_requests;
    SwitchSetting require_pkce;
    TextSetting pkce_challenge_method;
    std::array<ResponseSettings, k_response_count> responses;
    TextSetting request_object_signing_alg;
    TextSetting request_object_encryption_alg;
    TextSetting request_object_encryption_enc;
    std::array<EndpointSettings, k_endpoint_count> endpoints;
    SwitchSetting allow_multiple_auth_methods;
    AddressSetting jwks_uri;
    KeyListSetting jwks;

    [[nodiscard]] const ResponseSettings& response(Response which) const {
        return responses[static_cast<std::size_t>(which)];
    }
    [[nodiscard]] const EndpointSettings& endpoint(Endpoint which) const {
        return endpoints[static_cast<std::size_t>(which)];
    }
};

/// A group of people or networks in an authorization policy.
struct PolicyRule {
    document::Cursor at{};
    TextSetting policy;
    document::Cursor subject_at{};
    bool is_subject_unknown = false;
    std::vector<std::vector<Item>> subjects; ///< any of these groups, in which all hold
    bool is_networks_unknown = false;
    std::size_t networks = 0; ///< how many there are
};

struct Policy {
    std::string_view name;
    document::Cursor at{};
    TextSetting default_policy;
    std::vector<PolicyRule> rules;
    document::Cursor rules_at{};
    bool are_rules_unknown = false;
};

struct CustomClaimSettings {
    std::string_view key;
    document::Cursor at{};
    TextSetting name;
    TextSetting attribute;
};

struct ClaimsPolicySettings {
    std::string_view name;
    document::Cursor at{};
    ListSetting id_token;
    ListSetting access_token;
    TextSetting id_token_audience_mode;
    std::vector<CustomClaimSettings> custom_claims;
};

struct ScopeSettings {
    std::string_view name;
    document::Cursor at{};
    ListSetting claims;
};

/// `identity_providers.oidc` without its clients.
struct ProviderSettings {
    document::Cursor at{};

    TextSetting hmac_secret;
    KeyListSetting jwks;
    KeySetting issuer_private_key;
    Setting<Chain> issuer_certificate_chain;
    SwitchSetting enable_client_debug_messages;
    Setting<std::int64_t> minimum_parameter_entropy;
    TextSetting enforce_pkce;
    SwitchSetting enable_pkce_plain_challenge;
    SwitchSetting enable_jwt_access_token_stateless_introspection;
    TextSetting discovery_signed_response_alg;
    TextSetting discovery_signed_response_key_id;
    SwitchSetting require_pushed_authorization_requests;

    std::vector<Policy> policies;
    std::vector<std::string_view> custom_lifespans;
    std::vector<ClaimsPolicySettings> claims_policies;
    std::vector<ScopeSettings> scopes;

    ListSetting cors_endpoints;
    AddressListSetting cors_origins;
    SwitchSetting cors_origins_from_redirect_uris;

    document::Cursor clients_at{};
};

} // namespace oidcgen::providers::authelia
