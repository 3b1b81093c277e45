#include "providers/authelia/authelia.hpp"

#include "providers/authelia/behaviour.hpp"
#include "providers/authelia/keys.hpp"
#include "providers/authelia/write.hpp"

namespace oidcgen::providers::authelia {

const oidc::System k_system{
    .name = "authelia",
    .title = "Authelia",
    .wing = oidc::Wing::provider,
    .releases = releases(),
    .keys = keys(),
    .oldest_written = {4, 38, 0},
    .why_not_older = "releases before it have other names for the settings of a client",
    .provider_behaviour = behaviour,
    .write_provider = write,
};

} // namespace oidcgen::providers::authelia
