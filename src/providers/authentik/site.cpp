#include "providers/authentik/site.hpp"

#include "oidc/wished_client.hpp"
#include "providers/authentik/claims.hpp"
#include "providers/authentik/release.hpp"
#include "util/ascii.hpp"
#include "util/text.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>

namespace oidcgen::providers::authentik {

namespace {

using namespace std::string_view_literals;
using oidc::given;
using oidc::SiteFields;
using oidc::SiteView;

/// Claims that every token has, or that shipped mappings return.
constexpr std::array k_reserved{"sub"sv,   "iss"sv, "aud"sv,   "exp"sv, "iat"sv,   "auth_time"sv,
                                "acr"sv,   "amr"sv, "nonce"sv, "sid"sv, "email"sv, "email_verified"sv,
                                "groups"sv};

/// Standard claims that no shipped mapping returns.
bool is_sent(std::string_view claim) {
    constexpr std::array k_sent{"sub"sv,        "email"sv,    "email_verified"sv,    "name"sv,
                                "given_name"sv, "nickname"sv, "preferred_username"sv};
    return std::ranges::find(k_sent, claim) != k_sent.end();
}

} // namespace

void check_site(const SiteView& site, const oidc::ClientWish& wish, const SiteFields& fields) {
    const auto* const client_id = fields.find("client_id");
    constexpr std::size_t k_longest = 255;
    if (client_id != nullptr && client_id->text.size() > k_longest) {
        fields.problem(*client_id, "client_id", util::words("has {} characters", client_id->text.size()),
                       util::words("authentik allows at most {}", k_longest));
    }
    const bool sends_basic = wish.auth_method == oidc::AuthMethod::client_secret_basic;
    const bool is_coded = release(site.provider_target.used).login.basic_coding == oidc::BasicCoding::none;
    if (client_id != nullptr && sends_basic && is_coded &&
        !std::ranges::all_of(client_id->text, util::is_alphanumeric)) {
        fields.problem(*client_id, "client_id", "has characters that authentik does not read from a header",
                       "use only letters and digits, or authentik 2026.2.2 or newer");
    }
    for (const auto& claim : wish.claims) {
        const auto* const value = fields.find_even_empty(claim.field);
        if (value == nullptr || is_sent(claim.name)) {
            continue;
        }
        if (std::ranges::find(k_reserved, claim.name) != k_reserved.end()) {
            fields.problem(*value, claim.field, "is a claim that authentik sends for something else",
                           util::words("use a name of your own, like {}", claim.example));
        } else if (!std::ranges::all_of(claim.name, [](char byte) {
                       return util::is_alphanumeric(byte) || byte == '_' || byte == '-' || byte == '.';
                   })) {
            fields.problem(*value, claim.field, "is not the name of an attribute",
                           util::words("use letters, digits and underscores, like {}", claim.example));
        }
    }
}

oidc::Provider describe(const SiteView& site, const oidc::ClientWish& wish, std::string_view secret) {
    auto scopes = wish.scopes;
    std::vector<std::string> own_claims; // which no shipped mapping returns
    for (const auto& claim : wish.claims) {
        const auto scope = oidc::scope_of_claim(claim.name);
        if (!is_sent(claim.name)) {
            oidc::add_once(own_claims, claim.name);
        } else if (scope && !scope->empty()) {
            oidc::add_once(scopes, *scope);
        }
    }
    oidc::ClaimRules rules;
    rules.name = given(rules_name(1));
    for (const auto& scope : scopes) {
        add_shipped_claims(scope, {}, rules);
    }
    const std::string own_scope(site.application->name);
    for (const auto& claim : own_claims) {
        oidc::add_once(scopes, own_scope);
        oidc::OwnClaim own;
        own.name = given(claim);
        own.expression = given(std::string(k_perhaps));
        own.scope = own_scope;
        rules.own_claims.push_back(std::move(own));
    }
    rules.id_token.known = oidc::Known::given;
    std::ranges::transform(rules.own_claims, std::back_inserter(rules.id_token.value), &oidc::OwnClaim::name);

    auto client = oidc::wished_client(site, wish, secret, scopes);
    client.client_secret.known = secret.empty() ? oidc::Known::unknown : oidc::Known::given;
    // It takes both; what is posted arrives as it is in every release.
    client.token_endpoint_auth_method = given(oidc::AuthMethod::client_secret_post);
    client.id_token_signed_response_alg = given(oidc::SigningAlgorithm{"RS256"});
    client.userinfo_signed_response_alg = given(oidc::SigningAlgorithm{"none"});
    client.access_token_signing_alg = given(oidc::SigningAlgorithm{"none"});
    client.claim_rules_name = rules.name;
    client.application = given(std::string(site.application->name));
    client.has_own_issuer = given(true);

    oidc::Provider result;
    result.issuers.push_back(given(to_string(site.provider_origin)));
    result.claim_rules.push_back(std::move(rules));
    result.registrations.push_back(std::move(client));
    return result;
}

} // namespace oidcgen::providers::authentik
