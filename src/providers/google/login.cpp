#include "providers/google/login.hpp"

#include "oidc/login/attempt.hpp"
#include "oidc/login/checks.hpp"
#include "providers/google/check.hpp"
#include "providers/google/read.hpp"
#include "providers/google/rules.hpp"
#include "util/text.hpp"
#include "util/url.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <utility>

namespace oidcgen::providers::google {

namespace {

using namespace std::string_view_literals;
using oidc::Attempt;
using oidc::Provider;
using oidc::Registration;
using oidc::Stage;
using oidc::Step;

constexpr std::array k_validation{
    "https://developers.google.com/identity/protocols/oauth2/web-server#uri-validation"sv};
constexpr std::array k_scope_sources{
    "https://developers.google.com/identity/openid-connect/openid-connect#scope-param"sv};

/// Scopes of Google's other services.
constexpr std::string_view k_service_scopes = "https://www.googleapis.com/auth/";

} // namespace

const rule::Rule k_redirect_uri_impossible{
    .code = "OG1306",
    .name = "redirect-uri-impossible",
    .consequence = rule::Consequence::login_fails,
    .summary = "a login returns to an address that no client of Google can have",
    .why =
        "Google sends people back to https addresses with a public host name alone, and to localhost. A login from an "
        "IP address, by http, or into the scheme of an app is refused. Open the application at a public name, which "
        "may "
        "lead to a private address; let the app come back through an https address of the server.",
    .bad = "# the application is opened at http://192.168.0.10:2283",
    .good = "# the application is opened at https://photos.example.com",
    .sources = k_validation,
};

const rule::Rule k_scope_refused{
    .code = "OG1307",
    .name = "scope-refused",
    .consequence = rule::Consequence::login_fails,
    .summary = "the application asks for a scope that Google does not know",
    .why = "For signing in, Google has the scopes openid, email and profile. A request for a scope that does not exist "
           "ends "
           "with invalid_scope.",
    .bad = "scope: openid email profile groups",
    .good = "scope: openid email profile",
    .sources = k_scope_sources,
};

bool owns_issuer(std::string_view issuer_url) {
    const auto url = util::parse_url(issuer_url);
    return url && url->origin && (url->origin->host == "google.com" || url->origin->host.ends_with(".google.com"));
}

void adapt(Provider& provider, const oidc::RelyingParty& /*party*/) { complete(provider.registrations.front()); }

std::optional<oidc::Metadata> metadata(const Provider& /*provider*/, const Registration* /*client*/,
                                       std::string_view /*base*/, std::string_view path) {
    return path == "/.well-known/openid-configuration"
               ? std::optional(oidc::Metadata{.issuer = std::string(k_issuer),
                                              .id_token_signing_alg_values_supported = {"RS256"}})
               : std::nullopt;
}

std::string issuer(const Provider& /*provider*/, const Registration* /*client*/, std::string_view /*base*/) {
    return std::string(k_issuer);
}

bool redirect_matches(const oidc::RedirectUri& registered, std::string_view sent) {
    return registered.text == sent && judge_redirect_uri(sent).allowed != Allowed::no;
}

oidc::Delivery deliver(const Provider& /*provider*/, const Registration& /*client*/,
                       const std::vector<std::string>& scopes, std::string_view claim, oidc::Carrier /*carrier*/) {
    // https://developers.google.com/identity/openid-connect/openid-connect#an-id-tokens-payload
    constexpr std::array k_profile{"name"sv, "given_name"sv, "family_name"sv, "picture"sv};
    const auto is_asked = [&](std::string_view scope) { return std::ranges::find(scopes, scope) != scopes.end(); };
    const bool of_profile = std::ranges::find(k_profile, claim) != k_profile.end();
    const bool of_email = claim == "email" || claim == "email_verified";
    return {.arrives = claim == "sub" || (of_profile && is_asked("profile")) || (of_email && is_asked("email")),
            .is_text = claim != "email_verified"};
}

util::Words how_to_send(std::string_view /*claim*/, oidc::Carrier /*carrier*/) {
    return "Google never sends it: choose sub, email, name, given_name or family_name, or do without";
}

util::Words how_to_register(const Registration& /*client*/, std::string_view uri) {
    return util::words("add {} to the authorised redirect URIs of the client in the console", uri);
}

util::Words how_to_sign(const Registration& /*client*/, std::string_view /*algorithm*/) {
    return "Google signs with RS256 alone: let the application expect that";
}

oidc::LogoutReturn logout(std::string_view end_session_endpoint, std::string_view /*base*/, std::string_view address) {
    oidc::LogoutReturn result;
    if (owns_issuer(end_session_endpoint)) {
        result.is_refused = true;
        result.host = util::parse_url(address) ? std::string(util::origin_part(address)) : std::string(address);
        result.proposal = "''";
    }
    return result;
}

namespace {

/// What nobody can register is refused, whatever the client has.
Step check_redirect_allowed(Attempt& attempt) {
    const auto& circumstances = attempt.circumstances;
    if (attempt.way.is_at_address && circumstances.address.empty()) {
        return oidc::check_redirect_uri(attempt);
    }
    const auto request = attempt.app_system().redirect(attempt.party, attempt.way, circumstances.address);
    document::HoleNames names;
    const auto text =
        document::hole_text(request.uri, attempt.way.is_at_address ? !circumstances.are_literal : request.has_holes);
    const auto judgement = request.unknown || !text.holes.empty() ? Judgement{} : judge_redirect_uri(request.uri);
    if (judgement.allowed != Allowed::no) {
        return oidc::check_redirect_uri(attempt);
    }
    attempt.redirect = request;
    attempt.is_redirect_settled = true;
    const auto& party = attempt.party;
    const bool is_override = !attempt.way.is_at_address;
    const auto place = request.setting               ? request.setting
                       : is_override                 ? party.mobile_override.place
                       : circumstances.address_place ? circumstances.address_place
                                                     : attempt.registration->redirect_uris.place;
    return attempt.fail(
        Stage::authorize,
        rule::finding(k_redirect_uri_impossible,
                      util::words("{} {}, which {}; no client of Google can have it", attempt.way.return_words,
                                  util::outside(request.uri, 200), judgement.why),
                      place ? place : party.place,
                      is_override
                          ? util::words("set {} to true, and {} to an https address of the server that leads "
                                        "into the app",
                                        oidc::setting_name(party.mobile_override.place, "the override"),
                                        oidc::setting_name(party.mobile_redirect_uri.place, "its address"))
                          : util::Words("open the application by https at a public name; the name may lead to a "
                                        "private address")));
}

/// Google knows few scopes, and what comes of a request without openid is not known.
Step check_scopes(Attempt& attempt) {
    const auto& scope = attempt.party.scope;
    if (scope.is_unknown()) {
        attempt.cannot_know(scope.place);
        attempt.scopes_known = false;
        return Step::goes_on;
    }
    const std::vector<std::string_view> known(k_scopes.begin(), k_scopes.end());
    for (const auto& word : oidc::parse_scope(scope.value)) {
        const bool is_known = std::ranges::find(known, word) != known.end() || word.starts_with(k_service_scopes);
        if (is_known) {
            attempt.scopes.push_back(word);
            continue;
        }
        auto finding =
            rule::finding(k_scope_refused, util::words("Google does not know the scope {}", util::outside(word)),
                          scope.place, util::words("remove it from {}", oidc::setting_name(scope.place, "scope")));
        finding.suggestion = util::did_you_mean(word, known);
        if (const auto meant = util::nearest(word, known)) {
            attempt.scopes.emplace_back(*meant);
        }
        attempt.fail(Stage::authorize, std::move(finding));
    }
    if (!attempt.asks_for("openid")) {
        attempt.cannot_know(scope.place, rule::Doubt::network);
    }
    return Step::goes_on;
}

/// The standard prompt that its documentation does not name.
Step check_prompts(Attempt& attempt) {
    const auto& prompt = attempt.party.prompt;
    if (!prompt.is_unknown() && prompt.value == "login") {
        attempt.cannot_know(prompt.place, rule::Doubt::network);
        return Step::goes_on;
    }
    return oidc::check_prompt(attempt);
}

} // namespace

std::span<const oidc::Check> request_checks() {
    static constexpr std::array<oidc::Check, 4> k_checks{oidc::check_client, oidc::check_authorization_endpoint,
                                                         check_redirect_allowed, check_scopes};
    return k_checks;
}

std::span<const oidc::Check> answer_checks() {
    static constexpr std::array<oidc::Check, 1> k_checks{check_prompts};
    return k_checks;
}

std::span<const oidc::Check> token_checks() {
    static constexpr std::array<oidc::Check, 4> k_checks{oidc::check_any_auth_method, oidc::check_basic_coding,
                                                         oidc::check_secret, oidc::check_redirect_again};
    return k_checks;
}

} // namespace oidcgen::providers::google
