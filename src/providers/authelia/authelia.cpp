#include "providers/authelia/authelia.hpp"

#include "providers/authelia/behaviour.hpp"
#include "providers/authelia/discovery.hpp"
#include "providers/authelia/keys.hpp"
#include "providers/authelia/read.hpp"
#include "providers/authelia/rules.hpp"
#include "providers/authelia/site.hpp"
#include "providers/authelia/write.hpp"

#include <array>

namespace oidcgen::providers::authelia {

namespace {

oidc::Reading reading(const util::Version& /*version*/, oidc::Use /*use*/) {
    return {document::Dialect::authelia_yaml, {}};
}

/// What a newer release may know: settings, and words for those that are a choice.
constexpr std::array k_unknown_rules{
    &k_setting_unknown,
    &k_key_use_unknown,
    &k_key_algorithm_unknown,
    &k_enforce_pkce_unknown,
    &k_cors_endpoint_unknown,
    &k_policy_decision_unknown,
    &k_audience_mode_unknown,
    &k_pkce_method_unknown,
    &k_consent_mode_unknown,
    &k_response_type_unknown,
    &k_response_mode_unknown,
    &k_grant_type_unknown,
    &k_encryption_algorithm_unknown,
    &k_content_encryption_unknown,
    &k_auth_method_unknown,
    &k_auth_algorithm_unknown,
};

const oidc::ProviderSystem k_provider{
    .behaviour = behaviour,
    .inspect = inspect,
    .discovery = discovery,
    .keeps_digest = true,
    .check_site = check_site,
    .describe = describe,
    .styles = styles(),
    .default_style = "snippet",
    .write = write,
};

} // namespace

const oidc::System k_system{
    .name = "authelia",
    .title = "Authelia",
    .wing = oidc::Wing::provider,
    .about = "print the client as Authelia YAML",
    .releases = releases(),
    .keys = keys(),
    .oldest_written = {4, 38, 0},
    .why_not_older = "releases before it have other names for the settings of a client",
    .rules = rules(),
    .unknown_rules = k_unknown_rules,
    .fields = site_fields(),
    .reading = reading,
    .telling_word = "identity_providers:",
    .recognises = recognises,
    .provider = &k_provider,
};

} // namespace oidcgen::providers::authelia
