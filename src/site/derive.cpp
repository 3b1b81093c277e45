#include "site/site.hpp"

namespace oidcgen::site {

oidc::Provider provider(const Site& site, std::string_view credential) {
    const auto wish = site.application->application->wish(site);
    auto result = site.provider->provider->describe(site, wish, credential);
    result.system = site.provider; // so that the application can ask it for the issuer
    result.version = site.provider_target.used;
    return result;
}

oidc::RelyingParty relying_party(const Site& site, std::string_view secret) {
    return site.application->application->describe(site, provider(site, {}), secret);
}

} // namespace oidcgen::site
