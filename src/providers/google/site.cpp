#include "providers/google/site.hpp"

#include "oidc/wished_client.hpp"
#include "providers/google/check.hpp"
#include "providers/google/read.hpp"
#include "util/url.hpp"

#include <algorithm>
#include <string>
#include <utility>

namespace oidcgen::providers::google {

namespace {

/// An address at which people open the application, when no client can have its redirect URIs.
void check_address(const oidc::SiteValue& value, std::string_view field, const oidc::SiteFields& fields) {
    const auto origin = util::parse_origin(value.text);
    auto judgement = origin ? judge_redirect_uri(to_string(*origin) + "/") : Judgement{};
    if (judgement.allowed == Allowed::no) {
        fields.problem(value, field, util::words("{}, which Google refuses", judgement.why),
                       "use https and a public name, which may lead to a private address");
    }
}

} // namespace

void check_site(const oidc::SiteView& site, const oidc::ClientWish& wish, const oidc::SiteFields& fields) {
    if (const auto* const address = fields.find("address")) {
        check_address(*address, "address", fields);
    }
    for (const auto& other : fields.all("other_addresses")) {
        check_address(other, "other_addresses", fields);
    }
    const auto* const client_id = fields.find("client_id");
    constexpr std::string_view k_ending = ".apps.googleusercontent.com";
    if (client_id != nullptr && !client_id->text.ends_with(k_ending)) {
        fields.problem(*client_id, "client_id", "is not a client id of Google",
                       util::words("it ends with {}; leave it out until the client is made", k_ending));
    }
    const bool opens_app =
        std::ranges::any_of(wish.redirect_uris, [](const std::string& it) { return !oidc::RedirectUri{it}.is_web(); });
    for (const auto& field : site.application->fields) {
        const auto* const value = fields.find(field.name);
        const bool is_basic = value != nullptr && field.name == "auth_method" &&
                              wish.auth_method == oidc::AuthMethod::client_secret_basic &&
                              value->text == "client_secret_basic";
        if (is_basic) {
            fields.problem(*value, field.name,
                           "is reported to fail with Google, which does not resolve what is escaped in "
                           "the header",
                           "use `client_secret_post`");
        }
        if (opens_app && value != nullptr && field.name == "mobile") {
            fields.problem(*value, field.name, "needs a redirect URI that opens an app, which Google refuses",
                           "use `override`");
        }
    }
}

oidc::Provider describe(const oidc::SiteView& site, const oidc::ClientWish& wish, std::string_view secret) {
    auto client = oidc::wished_client(site, wish, secret, {k_scopes.begin(), k_scopes.end()});
    client.client_secret.known = secret.empty() ? oidc::Known::unknown : oidc::Known::given;
    complete(client);
    client.token_endpoint_auth_method = oidc::given(wish.auth_method); // it takes both
    auto result = any_provider();
    result.registrations.push_back(std::move(client));
    return result;
}

} // namespace oidcgen::providers::google
