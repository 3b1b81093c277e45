#include "oidc/login/attempt.hpp"
#include "oidc/login/rules.hpp"
#include "util/text.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>

#include <fmt/format.h>

namespace oidcgen::oidc {

namespace {

using namespace std::string_view_literals;

constexpr std::array k_metadata_without_userinfo_sources{"https://www.rfc-editor.org/rfc/rfc8414"sv};
constexpr std::array k_access_token_encrypted_sources{"https://www.rfc-editor.org/rfc/rfc6749#section-1.4"sv};
constexpr std::array k_userinfo_response{"https://openid.net/specs/openid-connect-core-1_0.html#UserInfoResponse"sv};
constexpr std::array k_userinfo_alg_unverifiable_sources{
    "https://openid.net/specs/openid-connect-core-1_0.html#Signing"sv};

} // namespace

const rule::Rule k_metadata_without_userinfo{
    .code = "OG3036",
    .name = "metadata-without-userinfo",
    .consequence = rule::Consequence::login_fails,
    .summary = "the issuer URL names metadata that have no userinfo address",
    .why = "The document at /.well-known/oauth-authorization-server is the one for OAuth 2.0 alone, which knows no "
           "userinfo.",
    .sources = k_metadata_without_userinfo_sources,
};

const rule::Rule k_access_token_encrypted{
    .code = "OG3035",
    .name = "access-token-encrypted",
    .consequence = rule::Consequence::login_fails,
    .summary = "the access token is encrypted, and userinfo does not recognise it",
    .why = "An access token is for the provider's own endpoints, and the client hands it on unread. A token encrypted "
           "for the client is refused at the userinfo address.",
    .sources = k_access_token_encrypted_sources,
};

const rule::Rule k_userinfo_encrypted{
    .code = "OG3034",
    .name = "userinfo-encrypted",
    .consequence = rule::Consequence::login_fails,
    .summary = "the userinfo answer is encrypted, and the application cannot decrypt it",
    .why = "The answer is encrypted with a key of the client, and an application that holds no such key cannot read "
           "it.",
    .bad = "userinfo_signed_response_alg: RS256\nuserinfo_encrypted_response_alg: RSA-OAEP-256",
    .good = "userinfo_signed_response_alg: RS256",
    .sources = k_userinfo_response,
};

const rule::Rule k_userinfo_alg_mismatch{
    .code = "OG3032",
    .name = "userinfo-alg-mismatch",
    .consequence = rule::Consequence::login_fails,
    .summary = "the userinfo answer is signed in another way than the application expects",
    .why = "A client with userinfo_signed_response_alg gets a signed token instead of plain JSON (OpenID Connect Core, "
           "section 5.3.2). The application has to expect the same.",
    .bad = "# expected: RS256\n# no userinfo_signed_response_alg",
    .good = "# expected: RS256\nuserinfo_signed_response_alg: RS256",
    .sources = k_userinfo_response,
};

const rule::Rule k_userinfo_alg_unverifiable{
    .code = "OG3033",
    .name = "userinfo-alg-unverifiable",
    .consequence = rule::Consequence::login_fails,
    .summary = "this version of the application cannot verify userinfo answers that this provider signs with that "
               "algorithm",
    .why = "OpenID Connect signs HS256 to HS512 with the secret itself. An application that verifies the signature "
           "refuses the answers of a provider that signs with anything else.",
    .sources = k_userinfo_alg_unverifiable_sources,
};

namespace {

document::Place algorithm_place(const Registration& registration) {
    return deciding_place(registration.userinfo_signed_response_alg, registration.userinfo_signed_response_key_id);
}

Step mismatch(Attempt& attempt, const SigningAlgorithm& algorithm, const SigningAlgorithm& expected) {
    const auto& registration = *attempt.registration;
    const auto& setting = attempt.party.userinfo_signed_response_alg;
    const auto provider_place = algorithm_place(registration);
    const auto message =
        algorithm.is_none()
            ? fmt::format("userinfo answers with plain JSON, and Immich expects it signed with {}", expected.name)
            : fmt::format("userinfo answers with a token signed with {}, and {} expects {}", algorithm.name,
                          attempt.party.version, expected.is_none() ? "plain JSON" : expected.name);
    if (!attempt.party.behaviour.userinfo_alg_is_setting) {
        return attempt.fail(Stage::userinfo, rule::finding(k_userinfo_alg_mismatch, message, provider_place,
                                                           "set userinfo_signed_response_alg to none"));
    }
    // Both use `none` by default, so the side that says something else is the odd one.
    if (expected.is_none()) {
        return attempt.fail(
            Stage::userinfo,
            between(k_userinfo_alg_mismatch, message, provider_place, "Immich expects this", setting.place,
                    "set userinfo_signed_response_alg to none, or profileSigningAlgorithm to " + algorithm.name));
    }
    return attempt.fail(Stage::userinfo, between(k_userinfo_alg_mismatch, message, setting.place,
                                                 "the provider's algorithm is decided here", provider_place,
                                                 fmt::format("set profileSigningAlgorithm to {}", algorithm.name)));
}

Step check_answer(Attempt& attempt) {
    const auto& party = attempt.party;
    const auto& registration = *attempt.registration;
    const auto& setting = party.userinfo_signed_response_alg;
    if (setting.is_unknown() || registration.userinfo_signed_response_alg.is_unknown() ||
        registration.userinfo_signed_response_key_id.is_unknown()) {
        attempt.cannot_know(setting.is_unknown() ? setting.place : algorithm_place(registration));
        return Step::goes_on;
    }
    const auto algorithm = effective_algorithm(attempt.provider, registration.userinfo_signed_response_alg,
                                               registration.userinfo_signed_response_key_id);
    const auto expected = party.behaviour.userinfo_alg_is_setting && !setting.value.name.empty()
                              ? setting.value
                              : SigningAlgorithm{"none"};
    attempt.trace(Stage::userinfo,
                  fmt::format("userinfo answers {}, and Immich expects {}",
                              algorithm.is_none() ? "with plain JSON" : "signed with " + algorithm.name,
                              expected.is_none() ? "plain JSON" : expected.name));
    const auto* const key = signing_key(attempt.provider, algorithm, registration.userinfo_signed_response_key_id);
    if (key != nullptr && !algorithm.is_symmetric() && !fits(*key, algorithm)) {
        return attempt.fail(Stage::userinfo,
                            rule::finding(k_signing_key_unfit,
                                          fmt::format("this key cannot sign with {}", util::quoted(algorithm.name)),
                                          key->place, "give the key the algorithm of its own kind"));
    }
    const bool unasked = expected.is_none() && party.behaviour.takes_signed_userinfo_unasked;
    if (algorithm != expected && !unasked) {
        return mismatch(attempt, algorithm, expected);
    }
    if (party.behaviour.checks_signatures && algorithm.is_symmetric()) {
        return attempt.fail(
            Stage::userinfo,
            between(k_userinfo_alg_unverifiable,
                    fmt::format("{} cannot verify what Authelia signs with {}", party.version, algorithm.name),
                    algorithm_place(registration), "Immich expects it here", setting.place,
                    "set userinfo_signed_response_alg and profileSigningAlgorithm to none"));
    }
    return Step::goes_on;
}

} // namespace

bool claims_come_from_id_token(const Attempt& attempt) {
    if (!attempt.party.behaviour.claims_from_id_token || !attempt.has_id_token() || !attempt.asks_for("email")) {
        return false;
    }
    if (attempt.provider.behaviour.id_token_has_profile_claims) {
        return true;
    }
    const auto* const policy = policy_of(attempt);
    return policy != nullptr &&
           std::ranges::any_of(policy->id_token.value, [](const Text& claim) { return claim.value == "email"; });
}

Step fetch_userinfo(Attempt& attempt) {
    if (!attempt.scopes_known) {
        return Step::goes_on;
    }
    if (claims_come_from_id_token(attempt)) {
        attempt.trace(Stage::userinfo, "the ID token has the mail address, so Immich does not ask userinfo");
        return Step::goes_on;
    }
    const auto& party = attempt.party;
    const auto& registration = *attempt.registration;
    if (!attempt.has_userinfo_endpoint) {
        return attempt.fail(Stage::userinfo,
                            rule::finding(k_metadata_without_userinfo,
                                          "the metadata at this address do not name a userinfo address",
                                          party.issuer_url.place,
                                          fmt::format("set issuerUrl to {}", attempt.circumstances.provider_url)));
    }
    if (is_encrypted(registration.access_token_encrypted_response_alg)) {
        return attempt.fail(Stage::userinfo, rule::finding(k_access_token_encrypted,
                                                           "userinfo does not recognise an encrypted access token",
                                                           registration.access_token_encrypted_response_alg.place,
                                                           "remove access_token_encrypted_response_alg"));
    }
    if (!attempt.has_id_token() && attempt.provider.behaviour.userinfo_needs_openid) {
        return attempt.fail(Stage::userinfo,
                            rule::finding(k_openid_scope_missing, "without the scope openid userinfo refuses to answer",
                                          party.scope.place, "add openid to scope"));
    }
    if (is_encrypted(registration.userinfo_encrypted_response_alg)) {
        return attempt.fail(Stage::userinfo,
                            rule::finding(k_userinfo_encrypted, "Immich cannot decrypt a userinfo answer",
                                          registration.userinfo_encrypted_response_alg.place,
                                          "remove userinfo_encrypted_response_alg"));
    }
    return check_answer(attempt);
}

} // namespace oidcgen::oidc
