#include "providers/authelia/write.hpp"

#include "document/value.hpp"
#include "providers/authelia/templates.hpp"
#include "util/text.hpp"

#include <array>
#include <string>
#include <string_view>
#include <utility>

#include <fmt/format.h>
#include <kainjow/mustache.hpp>

namespace oidcgen::providers::authelia {

namespace {

using kainjow::mustache::data;
using kainjow::mustache::mustache;

/// Values in the templates are scalars that document::yaml_scalar formatted, so nothing is left to escape. The library
/// leaves an empty line where a section was left out, and no layout has empty lines of its own.
std::string rendered(std::string_view text, const data& values) {
    mustache layout{std::string(text)};
    layout.set_custom_escape([](const std::string& scalar) { return scalar; });
    std::string result;
    const auto whole = layout.render(values); // lives as long as the views into it
    for (const auto line : util::split(whole, '\n')) {
        if (!line.empty()) {
            result.append(line).append("\n");
        }
    }
    return result;
}

std::string scalar(std::string_view text) { return document::yaml_scalar(text); }

std::string scalar(bool value) { return value ? "true" : "false"; }

data list(const oidc::Texts& texts) {
    data items{data::type::list};
    for (const auto& text : texts.value) {
        items << data{scalar(text.value)};
    }
    return items;
}

data list(const oidc::Located<std::vector<oidc::Located<oidc::RedirectUri>>>& uris) {
    data items{data::type::list};
    for (const auto& uri : uris.value) {
        items << data{scalar(uri.value.text)};
    }
    return items;
}

std::string client(const oidc::Registration& registration) {
    data values;
    values["client_id"] = scalar(registration.client_id.value);
    values["client_name"] = scalar(registration.client_name.value);
    values["client_secret"] = scalar(registration.client_secret.value);
    values["public"] = scalar(registration.is_public.value);
    values["authorization_policy"] = scalar(registration.access_policy.value);
    values["pre_configured_consent_duration"] = scalar(registration.consent_kept_for.value);
    if (!registration.claim_rules_name.value.empty()) {
        values["claims_policy"] = scalar(registration.claim_rules_name.value);
    }
    values["require_pkce"] = scalar(registration.code_challenge_required.value);
    const auto& method = registration.code_challenge_method.value;
    values["pkce_challenge_method"] = scalar(method ? to_string(*method) : std::string_view());
    values["redirect_uris"] = list(registration.redirect_uris);
    values["scopes"] = list(registration.scopes);
    values["response_types"] = list(registration.response_types);
    values["grant_types"] = list(registration.grant_types);
    values["access_token_signed_response_alg"] = scalar(registration.access_token_signing_alg.value.name);
    values["id_token_signed_response_alg"] = scalar(registration.id_token_signed_response_alg.value.name);
    values["userinfo_signed_response_alg"] = scalar(registration.userinfo_signed_response_alg.value.name);
    values["token_endpoint_auth_method"] = scalar(to_string(registration.token_endpoint_auth_method.value));
    return rendered(templates::authelia_client, values);
}

/// Every line indented by so many blanks. Scalars never span lines, so no value changes.
std::string indented(std::string_view text, std::size_t blanks) {
    std::string result;
    for (const auto line : util::split(text, '\n')) {
        result += fmt::format("{:{}}{}\n", "", line.empty() ? 0 : blanks, line);
    }
    return result;
}

data claims_policies(const oidc::Provider& provider) {
    data policies{data::type::list};
    for (const auto& policy : provider.claim_rules) {
        data claims{data::type::list};
        for (const auto& claim : policy.own_claims) {
            data entry;
            entry["claim"] = scalar(claim.name.value);
            entry["attribute"] = scalar(claim.attribute.value);
            claims << entry;
        }
        data entry;
        entry["name"] = scalar(policy.name.value);
        entry["custom_claims"] = std::move(claims);
        policies << entry;
    }
    return policies;
}

data scopes(const oidc::Provider& provider) {
    data result{data::type::list};
    for (const auto& scope : provider.scopes) {
        data entry;
        entry["name"] = scalar(scope.name.value);
        entry["claims"] = list(scope.claims);
        result << entry;
    }
    return result;
}

constexpr std::array<std::string_view, 3> k_styles{"client", "snippet", "full"};

/// The release for a comment: the line alone where it is known.
std::string named(const oidc::Target& target) {
    return target.newer
               ? fmt::format("{} (written as for {}, the newest known here)", target.asked, to_string(target.used))
               : fmt::format("{}.{}", target.used.major, target.used.minor);
}

} // namespace

std::span<const std::string_view> styles() { return k_styles; }

util::Expected<oidc::Output> write(const oidc::Provider& provider, const oidc::Target& target, std::string_view style) {
    std::string clients;
    for (const auto& registration : provider.registrations) {
        clients += client(registration);
    }
    oidc::Output result;
    result.is_whole = style == "full";
    if (!result.is_whole && !provider.claim_rules.empty()) {
        result.note = "the client needs a claims policy and a scope of the provider section, which --style full writes";
    }
    data values;
    values["version"] = named(target);
    if (style == "client") {
        values["clients"] = clients;
        result.text = rendered(templates::authelia_list, values);
        return result;
    }
    constexpr std::size_t k_below_clients = 6;
    values["clients"] = indented(clients, k_below_clients);
    values["whole"] = data{result.is_whole ? data::type::bool_true : data::type::bool_false};
    if (result.is_whole && !provider.claim_rules.empty()) {
        values["policies"] = data{data::type::bool_true};
        values["claims_policies"] = claims_policies(provider);
        values["scopes"] = scopes(provider);
    }
    result.text = rendered(templates::authelia_provider, values);
    return result;
}

} // namespace oidcgen::providers::authelia
