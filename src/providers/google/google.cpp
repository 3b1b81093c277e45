#include "providers/google/google.hpp"

#include "providers/google/keys.hpp"
#include "providers/google/login.hpp"
#include "providers/google/notes.hpp"
#include "providers/google/read.hpp"
#include "providers/google/rules.hpp"
#include "providers/google/site.hpp"
#include "providers/google/write.hpp"

#include "oidc/secrets.hpp"
#include <array>

namespace oidcgen::providers::google {

namespace {

/// https://developers.google.com/identity/openid-connect/openid-connect
constexpr std::array k_prompts{oidc::Prompt{"none", oidc::PromptEffect::needs_session}, oidc::Prompt{"consent"},
                               oidc::Prompt{"select_account"}};

oidc::ProviderBehaviour provider_behaviour(const util::Version& /*version*/) {
    oidc::ProviderBehaviour result;
    result.userinfo_needs_openid = false;
    result.sends_session_id = false;
    result.sends_errors_to_apps = false;
    // What is escaped in a header is not resolved: https://github.com/panva/oauth4webapi/issues/165
    result.basic_coding = oidc::BasicCoding::none;
    result.prompts = k_prompts;
    result.lets_anybody_in = true;
    result.sends_usernames = false;
    return result;
}

const oidc::ProviderSystem k_provider_system{
    .behaviour = provider_behaviour,
    .inspect = inspect,
    .discovery = discovery,
    .keeps_digest = false,
    .makes_credentials = true,
    .takes_app_schemes = false,
    .is_below_domain = false,
    .fixed_issuer = k_issuer,
    .owns_issuer = owns_issuer,
    .adapt = adapt,
    .check_site = check_site,
    .describe = describe,
    .styles = k_forms,
    .default_style = k_forms.front(),
    .style_flag = "--format",
    .write = write,
    .metadata = metadata,
    .issuer = issuer,
    .redirect_matches = redirect_matches,
    .deliver = deliver,
    .how_to_send = how_to_send,
    .how_to_register = how_to_register,
    .how_to_sign = how_to_sign,
    .verify = oidc::verify_plain,
    .logout = logout,
    .request_checks = request_checks(),
    .answer_checks = answer_checks(),
    .token_checks = token_checks(),
};

/// A downloaded client has one of them.
constexpr std::array<std::string_view, 2> k_marks{"client_id", "service_account"};

} // namespace

const oidc::System k_system{
    .name = "google",
    .title = "Google",
    .wing = oidc::Wing::provider,
    .about = "print what to enter in the console of Google",
    .goes_to = "the console of Google",
    .ending = "txt",
    .to_compare = "name the client_secret_….json that its console offers, too, to have the two compared",
    .keys = keys(),
    .rules = rules(),
    .notes = notes(),
    .reading = reading,
    .telling_word = "apps.googleusercontent.com",
    .marks = k_marks,
    .recognises = recognises,
    .provider = &k_provider_system,
};

} // namespace oidcgen::providers::google
