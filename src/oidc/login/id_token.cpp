#include "oidc/advice.hpp"
#include "oidc/login/attempt.hpp"
#include "oidc/login/rules.hpp"

#include <algorithm>
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
    .why = "The scope openid makes a request one of OpenID Connect. Without it the provider does not send an ID "
           "token, and may refuse to answer at its userinfo address.",
    .bad = "scope: email profile",
    .good = "scope: openid email profile",
    .sources = k_openid_scope_missing_sources,
};

const rule::Rule k_id_token_alg_mismatch{
    .code = "OG3029",
    .name = "id-token-alg-mismatch",
    .consequence = rule::Consequence::login_fails,
    .summary = "the ID token is signed with another algorithm than the application expects",
    .why = "The header of an ID token names its algorithm, and the application refuses any but the one it expects. "
           "The provider signs with id_token_signed_response_alg, or RS256 if that is not set (OpenID Connect Dynamic "
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
    .why =
        "In OpenID Connect, at_hash is made with the hash function of the signing algorithm, and HS256 to HS512 sign "
        "with the secret itself. An application that verifies both refuses the tokens of a provider that does it "
        "differently.",
    .sources = k_id_token_alg_unverifiable_sources,
};

const rule::Rule k_id_token_encrypted{
    .code = "OG3031",
    .name = "id-token-encrypted",
    .consequence = rule::Consequence::login_fails,
    .summary = "the ID token is encrypted, and the application cannot decrypt it",
    .why = "A token is encrypted with a key of the client, and an application without such a key cannot read it.",
    .bad = "id_token_encrypted_response_alg: RSA-OAEP-256",
    .good = "# no id_token_encrypted_response_alg",
    .sources = k_id_token_encrypted_sources,
};

namespace {

/// True for an algorithm with which the provider's ID tokens are what the standard asks for.
bool is_sound(const Attempt& attempt, const SigningAlgorithm& algorithm) {
    const auto& sound = attempt.provider.behaviour.sound_id_token_algs;
    return sound.empty() || std::ranges::find(sound, algorithm.name) != sound.end();
}

document::Place algorithm_place(const Registration& registration) {
    return deciding_place(registration.id_token_signed_response_alg, registration.id_token_signing_key_id);
}

util::Words provider_setting(const Registration& registration) {
    return setting_name(registration.id_token_signed_response_alg.place, "id_token_signed_response_alg");
}

util::Words app_setting(const RelyingParty& party) {
    return setting_name(party.id_token_signed_response_alg.place, "id_token_signed_response_alg");
}

rule::Finding mismatch(const Attempt& attempt, const SigningAlgorithm& algorithm, const SigningAlgorithm& expected) {
    const auto& registration = *attempt.registration;
    const auto& setting = attempt.party.id_token_signed_response_alg;
    const auto signs = deciding_known(registration.id_token_signed_response_alg, registration.id_token_signing_key_id);
    const bool by_metadata = expected != setting.value; // no setting changes that
    const auto message = util::words(
        "the ID token is signed with {}, and {} expects {}",
        with_origin(util::bare(algorithm.name), signs, attempt.provider_release()), attempt.app(),
        expected.name.empty() ? util::Words("an algorithm without a name")
                              : with_origin(util::bare(expected.name), by_metadata ? Known::given : setting.known,
                                            attempt.app_release()));
    const auto provider_place = algorithm_place(registration);
    const auto sign_with = [&](std::string_view name) {
        if (const auto how = attempt.provider_system().how_to_sign) {
            return how(registration, name);
        }
        return how_to_sign_with(name, registration.id_token_signed_response_alg, registration.id_token_signing_key_id,
                                "id_token_signed_response_alg");
    };
    if (by_metadata) {
        return rule::finding(k_id_token_alg_mismatch, message, provider_place, sign_with(expected.name));
    }
    // RS256 is what both use by default, so the side that says something else is the odd one. No other algorithm is
    // proposed that the application cannot verify.
    const bool is_useless = attempt.party.behaviour.checks_signatures && !is_sound(attempt, algorithm);
    if (expected.name == "RS256" || is_useless) {
        return between(
            k_id_token_alg_mismatch, message, provider_place,
            origin_note(util::words("{} expects {}", attempt.app(), expected.name), util::bare(expected.name),
                        setting.known, attempt.app_release()),
            setting.place,
            is_useless && expected.name != "RS256"
                ? util::words("set {} and {} to RS256", provider_setting(registration), app_setting(attempt.party))
                : sign_with("RS256"));
    }
    return between(k_id_token_alg_mismatch, message, setting.place,
                   origin_note("the provider's algorithm is set here", util::bare(algorithm.name), signs,
                               attempt.provider_release()),
                   provider_place, how_to_set(setting.place, "id_token_signed_response_alg", algorithm.name));
}

rule::Finding unverifiable(const Attempt& attempt, const SigningAlgorithm& algorithm) {
    const auto& registration = *attempt.registration;
    const auto update = or_else(update_advice(
        attempt.party, +[](const ClientBehaviour& it) { return !it.checks_signatures; }));
    return between(
        k_id_token_alg_unverifiable,
        util::words("{} cannot verify an ID token that {} signs with {}", attempt.app_release(),
                    attempt.provider_title(), algorithm.name),
        algorithm_place(registration), util::words("{} expects the algorithm that is set here", attempt.app()),
        attempt.party.id_token_signed_response_alg.place,
        util::words("set {} and {} to RS256{}", provider_setting(registration), app_setting(attempt.party), update));
}

} // namespace

// Once fixed: an ID token comes, in the clear, signed with an algorithm on which both agree and which the application
// can verify.

Step check_id_token(Attempt& attempt) {
    const auto& party = attempt.party;
    const auto& registration = *attempt.registration;
    if (!attempt.scopes_known) {
        return Step::goes_on;
    }
    if (!attempt.has_id_token()) {
        if (!party.behaviour.checks_signatures) {
            return Step::goes_on;
        }
        auto finding = rule::finding(k_openid_scope_missing, "without the scope openid the provider sends no ID token",
                                     party.scope.place, attempt.ask_for("openid"));
        attempt.fail(Stage::id_token, std::move(finding));
    }
    const auto& encryption = registration.id_token_encrypted_response_alg;
    if (is_encrypted(encryption)) {
        attempt.fail(Stage::id_token,
                     rule::finding(k_id_token_encrypted, util::words("{} cannot decrypt an ID token", attempt.app()),
                                   encryption.place, util::words("remove {}", setting_name(encryption.place, "it"))));
    }
    if (attempt.is_id_token_alg_settled) {
        return Step::goes_on;
    }
    const auto& setting = party.id_token_signed_response_alg;
    if (setting.is_unknown() || registration.id_token_signed_response_alg.is_unknown() ||
        registration.id_token_signing_key_id.is_unknown()) {
        attempt.cannot_know(setting.is_unknown() ? setting.place : algorithm_place(registration));
        return Step::goes_on;
    }
    const auto expected = attempt.app_system().id_token_alg(party, attempt.metadata);
    const auto algorithm = effective_algorithm(attempt.provider, registration.id_token_signed_response_alg,
                                               registration.id_token_signing_key_id);
    attempt.trace(Stage::id_token, util::words("the ID token is signed with {}, and {} expects {}", algorithm.name,
                                               attempt.app(), expected.name));
    if (algorithm != expected) {
        return attempt.fail(Stage::id_token, mismatch(attempt, algorithm, expected));
    }
    if (party.behaviour.checks_signatures && !is_sound(attempt, algorithm)) {
        return attempt.fail(Stage::id_token, unverifiable(attempt, algorithm));
    }
    return Step::goes_on;
}

} // namespace oidcgen::oidc
