#include "app/larder/site.hpp"

#include "app/larder/keys.hpp"
#include "app/larder/larder.hpp"
#include "app/larder/login.hpp"

#include <array>
#include <string>
#include <vector>

#include <fmt/format.h>

namespace oidcgen::toy::larder {

namespace {

using oidc::given;

constexpr oidc::SiteField k_greeting{"greeting", "TEXT", "text of the login button", "Sign in"};
constexpr std::array k_fields{k_greeting};

} // namespace

std::span<const oidc::SiteField> site_fields() { return k_fields; }

oidc::ClientWish wish(const oidc::SiteView& site) {
    oidc::ClientWish result;
    result.redirect_uris.push_back(redirect_uri_at(to_string(site.address)));
    for (const auto& other : site.other_addresses) {
        result.redirect_uris.push_back(redirect_uri_at(to_string(other)));
    }
    result.scopes = {"openid", "email"};
    result.uses_pkce = behaviour(site.application_target.used).sends_pkce;
    return result;
}

void check_site(const oidc::SiteView& site, const oidc::SiteFields& fields) {
    const auto& version = site.application_target.used;
    const auto* const greeting = fields.find(k_greeting.name);
    if (greeting != nullptr && !is_known(k_greeting.name, version)) {
        const auto has = [](const util::Version& it) { return is_known(k_greeting.name, it); };
        const auto release = oidc::first_release(k_system, has, version);
        fields.problem(*greeting, k_greeting.name, util::words("is not read by Larder {}", to_string(version)),
                       release ? util::words("leave it out, or use Larder {} or newer", to_string(*release))
                               : util::Words("leave it out"));
    }
}

oidc::RelyingParty describe(const oidc::SiteView& site, const oidc::Provider& provider, std::string_view secret) {
    const auto& client = provider.registrations.front();
    std::vector<std::string> scopes;
    for (const auto& scope : client.scopes.value) {
        scopes.push_back(scope.value);
    }
    oidc::RelyingParty result;
    result.issuer_url = given(oidc::issuer_of(provider, &client, provider.issuers.front().value));
    result.client_id = given(client.client_id.value);
    result.client_secret = given(secret);
    result.scope = given(oidc::to_scope(scopes));
    if (is_known(k_greeting.name, site.application_target.used)) {
        result.button_text = given(oidc::SiteFields(site.values).text(k_greeting.name, "Sign in"));
    }
    return result;
}

} // namespace oidcgen::toy::larder
