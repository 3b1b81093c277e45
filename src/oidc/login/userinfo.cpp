#include "oidc/advice.hpp"
#include "oidc/login/attempt.hpp"
#include "oidc/login/rules.hpp"
#include "util/text.hpp"
#include "util/words.hpp"

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

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
    .summary = "the metadata at the issuer URL does not name a userinfo address",
    .why = "The document at /.well-known/oauth-authorization-server is the one for OAuth 2.0 alone, which does not "
           "have userinfo.",
    .sources = k_metadata_without_userinfo_sources,
};

const rule::Rule k_access_token_encrypted{
    .code = "OG3035",
    .name = "access-token-encrypted",
    .consequence = rule::Consequence::login_fails,
    .summary = "the access token is encrypted, and userinfo does not recognise it",
    .why = "An access token is for the provider's own endpoints, and the client passes it on unread. A token encrypted "
           "for the client is refused at the userinfo address.",
    .sources = k_access_token_encrypted_sources,
};

const rule::Rule k_userinfo_encrypted{
    .code = "OG3034",
    .name = "userinfo-encrypted",
    .consequence = rule::Consequence::login_fails,
    .summary = "the userinfo answer is encrypted, and the application cannot decrypt it",
    .why = "The answer is encrypted with a key of the client, and an application without such a key cannot read "
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
    .why = "In OpenID Connect, HS256 to HS512 sign with the secret itself. An application that verifies the signature "
           "refuses the answers of a provider that signs with anything else.",
    .sources = k_userinfo_alg_unverifiable_sources,
};

namespace {

document::Place algorithm_place(const Registration& registration) {
    return deciding_place(registration.userinfo_signed_response_alg, registration.userinfo_signing_key_id);
}

util::Words provider_setting(const Registration& registration) {
    return setting_name(registration.userinfo_signed_response_alg.place, "userinfo_signed_response_alg");
}

util::Words app_setting(const RelyingParty& party) {
    return setting_name(party.userinfo_signed_response_alg.place, "userinfo_signed_response_alg");
}

rule::Finding mismatch(const Attempt& attempt, const SigningAlgorithm& algorithm, const SigningAlgorithm& expected) {
    const auto& registration = *attempt.registration;
    const auto& setting = attempt.party.userinfo_signed_response_alg;
    const auto provider_place = algorithm_place(registration);
    const auto signs = deciding_known(registration.userinfo_signed_response_alg, registration.userinfo_signing_key_id);
    const auto by_default = with_origin("plain JSON", signs, attempt.provider_release());
    const auto wanted = expected.is_none() ? util::Words("plain JSON") : util::words("{}", expected.name);
    const bool is_setting = attempt.party.behaviour.userinfo_alg_is_setting;
    const auto wanted_here = with_origin(wanted, is_setting ? setting.known : Known::given, attempt.app_release());
    const auto message =
        algorithm.is_none()
            ? util::words("userinfo answers with {}, and {} expects it signed with {}", by_default, attempt.app(),
                          wanted_here)
            : util::words("userinfo answers with a token signed with {}, and {} expects {}", algorithm.name,
                          is_setting && setting.known == Known::defaulted ? attempt.app() : attempt.app_release(),
                          wanted_here);
    const auto help = how_to_sign_with("none", registration.userinfo_signed_response_alg,
                                       registration.userinfo_signing_key_id, "userinfo_signed_response_alg");
    if (!is_setting) {
        return rule::finding(k_userinfo_alg_mismatch, message, provider_place, help);
    }
    // Both use `none` by default, so the side that says something else is the odd one.
    if (expected.is_none()) {
        return between(k_userinfo_alg_mismatch, message, provider_place,
                       origin_note(util::words("{} expects {}", attempt.app(), wanted), "none", setting.known,
                                   attempt.app_release()),
                       setting.place,
                       util::words("{}, or set {} to {}", help, app_setting(attempt.party), algorithm.name));
    }
    return between(k_userinfo_alg_mismatch, message, setting.place,
                   origin_note("the provider's algorithm is set here", "none", signs, attempt.provider_release()),
                   provider_place, how_to_set(setting.place, "userinfo_signed_response_alg", algorithm.name));
}

rule::Finding unverifiable(const Attempt& attempt, const SigningAlgorithm& algorithm) {
    const auto& registration = *attempt.registration;
    return between(k_userinfo_alg_unverifiable,
                   util::words("{} cannot verify a userinfo answer that {} signs with {}", attempt.app_release(),
                               attempt.provider_title(), algorithm.name),
                   algorithm_place(registration),
                   util::words("{} expects the algorithm that is set here", attempt.app()),
                   attempt.party.userinfo_signed_response_alg.place,
                   util::words("set {} and {} to none", provider_setting(registration), app_setting(attempt.party)));
}

Step check_answer(Attempt& attempt) {
    const auto& party = attempt.party;
    const auto& registration = *attempt.registration;
    const auto& setting = party.userinfo_signed_response_alg;
    if (setting.is_unknown() || registration.userinfo_signed_response_alg.is_unknown() ||
        registration.userinfo_signing_key_id.is_unknown()) {
        attempt.cannot_know(setting.is_unknown() ? setting.place : algorithm_place(registration));
        return Step::goes_on;
    }
    const auto algorithm = effective_algorithm(attempt.provider, registration.userinfo_signed_response_alg,
                                               registration.userinfo_signing_key_id);
    const auto expected = party.behaviour.userinfo_alg_is_setting && !setting.value.name.empty()
                              ? setting.value
                              : SigningAlgorithm{"none"};
    attempt.trace(Stage::userinfo,
                  util::words("userinfo answers {}, and {} expects {}",
                              algorithm.is_none() ? "with plain JSON" : "signed with " + algorithm.name, attempt.app(),
                              expected.is_none() ? "plain JSON" : expected.name));
    const auto* const key = signing_key(attempt.provider, algorithm, registration.userinfo_signing_key_id);
    if (key != nullptr && !algorithm.is_symmetric() && !fits(*key, algorithm)) {
        if (key == attempt.unfit_key) {
            return Step::goes_on;
        }
        return attempt.fail(Stage::userinfo,
                            unfit_key(k_signing_key_unfit, *key, algorithm, registration.userinfo_signed_response_alg,
                                      registration.userinfo_signing_key_id, "userinfo_signed_response_alg"));
    }
    const bool unasked = expected.is_none() && party.behaviour.takes_signed_userinfo_unasked;
    if (algorithm != expected && !unasked) {
        return attempt.fail(Stage::userinfo, mismatch(attempt, algorithm, expected));
    }
    if (party.behaviour.checks_signatures && algorithm.is_symmetric() && !attempt.provider.behaviour.keys_with_secret) {
        return attempt.fail(Stage::userinfo, unverifiable(attempt, algorithm));
    }
    return Step::goes_on;
}

/// The login stops because of an encrypted answer; nothing when that is in the clear.
std::optional<rule::Finding> encrypted(const rule::Rule& rule, util::Words message, const Text& algorithm) {
    return is_encrypted(algorithm)
               ? std::optional(rule::finding(rule, std::move(message), algorithm.place,
                                             util::words("remove {}", setting_name(algorithm.place, "it"))))
               : std::nullopt;
}

} // namespace

Carrier claims_carrier(const Attempt& attempt) {
    const bool from_id_token = attempt.party.behaviour.claims_from_id_token && attempt.has_id_token() &&
                               attempt.asks_for("email") && attempt.delivery("email", Carrier::id_token).arrives;
    return from_id_token ? Carrier::id_token : Carrier::userinfo;
}

// Once fixed: the metadata has a userinfo address, the access token is one that is taken there, and what comes back is
// in the clear and signed as the application expects.

Step fetch_userinfo(Attempt& attempt) {
    if (!attempt.scopes_known) {
        return Step::goes_on;
    }
    if (claims_carrier(attempt) == Carrier::id_token) {
        attempt.trace(Stage::userinfo,
                      util::words("the ID token has the mail address, so {} does not ask userinfo", attempt.app()));
        return Step::goes_on;
    }
    const auto& party = attempt.party;
    const auto& registration = *attempt.registration;
    if (!attempt.metadata.has_userinfo_endpoint) {
        attempt.fail(Stage::userinfo,
                     rule::finding(k_metadata_without_userinfo,
                                   "the metadata at this address does not name a userinfo address",
                                   party.issuer_url.place,
                                   util::words("set {} to {}", setting_name(party.issuer_url.place, "the issuer"),
                                               attempt.circumstances.provider_url)));
    }
    if (auto finding = encrypted(k_access_token_encrypted, "userinfo does not recognise an encrypted access token",
                                 registration.access_token_encryption_alg)) {
        attempt.fail(Stage::userinfo, std::move(*finding));
    }
    if (!attempt.asks_for("openid") && attempt.provider.behaviour.userinfo_needs_openid) {
        const auto& registered = registration.scopes.place;
        const bool is_passed_over = std::ranges::find(attempt.not_granted, "openid") != attempt.not_granted.end();
        auto finding = rule::finding(k_openid_scope_missing, "without the scope openid, userinfo refuses to answer",
                                     is_passed_over && registered ? document::named_at(registered) : party.scope.place,
                                     attempt.ask_for("openid"));
        attempt.fail(Stage::userinfo, std::move(finding));
        if (attempt.provider.behaviour.id_token_needs_openid) {
            static_cast<void>(check_id_token(attempt)); // from now on there is one
        }
        if (claims_carrier(attempt) == Carrier::id_token) {
            return Step::goes_on;
        }
    }
    if (auto finding =
            encrypted(k_userinfo_encrypted, util::words("{} cannot decrypt a userinfo answer", attempt.app()),
                      registration.userinfo_encrypted_response_alg)) {
        attempt.fail(Stage::userinfo, std::move(*finding));
    }
    return check_answer(attempt);
}

} // namespace oidcgen::oidc
