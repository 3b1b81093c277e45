#include "oidc/login/login.hpp"

#include "oidc/login/attempt.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include <fmt/format.h>

namespace oidcgen::oidc {

namespace {

using StepFunction = Step (*)(Attempt&);

constexpr std::array<StepFunction, 9> k_steps{
    discover,      request_authorization, consent,        answer_authorization, call_back,
    exchange_code, check_id_token,        fetch_userinfo, enter_account,
};

constexpr std::array k_outcomes{"works", "fails", "unknown"};
constexpr std::array k_stages{"config-provider", "config-app", "discovery", "authorize", "consent",
                              "callback",        "token",      "id_token",  "userinfo",  "account"};
constexpr std::array k_lost{"storage-label", "role", "quota", "name", "uploads", "logout"};

} // namespace

std::string_view to_string(Outcome outcome) { return k_outcomes.at(static_cast<std::size_t>(outcome)); }

std::string_view to_string(Stage stage) { return k_stages.at(static_cast<std::size_t>(stage)); }

std::string_view to_string(Lost lost) { return k_lost.at(static_cast<std::size_t>(lost)); }

bool Attempt::asks_for(std::string_view scope) const { return std::ranges::find(scopes, scope) != scopes.end(); }

Step Attempt::fail(Stage stage, rule::Finding finding) {
    trace(stage, "it stops here: " + finding.message);
    if (finding.place) {
        const auto& source = finding.place.document->source();
        trace(stage,
              fmt::format("the setting is {}, line {}", source.name(), source.line_of(finding.place.span.start)));
    }
    if (!finding.help.empty()) {
        trace(stage, "to mend it: " + finding.help);
    }
    if (registration != nullptr && finding.client.empty()) {
        finding.client = registration->client_id.value;
    }
    result.outcome = Outcome::fails;
    result.stage = stage;
    // What a login that does not come about would lose is of no interest.
    result.findings.clear();
    result.lost.clear();
    result.findings.push_back(std::move(finding));
    return Step::fails;
}

void Attempt::lose(Lost lost, rule::Finding finding) {
    if (registration != nullptr && finding.client.empty()) {
        finding.client = registration->client_id.value;
    }
    if (std::ranges::find(result.lost, lost) == result.lost.end()) {
        result.lost.push_back(lost);
    }
    result.findings.push_back(std::move(finding));
}

void Attempt::cannot_know(const document::Place& place, std::string_view why) {
    result.outcome = Outcome::unknown;
    result.unknown.push_back({place, std::string(why)});
}

void Attempt::trace(Stage stage, std::string text) { result.trace.push_back({stage, std::move(text)}); }

Prediction predict_login(const Provider& provider, const Registration* registration, const RelyingParty& party,
                         const Circumstances& circumstances, Device device) {
    Attempt attempt{provider, registration, party, circumstances, {}, {}, false, {}, true, true};
    attempt.result.device = device;
    for (const auto step : k_steps) {
        if (step(attempt) == Step::fails) {
            break;
        }
    }
    return std::move(attempt.result);
}

rule::Finding between(const rule::Rule& rule, std::string message, document::Place place, std::string note,
                      document::Place other, std::string help) {
    const bool here = static_cast<bool>(place);
    auto result = rule::finding(rule, std::move(message), here ? place : other, std::move(help));
    if (here && other) {
        result.notes.push_back({std::move(note), other});
    }
    return result;
}

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
