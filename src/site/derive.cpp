#include "site/site.hpp"

#include "apps/immich/behaviour.hpp"
#include "util/text.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>

namespace oidcgen::site {

namespace {

using oidc::given;

/// Names for what the provider needs beside the client when it is to send claims of its own.
constexpr std::string_view k_claims_policy = "immich";
constexpr std::string_view k_custom_scope = "immich";

struct Claims {
    std::vector<std::string> scopes; ///< what the client asks for, custom scope included
    std::vector<std::string> custom; ///< claims that no standard scope delivers
};

Claims claims(const Site& site) {
    Claims result{{"openid", "profile", "email"}, {}};
    const auto add = [](std::vector<std::string>& list, std::string_view word) {
        if (std::ranges::find(list, word) == list.end()) {
            list.emplace_back(word);
        }
    };
    for (const auto& claim : {std::optional(site.storage_label_claim), site.quota_claim, site.role_claim}) {
        if (!claim) {
            continue;
        }
        const auto scope = oidc::scope_of_claim(*claim);
        if (!scope) {
            add(result.custom, *claim);
        } else if (!scope->empty()) {
            add(result.scopes, *scope);
        }
    }
    if (!result.custom.empty()) {
        add(result.scopes, k_custom_scope);
    }
    return result;
}

std::string override_address(const Site& site) { return to_string(site.address) + "/api/oauth/mobile-redirect"; }

std::vector<std::string> redirect_uris(const Site& site) {
    std::vector<std::string> result;
    const auto add = [&](const util::Origin& origin) {
        result.push_back(to_string(origin) + "/auth/login");
        result.push_back(to_string(origin) + "/user-settings");
    };
    add(site.address);
    std::ranges::for_each(site.other_addresses, add);
    result.push_back(site.mobile == Mobile::override
                         ? override_address(site)
                         : std::string(apps::immich::behaviour(site.application_version).mobile_redirect_uri));
    return result;
}

} // namespace

oidc::Provider provider(const Site& site, std::string_view digest) {
    const auto wanted = claims(site);
    const auto recipe = site.application->application->recipe(site.application_version);

    oidc::Registration client;
    client.client_id = given(site.client_id);
    client.client_name = given(site.client_name);
    client.client_secret = given(digest);
    client.is_public = given(false);
    client.redirect_uris.known = oidc::Known::given;
    for (auto& uri : redirect_uris(site)) {
        client.redirect_uris.value.push_back(given(oidc::RedirectUri{std::move(uri)}));
    }
    client.scopes = oidc::given_texts(wanted.scopes);
    client.response_types = oidc::given_texts({"code"});
    client.grant_types = oidc::given_texts({"authorization_code"});
    client.token_endpoint_auth_method = given(site.auth_method);
    client.require_pkce = given(recipe.require_pkce);
    client.code_challenge_method =
        given(recipe.require_pkce ? std::optional(oidc::CodeChallengeMethod::s256) : std::nullopt);
    client.id_token_signed_response_alg = given(oidc::SigningAlgorithm{"RS256"});
    client.userinfo_signed_response_alg = given(oidc::SigningAlgorithm{"none"});
    client.access_token_signed_response_alg = given(oidc::SigningAlgorithm{"none"});
    client.authorization_policy = given(site.policy);

    oidc::Provider result;
    result.issuers.push_back(given(to_string(site.issuer)));
    if (!wanted.custom.empty()) {
        client.claims_policy = given(std::string(k_claims_policy));
        oidc::ClaimsPolicy policy;
        policy.name = given(std::string(k_claims_policy));
        for (const auto& claim : wanted.custom) {
            policy.custom_claims.push_back({given(claim), given(claim), {}});
        }
        result.claims_policies.push_back(std::move(policy));
        result.scopes.push_back({given(std::string(k_custom_scope)), oidc::given_texts(wanted.custom)});
    }
    result.registrations.push_back(std::move(client));
    return result;
}

oidc::RelyingParty relying_party(const Site& site, std::string_view secret) {
    const auto recipe = site.application->application->recipe(site.application_version);

    oidc::RelyingParty result;
    result.enabled = given(true);
    result.issuer_url =
        given(to_string(site.issuer) + (recipe.metadata_address_as_issuer ? "/.well-known/openid-configuration" : ""));
    result.client_id = given(site.client_id);
    result.client_secret = given(secret);
    result.scope = given(oidc::to_scope(claims(site).scopes));
    result.token_endpoint_auth_method = given(site.auth_method);
    result.id_token_signed_response_alg = given(oidc::SigningAlgorithm{"RS256"});
    result.userinfo_signed_response_alg = given(oidc::SigningAlgorithm{"none"});
    result.mobile_override = given(site.mobile == Mobile::override);
    result.mobile_redirect_uri =
        given(oidc::RedirectUri{site.mobile == Mobile::override ? override_address(site) : std::string()});
    result.button_text = given(site.button_text);
    result.auto_register = given(site.auto_register);
    result.auto_launch = given(site.auto_launch);
    result.storage_label_claim = given(site.storage_label_claim);
    if (site.quota_claim) {
        result.storage_quota_claim = given(*site.quota_claim);
    }
    if (site.role_claim) {
        result.role_claim = given(*site.role_claim);
    }
    return result;
}

} // namespace oidcgen::site
