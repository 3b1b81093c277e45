#include "site/site.hpp"

namespace oidcgen::site {

oidc::Provider provider(const Site& site, std::string_view credential) {
    const auto wish = site.application->application->wish(site);
    return site.provider->provider->describe(site, wish, credential);
}

oidc::RelyingParty relying_party(const Site& site, std::string_view secret) {
    return site.application->application->describe(site, provider(site, {}), secret);
}

} // namespace oidcgen::site
