#include "providers/authelia/inspection.hpp"
#include "providers/authelia/lists.hpp"
#include "providers/authelia/rules.hpp"
#include "util/text.hpp"
#include "util/words.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>

namespace oidcgen::providers::authelia {

namespace {

using rule::Consequence;
using namespace std::string_view_literals;

constexpr std::array k_sources{"https://www.authelia.com/integration/openid-connect/oauth-2.0-bearer-token-usage/"sv};

constexpr std::string_view k_scope = "authelia.bearer.authz";
constexpr std::array k_scopes{"offline_access"sv, "offline"sv, "authelia.bearer.authz"sv};
constexpr std::array k_grants{"authorization_code"sv, "refresh_token"sv, "client_credentials"sv};
constexpr std::array k_response_types{"code"sv};
constexpr std::array k_response_modes{"form_post"sv, "form_post.jwt"sv};
constexpr std::array k_confidential_methods{"client_secret_basic"sv, "client_secret_jwt"sv, "private_key_jwt"sv};
constexpr std::array k_public_methods{"none"sv};
constexpr std::array k_consent_modes{"explicit"sv};
constexpr std::array k_pkce_methods{"S256"sv};

/// A list that must be written out, with nothing else in it.
void demand_list(Inspection& inspection, const Client& client, const ListSetting& list, std::string_view name,
                 std::span<const std::string_view> allowed) {
    if (list.is_unknown()) {
        return;
    }
    if (list.value.empty()) {
        inspection.add(k_bearer_scope_setting,
                       util::words("{} must be written out for the scope {}; use {}", name, k_scope,
                                   util::own(util::alternatives(allowed))),
                       place_of(list, client.at, name));
        return;
    }
    for (const auto& item : list.value) {
        if (!item.is_unknown && !holds(allowed, item.text)) {
            inspection.add(k_bearer_scope_setting,
                           util::words("{} is not allowed with the scope {}; use {}", util::outside(item.text), k_scope,
                                       util::own(util::alternatives(allowed))),
                           item.at.place());
        }
    }
}

void demand_text(Inspection& inspection, const Client& client, const TextSetting& setting, std::string_view name,
                 std::span<const std::string_view> allowed) {
    if (!setting.is_unknown() && !holds(allowed, setting.value)) {
        inspection.add(
            k_bearer_scope_setting,
            util::words("{} must be {} for the scope {}", name, util::own(util::alternatives(allowed)), k_scope),
            place_of(setting, client.at, name));
    }
}

bool demand_true(Inspection& inspection, const Client& client, const SwitchSetting& setting, std::string_view name) {
    if (setting.is_unknown() || setting.value) {
        return true;
    }
    inspection.add(k_bearer_scope_setting, util::words("{} must be true for the scope {}", name, k_scope),
                   place_of(setting, client.at, name));
    return false;
}

} // namespace

const rule::Rule k_bearer_scope_setting{
    .code = "OG1164",
    .name = "bearer-scope-setting",
    .consequence = Consequence::provider_refuses,
    .summary = "a client with the scope authelia.bearer.authz lacks a setting that this scope requires",
    .why = "A token with this scope opens what Authelia protects. So Authelia requires the safest settings, and all of "
           "them written out: audience, pushed requests, PKCE with S256, explicit consent, the code flow with "
           "form_post, and no other scopes.",
    .bad = "scopes: [authelia.bearer.authz]",
    .good = "scopes: [authelia.bearer.authz]\naudience: [https://app.example.com]\ngrant_types: [authorization_code]\n"
            "require_pushed_authorization_requests: true\nrequire_pkce: true\npkce_challenge_method: S256\n"
            "consent_mode: explicit\nresponse_types: [code]\nresponse_modes: [form_post]\n"
            "token_endpoint_auth_method: client_secret_basic",
    .ignore = {},
    .sources = k_sources,
};

void check_bearer_scope(Inspection& inspection, const Client& client, const Flows& flows) {
    if (!flows.has_bearer_scope) {
        return;
    }
    for (const auto& scope : client.scopes.value) {
        if (!scope.is_unknown && !holds(k_scopes, scope.text)) {
            inspection.add(k_bearer_scope_setting,
                           util::words("scope {} cannot be combined with {}", util::outside(scope.text), k_scope),
                           scope.at.place(), "give it to another client");
        }
    }
    demand_list(inspection, client, client.grant_types, "grant_types", k_grants);
    if (!client.audience.is_unknown() && client.audience.value.empty()) {
        inspection.add(k_bearer_scope_setting, util::words("audience must be written out for the scope {}", k_scope),
                       place_of(client.audience, client.at, "audience"));
    }
    if (!flows.has_client_credentials) {
        demand_true(inspection, client, client.require_pushed_authorization_requests,
                    "require_pushed_authorization_requests");
        if (demand_true(inspection, client, client.require_pkce, "require_pkce")) {
            demand_text(inspection, client, client.pkce_challenge_method, "pkce_challenge_method", k_pkce_methods);
        }
        demand_text(inspection, client, client.consent_mode, "consent_mode", k_consent_modes);
        demand_list(inspection, client, client.response_types, "response_types", k_response_types);
        demand_list(inspection, client, client.response_modes, "response_modes", k_response_modes);
    }
    if (!client.is_public.is_unknown()) {
        const std::span<const std::string_view> methods =
            client.is_public.value ? std::span<const std::string_view>(k_public_methods) : k_confidential_methods;
        demand_text(inspection, client, client.endpoint(Endpoint::token).method, "token_endpoint_auth_method", methods);
    }
}

} // namespace oidcgen::providers::authelia
