#include "providers/authelia/read_settings.hpp"

#include "lang/go/values.hpp"
#include "providers/authelia/keys.hpp"
#include "util/text.hpp"

#include <algorithm>
#include <array>
#include <string>

namespace oidcgen::providers::authelia {

namespace {

using document::Cursor;
using lang::go::equal_fold;
using namespace std::string_view_literals;

constexpr std::string_view k_clients = "clients[].";

template <class T>
struct Field {
    std::string_view name;
    void (*read)(Decoder&, T&, const Cursor&);
};

template <auto Member, class T>
void member(Decoder& decoder, T& owner, const Cursor& at) {
    decoder.read(owner.*Member, at);
}

template <auto Member, class T>
void uris(Decoder& decoder, T& owner, const Cursor& at) {
    decoder.read_uris(owner.*Member, at);
}

template <auto Member, class T>
void duration(Decoder& decoder, T& owner, const Cursor& at) {
    decoder.read_duration(owner.*Member, at);
}

template <Response Which, auto Member>
void response(Decoder& decoder, Client& client, const Cursor& at) {
    decoder.read(client.responses[static_cast<std::size_t>(Which)].*Member, at);
}

template <Endpoint Which, auto Member>
void endpoint(Decoder& decoder, Client& client, const Cursor& at) {
    decoder.read(client.endpoints[static_cast<std::size_t>(Which)].*Member, at);
}

constexpr std::array k_key_fields{
    Field<KeyEntry>{"key_id", member<&KeyEntry::key_id>},           Field<KeyEntry>{"use", member<&KeyEntry::use>},
    Field<KeyEntry>{"algorithm", member<&KeyEntry::algorithm>},     Field<KeyEntry>{"key", member<&KeyEntry::key>},
    Field<KeyEntry>{"certificate_chain", member<&KeyEntry::chain>},
};

/// Every member of a structure that has a field of its name; exact names win over names in other letter case.
template <class T, std::size_t N>
void read_fields(Decoder& decoder, T& owner, const std::vector<Cursor>& members,
                 const std::array<Field<T>, N>& fields) {
    for (const auto& at : members) {
        const auto* field = std::ranges::find(fields, at.key(), &Field<T>::name);
        if (field == fields.end()) {
            field = std::ranges::find_if(fields, [&](const Field<T>& it) { return equal_fold(it.name, at.key()); });
            const bool is_taken = field != fields.end() && std::ranges::any_of(members, [&](const Cursor& it) {
                                      return it.key() == field->name;
                                  });
            if (field == fields.end() || is_taken) {
                continue;
            }
        }
        field->read(decoder, owner, at);
    }
}

void read_keys(Decoder& decoder, KeyListSetting& keys, const Cursor& at) {
    keys.at = at;
    for (const auto& item : decoder.structures(at, keys.is_unknown)) {
        KeyEntry entry;
        entry.at = item;
        if (item.is_mapping()) {
            read_fields(decoder, entry, item.children(), k_key_fields);
        }
        keys.entries.push_back(std::move(entry));
    }
}

template <auto Member, class T>
void key_list(Decoder& decoder, T& owner, const Cursor& at) {
    read_keys(decoder, owner.*Member, at);
}

/// https://www.authelia.com/configuration/identity-providers/openid-connect/clients/
constexpr std::array k_client_fields{
    Field<Client>{"client_id", member<&Client::client_id>},
    Field<Client>{"client_name", member<&Client::client_name>},
    Field<Client>{"client_secret", member<&Client::client_secret>},
    Field<Client>{"sector_identifier_uri", member<&Client::sector_identifier_uri>},
    Field<Client>{"public", member<&Client::is_public>},
    Field<Client>{"redirect_uris", uris<&Client::redirect_uris>},
    Field<Client>{"request_uris", uris<&Client::request_uris>},
    Field<Client>{"audience", member<&Client::audience>},
    Field<Client>{"scopes", member<&Client::scopes>},
    Field<Client>{"grant_types", member<&Client::grant_types>},
    Field<Client>{"response_types", member<&Client::response_types>},
    Field<Client>{"response_modes", member<&Client::response_modes>},
    Field<Client>{"authorization_policy", member<&Client::authorization_policy>},
    Field<Client>{"lifespan", member<&Client::lifespan>},
    Field<Client>{"claims_policy", member<&Client::claims_policy>},
    Field<Client>{"requested_audience_mode", member<&Client::requested_audience_mode>},
    Field<Client>{"consent_mode", member<&Client::consent_mode>},
    Field<Client>{"pre_configured_consent_duration", duration<&Client::pre_configured_consent_duration>},
    Field<Client>{"require_pushed_authorization_requests", member<&Client::require_pushed_authorization_requests>},
    Field<Client>{"require_pkce", member<&Client::require_pkce>},
    Field<Client>{"pkce_challenge_method", member<&Client::pkce_challenge_method>},
    Field<Client>{"authorization_signed_response_alg",
                  response<Response::authorization, &ResponseSettings::signed_alg>},
    Field<Client>{"authorization_signed_response_key_id",
                  response<Response::authorization, &ResponseSettings::signed_key_id>},
    Field<Client>{"authorization_encrypted_response_alg",
                  response<Response::authorization, &ResponseSettings::encrypted_alg>},
    Field<Client>{"authorization_encrypted_response_enc",
                  response<Response::authorization, &ResponseSettings::encrypted_enc>},
    Field<Client>{"authorization_encrypted_response_key_id",
                  response<Response::authorization, &ResponseSettings::encrypted_key_id>},
    Field<Client>{"id_token_signed_response_alg", response<Response::id_token, &ResponseSettings::signed_alg>},
    Field<Client>{"id_token_signed_response_key_id", response<Response::id_token, &ResponseSettings::signed_key_id>},
    Field<Client>{"id_token_encrypted_response_alg", response<Response::id_token, &ResponseSettings::encrypted_alg>},
    Field<Client>{"id_token_encrypted_response_enc", response<Response::id_token, &ResponseSettings::encrypted_enc>},
    Field<Client>{"id_token_encrypted_response_key_id",
                  response<Response::id_token, &ResponseSettings::encrypted_key_id>},
    Field<Client>{"access_token_signed_response_alg", response<Response::access_token, &ResponseSettings::signed_alg>},
    Field<Client>{"access_token_signed_response_key_id",
                  response<Response::access_token, &ResponseSettings::signed_key_id>},
    Field<Client>{"access_token_encrypted_response_alg",
                  response<Response::access_token, &ResponseSettings::encrypted_alg>},
    Field<Client>{"access_token_encrypted_response_enc",
                  response<Response::access_token, &ResponseSettings::encrypted_enc>},
    Field<Client>{"access_token_encrypted_response_key_id",
                  response<Response::access_token, &ResponseSettings::encrypted_key_id>},
    Field<Client>{"userinfo_signed_response_alg", response<Response::userinfo, &ResponseSettings::signed_alg>},
    Field<Client>{"userinfo_signed_response_key_id", response<Response::userinfo, &ResponseSettings::signed_key_id>},
    Field<Client>{"userinfo_encrypted_response_alg", response<Response::userinfo, &ResponseSettings::encrypted_alg>},
    Field<Client>{"userinfo_encrypted_response_enc", response<Response::userinfo, &ResponseSettings::encrypted_enc>},
    Field<Client>{"userinfo_encrypted_response_key_id",
                  response<Response::userinfo, &ResponseSettings::encrypted_key_id>},
    Field<Client>{"introspection_signed_response_alg",
                  response<Response::introspection, &ResponseSettings::signed_alg>},
    Field<Client>{"introspection_signed_response_key_id",
                  response<Response::introspection, &ResponseSettings::signed_key_id>},
    Field<Client>{"introspection_encrypted_response_alg",
                  response<Response::introspection, &ResponseSettings::encrypted_alg>},
    Field<Client>{"introspection_encrypted_response_enc",
                  response<Response::introspection, &ResponseSettings::encrypted_enc>},
    Field<Client>{"introspection_encrypted_response_key_id",
                  response<Response::introspection, &ResponseSettings::encrypted_key_id>},
    Field<Client>{"request_object_signing_alg", member<&Client::request_object_signing_alg>},
    Field<Client>{"request_object_encryption_alg", member<&Client::request_object_encryption_alg>},
    Field<Client>{"request_object_encryption_enc", member<&Client::request_object_encryption_enc>},
    Field<Client>{"token_endpoint_auth_method", endpoint<Endpoint::token, &EndpointSettings::method>},
    Field<Client>{"token_endpoint_auth_signing_alg", endpoint<Endpoint::token, &EndpointSettings::signing_alg>},
    Field<Client>{"revocation_endpoint_auth_method", endpoint<Endpoint::revocation, &EndpointSettings::method>},
    Field<Client>{"revocation_endpoint_auth_signing_alg",
                  endpoint<Endpoint::revocation, &EndpointSettings::signing_alg>},
    Field<Client>{"introspection_endpoint_auth_method", endpoint<Endpoint::introspection, &EndpointSettings::method>},
    Field<Client>{"introspection_endpoint_auth_signing_alg",
                  endpoint<Endpoint::introspection, &EndpointSettings::signing_alg>},
    Field<Client>{"pushed_authorization_request_endpoint_auth_method",
                  endpoint<Endpoint::pushed_authorization_request, &EndpointSettings::method>},
    Field<Client>{"pushed_authorization_request_endpoint_auth_signing_alg",
                  endpoint<Endpoint::pushed_authorization_request, &EndpointSettings::signing_alg>},
    Field<Client>{"allow_multiple_auth_methods", member<&Client::allow_multiple_auth_methods>},
    Field<Client>{"jwks_uri", member<&Client::jwks_uri>},
    Field<Client>{"jwks", key_list<&Client::jwks>},
};

constexpr std::array k_rule_fields{
    Field<PolicyRule>{"policy", member<&PolicyRule::policy>},
    Field<PolicyRule>{"subject",
                      [](Decoder& decoder, PolicyRule& rule, const Cursor& at) { decoder.read_subjects(rule, at); }},
};

constexpr std::array k_custom_claim_fields{
    Field<CustomClaimSettings>{"attribute", member<&CustomClaimSettings::attribute>},
};
constexpr std::array k_custom_claim_name{
    Field<CustomClaimSettings>{"name", member<&CustomClaimSettings::name>},
};

constexpr std::array k_scope_fields{
    Field<ScopeSettings>{"claims", member<&ScopeSettings::claims>},
};

constexpr std::array k_claims_policy_fields{
    Field<ClaimsPolicySettings>{"id_token", member<&ClaimsPolicySettings::id_token>},
    Field<ClaimsPolicySettings>{"access_token", member<&ClaimsPolicySettings::access_token>},
    Field<ClaimsPolicySettings>{"id_token_audience_mode", member<&ClaimsPolicySettings::id_token_audience_mode>},
};

/// Durations are looked at, and nothing of them is needed afterwards.
struct Durations {};

void check_duration_at(Decoder& decoder, Durations& /*unused*/, const Cursor& at) {
    SwitchSetting setting;
    decoder.read_duration(setting, at);
}

constexpr std::array k_token_fields{
    Field<Durations>{"access_token", check_duration_at},
    Field<Durations>{"authorize_code", check_duration_at},
    Field<Durations>{"id_token", check_duration_at},
    Field<Durations>{"refresh_token", check_duration_at},
};

constexpr std::array k_grants{"authorize_code"sv, "implicit"sv,   "client_credentials"sv,
                              "refresh_token"sv,  "jwt_bearer"sv, "device_code"sv};

/// Reads a section whose names depend on the version.
class SectionReader {
  public:
    SectionReader(ProviderSettings& settings, Decoder& decoder, KnownKeys& keys,
                  const std::vector<std::string_view>& networks)
        : m_settings(settings)
        , m_decoder(decoder)
        , m_keys(keys)
        , m_networks(networks) {}

    void read(const std::vector<Cursor>& members);
    void read(std::string_view path, const Cursor& at);

  private:
    void read_policies(const Cursor& at);
    void read_policy(Policy& policy, const Cursor& at);
    void read_lifespans(const Cursor& at);
    void read_custom_lifespan(const std::vector<Cursor>& members);
    void read_claims_policies(const Cursor& at);
    void read_custom_claims(ClaimsPolicySettings& policy, const Cursor& at);
    void read_scopes(const Cursor& at);
    void read_cors(const Cursor& at);
    /// Old names of lifespans, which count unless the new one is there.
    void read_former_lifespan(const Cursor& at, const oidc::Key& key, const std::vector<Cursor>& members);

    /// A name chosen by the user.
    struct Name {
        std::string_view text;
        bool is_cut = false; ///< there was more behind a dot, which Authelia takes for a name below it
    };
    [[nodiscard]] Name name_of(const Cursor& at) const;
    [[nodiscard]] std::vector<Cursor> members_of(const Cursor& at, const Name& name);

    ProviderSettings& m_settings;
    Decoder& m_decoder;
    KnownKeys& m_keys;
    const std::vector<std::string_view>& m_networks;
};

SectionReader::Name SectionReader::name_of(const Cursor& at) const {
    auto text = lang::go::key_of(at);
    const auto whole = text == at.key() ? at.key() : at.document().keep(std::move(text));
    const auto first = m_decoder.release().splits_dotted_names ? whole.substr(0, whole.find('.')) : whole;
    return {first, first.size() != whole.size()};
}

std::vector<Cursor> SectionReader::members_of(const Cursor& at, const Name& name) {
    // Behind the dot stands the name of a setting that does not exist.
    return name.is_cut ? std::vector<Cursor>() : m_decoder.members(at);
}

void SectionReader::read(const std::vector<Cursor>& members) {
    for (const auto& at : members) {
        const auto* key = m_keys.find(at.key());
        if (at.is_mapping() && !at.children().empty()) {
            key = nullptr; // the names below it are what Authelia sees, and knows none of them
        }
        if (key != nullptr && key->replaced_by.starts_with("lifespans.")) {
            read_former_lifespan(at, *key, members);
            continue;
        }
        if (key != nullptr && !key->replaced_by.empty()) {
            m_keys.deprecated(at, *key, {}, KnownKeys::NewName::absent);
        }
        read(at.key(), at);
    }
}

void SectionReader::read(std::string_view path, const Cursor& at) {
    using ReadSection = void (SectionReader::*)(const Cursor&);
    struct Part {
        std::string_view name;
        ReadSection read = nullptr;
    };
    static constexpr std::array k_parts{
        Part{"authorization_policies", &SectionReader::read_policies},
        Part{"lifespans", &SectionReader::read_lifespans},
        Part{"claims_policies", &SectionReader::read_claims_policies},
        Part{"scopes", &SectionReader::read_scopes},
        Part{"cors", &SectionReader::read_cors},
    };
    static constexpr std::array k_fields{
        Field<ProviderSettings>{"hmac_secret", member<&ProviderSettings::hmac_secret>},
        Field<ProviderSettings>{"jwks", key_list<&ProviderSettings::jwks>},
        Field<ProviderSettings>{"issuer_private_key",
                                [](Decoder& decoder, ProviderSettings& settings, const Cursor& key) {
                                    decoder.read_rsa_key(settings.issuer_private_key, key);
                                }},
        Field<ProviderSettings>{"issuer_certificate_chain", member<&ProviderSettings::issuer_certificate_chain>},
        Field<ProviderSettings>{"enable_client_debug_messages",
                                member<&ProviderSettings::enable_client_debug_messages>},
        Field<ProviderSettings>{"minimum_parameter_entropy", member<&ProviderSettings::minimum_parameter_entropy>},
        Field<ProviderSettings>{"enforce_pkce", member<&ProviderSettings::enforce_pkce>},
        Field<ProviderSettings>{"enable_pkce_plain_challenge", member<&ProviderSettings::enable_pkce_plain_challenge>},
        Field<ProviderSettings>{"enable_jwt_access_token_stateless_introspection",
                                member<&ProviderSettings::enable_jwt_access_token_stateless_introspection>},
        Field<ProviderSettings>{"discovery_signed_response_alg",
                                member<&ProviderSettings::discovery_signed_response_alg>},
        Field<ProviderSettings>{"discovery_signed_response_key_id",
                                member<&ProviderSettings::discovery_signed_response_key_id>},
        Field<ProviderSettings>{"require_pushed_authorization_requests",
                                member<&ProviderSettings::require_pushed_authorization_requests>},
        Field<ProviderSettings>{"clients", [](Decoder&, ProviderSettings& settings,
                                              const Cursor& clients) { settings.clients_at = clients; }},
    };
    const auto is_named = [&](const auto& it) { return equal_fold(it.name, path); };
    if (const auto* const part = std::ranges::find_if(k_parts, is_named); part != k_parts.end()) {
        // A part that the version does not have is not read: its name is unknown, and nothing else is said of it.
        if (m_keys.find(part->name) != nullptr) {
            (this->*part->read)(at);
        }
        return;
    }
    if (const auto* const field = std::ranges::find_if(k_fields, is_named); field != k_fields.end()) {
        field->read(m_decoder, m_settings, at);
        return;
    }
    if (path == "cors.endpoints") {
        m_decoder.read(m_settings.cors_endpoints, at);
    }
}

void SectionReader::read_former_lifespan(const Cursor& at, const oidc::Key& key, const std::vector<Cursor>& members) {
    const auto new_name = key.replaced_by.substr(key.replaced_by.find('.') + 1);
    const auto lifespans = std::ranges::find_if(members, [](const Cursor& it) { return it.key() == "lifespans"; });
    const bool has_new_name = lifespans != members.end() && lifespans->find(new_name);
    m_keys.deprecated(at, key, {}, has_new_name ? KnownKeys::NewName::present : KnownKeys::NewName::absent);
    if (!has_new_name) {
        SwitchSetting setting;
        m_decoder.read_duration(setting, at);
    }
}

void SectionReader::read_policies(const Cursor& at) {
    for (const auto& entry : m_decoder.named(at)) {
        Policy policy;
        const auto name = name_of(entry);
        policy.name = name.text;
        policy.at = entry;
        for (const auto& setting : members_of(entry, name)) {
            read_policy(policy, setting);
        }
        m_settings.policies.push_back(std::move(policy));
    }
}

void SectionReader::read_policy(Policy& policy, const Cursor& at) {
    if (equal_fold(at.key(), "default_policy")) {
        m_decoder.read(policy.default_policy, at);
    }
    if (!equal_fold(at.key(), "rules")) {
        return;
    }
    policy.rules_at = at;
    for (const auto& item : m_decoder.structures(at, policy.are_rules_unknown)) {
        PolicyRule rule;
        rule.at = item;
        if (item.is_mapping()) {
            const auto members = item.children();
            read_fields(m_decoder, rule, members, k_rule_fields);
            const auto networks =
                std::ranges::find_if(members, [](const Cursor& it) { return equal_fold(it.key(), "networks"); });
            if (networks != members.end() && m_decoder.release().has_network_criteria) {
                m_decoder.read_networks(rule, *networks, m_networks);
            }
        }
        policy.rules.push_back(std::move(rule));
    }
}

void SectionReader::read_lifespans(const Cursor& at) {
    Durations durations;
    const auto members = m_decoder.members(at);
    read_fields(m_decoder, durations, members, k_token_fields);
    for (const auto& setting : members) {
        const bool is_more =
            equal_fold(setting.key(), "jwt_secured_authorization") ||
            (equal_fold(setting.key(), "device_code") && m_keys.find("lifespans.device_code") != nullptr);
        if (is_more) {
            check_duration_at(m_decoder, durations, setting);
        }
        if (equal_fold(setting.key(), "custom")) {
            for (const auto& entry : m_decoder.named(setting)) {
                const auto name = name_of(entry);
                m_settings.custom_lifespans.push_back(name.text);
                read_custom_lifespan(members_of(entry, name));
            }
        }
    }
}

void SectionReader::read_custom_lifespan(const std::vector<Cursor>& members) {
    Durations durations;
    read_fields(m_decoder, durations, members, k_token_fields);
    const bool has_device_code = m_keys.find("lifespans.custom.*.device_code") != nullptr;
    for (const auto& setting : members) {
        if (equal_fold(setting.key(), "device_code") && has_device_code) {
            check_duration_at(m_decoder, durations, setting);
        }
        if (!equal_fold(setting.key(), "grants")) {
            continue;
        }
        for (const auto& grant : m_decoder.members(setting)) {
            const auto* const known =
                std::ranges::find_if(k_grants, [&](std::string_view name) { return equal_fold(name, grant.key()); });
            if (known != k_grants.end() && (*known != "device_code" || has_device_code)) {
                read_fields(m_decoder, durations, m_decoder.members(grant), k_token_fields);
            }
        }
    }
}

void SectionReader::read_claims_policies(const Cursor& at) {
    for (const auto& entry : m_decoder.named(at)) {
        ClaimsPolicySettings policy;
        const auto name = name_of(entry);
        policy.name = name.text;
        policy.at = entry;
        const auto members = members_of(entry, name);
        read_fields(m_decoder, policy, members, k_claims_policy_fields);
        for (const auto& setting : members) {
            if (equal_fold(setting.key(), "custom_claims")) {
                read_custom_claims(policy, setting);
            }
        }
        m_settings.claims_policies.push_back(std::move(policy));
    }
}

void SectionReader::read_custom_claims(ClaimsPolicySettings& policy, const Cursor& at) {
    const bool has_name = m_keys.find("claims_policies.*.custom_claims.*.name") != nullptr;
    for (const auto& entry : m_decoder.named(at)) {
        CustomClaimSettings claim;
        const auto name = name_of(entry);
        claim.key = name.text;
        claim.at = entry;
        const auto members = members_of(entry, name);
        read_fields(m_decoder, claim, members, k_custom_claim_fields);
        if (has_name) {
            read_fields(m_decoder, claim, members, k_custom_claim_name);
        }
        policy.custom_claims.push_back(std::move(claim));
    }
}

void SectionReader::read_scopes(const Cursor& at) {
    for (const auto& entry : m_decoder.named(at)) {
        ScopeSettings scope;
        const auto name = name_of(entry);
        scope.name = name.text;
        scope.at = entry;
        read_fields(m_decoder, scope, members_of(entry, name), k_scope_fields);
        m_settings.scopes.push_back(std::move(scope));
    }
}

void SectionReader::read_cors(const Cursor& at) {
    static constexpr std::array k_fields{
        Field<ProviderSettings>{"endpoints", member<&ProviderSettings::cors_endpoints>},
        Field<ProviderSettings>{"allowed_origins", member<&ProviderSettings::cors_origins>},
        Field<ProviderSettings>{"allowed_origins_from_client_redirect_uris",
                                member<&ProviderSettings::cors_origins_from_redirect_uris>},
    };
    read_fields(m_decoder, m_settings, m_decoder.members(at), k_fields);
}

} // namespace

void read_section(ProviderSettings& settings, const Layout& layout, Decoder& decoder, KnownKeys& keys,
                  const std::vector<std::string_view>& networks) {
    settings.at = layout.section;
    SectionReader reader(settings, decoder, keys, networks);
    if (layout.section) {
        reader.read(decoder.members(layout.section));
    }
    if (decoder.release().splits_dotted_names) {
        for (const auto& [path, at] : layout.dotted) {
            reader.read(path, at);
        }
    }
}

ClientReader::ClientReader(Decoder& decoder, KnownKeys& keys)
    : m_decoder(decoder)
    , m_keys(keys) {
    for (const auto& field : k_client_fields) {
        if (const auto* const key = keys.find(std::string(k_clients) + std::string(field.name))) {
            m_names.emplace(field.name, Name{field.read, key});
        }
    }
    for (const auto& row : authelia::keys()) {
        const bool is_former = row.path.starts_with(k_clients) && !row.replaced_by.empty();
        if (is_former && keys.find(row.path) != nullptr) {
            const auto present = m_names.find(row.replaced_by);
            m_names.emplace(row.path.substr(k_clients.size()), Name{present->second.read, &row});
        }
    }
}

void ClientReader::read(Client& client, const Cursor& at, ClientPlace place) {
    client.at = at;
    const auto members = at.children();
    const auto has = [&](std::string_view name) {
        return std::ranges::any_of(members, [&](const Cursor& it) { return it.key() == name; });
    };
    for (const auto& member : members) {
        const auto key = member.key();
        if (key == "client_id" || (key == "id" && client.name.empty())) {
            client.name = member.text();
        }
    }
    m_decoder.set_client(client.name);
    for (const auto& member : members) {
        auto known = m_names.find(member.key());
        if (known == m_names.end()) {
            if (place == ClientPlace::item) {
                m_keys.unknown_in_client(member, client.name);
            }
            known = m_names.find(util::lowered(member.key()));
            if (known == m_names.end() || !known->second.key->replaced_by.empty() || has(known->first)) {
                continue;
            }
        }
        const auto& key = *known->second.key;
        if (!key.replaced_by.empty() && place == ClientPlace::mapping) {
            continue;
        }
        if (!key.replaced_by.empty()) {
            const bool has_new_name = has(key.replaced_by);
            m_keys.deprecated(member, key, client.name,
                              has_new_name ? KnownKeys::NewName::present : KnownKeys::NewName::absent);
            if (has_new_name) {
                continue;
            }
        }
        known->second.read(m_decoder, client, member);
    }
    m_decoder.set_client({});
}

} // namespace oidcgen::providers::authelia
