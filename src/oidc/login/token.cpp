#include "document/addition.hpp"
#include "oidc/advice.hpp"
#include "oidc/login/attempt.hpp"
#include "oidc/login/checks.hpp"
#include "oidc/login/rules.hpp"
#include "util/ascii.hpp"
#include "util/text.hpp"
#include "util/words.hpp"

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
constexpr std::array k_basic_sources{"https://www.rfc-editor.org/rfc/rfc6749#section-2.3.1"sv};
constexpr std::array k_grant_type_unregistered_sources{"https://www.rfc-editor.org/rfc/rfc7591#section-2.1"sv};
constexpr std::array k_mobile_override_renormalised_sources{"https://www.rfc-editor.org/rfc/rfc6749#section-4.1.3"sv};
constexpr std::array k_signing_key_unfit_sources{"https://www.rfc-editor.org/rfc/rfc7518#section-3.1"sv};

} // namespace

const rule::Rule k_auth_method_mismatch{
    .code = "OG3022",
    .name = "auth-method-mismatch",
    .consequence = rule::Consequence::login_fails,
    .summary = "application and provider disagree about how the client authenticates at the token endpoint",
    .why = "A client is registered with one method: token_endpoint_auth_method, or client_secret_basic if that is not "
           "set (RFC 7591, section 2). A provider may refuse every other method, even with the right secret.",
    .bad = "# used: client_secret_post\ntoken_endpoint_auth_method: client_secret_basic",
    .good = "# used: client_secret_basic\ntoken_endpoint_auth_method: client_secret_basic",
    .sources = k_auth_method_mismatch_sources,
};

const rule::Rule k_secret_mismatch{
    .code = "OG3023",
    .name = "secret-mismatch",
    .consequence = rule::Consequence::login_fails,
    .summary = "the application's secret does not match the provider's",
    .why =
        "The application holds the secret itself; the provider keeps that secret or a digest of it. Usual causes "
        "are the digest pasted into both, spaces or quotes around one of them, and a secret that was changed on only "
        "one side.",
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

const rule::Rule k_credentials_not_decoded{
    .code = "OG3050",
    .name = "credentials-not-decoded",
    .consequence = rule::Consequence::login_fails,
    .summary = "the client id or secret has characters that do not survive client_secret_basic",
    .why = "With client_secret_basic the application escapes characters of the client id and the secret in an HTTP "
           "header (RFC 6749, section 2.3.1). A provider that does not resolve these escapes in the same way compares "
           "another text, and refuses the client.",
    .bad = "# sent with client_secret_basic\nclient_id: photos-web",
    .good = "# sent with client_secret_basic\nclient_id: photosweb",
    .sources = k_basic_sources,
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
    .why = "The redirect_uri of the token request must be the same as in the authorization request (RFC 6749, section "
           "4.1.3). An application that normalises the address in between sends two different ones.",
    .sources = k_mobile_override_renormalised_sources,
};

const rule::Rule k_signing_key_unfit{
    .code = "OG3027",
    .name = "signing-key-unfit",
    .consequence = rule::Consequence::login_fails,
    .summary = "the provider's key cannot sign with the algorithm that is set for it",
    .why =
        "Each algorithm needs its kind of key: RS256 an RSA key, ES256 an EC key on the curve P-256 (RFC 7518, section "
        "3.1). With any other key the provider cannot sign the ID token.",
    .sources = k_signing_key_unfit_sources,
};

namespace {

AuthMethod used_method(const RelyingParty& party) {
    const bool no_secret = party.client_secret.value.empty() && !party.client_secret.is_unknown();
    return no_secret && party.behaviour.empty_secret_is_public ? AuthMethod::none
                                                               : party.token_endpoint_auth_method.value;
}

/// What decides the application's method: the setting, or the empty secret.
document::Place method_place(const RelyingParty& party, AuthMethod used) {
    if (used == AuthMethod::none) {
        return party.client_secret.place;
    }
    return party.behaviour.auth_method_is_setting ? party.token_endpoint_auth_method.place : document::Place{};
}

util::Words secret_name(const RelyingParty& party) { return setting_name(party.client_secret.place, "client_secret"); }

rule::Finding method_mismatch(const Attempt& attempt, AuthMethod used, AuthMethod wanted) {
    const auto& party = attempt.party;
    const auto& registered = attempt.registration->token_endpoint_auth_method;
    const auto used_name = util::own(to_string(used));
    const auto wanted_name = util::own(to_string(wanted));
    const auto provider_place = registered.place ? registered.place : attempt.registration->place;
    const auto there = method_place(party, used);
    // What a setting is not asked for is not its default either.
    const auto used_known = used != AuthMethod::none && party.behaviour.auth_method_is_setting
                                ? party.token_endpoint_auth_method.known
                                : Known::given;
    const auto expected = attempt.provider.saved_metadata
                              ? util::Words("the provider does not list that method")
                              : util::words("the client is registered with {}",
                                            with_origin(wanted_name, registered.known, attempt.provider_release()));
    const auto note =
        origin_note(attempt.provider.saved_metadata ? util::Words("the methods that it takes are listed here")
                                                    : util::Words("the client's method is set here"),
                    wanted_name, registered.known, attempt.provider_release());
    if (used == AuthMethod::none) {
        return between(
            k_auth_method_mismatch,
            util::words("{} has no secret, so it authenticates with {}, and {}", attempt.app(), used_name, expected),
            there, note, provider_place, util::words("put the client's secret into {}", secret_name(party)));
    }
    const auto message = util::words("{} authenticates with {}, and {}", attempt.app(),
                                     with_origin(used_name, used_known, attempt.app_release()), expected);
    if (wanted == AuthMethod::none) {
        return between(k_auth_method_mismatch, message, provider_place, "the application's secret is set here",
                       party.client_secret.place,
                       util::words("make the client a confidential one with {}the secret, or leave {} empty",
                                   attempt.provider_system().keeps_digest ? "a digest of " : "", secret_name(party)));
    }
    const auto& methods = party.behaviour.auth_methods;
    const bool can_follow =
        party.behaviour.auth_method_is_setting && std::ranges::find(methods, wanted) != methods.end();
    // The side that was not written has a default that nobody chose; where both were, the application is easier to
    // change.
    const bool app_first =
        can_follow && there &&
        (party.token_endpoint_auth_method.is_given() || !registered.is_given() || attempt.provider.saved_metadata);
    if (app_first) {
        return between(k_auth_method_mismatch, message, there, note, provider_place,
                       how_to_set(there, "token_endpoint_auth_method", to_string(wanted)));
    }
    return between(k_auth_method_mismatch, message, provider_place,
                   origin_note("the application's method is set here", used_name, used_known, attempt.app_release()),
                   there, how_to_set(registered.place, "token_endpoint_auth_method", to_string(used)));
}

} // namespace

// Once fixed: the client authenticates with the registered method, with its secret, for a code that it may exchange;
// the provider has a key of the right kind, and signs the ID token as the application expects.

Step check_auth_method(Attempt& attempt) {
    const auto& party = attempt.party;
    const auto& registered = attempt.registration->token_endpoint_auth_method;
    if (party.token_endpoint_auth_method.is_unknown() || registered.is_unknown()) {
        attempt.cannot_know(registered.is_unknown() ? registered.place : party.token_endpoint_auth_method.place);
        return Step::goes_on;
    }
    const auto used = used_method(party);
    attempt.trace(Stage::token,
                  util::words("{} exchanges the code and authenticates with {}; the client is registered with {}",
                              attempt.app(), to_string(used), to_string(registered.value)));
    if (used == registered.value) {
        return Step::goes_on;
    }
    // A secret that is put in or taken away is not the one of now.
    attempt.is_secret_settled = used == AuthMethod::none || registered.value == AuthMethod::none;
    return attempt.fail(Stage::token, method_mismatch(attempt, used, registered.value));
}

Step check_token_endpoint(Attempt& attempt) {
    const auto& fault = attempt.registration->token_fault;
    return fault ? attempt.fail(Stage::token, *fault) : Step::goes_on;
}

Step check_any_auth_method(Attempt& attempt) {
    const auto& party = attempt.party;
    const auto& registration = *attempt.registration;
    const auto& kept = registration.client_secret;
    if (registration.is_public.is_unknown() || registration.is_public.value) {
        if (registration.is_public.is_unknown()) {
            attempt.cannot_know(registration.is_public.place);
        }
        attempt.is_secret_settled = true;
        attempt.trace(Stage::token, "the client is a public one, so the provider asks for no secret");
        return Step::goes_on;
    }
    if (party.token_endpoint_auth_method.is_unknown()) {
        attempt.cannot_know(party.token_endpoint_auth_method.place);
        return Step::goes_on;
    }
    const auto used = used_method(party);
    attempt.trace(Stage::token,
                  util::words("{} exchanges the code and authenticates with {}", attempt.app(), to_string(used)));
    const bool has_none = party.client_secret.value.empty() && !party.client_secret.is_unknown();
    const bool is_empty_there = kept.value.empty() && kept.is_given();
    if (has_none || is_empty_there) {
        attempt.is_secret_settled = true;
        if (has_none == is_empty_there || kept.is_unknown() || party.client_secret.is_unknown()) {
            return Step::goes_on;
        }
        return attempt.fail(
            Stage::token,
            between(k_secret_mismatch,
                    has_none ? util::words("{} has no secret, and the client needs one", attempt.app())
                             : util::words("{} has a secret, and that of the client is empty", attempt.app()),
                    party.client_secret.place, "the client's secret belongs here", kept.place,
                    has_none ? util::words("put the client's secret into {}", secret_name(party))
                             : util::words("put the same secret into {}", setting_name(kept.place, "client_secret"))));
    }
    const auto may_be_generated = attempt.provider_system().may_be_generated;
    if (kept.known == Known::defaulted && may_be_generated != nullptr && !party.client_secret.is_unknown() &&
        !may_be_generated(party.client_secret.value)) {
        attempt.is_secret_settled = true;
        return attempt.fail(
            Stage::token,
            between(k_secret_mismatch,
                    util::words("{} makes a secret of its own because {} is not set, and this is not one that it makes",
                                attempt.provider_title(), setting_name(kept.place, "client_secret")),
                    party.client_secret.place, "the client's secret belongs here", kept.place,
                    util::words("put the same secret into {}", setting_name(kept.place, "client_secret"))));
    }
    return Step::goes_on;
}

namespace {

/// As the text arrives behind an Authorization header that one side writes and the other one reads.
std::string through_header(std::string_view text, BasicCoding written, BasicCoding read) {
    constexpr std::string_view k_strict = "";
    constexpr std::string_view k_form = "*-._";
    constexpr std::string_view k_loose = "!'()*-._~";
    const auto left = written == BasicCoding::loose ? k_loose : written == BasicCoding::form ? k_form : k_strict;
    std::string sent;
    for (const char byte : text) {
        if (written == BasicCoding::none || util::is_alphanumeric(byte) || left.find(byte) != std::string_view::npos) {
            sent += byte;
        } else {
            sent += byte == ' ' ? std::string("+") : fmt::format("%{:02X}", static_cast<unsigned char>(byte));
        }
    }
    if (read == BasicCoding::none) {
        return sent;
    }
    if (read == BasicCoding::form) {
        std::ranges::replace(sent, '+', ' ');
    }
    return util::percent_decoded(sent);
}

} // namespace

// Once fixed: what arrives is what was sent.

Step check_basic_coding(Attempt& attempt) {
    const auto& party = attempt.party;
    const auto written = party.behaviour.basic_coding;
    if (attempt.is_secret_settled || party.token_endpoint_auth_method.is_unknown() ||
        used_method(party) != AuthMethod::client_secret_basic) {
        return Step::goes_on;
    }
    const auto arrives = [&](std::string_view text) {
        return through_header(text, written, attempt.provider.behaviour.basic_coding) == text;
    };
    const bool id_arrives = party.client_id.is_unknown() || arrives(party.client_id.value);
    const bool secret_arrives = party.client_secret.is_unknown() || arrives(party.client_secret.value);
    if (id_arrives && secret_arrives) {
        return Step::goes_on;
    }
    const auto place = id_arrives ? party.client_secret.place : party.client_id.place;
    const auto& methods = party.behaviour.auth_methods;
    const bool can_post = party.behaviour.auth_method_is_setting &&
                          std::ranges::find(methods, AuthMethod::client_secret_post) != methods.end();
    const auto update = or_else(update_advice(
        attempt.provider, +[](const ProviderBehaviour& it) { return it.basic_coding != BasicCoding::none; }));
    attempt.is_secret_settled = !secret_arrives;
    return attempt.fail(
        Stage::token,
        rule::finding(
            k_credentials_not_decoded,
            util::words("the {} has characters that {} does not read with client_secret_basic",
                        id_arrives ? "secret" : "client id", attempt.provider_release()),
            place,
            can_post ? util::words("set {} to client_secret_post{}",
                                   setting_name(party.token_endpoint_auth_method.place, "token_endpoint_auth_method"),
                                   update)
                     : util::words("use only letters and digits in it, on both sides{}", update)));
}

namespace {

rule::Finding secret_mismatch(const Attempt& attempt) {
    const auto& party = attempt.party;
    const auto& kept = attempt.registration->client_secret;
    const auto& verdict = attempt.circumstances.secret;
    if (!verdict.fault.empty()) {
        return between(k_secret_mismatch,
                       util::words("the provider cannot verify any secret with this digest: {}", verdict.fault),
                       kept.place, "the application's secret is set here", party.client_secret.place,
                       "make a new digest of the secret with `oidcgen hash`");
    }
    const bool is_pasted = verdict.is_digest && party.client_secret.value == kept.value;
    const bool keeps_digest = attempt.provider_system().keeps_digest;
    const auto name = secret_name(party);
    const auto kept_name = setting_name(kept.place, "client_secret");
    util::Words message = "the secret is not the provider's secret";
    auto help = util::words("set {} to the same secret as the provider's {}", name, kept_name);
    if (is_pasted) {
        message = "this is the provider's digest, and the application needs the secret itself";
        help = util::words("put the secret that the digest was made from into {}", name);
    } else if (verdict.is_digest) {
        message = "the secret does not match the provider's digest";
        help = util::words("put the secret that the digest was made from into {}, or a digest of this secret into {}; "
                           "`oidcgen hash` makes one",
                           name, kept_name);
    } else if (keeps_digest) {
        message = "the secret is not the provider's secret, which is written there in plain text";
        help = util::words("put the provider's secret into {}, or a digest of this secret into {}; "
                           "`oidcgen hash` makes one",
                           name, kept_name);
    }
    return between(k_secret_mismatch, message, party.client_secret.place,
                   verdict.is_digest ? "the provider's digest is set here" : "the provider's secret is set here",
                   kept.place, help);
}

} // namespace

Step check_secret(Attempt& attempt) {
    const auto& sent = attempt.party.client_secret;
    const auto& kept = attempt.registration->client_secret;
    if (used_method(attempt.party) == AuthMethod::none || attempt.is_secret_settled) {
        return Step::goes_on;
    }
    if (sent.is_unknown() || kept.is_unknown()) {
        attempt.take_secret_for_granted(kept.is_unknown() ? kept.place : sent.place, rule::Doubt::placeholder);
        return Step::goes_on;
    }
    if (std::ranges::any_of(sent.value, [](unsigned char c) { return c < 0x20 || c == 0x7F; })) {
        return attempt.fail(Stage::token,
                            rule::finding(k_secret_not_transmittable,
                                          "the secret has a line break or another control character in it", sent.place,
                                          "write the secret on one line, without a line break"));
    }
    switch (attempt.circumstances.secret.match) {
    case SecretMatch::match:
        attempt.trace(Stage::token, attempt.circumstances.secret.is_digest ? "the secret matches the digest"
                                                                           : "the secret is the provider's secret");
        return Step::goes_on;
    case SecretMatch::unknown:
        attempt.take_secret_for_granted(kept.place, attempt.circumstances.secret.is_too_costly ? rule::Doubt::cost
                                                                                               : rule::Doubt::secret);
        return Step::goes_on;
    case SecretMatch::mismatch:
        break;
    }
    return attempt.fail(Stage::token, secret_mismatch(attempt));
}

Step check_grant_type(Attempt& attempt) {
    const auto& grants = attempt.registration->grant_types;
    if (std::ranges::any_of(grants.value, [](const Text& grant) { return grant.value == "authorization_code"; })) {
        return Step::goes_on;
    }
    if (grants.is_unknown() ||
        std::ranges::any_of(grants.value, [](const Text& grant) { return grant.is_unknown(); })) {
        attempt.cannot_know(grants.place);
        return Step::goes_on;
    }
    return attempt.fail(
        attempt.stage,
        rule::finding(k_grant_type_unregistered, "the client does not have the grant type authorization_code",
                      grants.place ? document::named_at(grants.place) : attempt.registration->place,
                      how_to_add(grants.place, setting_name(grants.place, "grant_types"), "authorization_code")));
}

Step check_redirect_again(Attempt& attempt) {
    const auto& redirect = attempt.redirect;
    const auto second = attempt.app_system().token_redirect(attempt.party, redirect);
    if (second == redirect.uri || attempt.is_redirect_settled) {
        return Step::goes_on;
    }
    const auto list = setting_name(attempt.registration->redirect_uris.place, "redirect_uris");
    return attempt.fail(Stage::token, rule::finding(k_mobile_override_renormalised,
                                                    util::words("the token request sends the {} as {}",
                                                                redirect.setting_noun, util::outside(second, 200)),
                                                    redirect.setting,
                                                    util::words("write {} here and in the client's {}", second, list)));
}

Step check_signing_key(Attempt& attempt) {
    const auto& registration = *attempt.registration;
    if (!attempt.has_id_token() || registration.id_token_signed_response_alg.is_unknown()) {
        return Step::goes_on;
    }
    const auto algorithm = effective_algorithm(attempt.provider, registration.id_token_signed_response_alg,
                                               registration.id_token_signing_key_id);
    const auto* const key = signing_key(attempt.provider, algorithm, registration.id_token_signing_key_id);
    if (key == nullptr || algorithm.is_symmetric() || fits(*key, algorithm)) {
        return Step::goes_on;
    }
    attempt.unfit_key = key;
    attempt.is_id_token_alg_settled = true;
    return attempt.fail(Stage::token,
                        unfit_key(k_signing_key_unfit, *key, algorithm, registration.id_token_signed_response_alg,
                                  registration.id_token_signing_key_id, "id_token_signed_response_alg"));
}

} // namespace oidcgen::oidc
