#include "oidc/login/attempt.hpp"
#include "oidc/login/rules.hpp"
#include "util/text.hpp"
#include "util/url.hpp"

#include <algorithm>
#include <array>
#include <iterator>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace oidcgen::oidc {

namespace {

using namespace std::string_view_literals;

constexpr std::array k_client_id_unknown_sources{"https://www.rfc-editor.org/rfc/rfc6749#section-2.2"sv};
constexpr std::array k_pushed_request_demanded_sources{"https://www.rfc-editor.org/rfc/rfc9126"sv};
constexpr std::array k_redirect_uri_unregistered_sources{
    "https://www.rfc-editor.org/rfc/rfc6749#section-3.1.2.3"sv,
    "https://openid.net/specs/openid-connect-core-1_0.html#AuthRequest"sv};
constexpr std::array k_scope_unregistered_sources{"https://www.rfc-editor.org/rfc/rfc6749#section-3.3"sv};
constexpr std::array k_response_type_unregistered_sources{"https://www.rfc-editor.org/rfc/rfc7591#section-2.1"sv};
constexpr std::array k_state_too_short_sources{"https://www.rfc-editor.org/rfc/rfc6749#section-10.12"sv};
constexpr std::array k_policy_denies_sources{"https://www.rfc-editor.org/rfc/rfc6749#section-4.1.2.1"sv};
constexpr std::array k_pkce_demanded_sources{"https://www.rfc-editor.org/rfc/rfc7636#section-4.4.1"sv};
constexpr std::array k_code_challenge_method_unusable_sources{"https://www.rfc-editor.org/rfc/rfc7636#section-4.2"sv};
constexpr std::array k_redirect_uri_insecure_sources{"https://www.rfc-editor.org/rfc/rfc6749#section-3.1.2.1"sv};
constexpr std::array k_prompt_unknown_sources{"https://openid.net/specs/openid-connect-core-1_0.html#AuthRequest"sv};

} // namespace

const rule::Rule k_client_id_unknown{
    .code = "OG3002",
    .name = "client-id-unknown",
    .consequence = rule::Consequence::login_fails,
    .summary = "the provider has no client of the application's client id",
    .why = "Client ids are compared letter by letter, case and blanks too. The provider shows an error page of its own "
           "and never sends the browser back.",
    .bad = "# registered: client_id: photos\nclient_id: Photos",
    .good = "# registered: client_id: photos\nclient_id: photos",
    .sources = k_client_id_unknown_sources,
};

const rule::Rule k_pushed_request_demanded{
    .code = "OG3011",
    .name = "pushed-request-demanded",
    .consequence = rule::Consequence::login_fails,
    .summary = "the provider demands pushed authorization requests, which the application does not make",
    .why = "A client with require_pushed_authorization_requests has to send its request to the provider first (RFC "
           "9126). The provider then takes none from the browser's address.",
    .bad = "require_pushed_authorization_requests: true",
    .good = "require_pushed_authorization_requests: false",
    .sources = k_pushed_request_demanded_sources,
};

const rule::Rule k_redirect_uri_unregistered{
    .code = "OG3001",
    .name = "redirect-uri-unregistered",
    .consequence = rule::Consequence::login_fails,
    .summary = "the address that the login returns to is not among the client's redirect_uris",
    .why = "OpenID Connect demands that the whole address is the same: scheme, host, port, path, final slash, upper "
           "and lower case. Each way to log in may return to an address of its own, and each needs its line.",
    .bad = "redirect_uris:\n  - https://photos.example.com/",
    .good = "redirect_uris:\n  - https://photos.example.com/auth/login\n  - https://photos.example.com/user-settings",
    .ignore = "for a device that nobody uses",
    .sources = k_redirect_uri_unregistered_sources,
};

const rule::Rule k_scope_unregistered{
    .code = "OG3012",
    .name = "scope-unregistered",
    .consequence = rule::Consequence::login_fails,
    .summary = "the application asks for a scope that the client does not have",
    .why = "A provider may refuse a request for a scope that the client is not registered with. Scopes are compared "
           "letter by letter; they are separated by blanks, not commas.",
    .bad = "# asked for: openid email profile groups\nscope: openid email profile",
    .good = "# asked for: openid email profile groups\nscope: openid email profile groups",
    .sources = k_scope_unregistered_sources,
};

const rule::Rule k_response_type_unregistered{
    .code = "OG3013",
    .name = "response-type-unregistered",
    .consequence = rule::Consequence::login_fails,
    .summary = "the client does not have the response type code",
    .why = "An application that logs in with the authorization code flow asks for the response type code. The provider "
           "refuses a response type that the client is not registered with.",
    .bad = "response_types: [id_token]",
    .good = "response_types: [code]",
    .sources = k_response_type_unregistered_sources,
};

const rule::Rule k_state_too_short{
    .code = "OG3014",
    .name = "state-too-short",
    .consequence = rule::Consequence::login_fails,
    .summary = "the provider demands a longer state than the application sends",
    .why = "The state protects the login against forged answers, so a provider may demand that it is long enough not "
           "to be guessed (RFC 6749, section 10.12). The application makes it, and has no setting for its length.",
    .sources = k_state_too_short_sources,
};

const rule::Rule k_policy_denies{
    .code = "OG3015",
    .name = "policy-denies",
    .consequence = rule::Consequence::login_fails,
    .summary = "the client's authorization policy lets nobody in",
    .why = "Every way through the policy ends with a refusal, whoever logs in.",
    .ignore = "while the client is closed on purpose",
    .sources = k_policy_denies_sources,
};

const rule::Rule k_pkce_demanded{
    .code = "OG3016",
    .name = "pkce-demanded",
    .consequence = rule::Consequence::login_fails,
    .summary = "the provider demands PKCE, which this version of the application does not use",
    .why = "A provider that demands PKCE refuses a request without a code challenge (RFC 7636, section 4.4.1), and an "
           "application that does not know PKCE sends none.",
    .sources = k_pkce_demanded_sources,
};

const rule::Rule k_code_challenge_method_unusable{
    .code = "OG3017",
    .name = "code-challenge-method-unusable",
    .consequence = rule::Consequence::login_fails,
    .summary = "the client demands a code challenge method that the application does not use",
    .why = "A code challenge is made with plain or with S256 (RFC 7636, section 4.2). The provider refuses one that "
           "was made with another method than the client's.",
    .sources = k_code_challenge_method_unusable_sources,
};

const rule::Rule k_redirect_uri_insecure{
    .code = "OG3018",
    .name = "redirect-uri-insecure",
    .consequence = rule::Consequence::login_fails,
    .summary = "the provider does not send the browser back to an http address",
    .why = "On its way to an http address a code can be read by others, so a provider may refuse to send it there even "
           "if the address is registered (RFC 6749, section 3.1.2.1).",
    .bad = "redirect_uris:\n  - http://photos.example.com/auth/login",
    .good = "redirect_uris:\n  - https://photos.example.com/auth/login",
    .sources = k_redirect_uri_insecure_sources,
};

const rule::Rule k_prompt_unknown{
    .code = "OG3019",
    .name = "prompt-unknown",
    .consequence = rule::Consequence::login_fails,
    .summary = "the application asks for a prompt that the provider does not know",
    .why = "OpenID Connect defines none, login, consent and select_account. A provider may refuse any other prompt.",
    .bad = "prompt: create",
    .good = "prompt: login",
    .sources = k_prompt_unknown_sources,
};

namespace {

constexpr std::int64_t k_state_length = 43; ///< 32 random bytes in base64url, in both libraries

Step check_client(Attempt& attempt) {
    const auto& party = attempt.party;
    if (party.client_id.is_unknown()) {
        attempt.cannot_know(party.client_id.place);
    }
    const auto* const registration = attempt.registration;
    if (registration != nullptr && registration->client_id.is_unknown()) {
        attempt.cannot_know(registration->client_id.place);
        return Step::goes_on;
    }
    if (registration != nullptr &&
        (party.client_id.is_unknown() || registration->client_id.value == party.client_id.value)) {
        return Step::goes_on;
    }
    std::vector<std::string_view> ids;
    std::vector<std::string> shown;
    for (const auto& client : attempt.provider.registrations) {
        ids.push_back(client.client_id.value);
        constexpr std::size_t k_most = 10;
        if (shown.size() < k_most) {
            shown.push_back(util::quoted(client.client_id.value));
        }
    }
    if (ids.empty() || std::ranges::any_of(attempt.provider.registrations,
                                           [](const Registration& it) { return it.client_id.is_unknown(); })) {
        attempt.cannot_know(party.client_id.place, ids.empty() ? "snippet" : "placeholder");
        return Step::fails; // without a client there is nothing to go on with
    }
    auto finding = rule::finding(k_client_id_unknown,
                                 fmt::format("the provider has no client {}{}", util::quoted(party.client_id.value),
                                             util::did_you_mean(party.client_id.value, ids)),
                                 party.client_id.place,
                                 registration != nullptr
                                     ? fmt::format("set clientId to {}", util::quoted(registration->client_id.value))
                                     : fmt::format("the clients are {}", fmt::join(shown, ", ")));
    if (registration != nullptr && registration->client_id.place) {
        finding.notes.push_back({"the provider's client is called so here", registration->client_id.place});
    }
    return attempt.fail(Stage::authorize, std::move(finding));
}

Step check_pushed(Attempt& attempt) {
    for (const auto* const demand : {&attempt.registration->require_pushed_authorization_requests,
                                     &attempt.provider.require_pushed_authorization_requests}) {
        if (demand->value && !demand->is_unknown()) {
            return attempt.fail(Stage::authorize,
                                rule::finding(k_pushed_request_demanded,
                                              "Immich does not make the pushed authorization requests demanded here",
                                              demand->place, "set it to false"));
        }
    }
    return Step::goes_on;
}

/// The parts of an http address that decide whether the port may differ (RFC 8252 section 7.3).
struct Loopback {
    std::string host;
    std::string rest; ///< path and query
};

std::optional<Loopback> loopback(std::string_view uri) {
    constexpr std::string_view k_scheme = "http://";
    if (!uri.starts_with(k_scheme)) {
        return std::nullopt;
    }
    uri.remove_prefix(k_scheme.size());
    const auto authority = uri.substr(0, uri.find_first_of("/?#"));
    const auto bracket = authority.rfind(']');
    const auto colon = authority.rfind(':');
    const bool has_port = colon != std::string_view::npos && (bracket == std::string_view::npos || colon > bracket);
    const auto host = has_port ? authority.substr(0, colon) : authority;
    const bool is_loopback = host == "[::1]" || (host.starts_with("127.") && util::is_ip_address(host));
    return is_loopback ? std::optional(Loopback{std::string(host), std::string(uri.substr(authority.size()))})
                       : std::nullopt;
}

bool matches(std::string_view registered, std::string_view sent) {
    if (registered.find('#') != std::string_view::npos) {
        return false; // RFC 6749 section 3.1.2: no fragment; such an entry never matches
    }
    if (registered == sent) {
        return true;
    }
    const auto left = loopback(registered);
    const auto right = loopback(sent);
    return left && right && left->host == right->host && left->rest == right->rest;
}

/// What the device sends. Sets the attempt's redirect URI; false when it is not known.
bool set_redirect_uri(Attempt& attempt) {
    const auto& party = attempt.party;
    const auto& registered = attempt.registration->redirect_uris;
    const bool is_at_address = attempt.device() != Device::mobile;
    if (is_at_address && attempt.circumstances.address.empty() &&
        std::ranges::any_of(registered.value, [](const auto& uri) { return uri.is_unknown() || uri.value.is_web(); })) {
        attempt.cannot_know(registered.place, "address-unknown");
        return false;
    }
    switch (attempt.device()) {
    case Device::web:
        attempt.redirect_uri = attempt.circumstances.address + "/auth/login";
        return true;
    case Device::link:
        attempt.redirect_uri = attempt.circumstances.address + "/user-settings";
        return true;
    case Device::mobile:
        break;
    }
    attempt.redirect_uri = party.behaviour.mobile_redirect_uri;
    if (party.mobile_override.is_unknown()) {
        attempt.cannot_know(party.mobile_override.place);
        return false;
    }
    if (!party.mobile_override.value || !party.behaviour.honours_mobile_override) {
        return true;
    }
    if (party.mobile_redirect_uri.is_unknown()) {
        attempt.cannot_know(party.mobile_redirect_uri.place);
        return false;
    }
    if (!party.mobile_redirect_uri.value.text.empty()) {
        attempt.redirect_uri = party.mobile_redirect_uri.value.text;
        attempt.overrides_redirect_uri = true;
    }
    return true;
}

/// The registered entry that was most likely meant: the one with the fewest edits, or with the same path elsewhere.
const Located<RedirectUri>* nearest_entry(const Attempt& attempt) {
    const auto& uris = attempt.registration->redirect_uris.value;
    std::vector<std::string_view> texts;
    std::ranges::transform(uris, std::back_inserter(texts),
                           [](const auto& uri) { return std::string_view(uri.value.text); });
    if (const auto near = util::nearest(attempt.redirect_uri, texts)) {
        const auto found = std::ranges::find(texts, *near);
        return &uris[static_cast<std::size_t>(std::distance(texts.begin(), found))];
    }
    const RedirectUri sent{attempt.redirect_uri};
    if (!sent.is_web()) {
        const auto found =
            std::ranges::find_if(uris, [&](const auto& uri) { return uri.value.scheme() == sent.scheme(); });
        return found == uris.end() ? nullptr : &*found;
    }
    const auto path_of = [](std::string_view uri) {
        const auto slash = uri.find('/', uri.find("://") + 3);
        auto path = slash == std::string_view::npos ? std::string_view() : uri.substr(slash);
        path = path.substr(0, path.find_first_of("?#"));
        while (path.ends_with('/')) {
            path.remove_suffix(1);
        }
        return path;
    };
    const auto path = path_of(attempt.redirect_uri);
    const auto found = std::ranges::find_if(
        uris, [&](const auto& uri) { return uri.value.is_web() && path_of(uri.value.text) == path; });
    return found == uris.end() ? nullptr : &*found;
}

std::string purpose(Device device) {
    switch (device) {
    case Device::web:
        return "the login page returns to";
    case Device::link:
        return "linking an account returns to";
    case Device::mobile:
        break;
    }
    return "the app returns to";
}

Step check_redirect_uri(Attempt& attempt) {
    if (!set_redirect_uri(attempt)) {
        return Step::goes_on;
    }
    attempt.trace(Stage::authorize,
                  fmt::format("the browser is sent to the provider, to come back to {}", attempt.redirect_uri));
    const auto& registered = attempt.registration->redirect_uris;
    if (std::ranges::any_of(registered.value, [&](const auto& uri) {
            return !uri.is_unknown() && matches(uri.value.text, attempt.redirect_uri);
        })) {
        return Step::goes_on;
    }
    if (registered.is_unknown() ||
        std::ranges::any_of(registered.value, [](const auto& uri) { return uri.is_unknown(); })) {
        attempt.cannot_know(registered.place);
        return Step::goes_on;
    }
    const bool is_path_only = attempt.redirect_uri.starts_with('/'); // no address is known, and none is registered
    const auto help = fmt::format("add {}{} to redirect_uris", is_path_only ? "the application's address with " : "",
                                  attempt.redirect_uri);
    const auto message = fmt::format("{} {}, which the client's redirect_uris do not hold", purpose(attempt.device()),
                                     util::quoted(attempt.redirect_uri, 200));
    const auto* const near = nearest_entry(attempt);
    if (near != nullptr) {
        auto finding = rule::finding(k_redirect_uri_unregistered, message, near->place,
                                     fmt::format("write {}", attempt.redirect_uri));
        if (attempt.overrides_redirect_uri) {
            finding.notes.push_back(
                {"the application's mobile override is set here", attempt.party.mobile_redirect_uri.place});
        } else if (registered.place) {
            finding.help = fmt::format("write {} here, or add it to the list", attempt.redirect_uri);
        }
        return attempt.fail(Stage::authorize, std::move(finding));
    }
    const auto place = registered.place ? registered.place : attempt.registration->place;
    auto finding = rule::finding(k_redirect_uri_unregistered, message, place, help);
    if (attempt.overrides_redirect_uri && attempt.party.mobile_redirect_uri.place) {
        finding.notes.push_back(
            {"the application's mobile override is set here", attempt.party.mobile_redirect_uri.place});
    }
    return attempt.fail(Stage::authorize, std::move(finding));
}

Step check_scope(Attempt& attempt) {
    const auto& party = attempt.party;
    if (party.scope.is_unknown()) {
        attempt.cannot_know(party.scope.place);
        attempt.scopes_known = false;
        return Step::goes_on;
    }
    // Authelia separates at blanks alone: a tab or line break stays part of a word.
    for (const auto word : util::split(party.scope.value, ' ')) {
        if (!word.empty()) {
            attempt.scopes.emplace_back(word);
        }
    }
    attempt.trace(Stage::authorize, fmt::format("it asks for the scopes {}", fmt::join(attempt.scopes, ", ")));
    const auto& registered = attempt.registration->scopes;
    std::vector<std::string_view> known;
    bool all_known = !registered.is_unknown();
    for (const auto& scope : registered.value) {
        all_known = all_known && !scope.is_unknown();
        known.push_back(scope.value);
    }
    for (const auto& word : attempt.scopes) {
        if (std::ranges::find(known, word) != known.end()) {
            continue;
        }
        if (!all_known) {
            attempt.cannot_know(registered.place);
            return Step::goes_on;
        }
        const auto message =
            fmt::format("the application asks for the scope {}, which the client does not have", util::quoted(word));
        constexpr std::array k_usual{"openid"sv, "email"sv, "profile"sv, "groups"sv, "phone"sv, "address"sv};
        const bool is_usual = std::ranges::find(k_usual, word) != k_usual.end();
        const auto one_text =
            std::ranges::find_if(known, [](std::string_view it) { return it.find(' ') != std::string_view::npos; });
        if (is_usual && registered.place) {
            const auto help = one_text != known.end() ? std::string("write the scopes as a list with one word each")
                                                      : fmt::format("add {} to the client's scopes", word);
            return attempt.fail(Stage::authorize, between(k_scope_unregistered, message, registered.place,
                                                          "the application asks for it here", party.scope.place, help));
        }
        const auto help = word.find(',') != std::string::npos
                              ? std::string("separate the words of scope with blanks")
                              : fmt::format("add {0} to the client's scopes, or remove it from scope{1}", word,
                                            util::did_you_mean(word, known));
        return attempt.fail(Stage::authorize, between(k_scope_unregistered, message, party.scope.place,
                                                      "the client's scopes are these", registered.place, help));
    }
    return Step::goes_on;
}

Step check_response_type(Attempt& attempt) {
    const auto& types = attempt.registration->response_types;
    const auto is_code = [](const Text& type) { return type.value == "code"; };
    const auto is_unknown = [](const Text& type) { return type.is_unknown(); };
    if (std::ranges::any_of(types.value, is_code)) {
        return Step::goes_on;
    }
    if (types.is_unknown() || std::ranges::any_of(types.value, is_unknown)) {
        attempt.cannot_know(types.place);
        return Step::goes_on;
    }
    return attempt.fail(Stage::authorize,
                        rule::finding(k_response_type_unregistered, "the client does not have the response type code",
                                      types.place, "add code to response_types"));
}

Step check_state(Attempt& attempt) {
    const auto& entropy = attempt.provider.minimum_parameter_entropy;
    if (entropy.is_unknown() || entropy.value <= k_state_length) {
        return Step::goes_on;
    }
    return attempt.fail(Stage::authorize,
                        rule::finding(k_state_too_short,
                                      fmt::format("a state of at least {} characters is demanded, and Immich sends {}",
                                                  entropy.value, k_state_length),
                                      entropy.place, "leave minimum_parameter_entropy out"));
}

Step check_policy(Attempt& attempt) {
    const auto& name = attempt.registration->authorization_policy;
    if (name.is_unknown()) {
        attempt.cannot_know(name.place);
        return Step::goes_on;
    }
    attempt.trace(Stage::authorize, fmt::format("the person signs in, under the policy {}", name.value));
    const auto policy =
        std::ranges::find_if(attempt.provider.authorization_policies,
                             [&](const AuthorizationPolicy& it) { return it.name.value == name.value; });
    if (policy == attempt.provider.authorization_policies.end()) {
        constexpr std::array k_built_in{""sv, "one_factor"sv, "two_factor"sv};
        if (attempt.provider.is_snippet && std::ranges::find(k_built_in, name.value) == k_built_in.end()) {
            attempt.cannot_know(name.place, "snippet");
        }
        return Step::goes_on;
    }
    bool may_pass = false;
    bool may_be_denied = false;
    const auto consider = [&](Access access) { (access == Access::deny ? may_be_denied : may_pass) = true; };
    bool decided = false;
    for (const auto& rule : policy->rules) {
        consider(rule.access);
        if (!rule.names_subjects && !rule.names_networks) {
            decided = true;
            break;
        }
    }
    if (!decided) {
        if (policy->otherwise.is_unknown()) {
            may_pass = may_be_denied = true;
        }
        consider(policy->otherwise.value);
    }
    if (may_pass && may_be_denied) {
        attempt.cannot_know(name.place ? name.place : policy->name.place, "person");
        return Step::goes_on;
    }
    if (may_be_denied) {
        return attempt.fail(
            Stage::authorize,
            between(k_policy_denies, fmt::format("the policy {} lets nobody in", util::quoted(name.value)),
                    policy->otherwise.place ? policy->otherwise.place : policy->name.place, "the client uses it here",
                    name.place, "let a rule of the policy end with one_factor or two_factor"));
    }
    return Step::goes_on;
}

bool is_local(std::string_view uri) {
    const auto start = uri.find("://") + 3;
    const auto host = util::lowered(uri.substr(start, uri.find_first_of(":/?#", start) - start));
    return host == "localhost" || host.ends_with(".localhost") || loopback(uri).has_value();
}

Step check_insecure_redirect(Attempt& attempt) {
    const auto& registration = *attempt.registration;
    const bool is_http = attempt.redirect_uri.starts_with("http://");
    const bool is_taken = attempt.provider.behaviour.takes_http_redirect_uris && !registration.is_public.value;
    if (!is_http || is_taken || is_local(attempt.redirect_uri) || registration.is_public.is_unknown()) {
        return Step::goes_on;
    }
    const auto entry = std::ranges::find_if(registration.redirect_uris.value, [&](const auto& uri) {
        return matches(uri.value.text, attempt.redirect_uri);
    });
    const auto place =
        entry != registration.redirect_uris.value.end() ? entry->place : registration.redirect_uris.place;
    return attempt.fail(Stage::authorize,
                        between(k_redirect_uri_insecure,
                                fmt::format("the provider does not send the browser back to {}",
                                            util::quoted(attempt.redirect_uri, 200)),
                                place, "the client is a public one", registration.is_public.place,
                                "open the application by https, or make the client a confidential one"));
}

/// The setting because of which PKCE is demanded; nowhere when it is not.
document::Place pkce_demand(const Attempt& attempt) {
    const auto& registration = *attempt.registration;
    if (registration.require_pkce.value && !registration.require_pkce.is_unknown()) {
        return registration.require_pkce.place;
    }
    if (registration.code_challenge_method.value && !registration.code_challenge_method.is_unknown()) {
        return registration.code_challenge_method.place;
    }
    const auto& enforce = attempt.provider.enforce_pkce;
    if (enforce.is_unknown()) {
        return {};
    }
    if (enforce.value == EnforcePkce::always) {
        return enforce.place;
    }
    if (enforce.value == EnforcePkce::public_clients_only && registration.is_public.value) {
        return registration.is_public.place;
    }
    return {};
}

Step check_pkce(Attempt& attempt) {
    const auto& registration = *attempt.registration;
    if (!attempt.party.behaviour.sends_pkce) {
        if (const auto demand = pkce_demand(attempt)) {
            const bool method_too = registration.require_pkce.value && registration.code_challenge_method.value;
            return attempt.fail(
                Stage::authorize,
                rule::finding(
                    k_pkce_demanded,
                    fmt::format("PKCE is demanded here, and {} does not use it", attempt.party.version), demand,
                    method_too ? "set require_pkce to false and pkce_challenge_method to '', or update Immich to "
                                 "1.132.0 or newer"
                               : "demand no PKCE for this client, or update Immich to 1.132.0 or newer"));
        }
        if (registration.require_pkce.is_unknown() || attempt.provider.enforce_pkce.is_unknown()) {
            attempt.cannot_know(registration.require_pkce.place);
        }
        return Step::goes_on;
    }
    const auto& method = registration.code_challenge_method;
    if (!method.is_unknown() && method.value == CodeChallengeMethod::plain) {
        return attempt.fail(Stage::authorize,
                            rule::finding(k_code_challenge_method_unusable,
                                          "the client demands the code challenge method plain, and Immich uses S256",
                                          method.place, "set pkce_challenge_method to S256"));
    }
    return Step::goes_on;
}

Step check_prompt(Attempt& attempt) {
    constexpr std::array k_known{"none"sv, "login"sv, "consent"sv, "select_account"sv};
    const auto& prompt = attempt.party.prompt;
    if (prompt.is_unknown()) {
        attempt.cannot_know(prompt.place);
        return Step::goes_on;
    }
    for (const auto word : util::split(prompt.value, ' ')) {
        if (!word.empty() && std::ranges::find(k_known, word) == k_known.end()) {
            return attempt.fail(Stage::authorize,
                                rule::finding(k_prompt_unknown,
                                              fmt::format("Authelia does not know the prompt {}{}", util::quoted(word),
                                                          util::did_you_mean(word, k_known)),
                                              prompt.place,
                                              fmt::format("use {}, or leave it empty", util::alternatives(k_known))));
        }
    }
    return Step::goes_on;
}

} // namespace

Step request_authorization(Attempt& attempt) {
    // The order in which Authelia checks before it shows a page.
    if (check_client(attempt) == Step::fails) {
        return Step::fails;
    }
    for (const auto check :
         {check_pushed, check_redirect_uri, check_scope, check_response_type, check_state, check_policy}) {
        if (check(attempt) == Step::fails) {
            return Step::fails;
        }
    }
    return Step::goes_on;
}

Step answer_authorization(Attempt& attempt) {
    for (const auto check : {check_prompt, check_insecure_redirect, check_pkce}) {
        if (check(attempt) == Step::fails) {
            return Step::fails;
        }
    }
    return Step::goes_on;
}

} // namespace oidcgen::oidc
