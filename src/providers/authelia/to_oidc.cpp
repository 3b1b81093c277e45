#include "providers/authelia/to_oidc.hpp"

#include "document/placeholder.hpp"
#include "oidc/terms.hpp"
#include "providers/authelia/lists.hpp"
#include "util/url.hpp"

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <string>
#include <utility>

#include <fmt/format.h>

namespace oidcgen::providers::authelia {

namespace {

using document::Cursor;
using oidc::Known;
using oidc::Located;

Known known_of(Known known, bool has_value) {
    if (known == Known::unknown) {
        return known;
    }
    return !has_value ? Known::defaulted : known == Known::filled ? known : Known::given;
}

oidc::Text text_of(const TextSetting& setting, const Cursor& owner, std::string_view name,
                   std::string_view otherwise = {}) {
    const bool has_value = !setting.value.empty();
    return {std::string(has_value ? setting.value : otherwise), place_of(setting, owner, name),
            known_of(setting.known, has_value)};
}

/// The text with what is around its placeholders, if any.
std::string with_holes(std::string_view text, const Cursor& at, bool is_unknown) {
    return std::string(is_unknown && at.is_scalar() ? at.text() : text);
}

Located<oidc::SigningAlgorithm> algorithm_of(const TextSetting& setting, const Cursor& owner, std::string_view name,
                                             std::string_view otherwise) {
    auto text = text_of(setting, owner, name, otherwise);
    return {oidc::SigningAlgorithm{std::move(text.value)}, text.place, text.known};
}

Located<bool> switch_of(const SwitchSetting& setting, const Cursor& owner, std::string_view name) {
    return {setting.value, place_of(setting, owner, name), setting.at ? setting.known : Known::defaulted};
}

/// `list` holds what is in force, `setting` what the file has.
oidc::Texts texts_of(const ListSetting& list, const ListSetting& setting, const Cursor& owner, std::string_view name) {
    oidc::Texts result;
    result.place = place_of(setting, owner, name);
    result.known = list.is_unknown() ? Known::unknown : known_of(Known::given, !setting.value.empty());
    for (const auto& item : list.value) {
        result.value.push_back({std::string(item.text), item.at ? item.at.place() : result.place,
                                item.is_unknown       ? Known::unknown
                                : item.at.is_filled() ? Known::filled
                                                      : result.known});
    }
    return result;
}

oidc::Texts texts_of(const ListSetting& setting, const Cursor& owner, std::string_view name) {
    return texts_of(setting, setting, owner, name);
}

oidc::Access access_of(std::string_view text) {
    if (text == "one_factor") {
        return oidc::Access::one_factor;
    }
    return text == "deny" ? oidc::Access::deny : oidc::Access::two_factor;
}

oidc::AccessPolicy policy_of(const Policy& policy) {
    oidc::AccessPolicy result;
    result.name = {std::string(policy.name), policy.at.key_place(), Known::given};
    result.otherwise = {access_of(policy.default_policy.value),
                        place_of(policy.default_policy, policy.at, "default_policy"), policy.default_policy.known};
    for (const auto& rule : policy.rules) {
        result.rules.push_back({rule.at.place(), access_of(rule.policy.value),
                                !rule.subjects.empty() || rule.is_subject_unknown,
                                rule.networks != 0 || rule.is_networks_unknown});
    }
    return result;
}

oidc::ClaimRules claims_policy_of(const Inspection& inspection, const ClaimsPolicySettings& policy) {
    oidc::ClaimRules result;
    result.name = {std::string(policy.name), policy.at.key_place(), Known::given};
    result.id_token = texts_of(policy.id_token, policy.at, "id_token");
    const auto attributes = inspection.root.find("definitions").find("user_attributes");
    for (const auto& claim : policy.custom_claims) {
        oidc::OwnClaim it;
        it.name = text_of(claim.name, claim.at, "name", claim.key);
        it.attribute = text_of(claim.attribute, claim.at, "attribute", claim.key);
        if (claim.name.value.empty()) {
            it.name.place = claim.at.key_place();
        }
        const auto expression = attributes.find(it.attribute.value).find("expression");
        if (expression.is_scalar()) {
            const bool is_filled_in = !inspection.is_literal &&
                                      document::is_placeholder(expression.text(), document::PlaceholderUse::identifier);
            it.expression = {std::string(expression.text()), expression.place(),
                             is_filled_in ? Known::unknown : Known::given};
        }
        result.own_claims.push_back(std::move(it));
    }
    return result;
}

std::string_view key_type(KeyKind kind) {
    switch (kind) {
    case KeyKind::rsa_private:
    case KeyKind::rsa_public:
        return "RSA";
    case KeyKind::ec_private:
    case KeyKind::ec_public:
        return "EC";
    case KeyKind::ed25519:
        return "OKP";
    case KeyKind::symmetric:
        return "oct";
    case KeyKind::none:
    case KeyKind::certificate:
    case KeyKind::other:
        break;
    }
    return {};
}

/// The address that a chart makes of the parts of a cookie.
oidc::Text chart_address(const Inspection& inspection, const Cursor& cookie) {
    const auto text_at = [&](std::string_view name) {
        const auto part = cookie.find(name);
        return part.is_scalar() && !part.is_null() ? part.text() : std::string_view();
    };
    const auto domain = text_at("domain");
    const auto subdomain = text_at("subdomain");
    auto path = util::without_final_slashes(text_at("path"));
    path.remove_prefix(path.starts_with('/') ? 1 : 0);
    if (domain.empty()) {
        return {};
    }
    auto text = fmt::format("https://{}{}{}{}{}", subdomain, subdomain.empty() ? "" : ".", domain,
                            path.empty() ? "" : "/", path);
    const bool is_filled_in =
        !inspection.is_literal && document::is_placeholder(text, document::PlaceholderUse::secret_or_address);
    return {std::move(text), cookie.find("domain").place(), is_filled_in ? Known::unknown : Known::given};
}

/// Where people reach the provider, as its sessions say.
std::vector<oidc::Text> issuers_of(const Inspection& inspection) {
    std::vector<oidc::Text> result;
    for (const auto& cookie : inspection.root.find("session").find("cookies").children()) {
        const auto url = cookie.find("authelia_url");
        if (!url.is_scalar() || url.text().empty()) {
            auto made = inspection.form == oidc::Form::chart_values ? chart_address(inspection, cookie) : oidc::Text();
            if (!made.value.empty()) {
                result.push_back(std::move(made));
            }
            continue;
        }
        std::string text(util::without_final_slashes(url.text()));
        const bool is_filled_in =
            !inspection.is_literal && document::is_placeholder(url.text(), document::PlaceholderUse::secret_or_address);
        result.push_back({std::move(text), url.place(), is_filled_in ? Known::unknown : Known::given});
    }
    return result;
}

Located<oidc::CodeChallengeDemand> enforce_pkce_of(const Inspection& inspection) {
    const auto& setting = inspection.provider.enforce_pkce;
    const bool has_value = !setting.value.empty();
    const auto text = has_value ? setting.value : inspection.keys.default_of("enforce_pkce");
    Located<oidc::CodeChallengeDemand> result{oidc::CodeChallengeDemand::public_clients_only,
                                              place_of(setting, inspection.provider.at, "enforce_pkce"),
                                              known_of(setting.known, has_value)};
    if (text == "always") {
        result.value = oidc::CodeChallengeDemand::always;
    } else if (text == "never") {
        result.value = oidc::CodeChallengeDemand::never;
    } else if (text != "public_clients_only") {
        result.known = Known::unknown;
    }
    return result;
}

Located<std::int64_t> entropy_of(const Inspection& inspection) {
    const auto& setting = inspection.provider.minimum_parameter_entropy;
    const bool is_used = setting.value == -1 || setting.value > 0;
    const auto text = inspection.keys.default_of("minimum_parameter_entropy");
    std::int64_t otherwise = 0;
    std::from_chars(text.data(), text.data() + text.size(), otherwise);
    return {is_used ? setting.value : otherwise, place_of(setting, inspection.provider.at, "minimum_parameter_entropy"),
            known_of(setting.known, is_used)};
}

/// Where the setting is because of which this version cannot sign its metadata.
document::Place metadata_fault(const Inspection& inspection) {
    const auto& provider = inspection.provider;
    const auto& alg = provider.discovery_signed_response_alg;
    const auto& key_id = provider.discovery_signed_response_key_id;
    if (!inspection.release.signs_metadata_with_rsa_only || alg.is_unknown() || key_id.is_unknown()) {
        return {};
    }
    const auto& keys = inspection.names.keys;
    const auto resolved = resolve_algorithm(keys, alg.value, key_id.value, {});
    const auto key = std::ranges::find(keys.entries, resolved.key_id, &KeyTable::Entry::key_id);
    if (resolved.key_id.empty() || resolved.algorithm == "none" || key == keys.entries.end() ||
        key_type(key->key.kind) != "EC") {
        return {};
    }
    return key_id.at ? key_id.at.place() : alg.at.place();
}

} // namespace

oidc::Provider to_provider(const Inspection& inspection) {
    const auto& settings = inspection.provider;
    oidc::Provider result;
    result.place = settings.at ? settings.at.key_place() : inspection.root.place();
    result.is_snippet = inspection.is_snippet;
    result.issuers = issuers_of(inspection);
    for (const auto& key : inspection.names.keys.entries) {
        result.keys.push_back({key.place, key.key_id, key.use, oidc::SigningAlgorithm{key.algorithm},
                               std::string(key_type(key.key.kind)), key.key.curve, key.key.bits});
    }
    for (const auto& policy : settings.claims_policies) {
        result.claim_rules.push_back(claims_policy_of(inspection, policy));
    }
    for (const auto& scope : settings.scopes) {
        result.scopes.push_back({{std::string(scope.name), scope.at.key_place(), Known::given},
                                 texts_of(scope.claims, scope.at, "claims")});
    }
    for (const auto& policy : settings.policies) {
        result.access_policies.push_back(policy_of(policy));
    }
    result.code_challenge_demand = enforce_pkce_of(inspection);
    result.takes_plain_code_challenge =
        switch_of(settings.enable_pkce_plain_challenge, settings.at, "enable_pkce_plain_challenge");
    result.require_pushed_authorization_requests =
        switch_of(settings.require_pushed_authorization_requests, settings.at, "require_pushed_authorization_requests");
    result.shortest_state = entropy_of(inspection);
    result.metadata_fails = metadata_fault(inspection);
    return result;
}

oidc::Registration to_registration(const Inspection& inspection, const Client& client, const Flows& flows) {
    const auto& keys = inspection.keys;
    const auto& at = client.at;
    oidc::Registration result;
    result.place = at.key().empty() ? at.place() : at.key_place();
    result.client_id = text_of(client.client_id, at, "client_id");
    result.client_id.value = with_holes(result.client_id.value, client.client_id.at, result.client_id.is_unknown());
    result.client_name = text_of(client.client_name, at, "client_name", client.client_id.value);
    const auto& secret = client.client_secret;
    const bool has_secret = !secret.value.text.empty();
    result.client_secret = {secret.value.text, place_of(secret, at, "client_secret"),
                            secret.value.is_expanded ? Known::unknown : known_of(secret.known, has_secret)};
    result.is_public = switch_of(client.is_public, at, "public");
    const auto uris = texts_of(client.redirect_uris, at, "redirect_uris");
    result.redirect_uris.place = uris.place;
    result.redirect_uris.known = uris.known;
    const auto& items = client.redirect_uris.value;
    for (std::size_t number = 0; number < items.size(); ++number) {
        const auto& uri = uris.value[number];
        result.redirect_uris.value.push_back(
            {oidc::RedirectUri{with_holes(uri.value, items[number].at, uri.is_unknown())}, uri.place, uri.known});
    }
    result.scopes = texts_of(*flows.scopes, client.scopes, at, "scopes");
    result.response_types = texts_of(*flows.response_types, client.response_types, at, "response_types");
    result.grant_types = texts_of(flows.grant_types, client.grant_types, at, "grant_types");

    const auto& method = client.endpoint(Endpoint::token).method;
    const auto parsed = oidc::parse_auth_method(method.value);
    result.token_endpoint_auth_method = {
        parsed                   ? *parsed
        : client.is_public.value ? oidc::AuthMethod::none
                                 : oidc::parse_auth_method(keys.default_of("clients[].token_endpoint_auth_method"))
                                       .value_or(oidc::AuthMethod::client_secret_basic),
        place_of(method, at, "token_endpoint_auth_method"),
        !method.value.empty() && !parsed ? Known::unknown : known_of(method.known, !method.value.empty())};

    result.code_challenge_required = switch_of(client.require_pkce, at, "require_pkce");
    const auto& pkce = client.pkce_challenge_method;
    const auto pkce_method = oidc::parse_code_challenge_method(pkce.value);
    result.code_challenge_method = {pkce_method, place_of(pkce, at, "pkce_challenge_method"),
                                    !pkce.value.empty() && !pkce_method ? Known::unknown
                                                                        : known_of(pkce.known, !pkce.value.empty())};
    result.require_pushed_authorization_requests =
        switch_of(client.require_pushed_authorization_requests, at, "require_pushed_authorization_requests");

    const auto& id_token = client.response(Response::id_token);
    const auto& userinfo = client.response(Response::userinfo);
    const auto& access_token = client.response(Response::access_token);
    result.id_token_signed_response_alg = algorithm_of(id_token.signed_alg, at, "id_token_signed_response_alg",
                                                       keys.default_of("clients[].id_token_signed_response_alg"));
    result.userinfo_signed_response_alg = algorithm_of(userinfo.signed_alg, at, "userinfo_signed_response_alg",
                                                       keys.default_of("clients[].userinfo_signed_response_alg"));
    result.access_token_signing_alg = algorithm_of(access_token.signed_alg, at, "access_token_signed_response_alg",
                                                   keys.default_of("clients[].access_token_signed_response_alg"));
    result.id_token_encrypted_response_alg = text_of(id_token.encrypted_alg, at, "id_token_encrypted_response_alg");
    result.userinfo_encrypted_response_alg = text_of(userinfo.encrypted_alg, at, "userinfo_encrypted_response_alg");
    result.access_token_encryption_alg = text_of(access_token.encrypted_alg, at, "access_token_encrypted_response_alg");
    result.id_token_signing_key_id = text_of(id_token.signed_key_id, at, "id_token_signed_response_key_id");
    result.userinfo_signing_key_id = text_of(userinfo.signed_key_id, at, "userinfo_signed_response_key_id");

    result.consent = text_of(client.consent_mode, at, "consent_mode");
    const auto& duration = client.pre_configured_consent_duration;
    result.consent_kept_for = {std::string(duration.value ? duration.at.text() : std::string_view()),
                               place_of(duration, at, "pre_configured_consent_duration"),
                               known_of(duration.known, duration.value)};
    if (inspection.form == oidc::Form::chart_values) { // the chart writes its own defaults
        const auto leave_open = [](auto& field) {
            field.known = field.known == Known::defaulted ? Known::unknown : field.known;
        };
        leave_open(result.scopes);
        leave_open(result.consent);
        leave_open(result.consent_kept_for);
    }

    result.access_policy = text_of(client.authorization_policy, at, "authorization_policy",
                                   flows.has_client_credentials ? std::string_view("one_factor")
                                                                : keys.default_of("clients[].authorization_policy"));
    result.claim_rules_name = text_of(client.claims_policy, at, "claims_policy");
    return result;
}

} // namespace oidcgen::providers::authelia
