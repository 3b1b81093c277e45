#include "providers/other/other.hpp"

#include "providers/other/keys.hpp"
#include "providers/other/login.hpp"
#include "providers/other/read.hpp"
#include "providers/other/rules.hpp"
#include "providers/other/site.hpp"

#include <array>

namespace oidcgen::providers::other {

namespace {

oidc::ProviderBehaviour provider_behaviour(const util::Version& /*version*/) {
    // What comes of a request without openid is each provider's own affair: see check_openid().
    return {.id_token_needs_openid = false, .userinfo_needs_openid = false};
}

const oidc::ProviderSystem k_provider_system{
    .behaviour = provider_behaviour,
    .inspect = inspect,
    .keeps_digest = false,
    .knows_clients = false,
    .is_below_domain = false,
    .owns_issuer = owns_issuer,
    .adapt = adapt,
    .check_site = check_site,
    .describe = describe,
    .metadata = metadata,
    .issuer = issuer,
    .redirect_matches = redirect_matches,
    .deliver = deliver,
    .how_to_send = how_to_send,
    .how_to_sign = how_to_sign,
    .request_checks = request_checks(),
    .answer_checks = answer_checks(),
    .token_checks = token_checks(),
};

/// Metadata has at least one of them.
constexpr std::array<std::string_view, 3> k_marks{"authorization_endpoint", "token_endpoint", "jwks_uri"};

} // namespace

const oidc::System k_system{
    .name = "other",
    .title = "the provider",
    .wing = oidc::Wing::provider,
    .is_generic = true,
    .about = "any other provider, by its metadata",
    .goes_to = "the settings of the provider",
    .to_compare = "--metadata with what it publishes has the two compared",
    .keys = keys(),
    .rules = rules(),
    .fields = site_fields(),
    .reading = reading,
    .telling_word = "authorization_endpoint",
    .marks = k_marks,
    .recognises = recognises,
    .provider = &k_provider_system,
};

} // namespace oidcgen::providers::other
