#include "document/addition.hpp"
#include "oidc/advice.hpp"
#include "oidc/hole_text.hpp"
#include "oidc/login/attempt.hpp"
#include "oidc/login/checks.hpp"
#include "oidc/login/rules.hpp"
#include "util/text.hpp"
#include "util/words.hpp"

#include <algorithm>
#include <array>
#include <set>
#include <span>
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
constexpr std::array k_scope_unregistered_sources{"https://www.rfc-editor.org/rfc/rfc6749#section-3.3"sv};
constexpr std::array k_response_type_unregistered_sources{"https://www.rfc-editor.org/rfc/rfc7591#section-2.1"sv};
constexpr std::array k_state_too_short_sources{"https://www.rfc-editor.org/rfc/rfc6749#section-10.12"sv};
constexpr std::array k_policy_denies_sources{"https://www.rfc-editor.org/rfc/rfc6749#section-4.1.2.1"sv};

} // namespace

const rule::Rule k_client_id_unknown{
    .code = "OG3002",
    .name = "client-id-unknown",
    .consequence = rule::Consequence::login_fails,
    .summary = "the provider does not have a client with the application's client id",
    .why = "Client ids are compared letter by letter, including case and spaces. The provider shows an error page of "
           "its own and never sends the browser back.",
    .bad = "# registered: client_id: photos\nclient_id: Photos",
    .good = "# registered: client_id: photos\nclient_id: photos",
    .sources = k_client_id_unknown_sources,
};

const rule::Rule k_pushed_request_demanded{
    .code = "OG3011",
    .name = "pushed-request-demanded",
    .consequence = rule::Consequence::login_fails,
    .summary = "the provider requires pushed authorization requests, which the application does not make",
    .why = "A client with require_pushed_authorization_requests has to send its request to the provider first (RFC "
           "9126). The provider then refuses a request that comes in the browser's address.",
    .bad = "require_pushed_authorization_requests: true",
    .good = "require_pushed_authorization_requests: false",
    .sources = k_pushed_request_demanded_sources,
};

const rule::Rule k_scope_unregistered{
    .code = "OG3012",
    .name = "scope-unregistered",
    .consequence = rule::Consequence::login_fails,
    .summary = "the application asks for a scope that the client does not have",
    .why = "A provider may refuse a request for a scope that the client is not registered with. Scopes are compared "
           "letter by letter; they are separated by spaces, not commas.",
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
    .summary = "the provider requires a longer state than the application sends",
    .why = "The state protects the login against forged answers, so a provider may require that it is long enough not "
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

namespace {

/// The ids of the provider's clients, as many as a person reads.
util::Words listed_clients(const Provider& provider) {
    constexpr std::size_t k_most = 10;
    util::Words shown;
    const std::span<const Registration> clients = provider.registrations;
    for (const auto& client : clients.first(std::min(k_most, clients.size()))) {
        shown += util::Words(shown.empty() ? "" : ", ") + util::outside(client.client_id.value);
    }
    return shown;
}

constexpr auto k_id = document::PlaceholderUse::identifier;

/// Whether the application's client id is that of the client.
document::Comparison compare_id(const Attempt& attempt, const Registration& registration) {
    return compare(attempt.party.client_id, registration.client_id, k_id);
}

/// True when equal holes of two files decide that, which is then taken for granted.
bool take_id_for_alike(Attempt& attempt, const Registration& registration) {
    const auto& mine = attempt.party.client_id;
    const auto& its = registration.client_id;
    return compare_id(attempt, registration).rests_on_holes &&
           attempt.take_for_alike(hole_text(mine, k_id), mine.place, hole_text(its, k_id), its.place);
}

/// The application's client id, or that of the client, is filled in later.
void cannot_know_id(Attempt& attempt, const Registration* registration) {
    if (attempt.party.client_id.is_unknown()) {
        attempt.cannot_know(attempt.party.client_id.place);
    }
    if (registration != nullptr && registration->client_id.is_unknown()) {
        attempt.cannot_know(registration->client_id.place);
    }
}

} // namespace

// Once fixed: the application names the client that it most likely means, which has every scope that is asked for and
// the response type code, demands nothing that the application does not do, and lets people in.

Step check_client(Attempt& attempt) {
    const auto& party = attempt.party;
    const auto* const registration = attempt.registration;
    const auto& clients = attempt.provider.registrations;
    const auto likeness =
        registration == nullptr ? document::Likeness::different : compare_id(attempt, *registration).likeness;
    if (likeness == document::Likeness::same) {
        take_id_for_alike(attempt, *registration);
        return Step::goes_on;
    }
    if (std::ranges::any_of(clients, [&](const Registration& it) { return attempt.is_doubtful(it.client_id.place); })) {
        return registration == nullptr ? Step::stops : Step::goes_on;
    }
    if (registration != nullptr && party.client_id.value.empty() && !party.client_id.is_unknown()) {
        return Step::goes_on; // that it is empty was reported at discovery
    }
    if (likeness == document::Likeness::open) {
        cannot_know_id(attempt, registration);
        return Step::goes_on;
    }
    std::vector<std::string_view> ids;
    std::ranges::transform(clients, std::back_inserter(ids),
                           [](const Registration& it) { return std::string_view(it.client_id.value); });
    const bool may_be_one = std::ranges::any_of(
        clients, [&](const Registration& it) { return compare_id(attempt, it).likeness == document::Likeness::open; });
    if (ids.empty() || may_be_one) {
        attempt.cannot_know(ids.empty() && attempt.provider.place ? attempt.provider.place : party.client_id.place,
                            ids.empty() ? rule::Doubt::snippet : rule::Doubt::placeholder);
        return Step::stops; // without a client there is nothing to go on with
    }
    auto finding = rule::finding(
        k_client_id_unknown, util::words("the provider has no client {}", util::outside(party.client_id.value)),
        party.client_id.place,
        registration != nullptr ? util::words("set {} to {}", setting_name(party.client_id.place, "client_id"),
                                              util::outside(registration->client_id.value))
                                : util::words("the clients are {}", listed_clients(attempt.provider)));
    finding.suggestion = util::did_you_mean(party.client_id.value, ids);
    if (registration != nullptr && registration->client_id.place) {
        finding.notes.push_back({"the provider's client is registered here", registration->client_id.place});
    }
    for (const auto& it : clients) {
        finding.is_assumed = take_id_for_alike(attempt, it) || finding.is_assumed;
    }
    attempt.fail(Stage::authorize, std::move(finding));
    return registration == nullptr ? Step::stops : Step::goes_on;
}

Step check_authorization_endpoint(Attempt& attempt) {
    const auto& fault = attempt.registration->authorization_fault;
    return fault ? attempt.fail(Stage::authorize, *fault) : Step::goes_on;
}

Step check_pushed_request(Attempt& attempt) {
    for (const auto* const demand : {&attempt.registration->require_pushed_authorization_requests,
                                     &attempt.provider.require_pushed_authorization_requests}) {
        if (demand->value && !demand->is_unknown()) {
            attempt.fail(
                Stage::authorize,
                rule::finding(k_pushed_request_demanded,
                              util::words("pushed authorization requests are required here, and {} does not make them",
                                          attempt.app()),
                              demand->place, util::words("set {} to false", setting_name(demand->place, "it"))));
        }
    }
    return Step::goes_on;
}

namespace {

util::Words scopes_named(const std::vector<std::string_view>& words) {
    util::Words quoted;
    for (const auto word : words) {
        quoted += util::Words(quoted.empty() ? "" : word == words.back() ? " and " : ", ") + util::outside(word);
    }
    return util::words("the {} {}", words.size() == 1 ? "scope" : "scopes", quoted);
}

util::Words scopes_message(const Attempt& attempt, const std::vector<std::string_view>& words,
                           const std::vector<std::string_view>& known) {
    auto message = util::words("the application asks for {}, which the client does not have", scopes_named(words));
    if (const auto& registered = attempt.registration->scopes; registered.known == Known::defaulted) {
        message += util::words(": {} is not set, and the default of {} is {}", setting_name(registered.place, "scopes"),
                               attempt.provider_release(), util::joined(known, ", "));
    }
    return message;
}

/// What a note says about the application's scope.
util::Words asked_note(const Attempt& attempt, const util::Words& otherwise) {
    const auto& scope = attempt.party.scope;
    return origin_note(otherwise, util::outside(scope.value), scope.known, attempt.app_release());
}

void lack_scopes(Attempt& attempt, const std::vector<std::string_view>& words,
                 const std::vector<std::string_view>& known) {
    const auto& registered = attempt.registration->scopes;
    const auto name = setting_name(registered.place, "scopes");
    const bool is_one_text =
        std::ranges::any_of(known, [](std::string_view it) { return it.find(' ') != std::string_view::npos; });
    // A list that takes the place of the default has to hold what that held, too.
    std::vector<std::string> items;
    if (registered.place.kind == document::PlaceKind::missing) {
        items.assign(known.begin(), known.end());
    }
    items.insert(items.end(), words.begin(), words.end());
    attempt.fail(Stage::authorize,
                 between(k_scope_unregistered, scopes_message(attempt, words, known),
                         document::named_at(registered.place), asked_note(attempt, "the application asks for it here"),
                         attempt.party.scope.place,
                         is_one_text ? util::words("write {} as a list with one word in each item", name)
                                     : how_to_add_all(registered.place, util::words("the client's {}", name), items)));
}

/// The application asks for words that are probably wrong. What it should ask for instead is taken from then on.
void ask_for_wrong_scopes(Attempt& attempt, const std::vector<std::string_view>& words,
                          const std::vector<std::string_view>& known) {
    const auto& party = attempt.party;
    const auto name = setting_name(party.scope.place, "scope");
    const bool has_comma = std::ranges::any_of(words, [](std::string_view it) { return it.find(',') != it.npos; });
    auto help = has_comma ? util::words("separate the words in {} with spaces", name)
                          : util::words("remove {} from {}, or add {} to the client's {}", util::joined(words, ", "),
                                        name, words.size() == 1 ? "it" : "them",
                                        setting_name(attempt.registration->scopes.place, "scopes"));
    std::vector<std::string> instead;
    util::Words meant;
    for (const auto word : words) {
        for (const auto part : util::split(word, ',')) {
            const auto near = has_comma ? std::nullopt : util::nearest(part, known);
            instead.emplace_back(near ? *near : part);
        }
        if (!has_comma && meant.empty()) {
            meant = util::did_you_mean(word, known);
        }
    }
    auto finding = between(k_scope_unregistered, scopes_message(attempt, words, known), party.scope.place,
                           origin_note("the client's scopes are set here", util::joined(known, ", "),
                                       attempt.registration->scopes.known, attempt.provider_release()),
                           attempt.registration->scopes.place, std::move(help));
    finding.suggestion = std::move(meant);
    attempt.fail(Stage::authorize, std::move(finding));
    attempt.scopes.insert(attempt.scopes.end(), instead.begin(), instead.end());
}

void refuse_scopes(Attempt& attempt, const std::vector<std::string_view>& known) {
    constexpr std::array k_usual{"openid"sv, "email"sv, "profile"sv, "groups"sv, "phone"sv, "address"sv};
    const std::vector<std::string> asked = attempt.scopes;
    std::vector<std::string_view> lacking;
    std::vector<std::string_view> wrong;
    for (const std::string_view word : asked) {
        if (std::ranges::find(known, word) == known.end()) {
            const bool is_usual = std::ranges::find(k_usual, word) != k_usual.end();
            (is_usual && attempt.registration->scopes.place ? lacking : wrong).push_back(word);
        }
    }
    if (!lacking.empty()) {
        lack_scopes(attempt, lacking, known);
    }
    if (!wrong.empty()) {
        ask_for_wrong_scopes(attempt, wrong, known);
    }
}

} // namespace

Step check_scope(Attempt& attempt) {
    const auto& party = attempt.party;
    if (party.scope.is_unknown()) {
        attempt.cannot_know(party.scope.place);
        attempt.scopes_known = false;
        return Step::goes_on;
    }
    // Words are separated by blanks alone (RFC 6749 section 3.3): a tab or line break stays part of a word.
    std::set<std::string_view> words;
    for (const auto word : util::split(party.scope.value, ' ')) {
        if (!word.empty() && words.insert(word).second) {
            attempt.scopes.emplace_back(word);
        }
    }
    attempt.trace(Stage::authorize, util::words("it asks for the scopes {}", util::joined(attempt.scopes, ", ")));
    const auto& registered = attempt.registration->scopes;
    std::vector<std::string_view> known;
    bool all_known = !registered.is_unknown();
    for (const auto& scope : registered.value) {
        all_known = all_known && !scope.is_unknown();
        known.push_back(scope.value);
    }
    const bool is_granted = std::ranges::all_of(
        attempt.scopes, [&](const std::string& word) { return std::ranges::find(known, word) != known.end(); });
    if (is_granted) {
        return Step::goes_on;
    }
    if (all_known) {
        refuse_scopes(attempt, known);
    } else {
        attempt.cannot_know(registered.place);
    }
    return Step::goes_on;
}

Step grant_scopes(Attempt& attempt) {
    const auto& party = attempt.party;
    const auto& registered = attempt.registration->scopes;
    if (party.scope.is_unknown()) {
        attempt.cannot_know(party.scope.place);
        attempt.scopes_known = false;
        return Step::goes_on;
    }
    bool all_known = !registered.is_unknown();
    std::set<std::string_view> known;
    for (const auto& scope : registered.value) {
        all_known = all_known && !scope.is_unknown();
        known.insert(scope.value);
    }
    for (const auto& word : parse_scope(party.scope.value)) {
        if (!all_known || known.contains(word)) {
            attempt.scopes.push_back(word);
        } else {
            attempt.not_granted.push_back(word);
        }
    }
    attempt.trace(Stage::authorize, util::words("it asks for the scopes {}", party.scope.value));
    if (!attempt.not_granted.empty()) {
        attempt.trace(Stage::authorize, util::words("the client does not have the {} {}, so {} passed over",
                                                    attempt.not_granted.size() == 1 ? "scope" : "scopes",
                                                    util::joined(attempt.not_granted, ", "),
                                                    attempt.not_granted.size() == 1 ? "it is" : "they are"));
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
                                      document::named_at(types.place),
                                      how_to_add(types.place, setting_name(types.place, "response_types"), "code")));
}

Step check_state(Attempt& attempt) {
    const auto& entropy = attempt.provider.shortest_state;
    const auto length = attempt.party.behaviour.state_length;
    if (entropy.is_unknown() || entropy.value <= length) {
        return Step::goes_on;
    }
    return attempt.fail(Stage::authorize,
                        rule::finding(k_state_too_short,
                                      util::words("a state of at least {} characters is required here, and {} sends {}",
                                                  entropy.value, attempt.app(), length),
                                      entropy.place, util::words("remove {}", setting_name(entropy.place, "it"))));
}

Step check_admission(Attempt& attempt) {
    const auto& name = attempt.registration->access_policy;
    if (!name.is_unknown()) {
        attempt.trace(Stage::authorize, name.value.empty()
                                            ? util::Words("the person signs in")
                                            : util::words("the person signs in, under the policy {}", name.value));
    }
    const auto admission = attempt.provider_system().admission(attempt.provider, *attempt.registration);
    switch (admission.verdict) {
    case Admission::Verdict::somebody:
        return Step::goes_on;
    case Admission::Verdict::unknown:
        attempt.cannot_know(admission.place, admission.doubt);
        return Step::goes_on;
    case Admission::Verdict::nobody:
        break;
    }
    return attempt.fail(Stage::authorize,
                        between(k_policy_denies, util::words("the policy {} lets nobody in", util::outside(name.value)),
                                admission.place, "the client uses this policy", name.place, admission.help));
}

namespace {

/// One check after the other, until one stops the login.
Step take(std::span<const Check> checks, Attempt& attempt) {
    const bool stops = std::ranges::any_of(checks, [&](Check check) { return check(attempt) == Step::stops; });
    return stops ? Step::stops : Step::goes_on;
}

} // namespace

Step request_authorization(Attempt& attempt) { return take(attempt.provider_system().request_checks, attempt); }

Step answer_authorization(Attempt& attempt) { return take(attempt.provider_system().answer_checks, attempt); }

Step exchange_code(Attempt& attempt) { return take(attempt.provider_system().token_checks, attempt); }

std::span<const Check> standard_request_checks() {
    static constexpr std::array<Check, 7> k_checks{check_client,         check_redirect_uri, check_response_type,
                                                   check_pushed_request, check_scope,        check_state,
                                                   check_admission};
    return k_checks;
}

std::span<const Check> standard_answer_checks() {
    static constexpr std::array<Check, 3> k_checks{check_prompt, check_insecure_redirect, check_code_challenge};
    return k_checks;
}

std::span<const Check> standard_token_checks() {
    static constexpr std::array<Check, 5> k_checks{check_auth_method, check_secret, check_grant_type,
                                                   check_redirect_again, check_signing_key};
    return k_checks;
}

} // namespace oidcgen::oidc
