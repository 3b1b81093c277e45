#include "apps/immich/immich.hpp"

#include "apps/immich/behaviour.hpp"
#include "apps/immich/changes.hpp"
#include "apps/immich/check/check.hpp"
#include "apps/immich/containers.hpp"
#include "apps/immich/keys.hpp"
#include "apps/immich/log.hpp"
#include "apps/immich/login.hpp"
#include "apps/immich/notes.hpp"
#include "apps/immich/output.hpp"
#include "apps/immich/read.hpp"
#include "apps/immich/rules.hpp"
#include "apps/immich/site.hpp"

#include <array>

namespace oidcgen::apps::immich {

namespace {

oidc::ClientBehaviour client_behaviour(const util::Version& version) { return behaviour(version).login; }

/// What a newer release may know: settings, and words for those that are a choice.
constexpr std::array k_unknown_rules{&k_unknown_setting, &k_setting_dropped_by_import, &k_setting_not_a_choice};

/// https://github.com/immich-app/immich-charts/blob/main/charts/immich/values.yaml
constexpr std::array k_values_places{
    oidc::ValuesPlace{"immich.configuration", "oauth", oidc::Form::settings},
};

const oidc::ApplicationSystem k_application{
    .behaviour = client_behaviour,
    .changes = changes(),
    .inspect = inspect,
    .effective = effective,
    .secret_setting = "clientSecret",
    .secret_placeholder = "${IMMICH_OAUTH_CLIENT_SECRET}",
    .wish = wish,
    .check_site = check_site,
    .describe = describe,
    .formats = formats(),
    .default_format = "json",
    .write = output,
    .ways = ways(),
    .features = features(),
    .open_paths = open_paths(),
    .forwarders = forwarders(),
    .metadata_path = metadata_path,
    .redirect = redirect,
    .token_redirect = token_redirect,
    .arrival = arrival,
    .id_token_alg = id_token_alg,
};

/// One for each way in which recognises() knows a text.
constexpr std::array<std::string_view, 7> k_marks{"oauth",     "passwordLogin", "machineLearning", "storageTemplate",
                                                  "issuerUrl", "clientId",      "autoLaunch"};

} // namespace

const oidc::System k_system{
    .name = "immich",
    .title = "Immich",
    .wing = oidc::Wing::application,
    .about = "print Immich's OAuth settings",
    .goes_to = "Administration > Settings > Import from JSON in Immich, or its configuration file",
    .ending = "json",
    .releases = releases(),
    .keys = keys(),
    .oldest_written = {1, 95, 0},
    .why_not_older = "older releases have no setting for the algorithm of the ID token, and expect another one than "
                     "Authelia uses",
    .rules = rules(),
    .unknown_rules = k_unknown_rules,
    .notes = notes(),
    .fields = site_fields(),
    .reading = reading,
    .telling_word = "oauth",
    .marks = k_marks,
    .recognises = recognises,
    .containers = containers(),
    .values_places = k_values_places,
    .application = &k_application,
    .log = &k_log,
};

} // namespace oidcgen::apps::immich
