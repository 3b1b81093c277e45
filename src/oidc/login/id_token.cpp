#include "oidc/login/attempt.hpp"
#include "oidc/login/rules.hpp"
#include "util/text.hpp"

#include <array>
#include <string>
#include <string_view>

#include <fmt/format.h>

namespace oidcgen::oidc {

namespace {

using namespace std::string_view_literals;

constexpr std::array k_openid_scope_missing_sources{
    "https://openid.net/specs/openid-connect-core-1_0.html#AuthRequest"sv};
constexpr std::array k_id_token_alg_mismatch_sources{
    "https://openid.net/specs/openid-connect-core-1_0.html#IDTokenValidation"sv,
    "https://openid.net/specs/openid-connect-registration-1_0.html#ClientMetadata"sv};
constexpr std::array k_id_token_alg_unverifiable_sources{
    "https://openid.net/specs/openid-connect-core-1_0.html#CodeIDToken"sv,
    "https://openid.net/specs/openid-connect-core-1_0.html#Signing"sv};
constexpr std::array k_id_token_encrypted_sources{"https://openid.net/specs/openid-connect-core-1_0.html#Encryption"sv};

} // namespace

const rule::Rule k_openid_scope_missing{
    .code = "OG3028",
    .name = "openid-scope-missing",
    .consequence = rule::Consequence::login_fails,
    .summary = "the application does not ask for the scope openid",
    .why = "The scope openid makes a request one of OpenID Connect. Without it no ID token comes, and the provider "
           "need not answer at its userinfo address.",
    .bad = "scope: email profile",
    .good = "scope: openid email profile",
    .sources = k_openid_scope_missing_sources,
};

const rule::Rule k_id_token_alg_mismatch{
    .code = "OG3029",
    .name = "id-token-alg-mismatch",
    .consequence = rule::Consequence::login_fails,
    .summary = "the ID token is signed with another algorithm than the application expects",
    .why = "The header of an ID token names its algorithm, and the application refuses any other than it expects. The "
           "provider signs with id_token_signed_response_alg, or RS256 if nothing is written (OpenID Connect Dynamic "
           "Client Registration, section 2).",
    .bad = "# expected: RS256\nid_token_signed_response_alg: ES256",
    .good = "# expected: RS256\nid_token_signed_response_alg: RS256",
    .sources = k_id_token_alg_mismatch_sources,
};

const rule::Rule k_id_token_alg_unverifiable{
    .code = "OG3030",
    .name = "id-token-alg-unverifiable",
    .consequence = rule::Consequence::login_fails,
    .summary = "this version of the application cannot verify ID tokens that this provider signs with that algorithm",
    .why = "OpenID Connect makes at_hash with the hash function of the signing algorithm, and signs HS256 to HS512 "
           "with the secret itself. An application that verifies both refuses the tokens of a provider that does "
           "otherwise.",
    .sources = k_id_token_alg_unverifiable_sources,
};

const rule::Rule k_id_token_encrypted{
    .code = "OG3031",
    .name = "id-token-encrypted",
    .consequence = rule::Consequence::login_fails,
    .summary = "the ID token is encrypted, and the application cannot decrypt it",
    .why = "A token is encrypted with a key of the client, and an application that holds no such key cannot read it.",
    .bad = "id_token_encrypted_response_alg: RSA-OAEP-256",
    .good = "# no id_token_encrypted_response_alg",
    .sources = k_id_token_encrypted_sources,
};

namespace {

/// Libraries before openid-client 6 check at_hash and signature; of Authelia's algorithms these pass.
bool verifiable(const SigningAlgorithm& algorithm) {
    return algorithm.name == "RS256" || algorithm.name == "PS256" || algorithm.name == "ES256";
}

document::Place algorithm_place(const Registration& registration) {
    return deciding_place(registration.id_token_signed_response_alg, registration.id_token_signed_response_key_id);
}

} // namespace

Step check_id_token(Attempt& attempt) {
    const auto& party = attempt.party;
    const auto& registration = *attempt.registration;
    if (!attempt.scopes_known) {
        return Step::goes_on;
    }
    if (!attempt.has_id_token()) {
        if (party.behaviour.checks_signatures) {
            return attempt.fail(Stage::id_token,
                                rule::finding(k_openid_scope_missing, "without the scope openid no ID token comes",
                                              party.scope.place, "add openid to scope"));
        }
        return Step::goes_on;
    }
    if (is_encrypted(registration.id_token_encrypted_response_alg)) {
        return attempt.fail(Stage::id_token, rule::finding(k_id_token_encrypted, "Immich cannot decrypt an ID token",
                                                           registration.id_token_encrypted_response_alg.place,
                                                           "remove id_token_encrypted_response_alg"));
    }
    const auto& expected = party.id_token_signed_response_alg;
    if (expected.is_unknown() || registration.id_token_signed_response_alg.is_unknown() ||
        registration.id_token_signed_response_key_id.is_unknown()) {
        attempt.cannot_know(expected.is_unknown() ? expected.place : algorithm_place(registration));
        return Step::goes_on;
    }
    const auto algorithm = effective_algorithm(attempt.provider, registration.id_token_signed_response_alg,
                                               registration.id_token_signed_response_key_id);
    attempt.trace(Stage::id_token, fmt::format("the ID token is signed with {}, and Immich expects {}", algorithm.name,
                                               expected.value.name));
    if (algorithm != expected.value) {
        const auto message = fmt::format("the ID token is signed with {}, and Immich expects {}", algorithm.name,
                                         expected.value.name.empty() ? "nothing" : expected.value.name);
        const auto provider_place = algorithm_place(registration);
        // RS256 is what both use by default, so the side that says something else is the odd one.
        const bool provider_is_odd = expected.value.name == "RS256";
        const auto help = provider_is_odd
                              ? std::string("set id_token_signed_response_alg to RS256, and signingAlgorithm likewise")
                              : fmt::format("set signingAlgorithm to {}", algorithm.name);
        return attempt.fail(Stage::id_token, provider_is_odd ? between(k_id_token_alg_mismatch, message, provider_place,
                                                                       "Immich expects this", expected.place, help)
                                                             : between(k_id_token_alg_mismatch, message, expected.place,
                                                                       "the provider's algorithm is decided here",
                                                                       provider_place, help));
    }
    if (party.behaviour.checks_signatures && !verifiable(algorithm)) {
        return attempt.fail(
            Stage::id_token,
            between(
                k_id_token_alg_unverifiable,
                fmt::format("{} cannot verify an ID token that Authelia signs with {}", party.version, algorithm.name),
                algorithm_place(registration), "Immich expects it here", expected.place,
                "set id_token_signed_response_alg and signingAlgorithm to RS256, or update Immich to "
                "1.132.0 or newer"));
    }
    return Step::goes_on;
}

} // namespace oidcgen::oidc
