#include "oidc/login/login.hpp"

#include "document/excerpt.hpp"
#include "oidc/advice.hpp"
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
    StepOfStage{Stage::config_provider, start},   StepOfStage{Stage::config_provider, pass_proxy},
    StepOfStage{Stage::discovery, discover},      StepOfStage{Stage::authorize, request_authorization},
    StepOfStage{Stage::consent, consent},         StepOfStage{Stage::authorize, answer_authorization},
    StepOfStage{Stage::callback, call_back},      StepOfStage{Stage::token, exchange_code},
    StepOfStage{Stage::id_token, check_id_token}, StepOfStage{Stage::userinfo, fetch_userinfo},
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

Step Attempt::fail(Stage at, rule::Finding finding, std::string_view concerned) {
    const auto& notes = finding.notes;
    if (is_doubtful(finding.place) ||
        std::ranges::any_of(notes, [&](const rule::Note& it) { return is_doubtful(it.place); })) {
        trace(at, "what comes next depends on how the faults in the file are fixed");
        return Step::goes_on;
    }
    if (finding.is_assumed) {
        finding.message += util::words(", if {} {} the same everywhere", util::joined(holes_alike, " and "),
                                       holes_alike.size() == 1 ? "is" : "are");
    }
    const bool is_first = result.obstacles.empty() && circumstances.doubtful == nullptr;
    result.trace.push_back({at,
                            util::Words(is_first ? "it stops here: " : "once that is fixed, it stops here: ") +
                                finding.message + finding.suggestion,
                            finding.place});
    trace_place(at, finding.place);
    if (!finding.help.empty()) {
        result.trace.push_back({at, util::Words("to fix it: ") + finding.help, finding.place});
    }
    result.outcome = Outcome::fails;
    result.obstacles.push_back({at, about_client(std::move(finding)), concerned});
    return Step::goes_on;
}

void Attempt::lose(Loss loss) {
    if (loss.finding && is_doubtful(loss.finding->place)) {
        return;
    }
    for (const auto word : loss.words) {
        if (std::ranges::find(result.lost, word) == result.lost.end()) {
            result.lost.push_back(word);
        }
    }
    if (loss.finding) {
        result.losses.push_back(about_client(std::move(*loss.finding)));
    }
}

void Attempt::advise(rule::Finding finding) {
    if (!is_doubtful(finding.place)) {
        result.advice.push_back(about_client(std::move(finding)));
    }
}

rule::Finding Attempt::about_client(rule::Finding finding) const {
    if (registration != nullptr && finding.client.empty()) {
        finding.client = util::start_of(registration->client_id.value, rule::k_longest_client);
    }
    return finding;
}

void Attempt::cannot_know(const document::Place& place, rule::Doubt why) {
    if (result.obstacles.empty()) {
        result.outcome = Outcome::unknown;
    }
    result.unknown.push_back({place, why});
    trace(stage, util::words("whether this works cannot be known: {}", reason(why)));
    trace_place(stage, place);
}

void Attempt::take_secret_for_granted(const document::Place& place, rule::Doubt why) {
    result.unproved.push_back({place, why});
    trace(stage, util::words("whether the secret matches cannot be known: {}", reason(why)));
    trace_place(stage, place);
}

document::HoleText Attempt::address() const {
    return document::hole_text(circumstances.address, !circumstances.are_literal);
}

document::HoleText Attempt::provider_url() const {
    return document::hole_text(circumstances.provider_url, !circumstances.are_literal);
}

document::HoleText Attempt::sent() const {
    const bool may_have_holes = way.is_at_address ? !circumstances.are_literal : redirect.has_holes;
    return document::hole_text(redirect.uri, may_have_holes);
}

document::Place Attempt::sent_from() const {
    return way.is_at_address ? circumstances.address_place : redirect.setting;
}

namespace {

/// True for a placeholder that is filled by what starts or installs a container, and not by a program in it.
bool is_filled_around(std::string_view hole) {
    return hole.starts_with('$') || (hole.starts_with("{{") && hole.find(".Values.") != std::string_view::npos);
}

} // namespace

bool Attempt::take_for_alike(const document::HoleText& left, const document::Place& left_place,
                             const document::HoleText& right, const document::Place& right_place) {
    if (left_place.document != nullptr && left_place.document == right_place.document) {
        return false;
    }
    auto shared = document::shared_holes(left, right);
    if (circumstances.share_holes) {
        std::erase_if(shared, is_filled_around);
    }
    std::erase_if(shared, [&](const std::string& hole) {
        const auto named = document::hole_text(hole, true);
        return !named.holes.empty() &&
               std::ranges::find(circumstances.alike, named.holes.front().name) != circumstances.alike.end();
    });
    if (shared.empty()) {
        return false;
    }
    const auto add = [](std::vector<std::string>& all, const std::string& hole) {
        const bool is_new = std::ranges::find(all, hole) == all.end();
        if (is_new) {
            all.push_back(hole);
        }
        return is_new;
    };
    for (const auto& hole : shared) {
        if (add(holes_alike, hole)) {
            trace(stage, util::words("this takes {} to have the same value everywhere", hole));
        }
        if (result.obstacles.empty()) {
            add(result.same_holes, hole);
        }
    }
    return true;
}

util::Words Attempt::ask_for(std::string_view scope) {
    const auto setting = setting_name(party.scope.place, "scope");
    const auto& registered = registration->scopes;
    const bool is_registered = registered.is_unknown() || std::ranges::any_of(registered.value, [&](const Text& it) {
                                   return it.is_unknown() || it.value == scope;
                               });
    if (std::ranges::find(not_granted, scope) != not_granted.end()) { // asked for already
        std::erase(not_granted, scope);
        scopes.emplace_back(scope);
        return util::words("add the scope {} to the client's {}", scope, setting_name(registered.place, "scopes"));
    }
    if (!asks_for(scope)) {
        scopes.emplace_back(scope);
    }
    return is_registered ? util::words("add {} to {}", scope, setting)
                         : util::words("add {} to {}, and to the client's {}", scope, setting,
                                       setting_name(registered.place, "scopes"));
}

void Attempt::trace_place(Stage at, const document::Place& place) {
    if (place && !place.document->source().name().empty()) {
        const auto [source, span] = document::in_file(*place.document, place.span);
        trace(at, util::words("the setting is in {}, line {}", source->name(), source->line_of(span.start)));
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
    if (attempt.provider.switched_off) {
        attempt.cannot_know(attempt.provider.switched_off, rule::Doubt::settings);
    }
    return fault ? attempt.fail(Stage::config_provider, *fault) : Step::goes_on;
}

rule::Finding between(const rule::Rule& rule, util::Words message, document::Place place, util::Words note,
                      document::Place other, util::Words help) {
    const bool here = static_cast<bool>(place);
    auto result = rule::finding(rule, std::move(message), here ? std::move(place) : other, std::move(help));
    if (here && other) {
        result.notes.push_back({std::move(note), std::move(other)});
    }
    return result;
}

util::Words with_origin(const util::Words& value, Known known, const util::Words& release) {
    return known == Known::defaulted ? util::words("{} (not set, the default of {})", value, release) : value;
}

util::Words origin_note(util::Words otherwise, const util::Words& value, Known known, const util::Words& release) {
    return known == Known::defaulted ? util::words("not set; the default of {} is {}", release, value)
                                     : std::move(otherwise);
}

Known deciding_known(const Located<SigningAlgorithm>& algorithm, const Text& key_id) {
    return key_id.value.empty() ? algorithm.known : key_id.known;
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

rule::Finding unfit_key(const rule::Rule& rule, const ProviderKey& key, const SigningAlgorithm& algorithm,
                        const Located<SigningAlgorithm>& setting, const Text& key_id, std::string_view otherwise) {
    const bool is_on_curve = key.type == "EC";
    util::Words help = "replace this key with an RSA key";
    if (!is_on_curve) {
        help = key_id.value.empty() ? util::words("set the algorithm of this key to RS256, and the client's {} too",
                                                  setting_name(setting.place, otherwise))
                                    : util::Words("set the algorithm of this key to RS256");
    }
    return rule::finding(rule,
                         util::words("this is an {} key, which cannot sign with {}", is_on_curve ? "EC" : "RSA",
                                     util::bare(algorithm.name)),
                         key.place, help);
}

util::Words how_to_sign_with(std::string_view algorithm, const Located<SigningAlgorithm>& setting, const Text& key_id,
                             std::string_view otherwise) {
    return key_id.value.empty() ? how_to_set(setting.place, otherwise, algorithm)
                                : util::words("remove {}, and set {} to {}", setting_name(key_id.place, "the key id"),
                                              setting_name(setting.place, otherwise), algorithm);
}

} // namespace oidcgen::oidc
