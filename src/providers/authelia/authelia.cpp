#include "providers/authelia/authelia.hpp"

#include "oidc/login/checks.hpp"
#include "providers/authelia/access_control.hpp"
#include "providers/authelia/behaviour.hpp"
#include "providers/authelia/check/secret.hpp"
#include "providers/authelia/discovery.hpp"
#include "providers/authelia/keys.hpp"
#include "providers/authelia/log.hpp"
#include "providers/authelia/login.hpp"
#include "providers/authelia/notes.hpp"
#include "providers/authelia/read.hpp"
#include "providers/authelia/rules.hpp"
#include "providers/authelia/site.hpp"
#include "providers/authelia/write.hpp"

#include <array>

namespace oidcgen::providers::authelia {

namespace {

oidc::Reading reading(const util::Version& /*version*/, oidc::Use /*use*/) { return {document::Dialect::go_yaml, {}}; }

oidc::ProviderBehaviour provider_behaviour(const util::Version& version) { return behaviour(version).login; }

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

/// https://github.com/authelia/chartrepo/blob/master/charts/authelia/values.yaml
constexpr std::array k_values_places{
    oidc::ValuesPlace{"configMap", "identity_providers", oidc::Form::chart_values},
};

const oidc::ProviderSystem k_provider{
    .behaviour = provider_behaviour,
    .inspect = inspect,
    .discovery = discovery,
    .check_secret = check_secret,
    .keeps_digest = true,
    .check_site = check_site,
    .describe = describe,
    .styles = styles(),
    .default_style = "snippet",
    .item_style = "client",
    .write = write,
    .metadata = metadata,
    .redirect_matches = redirect_matches,
    .returns_to = returns_to,
    .admission = admission,
    .deliver = deliver,
    .how_to_send = how_to_send,
    .verify = verify,
    .logout = logout,
    .asked_again = asked_again,
    .proxy_answer = proxy_answer,
    .request_checks = request_checks(),
    .answer_checks = oidc::standard_answer_checks(),
    .token_checks = oidc::standard_token_checks(),
};

/// https://www.authelia.com/integration/deployment/docker/
constexpr std::array<std::string_view, 1> k_images{"authelia/authelia"};

/// https://www.authelia.com/configuration/methods/files/#file-filters
constexpr std::array<std::string_view, 2> k_filters_flags{"--config.experimental.filters", "--config.filters"};
constexpr std::array<std::string_view, 2> k_programs{"authelia", "entrypoint.sh"};

/// One for each way in which layout_of() knows a text.
constexpr std::array<std::string_view, 16> k_marks{
    "identity_providers",         "client_id",           "redirect_uris",   "authorization_policy",
    "token_endpoint_auth_method", "client_secret",       "consent_mode",    "hmac_secret",
    "issuer_private_key",         "enforce_pkce",        "claims_policies", "access_control",
    "authentication_backend",     "identity_validation", "password_policy", "authorization_policies"};

} // namespace

const oidc::System k_system{
    .name = "authelia",
    .title = "Authelia",
    .wing = oidc::Wing::provider,
    .about = "print the client as Authelia YAML",
    .goes_to = "the configuration file of Authelia",
    .releases = releases(),
    .keys = keys(),
    .oldest_written = {4, 38, 0},
    .why_not_older = "releases before it have other names for the settings of a client",
    .rules = rules(),
    .unknown_rules = k_unknown_rules,
    .notes = notes(),
    .fields = site_fields(),
    .reading = reading,
    .telling_word = "identity_providers:",
    .marks = k_marks,
    .recognises = recognises,
    .containers = {.images = k_images,
                   .files_variable = "X_AUTHELIA_CONFIG",
                   .files_flag = "--config",
                   .files_path = "/config/configuration.yml",
                   .filters_variable = "X_AUTHELIA_CONFIG_FILTERS",
                   .filters_flags = k_filters_flags,
                   .programs = k_programs},
    .values_places = k_values_places,
    .provider = &k_provider,
    .log = &k_log,
};

} // namespace oidcgen::providers::authelia
