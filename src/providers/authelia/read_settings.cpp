#include "providers/authelia/read_settings.hpp"

#include "lang/go/values.hpp"
#include "providers/authelia/fields.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <unordered_set>
#include <utility>

namespace oidcgen::providers::authelia {

namespace {

using document::Cursor;
using lang::go::equal_fold;
using namespace std::string_view_literals;

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

/// Durations are checked, and not needed afterwards.
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
                  const std::unordered_set<std::string_view>& networks)
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

    /// What is below a name chosen by the user.
    struct Named {
        std::string_view name;
        Cursor at{};
        bool is_cut = false; ///< there was more after a dot, which to Authelia is a name below it
    };
    /// Each name once, preferably the entry with nothing after it.
    [[nodiscard]] std::vector<Named> named(const Cursor& at);
    [[nodiscard]] std::vector<Cursor> members_of(const Named& entry);

    ProviderSettings& m_settings;
    Decoder& m_decoder;
    KnownKeys& m_keys;
    const std::unordered_set<std::string_view>& m_networks;
};

std::vector<SectionReader::Named> SectionReader::named(const Cursor& at) {
    std::vector<Named> result;
    bool has_cut = false;
    for (const auto& entry : m_decoder.named(at)) {
        auto text = lang::go::key_of(entry);
        const auto whole = text == entry.key() ? entry.key() : entry.document().keep(std::move(text));
        const auto name = m_decoder.release().splits_dotted_names ? whole.substr(0, whole.find('.')) : whole;
        result.push_back({name, entry, name.size() != whole.size()});
        has_cut = has_cut || result.back().is_cut;
    }
    if (has_cut) {
        std::ranges::stable_sort(result, {}, &Named::is_cut);
        std::unordered_set<std::string_view> seen;
        std::erase_if(result, [&](const Named& it) { return !seen.insert(it.name).second && it.is_cut; });
    }
    return result;
}

std::vector<Cursor> SectionReader::members_of(const Named& entry) {
    // The dot is followed by the name of a setting that does not exist.
    return entry.is_cut ? std::vector<Cursor>() : m_decoder.members(entry.at);
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
        Field<ProviderSettings>{"hmac_secret",
                                [](Decoder& decoder, ProviderSettings& settings, const Cursor& secret) {
                                    decoder.read_secret_text(settings.hmac_secret, secret);
                                }},
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
    for (const auto& entry : named(at)) {
        Policy policy;
        policy.name = entry.name;
        policy.at = entry.at;
        for (const auto& setting : members_of(entry)) {
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
            for (const auto& entry : named(setting)) {
                m_settings.custom_lifespans.push_back(entry.name);
                read_custom_lifespan(members_of(entry));
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
    for (const auto& entry : named(at)) {
        ClaimsPolicySettings policy;
        policy.name = entry.name;
        policy.at = entry.at;
        const auto members = members_of(entry);
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
    for (const auto& entry : named(at)) {
        CustomClaimSettings claim;
        claim.key = entry.name;
        claim.at = entry.at;
        const auto members = members_of(entry);
        read_fields(m_decoder, claim, members, k_custom_claim_fields);
        if (has_name) {
            read_fields(m_decoder, claim, members, k_custom_claim_name);
        }
        policy.custom_claims.push_back(std::move(claim));
    }
}

void SectionReader::read_scopes(const Cursor& at) {
    for (const auto& entry : named(at)) {
        ScopeSettings scope;
        scope.name = entry.name;
        scope.at = entry.at;
        read_fields(m_decoder, scope, members_of(entry), k_scope_fields);
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
                  const std::unordered_set<std::string_view>& networks) {
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

} // namespace oidcgen::providers::authelia
