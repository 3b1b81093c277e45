#include "oidc/login/login.hpp"

#include "oidc/login/attempt.hpp"
#include "util/text.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include <fmt/format.h>

namespace oidcgen::oidc {

namespace {

struct StepOfStage {
    Stage stage;
    Step (*take)(Attempt&);
};

constexpr std::array k_steps{
    StepOfStage{Stage::config_provider, start},
    StepOfStage{Stage::discovery, discover},
    StepOfStage{Stage::authorize, request_authorization},
    StepOfStage{Stage::consent, consent},
    StepOfStage{Stage::authorize, answer_authorization},
    StepOfStage{Stage::callback, call_back},
    StepOfStage{Stage::token, exchange_code},
    StepOfStage{Stage::id_token, check_id_token},
    StepOfStage{Stage::userinfo, fetch_userinfo},
    StepOfStage{Stage::account, enter_account},
};

constexpr std::array k_outcomes{"works", "fails", "unknown"};
constexpr std::array k_stages{"config-provider", "config-app", "discovery", "authorize", "consent",
                              "callback",        "token",      "id_token",  "userinfo",  "account"};

} // namespace

std::string_view to_string(Outcome outcome) { return k_outcomes.at(static_cast<std::size_t>(outcome)); }

std::string_view to_string(Stage stage) { return k_stages.at(static_cast<std::size_t>(stage)); }

bool Attempt::asks_for(std::string_view scope) const { return std::ranges::find(scopes, scope) != scopes.end(); }

Delivery Attempt::delivery(std::string_view claim, Carrier carrier) const {
    return provider_system().deliver(provider, *registration, scopes, claim, carrier);
}

Step Attempt::fail(Stage at, rule::Finding finding) {
    result.trace.push_back({at, util::Words("it stops here: ") + finding.message + finding.suggestion, finding.place});
    trace_place(at, finding.place);
    if (!finding.help.empty()) {
        result.trace.push_back({at, util::Words("to mend it: ") + finding.help, finding.place});
    }
    if (registration != nullptr && finding.client.empty()) {
        finding.client = util::start_of(registration->client_id.value, rule::k_longest_client);
    }
    result.outcome = Outcome::fails;
    result.stage = at;
    // What a login that does not come about would lose is of no interest.
    result.findings.clear();
    result.lost.clear();
    result.findings.push_back(std::move(finding));
    return Step::stops;
}

void Attempt::lose(Loss loss) {
    for (const auto word : loss.words) {
        if (std::ranges::find(result.lost, word) == result.lost.end()) {
            result.lost.push_back(word);
        }
    }
    if (!loss.finding) {
        return;
    }
    if (registration != nullptr && loss.finding->client.empty()) {
        loss.finding->client = util::start_of(registration->client_id.value, rule::k_longest_client);
    }
    result.findings.push_back(std::move(*loss.finding));
}

void Attempt::cannot_know(const document::Place& place, rule::Doubt why) {
    result.outcome = Outcome::unknown;
    result.unknown.push_back({place, why});
    trace(stage, util::words("whether this goes well cannot be known: {}", reason(why)));
    trace_place(stage, place);
}

void Attempt::trace_place(Stage at, const document::Place& place) {
    if (place) {
        const auto& source = place.document->source();
        trace(at, util::words("the setting is {}, line {}", source.name(), source.line_of(place.span.start)));
    }
}

void Attempt::trace(Stage at, util::Words text) { result.trace.push_back({at, std::move(text), {}}); }

Prediction predict_login(const Provider& provider, const Registration* registration, const RelyingParty& party,
                         const Circumstances& circumstances, const LoginWay& way) {
    Attempt attempt{
        .provider = provider, .registration = registration, .party = party, .circumstances = circumstances, .way = way};
    attempt.result.way = &way;
    for (const auto& step : k_steps) {
        attempt.stage = step.stage;
        if (step.take(attempt) == Step::stops) {
            break;
        }
    }
    return std::move(attempt.result);
}

Step start(Attempt& attempt) {
    const auto& fault = attempt.provider.start_fault;
    return fault ? attempt.fail(Stage::config_provider, *fault) : Step::goes_on;
}

rule::Finding between(const rule::Rule& rule, util::Words message, document::Place place, util::Words note,
                      document::Place other, util::Words help) {
    const bool here = static_cast<bool>(place);
    auto result = rule::finding(rule, std::move(message), here ? place : other, std::move(help));
    if (here && other) {
        result.notes.push_back({std::move(note), other});
    }
    return result;
}

util::Words or_else(const util::Words& advice) { return advice.empty() ? advice : util::words(", or {}", advice); }

SigningAlgorithm effective_algorithm(const Provider& provider, const Located<SigningAlgorithm>& algorithm,
                                     const Text& key_id) {
    if (!key_id.value.empty()) {
        const auto key = std::ranges::find(provider.keys, key_id.value, &ProviderKey::key_id);
        if (key != provider.keys.end()) {
            return key->algorithm;
        }
    }
    return algorithm.value;
}

document::Place deciding_place(const Located<SigningAlgorithm>& algorithm, const Text& key_id) {
    return key_id.value.empty() ? algorithm.place : key_id.place;
}

bool is_encrypted(const Text& algorithm) {
    return !algorithm.is_unknown() && !algorithm.value.empty() && algorithm.value != "none";
}

const ProviderKey* signing_key(const Provider& provider, const SigningAlgorithm& algorithm, const Text& key_id) {
    const auto found = std::ranges::find_if(provider.keys, [&](const ProviderKey& key) {
        return key.use != "enc" && (key_id.value.empty() ? key.algorithm == algorithm : key.key_id == key_id.value);
    });
    return found == provider.keys.end() ? nullptr : &*found;
}

bool fits(const ProviderKey& key, const SigningAlgorithm& algorithm) {
    if (key.type.empty() || algorithm.is_none()) {
        return true;
    }
    const bool wants_curve = algorithm.name.starts_with("ES");
    return wants_curve == (key.type == "EC");
}

} // namespace oidcgen::oidc
