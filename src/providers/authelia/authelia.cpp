#include "providers/authelia/authelia.hpp"

#include "providers/authelia/behaviour.hpp"
#include "providers/authelia/check/secret.hpp"
#include "providers/authelia/discovery.hpp"
#include "providers/authelia/keys.hpp"
#include "providers/authelia/notes.hpp"
#include "providers/authelia/read.hpp"
#include "providers/authelia/rules.hpp"
#include "providers/authelia/write.hpp"

namespace oidcgen::providers::authelia {

namespace {

oidc::Reading reading(const util::Version& /*version*/, oidc::Use /*use*/) { return {document::Dialect::go_yaml, {}}; }

constexpr oidc::ProviderSystem k_provider{
    .behaviour = behaviour,
    .inspect = inspect,
    .discovery = discovery,
    .check_secret = check_secret,
    .write = write,
};

} // namespace

const oidc::System k_system{
    .name = "authelia",
    .title = "Authelia",
    .wing = oidc::Wing::provider,
    .releases = releases(),
    .keys = keys(),
    .oldest_written = {4, 38, 0},
    .why_not_older = "releases before it have other names for the settings of a client",
    .rules = rules(),
    .notes = notes(),
    .reading = reading,
    .telling_word = "identity_providers:",
    .recognises = recognises,
    .provider = &k_provider,
};

} // namespace oidcgen::providers::authelia
