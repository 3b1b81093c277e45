#include "lint/predict.hpp"

#include "secret/secret.hpp"
#include "util/text.hpp"

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

/// Where and why no login of the pair can even begin; nothing when both sides start.
struct Refusal {
    oidc::Stage stage = oidc::Stage::config_provider;
    std::vector<std::string> because;
};

std::optional<Refusal> refused(const Pair& pair, const Told& told) {
    auto by_provider = told.refusals(*pair.provider->document);
    if (!by_provider.empty()) {
        return Refusal{oidc::Stage::config_provider, std::move(by_provider)};
    }
    auto by_application = told.refusals(*pair.application->document);
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
    login.client = util::start_of(pair.application->value.client_id.value, rule::k_longest_client);
    login.provider = pair.provider->document->source().name();
    login.app = pair.application->document->source().name();
    login.app_title = pair.application->system->title;
    login.address = address;
    login.device = way.name;
    return login;
}

/// What a prediction says, for the report.
report::Login foretold(const Pair& pair, std::string_view address, oidc::Prediction prediction, const Told& told) {
    auto login = described(pair, address, *prediction.way);
    login.outcome = prediction.outcome;
    login.stage = prediction.stage;
    login.lost = std::move(prediction.lost);
    login.unknown = std::move(prediction.unknown);
    login.trace = std::move(prediction.trace);
    if (prediction.outcome == Outcome::fails) {
        for (const auto& finding : prediction.findings) {
            const auto* const speaker = told.speaker_for(finding);
            const auto name = (speaker != nullptr ? speaker : finding.rule)->name;
            if (std::ranges::find(login.because, name) == login.because.end()) {
                login.because.emplace_back(name);
            }
        }
    }
    return login;
}

/// How many entries of lists one login of the pair may be compared with.
std::size_t size_of(const Pair& pair) {
    const auto& provider = pair.provider->value;
    auto size = 1 + provider.keys.size() + provider.claim_rules.size() + provider.scopes.size() +
                provider.access_policies.size();
    if (pair.registration == nullptr) {
        return size + provider.registrations.size();
    }
    const auto& client = *pair.registration;
    return size + client.redirect_uris.value.size() + client.scopes.value.size() + client.response_types.value.size() +
           client.grant_types.value.size();
}

} // namespace

Predictor::Predictor(const Options& options, const Told& told, report::Report& report)
    : m_options(options)
    , m_told(told)
    , m_report(report) {
    for (const auto& it : report.not_checked) {
        m_doubts.emplace(it.place.document, it.place.span.start, it.place.span.end, it.why);
    }
}

bool Predictor::is_affordable(const Pair& pair, std::size_t logins) {
    constexpr std::size_t k_most = 1'000'000; // well below a second; no site comes near it
    const auto work = logins * size_of(pair);
    if (work > k_most - m_work) {
        return false;
    }
    m_work += work;
    return true;
}

void Predictor::add_doubts(const std::vector<rule::NotChecked>& doubts) {
    for (const auto& it : doubts) {
        const auto& span = it.place.span;
        if (m_doubts.emplace(it.place.document, span.start, span.end, it.why).second) {
            m_report.not_checked.push_back(it);
        }
    }
}

void Predictor::predict(const Pair& pair) {
    auto where = addresses(pair, m_options);
    if (where.empty()) {
        where.emplace_back(); // what does not depend on the address can be told all the same
    }
    const auto ways = ways_of(pair);
    const auto refusal = refused(pair, m_told);
    if (refusal || !is_affordable(pair, where.size() * ways.size())) {
        const rule::NotChecked doubt{pair.application->value.place, rule::Doubt::cost};
        for (const auto& address : where) {
            for (const auto& way : ways) {
                auto& login = m_report.logins.emplace_back(described(pair, address, way));
                login.outcome = refusal ? Outcome::fails : Outcome::unknown;
                if (refusal) {
                    login.stage = refusal->stage;
                    login.because = refusal->because;
                } else {
                    login.unknown.push_back(doubt);
                }
            }
        }
        if (!refusal) {
            add_doubts({doubt});
        }
        return;
    }
    const auto verdict = check_secret(pair, m_digests);
    Collector collector(ways);
    for (const auto& address : where) {
        const oidc::Circumstances circumstances{address, provider_url(pair, m_options), verdict};
        for (const auto& way : ways) {
            auto prediction =
                predict_login(pair.provider->value, pair.registration, pair.application->value, circumstances, way);
            for (const auto& finding : prediction.findings) {
                if (m_told.speaker_for(finding) == nullptr) {
                    collector.add(finding, way);
                }
            }
            add_doubts(prediction.unknown);
            m_report.logins.push_back(foretold(pair, address, std::move(prediction), m_told));
            if (!m_options.traces) {
                m_report.logins.back().trace.clear();
            }
        }
    }
    if (verdict.is_too_costly) {
        m_report.not_checked.push_back({pair.registration->client_secret.place, rule::Doubt::cost});
    }
    collector.move_into(m_report.findings);
}

} // namespace oidcgen::lint
