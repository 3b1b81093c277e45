#include "oidc/advice.hpp"
#include "providers/authelia/inspection.hpp"
#include "providers/authelia/lists.hpp"
#include "providers/authelia/rules.hpp"
#include "util/text.hpp"
#include "util/words.hpp"

#include <algorithm>
#include <array>
#include <span>
#include <unordered_set>

#include <fmt/format.h>

namespace oidcgen::providers::authelia {

namespace {

using document::Place;
using rule::Consequence;
using namespace std::string_view_literals;

constexpr std::array k_scope_sources{
    "https://www.authelia.com/configuration/identity-providers/openid-connect/clients/#scopes"sv};
constexpr std::array k_response_sources{
    "https://www.authelia.com/configuration/identity-providers/openid-connect/clients/#response_types"sv,
    "https://www.authelia.com/configuration/identity-providers/openid-connect/clients/#response_modes"sv};
constexpr std::array k_grant_sources{
    "https://www.authelia.com/configuration/identity-providers/openid-connect/clients/#grant_types"sv};
constexpr std::array k_list_sources{
    "https://www.authelia.com/configuration/identity-providers/openid-connect/clients/"sv};
constexpr std::array k_claims_policy_sources{
    "https://www.authelia.com/configuration/identity-providers/openid-connect/clients/#claims_policy"sv};

constexpr std::array k_offline_scopes{"offline_access"sv, "offline"sv};
constexpr std::array k_hybrid_types{"code id_token"sv, "code token"sv, "code id_token token"sv};
constexpr std::array k_code_types{"code"sv, "code id_token"sv, "code token"sv, "code id_token token"sv};
/// Grants that need something else of the client.
constexpr std::array k_related_grants{"client_credentials"sv, "refresh_token"sv, "authorization_code"sv, "implicit"sv};
constexpr std::array k_not_for_machines{"openid"sv, "offline"sv, "offline_access"sv};

ListSetting list_of(const std::vector<std::string_view>& values) {
    ListSetting list;
    for (const auto value : values) {
        list.value.push_back({value});
    }
    return list;
}

bool is_left_out(const ListSetting& list) { return !list.is_unknown() && list.value.empty(); }

/// The grants that the response types need.
ListSetting default_grant_types(const ListSetting& response_types) {
    ListSetting result;
    result.known = is_whole(response_types) ? oidc::Known::defaulted : oidc::Known::unknown;
    const auto add = [&](std::string_view grant) {
        if (!holds(result, grant)) {
            result.value.push_back({grant});
        }
    };
    for (const auto& type : response_types.value) {
        if (holds(k_code_types, type.text)) {
            add("authorization_code");
        }
        if (holds(k_implicit_types, type.text) || holds(k_hybrid_types, type.text)) {
            add("implicit");
        }
    }
    return result;
}

/// Every value that is not allowed in the list.
void check_values(Inspection& inspection, const rule::Rule& rule, const ListSetting& list, std::string_view what,
                  std::span<const std::string_view> allowed) {
    for (const auto& item : list.value) {
        if (!item.is_unknown && !holds(allowed, item.text)) {
            inspection.add_unknown(rule, item.text, what, allowed, item.at.place());
        }
    }
}

void check_unknown_scopes(Inspection& inspection, const ListSetting& scopes) {
    const auto& known = inspection.names.known_scopes;
    for (const auto& scope : scopes.value) {
        if (scope.is_unknown || holds(inspection.release.client_scopes, scope.text) ||
            inspection.names.scopes.contains(scope.text)) {
            continue;
        }
        const auto words = util::words(scope.text);
        const bool is_several = words.size() > 1 || scope.text.find(',') != std::string_view::npos ||
                                scope.text != util::trimmed(scope.text);
        if (inspection.is_snippet && !is_several) {
            continue; // may be defined in the rest of the section
        }
        if (!inspection.findings.takes(k_scope_undefined, scope.at.place())) {
            continue;
        }
        inspection.add(k_scope_undefined,
                       util::words("scope {} is neither standard nor defined under scopes{}", util::outside(scope.text),
                                   util::did_you_mean(scope.text, known)),
                       scope.at.place(),
                       is_several ? "write one scope per list item, without blanks or commas" : util::Words());
    }
}

/// A custom scope is of use only with a claims policy that makes its claims.
void check_scope_claims(Inspection& inspection, const Client& client, const ListSetting& scopes) {
    const auto& name = client.claims_policy;
    if (name.is_unknown() || name.value.empty()) {
        return;
    }
    const auto& policies = inspection.names.claims_policies;
    const auto found = policies.find(name.value);
    if (found == policies.end()) {
        if (!inspection.is_snippet && inspection.findings.takes(k_claims_policy_undefined, name.at.place())) {
            std::vector<std::string_view> names;
            for (const auto& policy : inspection.provider.claims_policies) {
                names.push_back(policy.name);
            }
            inspection.add(k_claims_policy_undefined,
                           util::words("claims policy {} is not defined{}", util::outside(name.value),
                                       util::did_you_mean(name.value, names)),
                           name.at.place(), "define it under claims_policies");
        }
        return;
    }
    const auto& policy = *found->second;
    const bool is_open = std::ranges::any_of(policy.custom_claims, [](const auto& it) { return it.name.is_unknown(); });
    std::unordered_set<std::string_view> made; // when it is needed
    const auto makes = [&](std::string_view claim) {
        for (const auto& it : std::span(policy.custom_claims).first(made.empty() ? policy.custom_claims.size() : 0)) {
            made.insert(it.name.value.empty() ? it.key : it.name.value);
        }
        return is_open || made.contains(claim);
    };
    for (const auto& scope : scopes.value) {
        const auto defined = inspection.names.scopes.find(scope.text);
        if (scope.is_unknown || holds(inspection.release.client_scopes, scope.text) ||
            defined == inspection.names.scopes.end()) {
            continue;
        }
        for (const auto& claim : defined->second->claims.value) {
            if (!claim.is_unknown && !holds(inspection.release.standard_claims, claim.text) && !makes(claim.text)) {
                auto it = rule::finding(
                    k_scope_claim_not_made,
                    util::words("scope {} needs the claim {}, which claims policy {} does not define",
                                util::outside(scope.text), util::outside(claim.text), util::outside(policy.name)),
                    scope.at.place(), "add the claim under custom_claims of the policy");
                it.client = inspection.client;
                it.notes.push_back({"the claims policy", policy.at.key_place()});
                inspection.add_finding(std::move(it));
            }
        }
    }
}

Place list_place(const Client& client, const ListSetting& list, std::string_view name, std::string_view value) {
    const auto item = std::ranges::find(list.value, value, &Item::text);
    if (item != list.value.end() && item->at) {
        return item->at.place();
    }
    return place_of(list, client.at, name);
}

void check_related_grant(Inspection& inspection, const Client& client, const Flows& flows, std::string_view grant) {
    const auto& types = *flows.response_types;
    const auto place = list_place(client, client.grant_types, "grant_types", grant);
    if (grant == "client_credentials") {
        if (!client.is_public.is_unknown() && client.is_public.value) {
            inspection.add(k_client_credentials_public,
                           "a public client cannot use client_credentials, because it has no secret to prove who it is",
                           place, "remove client_credentials, or make the client confidential");
        }
        return;
    }
    if (grant == "refresh_token" && is_whole(*flows.scopes) && !holds_any(*flows.scopes, k_offline_scopes)) {
        inspection.add(
            k_refresh_token_without_scope, "refresh_token has no effect without the scope offline_access", place,
            util::words("remove refresh_token, or {}",
                        oidc::how_to_add(place_of(client.scopes, client.at, "scopes"), "scopes", "offline_access")));
    }
    if (!is_whole(types)) {
        return;
    }
    const bool has_code = holds_any(types, k_code_types);
    const auto add_type = [&](std::string_view type) {
        return oidc::how_to_add(place_of(client.response_types, client.at, "response_types"), "response_types", type);
    };
    if (grant == "refresh_token" && !has_code) {
        inspection.add(k_grant_without_response_type, "refresh_token needs a response type with a code", place,
                       add_type("code"));
    } else if (grant == "authorization_code" && !has_code) {
        inspection.add(k_grant_without_response_type, "authorization_code needs a response type with a code", place,
                       add_type("code"));
    } else if (grant == "implicit" && !holds_any(types, k_implicit_types) && !holds_any(types, k_hybrid_types)) {
        inspection.add(k_grant_without_response_type, "implicit needs a response type of the implicit or hybrid flow",
                       place, add_type("id_token"));
    }
}

} // namespace

const rule::Rule k_values_repeated{
    .code = "OG1152",
    .name = "values-repeated",
    .consequence = Consequence::provider_warns,
    .also = {Consequence::provider_refuses},
    .summary = "a list has the same value twice",
    .why = "The second one has no effect. Authelia logs a warning about it; in request_uris it refuses it.",
    .bad = "scopes: [openid, email, openid]",
    .good = "scopes: [openid, email]",
    .ignore = {},
    .sources = k_list_sources,
};

const rule::Rule k_scope_undefined{
    .code = "OG1153",
    .name = "scope-undefined",
    .consequence = Consequence::provider_warns,
    .summary = "a client has a scope that is neither standard nor defined",
    .why = "Authelia starts and logs a warning. The scope delivers no claims. Usually it is misspelt, or several "
           "scopes are written as one text, and then the application's request is refused.",
    .bad = "scopes: 'openid profile email'",
    .good = "scopes: [openid, profile, email]",
    .ignore = "when the application asks for a scope of its own that needs no claims",
    .sources = k_scope_sources,
};

const rule::Rule k_claims_policy_undefined{
    .code = "OG1154",
    .name = "claims-policy-undefined",
    .consequence = Consequence::provider_refuses,
    .summary = "a client names a claims policy that is not defined",
    .why = "claims_policy is the name of an entry under claims_policies.",
    .bad = "claims_policy: imich",
    .good = "claims_policy: immich",
    .ignore = "when the policy is defined in another file of the same configuration",
    .sources = k_claims_policy_sources,
};

const rule::Rule k_scope_claim_not_made{
    .code = "OG1155",
    .name = "scope-claim-not-made",
    .consequence = Consequence::provider_refuses,
    .summary = "a client has a custom scope with a claim that its claims policy does not define",
    .why = "A custom scope asks for claims that only a claims policy can define, and the client's own policy must "
           "define each of them.",
    .bad = "scopes: [openid, immich] # asks for immich_role\nclaims_policy: other",
    .good = "scopes: [openid, immich]\nclaims_policy: immich # makes immich_role",
    .ignore = {},
    .sources = k_claims_policy_sources,
};

const rule::Rule k_offline_scope_without_code{
    .code = "OG1156",
    .name = "offline-scope-without-code",
    .consequence = Consequence::provider_warns,
    .summary = "a client may ask for refresh tokens, but does not list a response type with a code",
    .why = "Refresh tokens come only with the code flow. Authelia checks this before it fills in its defaults, so "
           "response_types must be written out.",
    .bad = "scopes: [openid, offline_access]",
    .good = "scopes: [openid, offline_access]\nresponse_types: [code]",
    .ignore = {},
    .sources = k_scope_sources,
};

const rule::Rule k_client_credentials_scope{
    .code = "OG1157",
    .name = "client-credentials-scope",
    .consequence = Consequence::provider_refuses,
    .summary = "a client with the grant type client_credentials has a scope about a person",
    .why = "With client_credentials the application logs in by itself, so openid and offline_access make no sense.",
    .bad = "grant_types: [client_credentials]\nscopes: [openid]",
    .good = "grant_types: [client_credentials]\nscopes: [groups]",
    .ignore = {},
    .sources = k_grant_sources,
};

const rule::Rule k_response_type_unknown{
    .code = "OG1158",
    .name = "response-type-unknown",
    .consequence = Consequence::provider_warns,
    .also = {Consequence::advice},
    .summary = "a client has a response type that does not exist",
    .why = "Authelia starts and logs a warning, but no application asks for such a type. The words of a type have a "
           "fixed order.",
    .bad = "response_types: [authorization_code]",
    .good = "response_types: [code]",
    .ignore = {},
    .sources = k_response_sources,
};

const rule::Rule k_response_mode_unknown{
    .code = "OG1159",
    .name = "response-mode-unknown",
    .consequence = Consequence::provider_refuses,
    .also = {Consequence::advice},
    .summary = "a client has a response mode that does not exist",
    .why = "The response mode is the way in which the answer gets back to the application.",
    .bad = "response_modes: [form-post]",
    .good = "response_modes: [form_post]",
    .ignore = {},
    .sources = k_response_sources,
};

const rule::Rule k_grant_type_unknown{
    .code = "OG1160",
    .name = "grant-type-unknown",
    .consequence = Consequence::provider_refuses,
    .also = {Consequence::advice},
    .summary = "a client has a grant type that this version does not know",
    .why = "code is a response type; the grant type that belongs to it is authorization_code.",
    .bad = "grant_types: [code]",
    .good = "grant_types: [authorization_code]",
    .ignore = {},
    .sources = k_grant_sources,
};

const rule::Rule k_grant_without_response_type{
    .code = "OG1161",
    .name = "grant-without-response-type",
    .consequence = Consequence::provider_warns,
    .summary = "a client has a grant type that none of its response types leads to",
    .why = "authorization_code and refresh_token start with a code, implicit with a token. Without a response type "
           "that delivers it, the grant type is never used.",
    .bad = "response_types: [id_token]\ngrant_types: [authorization_code]",
    .good = "response_types: [code]\ngrant_types: [authorization_code]",
    .ignore = {},
    .sources = k_grant_sources,
};

const rule::Rule k_refresh_token_without_scope{
    .code = "OG1162",
    .name = "refresh-token-without-scope",
    .consequence = Consequence::provider_warns,
    .summary = "a client has the grant type refresh_token without the scope offline_access",
    .why = "Authelia issues a refresh token only when the application asks for offline_access.",
    .bad = "grant_types: [authorization_code, refresh_token]\nscopes: [openid]",
    .good = "grant_types: [authorization_code, refresh_token]\nscopes: [openid, offline_access]",
    .ignore = {},
    .sources = k_grant_sources,
};

const rule::Rule k_client_credentials_public{
    .code = "OG1163",
    .name = "client-credentials-public",
    .consequence = Consequence::provider_refuses,
    .summary = "a public client has the grant type client_credentials",
    .why = "With client_credentials the application proves with its secret who it is, and a public client does not "
           "have one.",
    .bad = "public: true\ngrant_types: [client_credentials]",
    .good = "public: false\ngrant_types: [client_credentials]",
    .ignore = {},
    .sources = k_grant_sources,
};

ClientDefaults client_defaults(const KnownKeys& keys) {
    return {list_of(keys.default_list("clients[].scopes")), list_of(keys.default_list("clients[].response_types"))};
}

Flows flows_of(const Client& client, const ClientDefaults& defaults) {
    Flows flows;
    flows.has_client_credentials = holds(client.grant_types, "client_credentials");
    flows.has_bearer_scope = holds(client.scopes, "authelia.bearer.authz");
    flows.scopes = is_left_out(client.scopes) && !flows.has_client_credentials ? &defaults.scopes : &client.scopes;
    const bool fills_in = !flows.has_bearer_scope;
    flows.response_types =
        is_left_out(client.response_types) && fills_in ? &defaults.response_types : &client.response_types;
    flows.grant_types =
        is_left_out(client.grant_types) && fills_in ? default_grant_types(*flows.response_types) : client.grant_types;
    return flows;
}

void check_repeated(Inspection& inspection, const ListSetting& list, std::span<const std::string_view> among,
                    Consequence consequence) {
    constexpr std::size_t k_few = 12;
    std::unordered_map<std::string_view, std::size_t> first;
    for (std::size_t at = 0; at < list.value.size(); ++at) {
        const auto& item = list.value[at];
        if (item.is_unknown || (!among.empty() && !holds(among, item.text))) {
            continue;
        }
        std::size_t before = at;
        if (list.value.size() <= k_few) {
            for (std::size_t other = 0; other < at && before == at; ++other) {
                before = !list.value[other].is_unknown && list.value[other].text == item.text ? other : at;
            }
        } else {
            before = first.emplace(item.text, at).first->second;
        }
        if (before != at) {
            auto found = rule::finding(k_values_repeated, util::words("{} is listed twice", util::outside(item.text)),
                                       item.at.place(), "remove one of the two");
            if (const auto place = list.value[before].at.place(); place.span != found.place.span) {
                found.notes.push_back({"the first one", place});
            }
            rule::set_consequence(found, consequence);
            found.client = inspection.client;
            inspection.add_finding(std::move(found));
        }
    }
}

void check_scopes(Inspection& inspection, const Client& client, const Flows& flows) {
    const auto& scopes = *flows.scopes;
    if (client.scopes.at) {
        check_repeated(inspection, client.scopes, inspection.names.known_scopes, Consequence::provider_warns);
    }
    if (flows.has_client_credentials) {
        for (const auto& scope : scopes.value) {
            if (!scope.is_unknown && holds(k_not_for_machines, scope.text)) {
                inspection.add(
                    k_client_credentials_scope,
                    util::words("a client with client_credentials cannot have the scope {}", util::outside(scope.text)),
                    scope.at.place(), "remove it");
            }
        }
    } else {
        check_unknown_scopes(inspection, scopes);
    }
    check_scope_claims(inspection, client, scopes);
    if (is_whole(client.response_types) && !holds_any(client.response_types, k_code_types)) {
        for (const auto& scope : scopes.value) {
            if (!scope.is_unknown && holds(k_offline_scopes, scope.text)) {
                inspection.add(
                    k_offline_scope_without_code,
                    util::words("{} needs a response type with a code, and response_types must be written out",
                                util::outside(scope.text)),
                    scope.at.place(),
                    oidc::how_to_add(place_of(client.response_types, client.at, "response_types"), "response_types",
                                     "code"));
                break;
            }
        }
    }
}

void check_flows(Inspection& inspection, const Client& client, const Flows& flows) {
    const auto types = inspection.keys.allowed("clients[].response_types");
    check_values(inspection, k_response_type_unknown, client.response_types, "a response type", types);
    check_repeated(inspection, client.response_types, types, Consequence::provider_warns);
    const auto modes = inspection.keys.allowed("clients[].response_modes");
    check_values(inspection, k_response_mode_unknown, client.response_modes, "a response mode", modes);
    check_repeated(inspection, client.response_modes, modes, Consequence::provider_warns);
    for (const auto grant : k_related_grants) {
        if (holds(flows.grant_types, grant)) {
            check_related_grant(inspection, client, flows, grant);
        }
    }
    const auto grants = inspection.keys.allowed("clients[].grant_types");
    check_values(inspection, k_grant_type_unknown, client.grant_types, "a grant type", grants);
    check_repeated(inspection, client.grant_types, grants, Consequence::provider_warns);
}

} // namespace oidcgen::providers::authelia
