#include "provider/gatewarden/site.hpp"

#include <array>
#include <string>
#include <utility>

namespace oidcgen::toy::gatewarden {

namespace {

using oidc::given;

constexpr oidc::SiteField k_variable{"from_env", "NAME",
                                     "environment variable that Gatewarden takes the passphrase from"};
constexpr std::array k_fields{k_variable};

} // namespace

std::span<const oidc::SiteField> site_fields() { return k_fields; }

void check_site(const oidc::SiteView& /*site*/, const oidc::ClientWish& /*wish*/, const oidc::SiteFields& fields) {
    constexpr std::string_view k_letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ_";
    const auto* const variable = fields.find(k_variable.name);
    if (variable != nullptr && variable->text.find_first_not_of(k_letters) != std::string::npos) {
        fields.problem(*variable, k_variable.name, "is not the name of a variable", "use capital letters");
    }
}

oidc::Provider describe(const oidc::SiteView& site, const oidc::ClientWish& wish, std::string_view secret) {
    oidc::Registration client;
    client.client_id = given(site.client_id);
    client.client_name = given(site.client_name);
    client.client_secret = given(secret);
    if (const auto* const variable = oidc::SiteFields(site.values).find(k_variable.name)) {
        client.client_secret = {variable->text, {}, oidc::Known::unknown};
    }
    client.redirect_uris.known = oidc::Known::given;
    for (const auto& uri : wish.redirect_uris) {
        client.redirect_uris.value.push_back(given(oidc::RedirectUri{uri}));
    }
    client.scopes = oidc::given_texts(wish.scopes);
    client.token_endpoint_auth_method = given(wish.auth_method);
    // No setting decides these, but the application may have to be told.
    client.id_token_signed_response_alg = given(oidc::SigningAlgorithm{"RS256"});
    client.userinfo_signed_response_alg = given(oidc::SigningAlgorithm{"none"});

    oidc::Provider result;
    result.issuers.push_back(given(to_string(site.provider_origin)));
    result.registrations.push_back(std::move(client));
    return result;
}

} // namespace oidcgen::toy::gatewarden
