#include "providers/other/site.hpp"

#include "oidc/wished_client.hpp"
#include "util/url.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace oidcgen::providers::other {

namespace {

using oidc::given;
using oidc::SiteField;
using oidc::SiteFields;
using oidc::SiteView;

constexpr SiteField k_issuer{.name = "issuer",
                             .value_name = "URL",
                             .about = "issuer of another provider, as its metadata has it",
                             .question = "issuer of the provider, like https://id.example.com"};
constexpr std::array k_fields{k_issuer};

/// The issuer that was given, or that of the metadata; empty: neither.
std::string issuer_of(const SiteView& site) {
    const auto* const value = SiteFields(site.values).find(k_issuer.name);
    return value != nullptr ? value->text : site.metadata != nullptr ? site.metadata->issuer.value : std::string();
}

/// The first method that the metadata lists and that sends a secret; the wished one where it lists that, or nothing.
oidc::AuthMethod method_for(const SiteView& site, oidc::AuthMethod wished) {
    if (site.metadata == nullptr) {
        return wished;
    }
    const auto& listed = site.metadata->token_endpoint_auth_methods_supported;
    using enum oidc::AuthMethod;
    for (const auto method : {wished, client_secret_post, client_secret_basic}) {
        if (!oidc::lacks(listed, to_string(method))) {
            return method;
        }
    }
    return wished;
}

/// The wished algorithm, or the first listed one where the metadata does not list it.
oidc::SigningAlgorithm algorithm_for(const oidc::Texts* listed, oidc::SigningAlgorithm wished) {
    if (listed == nullptr || !oidc::lacks(*listed, wished.name)) {
        return wished;
    }
    const auto first =
        std::ranges::find_if(listed->value, [](const oidc::Text& it) { return it.is_given() && it.value != "none"; });
    return first == listed->value.end() ? wished : oidc::SigningAlgorithm{first->value};
}

} // namespace

std::span<const SiteField> site_fields() { return k_fields; }

void check_site(const SiteView& site, const oidc::ClientWish& /*wish*/, const SiteFields& fields) {
    const auto* const value = fields.find(k_issuer.name);
    if (value == nullptr) {
        if (site.metadata == nullptr && fields.find_even_empty(k_issuer.name) == nullptr) {
            fields.missing(k_issuer.name, "add `issuer: https://id.example.com` to the site file, or give --issuer or "
                                          "--metadata");
        }
        return;
    }
    const auto url = util::parse_url(value->text);
    if (!url || !url->origin || !url->query.empty() || value->text.find("/.well-known/") != std::string::npos) {
        fields.problem(*value, k_issuer.name, "is not an issuer",
                       "write it as the metadata has it, like https://id.example.com, without /.well-known/…");
    } else if (site.metadata != nullptr && site.metadata->issuer.value != value->text) {
        fields.problem(*value, k_issuer.name,
                       util::words("is not the issuer of the metadata, {}", util::outside(site.metadata->issuer.value)),
                       "write the same, letter by letter, or leave it out");
    }
}

oidc::Provider describe(const SiteView& site, const oidc::ClientWish& wish, std::string_view secret) {
    auto scopes = wish.scopes;
    oidc::ClaimRules rules;
    rules.name = given(std::string("claims"));
    for (const auto& claim : wish.claims) {
        const auto scope = oidc::scope_of_claim(claim.name);
        if (scope && !scope->empty()) {
            oidc::add_once(scopes, *scope);
        } else if (!scope) {
            oidc::OwnClaim own;
            own.name = given(claim.name);
            rules.own_claims.push_back(std::move(own));
        }
    }
    auto client = oidc::wished_client(site, wish, secret, scopes);
    const auto* const metadata = site.metadata;
    client.client_secret.known = secret.empty() ? oidc::Known::unknown : oidc::Known::given;
    client.token_endpoint_auth_method = given(method_for(site, wish.auth_method));
    client.id_token_signed_response_alg = given(algorithm_for(
        metadata == nullptr ? nullptr : &metadata->id_token_signing_alg_values_supported, wish.id_token_alg));
    client.userinfo_signed_response_alg = given(wish.userinfo_alg);
    client.code_challenge_required = given(wish.uses_pkce);
    client.claim_rules_name = rules.name;

    oidc::Provider result;
    result.issuers.push_back(given(issuer_of(site)));
    if (metadata != nullptr) {
        result.saved_metadata = *metadata;
    }
    result.claim_rules.push_back(std::move(rules));
    result.registrations.push_back(std::move(client));
    return result;
}

} // namespace oidcgen::providers::other
