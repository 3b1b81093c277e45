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

constexpr std::array k_openid_sources{"https://openid.net/specs/openid-connect-core-1_0.html#AuthRequest"sv};
constexpr std::array k_alg_sources{
    "https://www.authelia.com/configuration/identity-providers/openid-connect/clients/#id_token_signed_response_alg"sv,
    "https://docs.immich.app/administration/oauth"sv};
constexpr std::array k_hash_sources{"https://openid.net/specs/openid-connect-core-1_0.html#CodeIDToken"sv};
constexpr std::array k_encryption_sources{"https://github.com/immich-app/immich/issues/18030"sv};

} // namespace

const rule::Rule k_openid_scope_missing{
    .code = "OG3028",
    .name = "openid-scope-missing",
    .consequence = rule::Consequence::login_fails,
    .summary = "the application does not ask for the scope openid",
    .why = "Without openid no ID token comes, which Immich needs up to 1.131, and Authelia 4.39 does not answer at its "
           "userinfo address, which later versions need.",
    .bad = "{\"oauth\": {\"scope\": \"email profile\"}}",
    .good = "{\"oauth\": {\"scope\": \"openid email profile\"}}",
    .ignore = {},
    .sources = k_openid_sources,
};

const rule::Rule k_id_token_alg_mismatch{
    .code = "OG3029",
    .name = "id-token-alg-mismatch",
    .consequence = rule::Consequence::login_fails,
    .summary = "the ID token is signed with another algorithm than the application expects",
    .why =
        "Immich compares the algorithm in the header of the ID token with signingAlgorithm, letter by letter. Authelia "
        "signs with id_token_signed_response_alg, or with the algorithm of the key that "
        "id_token_signed_response_key_id names; RS256 if nothing is written.",
    .bad = "# Immich: \"signingAlgorithm\": \"RS256\"\nid_token_signed_response_alg: ES256",
    .good = "# Immich: \"signingAlgorithm\": \"RS256\"\nid_token_signed_response_alg: RS256",
    .ignore = {},
    .sources = k_alg_sources,
};

const rule::Rule k_id_token_alg_unverifiable{
    .code = "OG3030",
    .name = "id-token-alg-unverifiable",
    .consequence = rule::Consequence::login_fails,
    .summary = "this version of the application cannot verify ID tokens of that algorithm from Authelia",
    .why =
        "Up to 1.131 Immich verifies signature and at_hash of the ID token. Authelia makes at_hash with SHA-256 "
        "whatever "
        "the algorithm, and signs HS256 to HS512 with a hash of the secret, so that only RS256, PS256 and ES256 work.",
    .bad = "# Immich 1.131.3, \"signingAlgorithm\": \"RS512\"\nid_token_signed_response_alg: RS512",
    .good = "# Immich 1.131.3, \"signingAlgorithm\": \"RS256\"\nid_token_signed_response_alg: RS256",
    .ignore = {},
    .sources = k_hash_sources,
};

const rule::Rule k_id_token_encrypted{
    .code = "OG3031",
    .name = "id-token-encrypted",
    .consequence = rule::Consequence::login_fails,
    .summary = "the ID token is encrypted, and the application cannot decrypt it",
    .why = "Immich has no setting for a key to decrypt with.",
    .bad = "id_token_encrypted_response_alg: RSA-OAEP-256",
    .good = "# no id_token_encrypted_response_alg",
    .ignore = {},
    .sources = k_encryption_sources,
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
