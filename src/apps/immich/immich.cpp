#include "apps/immich/immich.hpp"

#include "apps/immich/behaviour.hpp"
#include "apps/immich/changes.hpp"
#include "apps/immich/keys.hpp"
#include "apps/immich/login.hpp"
#include "apps/immich/notes.hpp"
#include "apps/immich/read.hpp"
#include "apps/immich/rules.hpp"
#include "apps/immich/write.hpp"

namespace oidcgen::apps::immich {

namespace {

oidc::ClientBehaviour client_behaviour(const util::Version& version) { return behaviour(version).login; }

const oidc::ApplicationSystem k_application{
    .behaviour = client_behaviour,
    .recipe = recipe,
    .changes = changes(),
    .inspect = inspect,
    .effective = effective,
    .write = write,
    .ways = ways(),
    .features = features(),
    .metadata_path = metadata_path,
    .redirect = redirect,
    .token_redirect = token_redirect,
    .arrival = arrival,
    .id_token_alg = id_token_alg,
};

} // namespace

const oidc::System k_system{
    .name = "immich",
    .title = "Immich",
    .wing = oidc::Wing::application,
    .releases = releases(),
    .keys = keys(),
    .oldest_written = {1, 95, 0},
    .why_not_older = "releases before it cannot be told the algorithm of the ID token, and expect another one than "
                     "Authelia uses",
    .rules = rules(),
    .notes = notes(),
    .reading = reading,
    .telling_word = "oauth",
    .recognises = recognises,
    .application = &k_application,
};

} // namespace oidcgen::apps::immich
