#include "lint/predict.hpp"

#include "lint/precedence.hpp"
#include "secret/secret.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <tuple>
#include <utility>

namespace oidcgen::lint {

namespace {

using oidc::LoginWay;
using oidc::Outcome;

std::span<const LoginWay> ways_of(const Pair& pair) { return pair.application->system->application->ways; }

/// Findings of predictions, each once, with the ways to log in that it stops.
class Collector {
  public:
    explicit Collector(std::span<const LoginWay> ways)
        : m_ways(ways) {}

    void add(const rule::Finding& finding, const LoginWay& way) {
        auto [entry, is_new] = m_entries.try_emplace(rule::identity(finding), Entry{finding, {}});
        if (is_new) { // the key must not look into a finding that is about to go
            auto node = m_entries.extract(entry);
            node.key() = rule::identity(node.mapped().finding);
            entry = m_entries.insert(std::move(node)).position;
        }
        entry->second.ways.insert(&way);
    }

    void move_into(std::vector<rule::Finding>& findings) {
        for (auto& [key, entry] : m_entries) {
            auto& finding = entry.finding;
            for (const auto& way : m_ways) {
                if (entry.ways.contains(&way)) {
                    finding.stops.push_back(way.name);
                }
            }
            finding.stops_all = finding.stops.size() == m_ways.size();
            findings.push_back(std::move(finding));
        }
    }

  private:
    struct Entry {
        rule::Finding finding;
        std::set<const LoginWay*> ways;
    };
    std::span<const LoginWay> m_ways;
    std::map<rule::Identity, Entry> m_entries;
};

/// Names of the findings because of which a side is refused, each once.
std::vector<std::string> refusals(const std::vector<rule::Finding>& findings, const document::Document& document,
                                  rule::Consequence consequence) {
    std::set<std::string> names;
    for (const auto& finding : findings) {
        if (finding.consequence == consequence && finding.place.document == &document) {
            names.emplace(finding.rule->name);
        }
    }
    return {names.begin(), names.end()};
}

/// Where and why no login of the pair can even begin; nothing when both sides start.
struct Refusal {
    oidc::Stage stage = oidc::Stage::config_provider;
    std::vector<std::string> because;
};

std::optional<Refusal> refused(const Pair& pair, const std::vector<rule::Finding>& findings) {
    auto by_provider = refusals(findings, *pair.provider->document, rule::Consequence::provider_refuses);
    if (!by_provider.empty()) {
        return Refusal{oidc::Stage::config_provider, std::move(by_provider)};
    }
    auto by_application = refusals(findings, *pair.application->document, rule::Consequence::app_refuses);
    if (!by_application.empty()) {
        return Refusal{oidc::Stage::config_app, std::move(by_application)};
    }
    return std::nullopt;
}

/// Compares the application's secret with what the provider keeps of it.
oidc::SecretVerdict check_secret(const Pair& pair, secret::Budget& budget) {
    if (pair.registration == nullptr) {
        return {};
    }
    const auto& kept = pair.registration->client_secret;
    const auto& sent = pair.application->value.client_secret;
    if (kept.is_unknown() || sent.is_unknown() || kept.value.empty() || sent.value.empty()) {
        return {};
    }
    return pair.provider->system->provider->verify(kept.value, secret::Secret(sent.value), budget);
}

report::Login described(const Pair& pair, std::string_view address, const LoginWay& way) {
    report::Login login;
    login.client = pair.application->value.client_id.value;
    login.provider = pair.provider->document->source().name();
    login.app = pair.application->document->source().name();
    login.app_title = pair.application->system->title;
    login.address = address;
    login.device = way.name;
    return login;
}

/// What a prediction says, for the report. `known` are the findings of one side alone.
report::Login told(const Pair& pair, std::string_view address, oidc::Prediction prediction,
                   const std::vector<rule::Finding>& known) {
    auto login = described(pair, address, *prediction.way);
    login.outcome = prediction.outcome;
    login.stage = prediction.stage;
    login.lost = std::move(prediction.lost);
    login.unknown = std::move(prediction.unknown);
    login.trace = std::move(prediction.trace);
    if (prediction.outcome == Outcome::fails) {
        for (const auto& finding : prediction.findings) {
            const auto* const speaker = speaker_for(finding, known);
            const auto name = (speaker != nullptr ? speaker : &finding)->rule->name;
            if (std::ranges::find(login.because, name) == login.because.end()) {
                login.because.emplace_back(name);
            }
        }
    }
    return login;
}

void add_not_checked(std::vector<rule::NotChecked>& all, const std::vector<rule::NotChecked>& some) {
    for (const auto& it : some) {
        const auto same = [&](const rule::NotChecked& other) {
            return other.place.document == it.place.document && other.place.span == it.place.span &&
                   other.why == it.why;
        };
        if (std::ranges::none_of(all, same)) {
            all.push_back(it);
        }
    }
}

} // namespace

void predict(const Pair& pair, const Options& options, secret::Budget& budget, report::Report& report) {
    auto where = addresses(pair, options);
    if (where.empty()) {
        where.emplace_back(); // what does not depend on the address can be told all the same
    }
    const auto ways = ways_of(pair);
    if (const auto refusal = refused(pair, report.findings)) {
        for (const auto& address : where) {
            for (const auto& way : ways) {
                auto login = described(pair, address, way);
                login.outcome = Outcome::fails;
                login.stage = refusal->stage;
                login.because = refusal->because;
                report.logins.push_back(std::move(login));
            }
        }
        return;
    }
    const auto verdict = check_secret(pair, budget);
    Collector collector(ways);
    for (const auto& address : where) {
        const oidc::Circumstances circumstances{address, provider_url(pair, options), verdict};
        for (const auto& way : ways) {
            auto prediction =
                predict_login(pair.provider->value, pair.registration, pair.application->value, circumstances, way);
            for (const auto& finding : prediction.findings) {
                if (speaker_for(finding, report.findings) == nullptr) {
                    collector.add(finding, way);
                }
            }
            add_not_checked(report.not_checked, prediction.unknown);
            report.logins.push_back(told(pair, address, std::move(prediction), report.findings));
            if (!options.traces) {
                report.logins.back().trace.clear();
            }
        }
    }
    if (verdict.is_too_costly) {
        report.not_checked.push_back({pair.registration->client_secret.place, rule::Doubt::cost});
    }
    collector.move_into(report.findings);
}

} // namespace oidcgen::lint
