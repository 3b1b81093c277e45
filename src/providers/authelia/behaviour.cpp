#include "providers/authelia/behaviour.hpp"

#include <array>
#include <string_view>

namespace oidcgen::providers::authelia {

namespace {

using Change = util::Change<Behaviour>;
using util::Version;
using namespace std::string_view_literals;

/// https://github.com/authelia/authelia/blob/v4.38.19/internal/oidc/claims.go
constexpr std::array k_claims_4_38{"sub"sv,    "email"sv, "email_verified"sv,    "alt_emails"sv,
                                   "groups"sv, "name"sv,  "preferred_username"sv};

using oidc::Prompt;
using oidc::PromptEffect;

/// Authelia 4.38 ends every login with the prompt `login` in an error.
constexpr std::array k_prompts_4_38_0{Prompt{"none"}, Prompt{"login", PromptEffect::fails}, Prompt{"consent"},
                                      Prompt{"select_account"}};
constexpr std::array k_prompts_4_38_7{Prompt{"none", PromptEffect::needs_session}, Prompt{"login", PromptEffect::fails},
                                      Prompt{"consent"}, Prompt{"select_account"}};
constexpr std::array k_prompts{Prompt{"none", PromptEffect::needs_session}, Prompt{"login"}, Prompt{"consent"},
                               Prompt{"select_account"}};

/// Authelia makes at_hash with SHA-256 whatever the algorithm, and keys HS256 to HS512 with the digest of the secret.
constexpr std::array k_sound_algs{"RS256"sv, "PS256"sv, "ES256"sv};

/// Release notes at https://github.com/authelia/authelia/releases
constexpr std::array k_changes{
    Change{{{4, 38, 0}},
           [](Behaviour& it) {
               it = {.login = {.userinfo_needs_openid = false,
                               .issuer_is_configured = false,
                               .sends_session_id = false,
                               .prompts = k_prompts_4_38_0,
                               .sound_id_token_algs = k_sound_algs,
                               .keys_with_secret = false},
                     .takes_http_redirect_uris = false,
                     .has_claims_policies = false,
                     .standard_claims = k_claims_4_38,
                     .id_token_has_profile_claims = true};
           }},
    Change{{{4, 38, 7}}, [](Behaviour& it) { it.login.prompts = k_prompts_4_38_7; }},
    Change{{{4, 38, 18}}, [](Behaviour& it) { it.takes_http_redirect_uris = true; }},
    Change{{{4, 39, 0}},
           [](Behaviour& it) {
               it.has_claims_policies = true;
               it.standard_claims = {};
               it.id_token_has_profile_claims = false;
               it.login.prompts = k_prompts;
           }},
    Change{{{4, 39, 4}}, [](Behaviour& it) { it.login.userinfo_needs_openid = true; }},
    // https://github.com/authelia/authelia/pull/11685
    Change{{{4, 39, 17}}, [](Behaviour& it) { it.login.issuer_is_configured = true; }},
};

} // namespace

Behaviour behaviour(const Version& version) { return util::changed(k_changes, version); }

} // namespace oidcgen::providers::authelia
