#include "oidc/wished_client.hpp"

#include <algorithm>
#include <utility>

namespace oidcgen::oidc {

void add_once(std::vector<std::string>& list, std::string_view word) {
    if (std::ranges::find(list, word) == list.end()) {
        list.emplace_back(word);
    }
}

Registration wished_client(const SiteView& site, const ClientWish& wish, std::string_view credential,
                           std::vector<std::string> scopes) {
    Registration client;
    client.client_id = given(site.client_id);
    client.client_name = given(site.client_name);
    client.client_secret = given(credential);
    client.is_public = given(false);
    client.redirect_uris.known = Known::given;
    for (const auto& uri : wish.redirect_uris) {
        client.redirect_uris.value.push_back(given(RedirectUri{uri}));
    }
    client.scopes = given_texts(std::move(scopes));
    client.response_types = given_texts({"code"});
    client.grant_types = given_texts({"authorization_code"});
    return client;
}

} // namespace oidcgen::oidc
