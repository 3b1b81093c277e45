#include "diagnose/answers.hpp"

#include "oidc/login/login.hpp"
#include "util/ascii.hpp"

#include <algorithm>
#include <array>

namespace oidcgen::diagnose {

namespace {

using oidc::LogMessage;
using oidc::Stage;

/// RFC 6749 sections 4.1.2.1 and 5.2, RFC 6750 section 3.1, RFC 8707 section 2, OpenID Connect Core 1.0
/// section 3.1.2.6.
constexpr std::array k_answers{
    LogMessage{.text = "invalid_client",
               .stage = Stage::token,
               .rules = {"secret-mismatch", "auth-method-mismatch", "digest-as-secret", "digest-as-plaintext",
                         "client-id-unknown", "secret-not-transmittable", "credentials-not-decoded",
                         "secret-with-blank"},
               .is_general = true,
               .what = "the provider does not accept how the application authenticates: the secret, the method or the "
                       "client id is not what it has",
               .help = "compare secret, method and client id on both sides; the provider's log says which of them it "
                       "is"},
    LogMessage{.text = "invalid_grant",
               .stage = Stage::token,
               .rules = {"mobile-override-renormalised"},
               .cause = "code-not-accepted",
               .is_general = true},
    LogMessage{.text = "unauthorized_client",
               .stage = Stage::token,
               .rules = {"grant-type-unregistered", "response-type-unregistered"},
               .is_general = true,
               .help = "add authorization_code to the client's grant types"},
    LogMessage{.text = "unsupported_grant_type",
               .stage = Stage::token,
               .rules = {"grant-type-unregistered"},
               .is_general = true,
               .help = "add authorization_code to the client's grant types"},
    LogMessage{.text = "invalid_request",
               .stage = Stage::authorize,
               .rules = {"redirect-uri-unregistered", "pkce-demanded", "pushed-request-demanded",
                         "code-challenge-method-unusable", "grant-type-unregistered", "prompt-unknown",
                         "redirect-uri-insecure"},
               .cause = "request-refused",
               .is_general = true},
    LogMessage{.text = "invalid_scope",
               .stage = Stage::authorize,
               .rules = {"scope-unregistered"},
               .is_general = true,
               .help = "add the scope to the client, or remove it from the application"},
    LogMessage{.text = "access_denied",
               .stage = Stage::authorize,
               .rules = {"policy-denies"},
               .cause = "person-denied",
               .is_general = true},
    LogMessage{.text = "unsupported_response_type",
               .stage = Stage::authorize,
               .rules = {"response-type-unregistered"},
               .is_general = true,
               .help = "add the response type code to the client"},
    LogMessage{.text = "unsupported_response_mode",
               .stage = Stage::authorize,
               .rules = {"response-mode-unknown"},
               .cause = "response-mode-refused",
               .is_general = true},
    LogMessage{.text = "invalid_state",
               .stage = Stage::authorize,
               .rules = {"state-too-short"},
               .is_general = true,
               .help = "let the provider accept states of 8 characters"},
    LogMessage{.text = "insufficient_entropy",
               .stage = Stage::authorize,
               .rules = {"state-too-short"},
               .is_general = true,
               .help = "let the provider accept states of 8 characters"},
    LogMessage{.text = "login_required",
               .stage = Stage::consent,
               .rules = {"prompt-not-satisfied"},
               .is_general = true,
               .help = "leave the application's prompt empty"},
    LogMessage{.text = "consent_required",
               .stage = Stage::consent,
               .rules = {"prompt-not-satisfied"},
               .is_general = true,
               .help = "leave the application's prompt empty"},
    LogMessage{.text = "interaction_required",
               .stage = Stage::consent,
               .rules = {"prompt-not-satisfied"},
               .is_general = true,
               .help = "leave the application's prompt empty"},
    LogMessage{.text = "account_selection_required",
               .stage = Stage::consent,
               .rules = {"prompt-not-satisfied"},
               .is_general = true,
               .help = "leave the application's prompt empty"},
    LogMessage{.text = "insufficient_scope",
               .stage = Stage::userinfo,
               .rules = {"openid-scope-missing", "scope-unregistered"},
               .is_general = true,
               .help = "let the application ask for the scope openid"},
    LogMessage{.text = "invalid_token",
               .stage = Stage::userinfo,
               .rules = {"access-token-encrypted"},
               .is_general = true,
               .what = "the provider does not accept the access token at userinfo",
               .help = "look for the same time in the provider's log"},
    LogMessage{.text = "server_error",
               .stage = Stage::authorize,
               .rules = {"signing-key-unfit", "metadata-unavailable"},
               .cause = "provider-error",
               .is_general = true},
    LogMessage{
        .text = "temporarily_unavailable", .stage = Stage::authorize, .cause = "provider-error", .is_general = true},
};

} // namespace

std::span<const LogMessage> answers() { return k_answers; }

bool is_answered(std::string_view line, std::string_view code) {
    constexpr std::array<std::string_view, 5> k_before{"error=", "error\":\"", "error\": \"", "error: '", "error: \""};
    constexpr std::array<std::string_view, 2> k_behind{": ", " ("};
    for (auto at = line.find(code); at != std::string_view::npos; at = line.find(code, at + 1)) {
        const auto before = line.substr(0, at);
        const auto behind = line.substr(at + code.size());
        const auto is_word_byte = [](char byte) { return util::is_alphanumeric(byte) || byte == '_' || byte == '-'; };
        if ((!before.empty() && is_word_byte(before.back())) || (!behind.empty() && is_word_byte(behind.front()))) {
            continue;
        }
        if (std::ranges::any_of(k_before, [&](std::string_view it) { return before.ends_with(it); }) ||
            std::ranges::any_of(k_behind, [&](std::string_view it) { return behind.starts_with(it); })) {
            return true;
        }
    }
    return false;
}

} // namespace oidcgen::diagnose
