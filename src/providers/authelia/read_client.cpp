#include "providers/authelia/fields.hpp"
#include "providers/authelia/keys.hpp"
#include "providers/authelia/read_settings.hpp"
#include "util/text.hpp"

#include <algorithm>
#include <array>
#include <iterator>
#include <string>
#include <string_view>
#include <unordered_set>

namespace oidcgen::providers::authelia {

namespace {

using document::Cursor;

constexpr std::string_view k_clients = "clients[].";

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

} // namespace

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
    std::unordered_set<std::string_view> names; // when they are needed
    const auto has = [&](std::string_view name) {
        if (names.empty()) {
            std::ranges::transform(members, std::inserter(names, names.end()), &Cursor::key);
        }
        return names.contains(name);
    };
    for (const auto& member : members) {
        const auto key = member.key();
        if (key == "client_id" || (key == "id" && client.name.empty())) {
            client.name = util::start_of(member.text(), rule::k_longest_client);
        }
    }
    m_decoder.set_client(client.name);
    for (const auto& member : members) {
        auto known = m_names.find(member.key());
        if (known == m_names.end()) {
            if (place == ClientPlace::item) {
                m_keys.unknown_in_client(at, member, client.name);
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
    // An action in place of settings: any that is missing may be among them.
    const auto filler = std::ranges::find_if(members, [](const Cursor& it) {
        return it.is_scalar() && it.key() == it.text() && it.key().starts_with("{{");
    });
    for (const auto& [name, field] : m_names) {
        if (filler != members.end() && field.key->replaced_by.empty() && !has(name)) {
            field.read(m_decoder, client, *filler);
        }
    }
    m_decoder.set_client({});
}

} // namespace oidcgen::providers::authelia
