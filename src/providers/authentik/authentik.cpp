#include "providers/authentik/authentik.hpp"

#include "providers/authentik/discovery.hpp"
#include "providers/authentik/keys.hpp"
#include "providers/authentik/log.hpp"
#include "providers/authentik/login.hpp"
#include "providers/authentik/notes.hpp"
#include "providers/authentik/read.hpp"
#include "providers/authentik/release.hpp"
#include "providers/authentik/rules.hpp"
#include "providers/authentik/site.hpp"
#include "providers/authentik/write.hpp"

#include "oidc/secrets.hpp"
#include <array>

namespace oidcgen::providers::authentik {

namespace {

oidc::ProviderBehaviour provider_behaviour(const util::Version& version) { return release(version).login; }

/// What a newer release may know.
constexpr std::array k_unknown_rules{&k_field_ignored};

const oidc::ProviderSystem k_provider_system{
    .behaviour = provider_behaviour,
    .inspect = inspect,
    .discovery = discovery,
    .check_secret = check_secret,
    .keeps_digest = false,
    .owns_issuer = owns_issuer,
    .adapt = adapt,
    .check_site = check_site,
    .describe = describe,
    .styles = k_styles,
    .default_style = k_styles.front(),
    .write = write,
    .metadata = metadata,
    .issuer = issuer,
    .redirect_matches = redirect_matches,
    .admission = admission,
    .deliver = deliver,
    .how_to_send = how_to_send,
    .how_to_register = how_to_register,
    .may_be_generated = may_be_generated,
    .how_to_sign = how_to_sign,
    .verify = oidc::verify_plain,
    .request_checks = request_checks(),
    .answer_checks = answer_checks(),
    .token_checks = token_checks(),
};

} // namespace

/// Every model has one of them in its name.
constexpr std::array<std::string_view, 1> k_marks{"authentik_"};

const oidc::System k_system{
    .name = "authentik",
    .title = "authentik",
    .wing = oidc::Wing::provider,
    .about = "print the client as a blueprint of authentik",
    .goes_to = "the blueprints of authentik",
    .ending = "yaml",
    .releases = releases(),
    .keys = keys(),
    .oldest_written = {2023, 10, 0},
    .why_not_older = "releases before it are not known here",
    .rules = rules(),
    .unknown_rules = k_unknown_rules,
    .notes = notes(),
    .reading = reading,
    .telling_word = "authentik_providers_oauth2",
    .marks = k_marks,
    .recognises = recognises,
    .provider = &k_provider_system,
    .log = &k_log,
};

} // namespace oidcgen::providers::authentik
