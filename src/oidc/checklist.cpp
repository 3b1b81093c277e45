#include "oidc/checklist.hpp"

#include "document/value.hpp"
#include "oidc/wished_client.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

namespace oidcgen::oidc {

namespace {

using document::Value;

std::vector<std::string> known_of(const Texts& list) {
    std::vector<std::string> result;
    for (const auto& it : list.value) {
        if (!it.is_unknown() && !it.value.empty()) {
            result.push_back(it.value);
        }
    }
    return result;
}

ChecklistItem item_for(std::string_view name, std::string_view label, std::string value) {
    ChecklistItem result{name, label};
    result.values.push_back(std::move(value));
    return result;
}

/// What the provider may ask for of a client that sends a code challenge.
ChecklistItem challenge_item(const Provider& provider, const Registration& client) {
    auto result = item_for("code_challenge_method", "PKCE", "S256");
    const bool is_listed =
        !provider.saved_metadata || !lacks(provider.saved_metadata->code_challenge_methods_supported, "S256");
    const bool is_used = client.code_challenge_required.is_unknown() || client.code_challenge_required.value ||
                         !client.code_challenge_required.is_given();
    if (!is_listed || !is_used) {
        result.values.front() = "not required";
        result.about = is_listed ? "this release of the application does not send it"
                                 : "the metadata does not list S256, so the application does not send it";
    } else {
        result.about = "it can be required; the application sends it in any case";
    }
    return result;
}

/// The claims that no scope brings in any case, and which therefore have to be set up.
void add_claims(const Provider& provider, const Registration& client, Checklist& result) {
    const auto* const rules = policy_of(provider, client);
    if (rules == nullptr) {
        return;
    }
    ChecklistItem item{"claims", "Further claims"};
    for (const auto& claim : rules->own_claims) {
        const auto scope = scope_of_claim(claim.name.value);
        if (!scope && !claim.name.is_unknown()) {
            item.values.push_back(claim.name.value);
        }
    }
    if (!item.values.empty()) {
        item.about = "in the ID token, or in the answer of userinfo";
        result.push_back(std::move(item));
    }
}

} // namespace

Checklist checklist(const Provider& provider, const Registration& client) {
    Checklist result;
    if (!client.client_id.value.empty()) {
        result.push_back(item_for("client_id", "Client id", client.client_id.value));
    }
    auto type = item_for("token_endpoint_auth_method", "Client authentication",
                         std::string(to_string(client.token_endpoint_auth_method.value)));
    type.about = client.is_public.value ? "a public client, without a secret" : "a confidential client, with a secret";
    result.push_back(std::move(type));
    ChecklistItem uris{"redirect_uris", "Redirect URIs"};
    for (const auto& uri : client.redirect_uris.value) {
        const auto& text = uri.value.text;
        if (!text.empty()) {
            // Without an address only the path is known.
            add_once(uris.values, text.starts_with('/') ? "(address of the application)" + text : text);
        }
    }
    uris.about = "each exactly so: scheme, host, port, path, no slash added";
    result.push_back(std::move(uris));
    result.push_back({"scope", "Scopes", known_of(client.scopes), {}});
    result.push_back(item_for("grant_types", "Flow", "authorization_code"));
    result.back().about = "the authorization code flow, response type code";
    result.push_back(challenge_item(provider, client));
    const auto& id_token = client.id_token_signed_response_alg.value.name;
    result.push_back(
        item_for("id_token_signed_response_alg", "ID token signed with", id_token.empty() ? "RS256" : id_token));
    result.back().about = "not encrypted";
    const auto& userinfo = client.userinfo_signed_response_alg.value.name;
    result.push_back(
        item_for("userinfo_signed_response_alg", "Userinfo signed with", userinfo.empty() ? "none" : userinfo));
    result.back().about = result.back().values.front() == "none" ? "plain JSON" : "";
    add_claims(provider, client, result);
    return result;
}

std::string written(const Checklist& items, std::string_view heading, std::string_view title, std::string_view form) {
    if (form == "json") {
        Value::List list;
        for (const auto& it : items) {
            Value::List values;
            for (const auto& value : it.values) {
                values.push_back({value});
            }
            Value::Members members{
                {"name", {std::string(it.name)}}, {"label", {std::string(it.label)}}, {"values", {std::move(values)}}};
            if (!it.about.empty()) {
                members.emplace_back("about", Value{it.about});
            }
            list.push_back({std::move(members)});
        }
        return document::to_json({Value::Members{{"format", {std::string("oidcgen-checklist/1")}},
                                                 {"provider", {std::string(title)}},
                                                 {"items", {std::move(list)}}}});
    }
    auto result = fmt::format("{}\n", heading);
    for (const auto& it : items) {
        result += fmt::format("\n{}{}\n", it.label, it.about.empty() ? "" : fmt::format(" ({})", it.about));
        for (const auto& value : it.values) {
            result += fmt::format("  {}\n", value);
        }
    }
    return result;
}

} // namespace oidcgen::oidc
