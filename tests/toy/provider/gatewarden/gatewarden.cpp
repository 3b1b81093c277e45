#include "provider/gatewarden/gatewarden.hpp"

#include "oidc/login/checks.hpp"
#include "provider/gatewarden/keys.hpp"
#include "provider/gatewarden/login.hpp"
#include "provider/gatewarden/notes.hpp"
#include "provider/gatewarden/read.hpp"
#include "provider/gatewarden/rules.hpp"
#include "provider/gatewarden/site.hpp"
#include "provider/gatewarden/write.hpp"

#include "oidc/secrets.hpp"
#include <array>

namespace oidcgen::toy::gatewarden {

namespace {

constexpr std::array k_unknown_rules{&k_setting_unknown};

const oidc::ProviderSystem k_provider{
    .behaviour = behaviour,
    .inspect = inspect,
    .check_secret = check_secret,
    .keeps_digest = false,
    .check_site = check_site,
    .describe = describe,
    .styles = k_styles,
    .default_style = k_styles.front(),
    .write = write,
    .metadata = metadata,
    .issuer = issuer,
    .redirect_matches = redirect_matches,
    .returns_to = returns_to,
    .admission = admission,
    .deliver = deliver,
    .how_to_send = how_to_send,
    .verify = oidc::verify_plain,
    .request_checks = oidc::standard_request_checks(),
    .answer_checks = oidc::standard_answer_checks(),
    .token_checks = oidc::standard_token_checks(),
};

} // namespace

constexpr std::array<std::string_view, 1> k_marks{"gatewarden"};

const oidc::System k_system{
    .name = "gatewarden",
    .title = "Gatewarden",
    .wing = oidc::Wing::provider,
    .about = "print the client as Gatewarden takes it",
    .goes_to = "the folder of Gatewarden",
    .keys = keys(),
    .rules = rules(),
    .unknown_rules = k_unknown_rules,
    .notes = notes(),
    .fields = site_fields(),
    .reading = reading,
    .telling_word = "gatewarden:",
    .marks = k_marks,
    .recognises = recognises,
    .provider = &k_provider,
};

} // namespace oidcgen::toy::gatewarden
