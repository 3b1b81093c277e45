#include "oidc/login/attempt.hpp"
#include "oidc/login/rules.hpp"
#include "util/text.hpp"
#include "util/url.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>

#include <fmt/format.h>

namespace oidcgen::oidc {

namespace {

using namespace std::string_view_literals;

constexpr std::array k_auth_method_mismatch_sources{"https://www.rfc-editor.org/rfc/rfc7591#section-2"sv,
                                                    "https://www.rfc-editor.org/rfc/rfc6749#section-2.3.1"sv};
constexpr std::array k_secret_mismatch_sources{"https://www.rfc-editor.org/rfc/rfc6749#section-2.3.1"sv};
constexpr std::array k_secret_not_transmittable_sources{"https://www.rfc-editor.org/rfc/rfc6749#appendix-A.2"sv};
constexpr std::array k_grant_type_unregistered_sources{"https://www.rfc-editor.org/rfc/rfc7591#section-2.1"sv};
constexpr std::array k_mobile_override_renormalised_sources{"https://www.rfc-editor.org/rfc/rfc6749#section-4.1.3"sv};
constexpr std::array k_signing_key_unfit_sources{"https://www.rfc-editor.org/rfc/rfc7518#section-3.1"sv};

} // namespace

const rule::Rule k_auth_method_mismatch{
    .code = "OG3022",
    .name = "auth-method-mismatch",
    .consequence = rule::Consequence::login_fails,
    .summary = "application and provider disagree about how the client authenticates at the token endpoint",
    .why = "A client is registered with one method: token_endpoint_auth_method, or client_secret_basic if nothing is "
           "written (RFC 7591, section 2). A provider may refuse every other method, even with the right secret.",
    .bad = "# used: client_secret_post\ntoken_endpoint_auth_method: client_secret_basic",
    .good = "# used: client_secret_basic\ntoken_endpoint_auth_method: client_secret_basic",
    .sources = k_auth_method_mismatch_sources,
};

const rule::Rule k_secret_mismatch{
    .code = "OG3023",
    .name = "secret-mismatch",
    .consequence = rule::Consequence::login_fails,
    .summary = "the application's secret does not belong to the provider's digest",
    .why = "The application holds the secret itself; the provider keeps that secret or a digest of it. Usual causes "
           "are the digest pasted into both, blanks or quotes around one of them, and a secret that was changed on one "
           "side.",
    .sources = k_secret_mismatch_sources,
};

const rule::Rule k_secret_not_transmittable{
    .code = "OG3024",
    .name = "secret-not-transmittable",
    .consequence = rule::Consequence::login_fails,
    .summary = "the application's secret has a control character, which the provider refuses",
    .why = "A secret consists of printable characters (RFC 6749, appendix A.2). A line break or tab in it, usually one "
           "left at its end, cannot be sent.",
    .bad = "client_secret: |\n  made-up-secret",
    .good = "client_secret: made-up-secret",
    .sources = k_secret_not_transmittable_sources,
};

const rule::Rule k_grant_type_unregistered{
    .code = "OG3025",
    .name = "grant-type-unregistered",
    .consequence = rule::Consequence::login_fails,
    .summary = "the client does not have the grant type authorization_code",
    .why = "The code that the browser brings back can only be exchanged by a client with this grant type.",
    .bad = "grant_types: [implicit]",
    .good = "grant_types: [authorization_code]",
    .sources = k_grant_type_unregistered_sources,
};

const rule::Rule k_mobile_override_renormalised{
    .code = "OG3026",
    .name = "mobile-override-renormalised",
    .consequence = rule::Consequence::login_fails,
    .summary = "the mobile override is not in the form that the token request sends",
    .why =
        "The redirect_uri of the token request must be the same as in the authorization request (RFC 6749, section "
        "4.1.3). An application that brings the address into the normal form of a URL in between sends two different "
        "ones.",
    .sources = k_mobile_override_renormalised_sources,
};

const rule::Rule k_signing_key_unfit{
    .code = "OG3027",
    .name = "signing-key-unfit",
    .consequence = rule::Consequence::login_fails,
    .summary = "the provider's key is of another kind than its algorithm",
    .why = "Each algorithm needs a key of its kind: RS256 an RSA key, ES256 one on the curve P-256 (RFC 7518, section "
           "3.1). With any other the provider cannot sign the ID token.",
    .sources = k_signing_key_unfit_sources,
};

namespace {

AuthMethod used_method(const RelyingParty& party) {
    const bool no_secret = party.client_secret.value.empty() && !party.client_secret.is_unknown();
    return no_secret && party.behaviour.empty_secret_is_public ? AuthMethod::none
                                                               : party.token_endpoint_auth_method.value;
}

/// Where the application's choice of method stands: the setting, or the empty secret.
document::Place method_place(const RelyingParty& party, AuthMethod used) {
    if (used == AuthMethod::none) {
        return party.client_secret.place;
    }
    return party.behaviour.auth_method_is_setting ? party.token_endpoint_auth_method.place : document::Place{};
}

Step check_method(Attempt& attempt) {
    const auto& party = attempt.party;
    const auto& registered = attempt.registration->token_endpoint_auth_method;
    if (party.token_endpoint_auth_method.is_unknown() || registered.is_unknown()) {
        attempt.cannot_know(registered.is_unknown() ? registered.place : party.token_endpoint_auth_method.place);
        return Step::goes_on;
    }
    const auto used = used_method(party);
    attempt.trace(Stage::token,
                  fmt::format("Immich exchanges the code and authenticates with {}; the client is registered "
                              "with {}",
                              to_string(used), to_string(registered.value)));
    if (used == registered.value) {
        return Step::goes_on;
    }
    const auto message = fmt::format("Immich authenticates with {}, and the client is registered with {}",
                                     to_string(used), to_string(registered.value));
    const auto provider_place = registered.place ? registered.place : attempt.registration->place;
    const auto there = method_place(party, used);
    const bool can_follow =
        party.behaviour.auth_method_is_setting && used != AuthMethod::none &&
        std::ranges::find(party.behaviour.auth_methods, registered.value) != party.behaviour.auth_methods.end();
    if (used == AuthMethod::none) {
        return attempt.fail(Stage::token,
                            between(k_auth_method_mismatch, message, there, "the client is registered so here",
                                    provider_place, "put the client's secret into clientSecret"));
    }
    if (registered.value == AuthMethod::none) {
        return attempt.fail(
            Stage::token,
            between(k_auth_method_mismatch, message, provider_place, "the application has a secret here",
                    party.client_secret.place,
                    "make the client a confidential one with a digest of the secret, or leave clientSecret "
                    "empty"));
    }
    // The side that was not written has a default that nobody chose; where both were, the application is easier to
    // change.
    const bool app_first = can_follow && (party.token_endpoint_auth_method.is_given() || !registered.is_given());
    if (app_first) {
        return attempt.fail(Stage::token,
                            between(k_auth_method_mismatch, message, there, "the client's method is decided here",
                                    provider_place,
                                    fmt::format("set tokenEndpointAuthMethod to {}", to_string(registered.value))));
    }
    return attempt.fail(Stage::token, between(k_auth_method_mismatch, message, provider_place,
                                              "the application's method is decided here", there,
                                              fmt::format("set token_endpoint_auth_method to {}", to_string(used))));
}

Step check_secret(Attempt& attempt) {
    const auto& party = attempt.party;
    const auto& kept = attempt.registration->client_secret;
    if (used_method(party) == AuthMethod::none) {
        return Step::goes_on;
    }
    if (party.client_secret.is_unknown() || kept.is_unknown()) {
        attempt.cannot_know(kept.is_unknown() ? kept.place : party.client_secret.place);
        return Step::goes_on;
    }
    const bool has_control =
        std::ranges::any_of(party.client_secret.value, [](unsigned char c) { return c < 0x20 || c == 0x7F; });
    if (has_control) {
        return attempt.fail(
            Stage::token,
            rule::finding(k_secret_not_transmittable, "the secret has a line break or another control character in it",
                          party.client_secret.place, "write the secret on one line, without a line break"));
    }
    switch (attempt.circumstances.secret) {
    case SecretMatch::match:
        attempt.trace(Stage::token, "the secret belongs to the digest");
        return Step::goes_on;
    case SecretMatch::unknown:
        attempt.cannot_know(kept.place, "secret");
        return Step::goes_on;
    case SecretMatch::mismatch:
        break;
    }
    const auto& fault = attempt.circumstances.secret_fault;
    if (!fault.empty()) {
        return attempt.fail(
            Stage::token, between(k_secret_mismatch, "the provider cannot verify any secret with this digest: " + fault,
                                  kept.place, "the application's secret stands here", party.client_secret.place,
                                  "make a new digest of the secret with `oidcgen hash`"));
    }
    const bool pasted = party.client_secret.value.starts_with('$') && party.client_secret.value == kept.value;
    const bool plaintext = !kept.value.starts_with('$');
    const auto message = pasted ? std::string("the application has the digest, where it needs the secret itself")
                         : plaintext
                             ? std::string("the secret is not the one that the provider has, which is no digest")
                             : std::string("the secret does not belong to the provider's digest");
    return attempt.fail(
        Stage::token,
        between(k_secret_mismatch, message, party.client_secret.place, "the provider keeps this", kept.place,
                pasted ? "put the secret that the digest was made of into clientSecret"
                       : "put the secret that the digest was made of into clientSecret, or a digest of this "
                         "secret into client_secret; `oidcgen hash` makes one"));
}

Step check_grant(Attempt& attempt) {
    const auto& grants = attempt.registration->grant_types;
    if (std::ranges::any_of(grants.value, [](const Text& grant) { return grant.value == "authorization_code"; })) {
        return Step::goes_on;
    }
    if (grants.is_unknown() ||
        std::ranges::any_of(grants.value, [](const Text& grant) { return grant.is_unknown(); })) {
        attempt.cannot_know(grants.place);
        return Step::goes_on;
    }
    return attempt.fail(Stage::token, rule::finding(k_grant_type_unregistered,
                                                    "the client does not have the grant type authorization_code",
                                                    grants.place ? grants.place : attempt.registration->place,
                                                    "add authorization_code to grant_types"));
}

/// The address as a URL library writes it, as far as overrides need it: scheme and host in lower case, no default port.
std::string normalised(std::string_view uri) {
    const auto path_start = std::min(uri.find_first_of("/?#", uri.find("://") + 3), uri.size());
    const auto origin = util::parse_origin(uri.substr(0, path_start));
    const auto path = util::trimmed(uri.substr(path_start));
    return origin ? to_string(*origin) + std::string(path.empty() ? "/" : path) : std::string(uri);
}

Step check_redirect_again(Attempt& attempt) {
    if (!attempt.overrides_redirect_uri || !attempt.party.behaviour.normalises_redirect_uri ||
        !RedirectUri{attempt.redirect_uri}.is_web()) {
        return Step::goes_on;
    }
    const auto second = normalised(attempt.redirect_uri);
    if (second == attempt.redirect_uri) {
        return Step::goes_on;
    }
    return attempt.fail(
        Stage::token,
        rule::finding(k_mobile_override_renormalised,
                      fmt::format("the token request sends the mobile override as {}", util::quoted(second, 200)),
                      attempt.party.mobile_redirect_uri.place,
                      fmt::format("write {} here and in the client's redirect_uris", second)));
}

Step check_signing_key(Attempt& attempt) {
    const auto& registration = *attempt.registration;
    if (!attempt.has_id_token() || registration.id_token_signed_response_alg.is_unknown()) {
        return Step::goes_on;
    }
    const auto algorithm = effective_algorithm(attempt.provider, registration.id_token_signed_response_alg,
                                               registration.id_token_signed_response_key_id);
    const auto* const key = signing_key(attempt.provider, algorithm, registration.id_token_signed_response_key_id);
    if (key == nullptr || algorithm.is_symmetric() || fits(*key, algorithm)) {
        return Step::goes_on;
    }
    return attempt.fail(
        Stage::token,
        rule::finding(k_signing_key_unfit, fmt::format("this key cannot sign with {}", util::quoted(algorithm.name)),
                      key->place, "give the key the algorithm of its own kind, and the client one of RS256"));
}

} // namespace

Step exchange_code(Attempt& attempt) {
    // Authelia authenticates the client before it looks at the grant type, and signs last.
    for (const auto check : {check_method, check_secret, check_grant, check_redirect_again, check_signing_key}) {
        if (check(attempt) == Step::fails) {
            return Step::fails;
        }
    }
    return Step::goes_on;
}

} // namespace oidcgen::oidc
