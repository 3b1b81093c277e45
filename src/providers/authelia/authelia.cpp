#include "providers/authelia/authelia.hpp"

#include "oidc/login/checks.hpp"
#include "providers/authelia/behaviour.hpp"
#include "providers/authelia/check/secret.hpp"
#include "providers/authelia/discovery.hpp"
#include "providers/authelia/keys.hpp"
#include "providers/authelia/login.hpp"
#include "providers/authelia/notes.hpp"
#include "providers/authelia/read.hpp"
#include "providers/authelia/rules.hpp"
#include "providers/authelia/write.hpp"

namespace oidcgen::providers::authelia {

namespace {

oidc::Reading reading(const util::Version& /*version*/, oidc::Use /*use*/) { return {document::Dialect::go_yaml, {}}; }

oidc::ProviderBehaviour provider_behaviour(const util::Version& version) { return behaviour(version).login; }

const oidc::ProviderSystem k_provider{
    .behaviour = provider_behaviour,
    .inspect = inspect,
    .discovery = discovery,
    .check_secret = check_secret,
    .write = write,
    .keeps_digest = true,
    .metadata = metadata,
    .redirect_matches = redirect_matches,
    .returns_to = returns_to,
    .admission = admission,
    .deliver = deliver,
    .how_to_send = how_to_send,
    .verify = verify,
    .logout = logout,
    .request_checks = request_checks(),
    .answer_checks = oidc::standard_answer_checks(),
    .token_checks = oidc::standard_token_checks(),
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
