#include "lint/predict.hpp"

#include "document/excerpt.hpp"

#include "document/addition.hpp"
#include "lint/assume.hpp"
#include "oidc/checklist.hpp"
#include "secret/secret.hpp"
#include "util/text.hpp"

#include <algorithm>
#include <array>
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

constexpr std::array<std::string_view, 2> k_default_sources{
    "https://www.rfc-editor.org/rfc/rfc7591#section-2",
    "https://openid.net/specs/openid-connect-registration-1_0.html#ClientMetadata"};

} // namespace

const rule::Rule k_default_does_not_fit{
    .code = "OG3046",
    .name = "default-does-not-fit",
    .consequence = rule::Consequence::advice,
    .summary = "with the default settings of the other side the login would fail",
    .why = "Only one of the two configurations was given. The login works only if the other side is set to something "
           "else than its default; whether it is, the files do not say. Name the other file too to have the two "
           "compared.",
    .bad = "# the application's default is client_secret_post\ntoken_endpoint_auth_method: client_secret_basic",
    .good = "# the application's default is client_secret_post\ntoken_endpoint_auth_method: client_secret_post",
    .ignore = "where the other side is set as the message says",
    .sources = k_default_sources,
};

namespace {

constexpr std::array k_rules{&k_default_does_not_fit};

std::span<const LoginWay> ways_of(const Pair& pair) { return pair.application->system->application->ways; }

/// Findings of predictions, each once, with the ways to log in that it stops.
class Collector {
  public:
    explicit Collector(std::span<const LoginWay> ways)
        : m_ways(ways) {}

    void add(const rule::Finding& finding, const LoginWay& way) { entry_of(finding).ways.insert(&way); }

    /// Something that stops no login.
    void add_advice(const rule::Finding& finding) { entry_of(finding); }

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

    Entry& entry_of(const rule::Finding& finding) {
        auto [entry, is_new] = m_entries.try_emplace(rule::identity(finding), Entry{finding, {}});
        if (is_new) { // the key must not look into a finding that is about to go
            auto node = m_entries.extract(entry);
            node.key() = rule::identity(node.mapped().finding);
            entry = m_entries.insert(std::move(node)).position;
        }
        entry->second.finding.is_assumed = entry->second.finding.is_assumed && finding.is_assumed;
        return entry->second;
    }

    std::span<const LoginWay> m_ways;
    std::map<rule::Identity, Entry> m_entries;
};

/// Why a side does not start, and at which stage that is met. In the order in which they are met.
struct Refusal {
    oidc::Stage stage = oidc::Stage::config_provider;
    std::vector<std::string> because;
};

std::vector<Refusal> refusals(const Pair& pair, const Told& told) {
    std::vector<Refusal> result;
    const auto add = [&](oidc::Stage stage, const document::Document& document) {
        if (auto because = told.refusals(document); !because.empty()) {
            result.push_back({stage, std::move(because)});
        }
    };
    if (pair.provider->document != nullptr) {
        add(oidc::Stage::config_provider, *pair.provider->document);
    }
    add(oidc::Stage::config_app, *pair.application->document);
    return result;
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

report::Login described(const Pair& pair, const Address& address, const LoginWay& way) {
    report::Login login;
    login.client = util::start_of(pair.application->value.client_id.value, rule::k_longest_client);
    if (pair.provider->document != nullptr) {
        login.provider = pair.provider->document->source().name();
    }
    login.app = pair.application->document->source().name();
    if (pair.assumed) {
        const bool is_provider = pair.assumed == oidc::Wing::provider;
        login.assumed = is_provider ? release_name(*pair.provider->system, pair.provider->value.version)
                                    : release_name(*pair.application->system, pair.application->value.version);
        login.to_compare = (is_provider ? pair.provider->system : pair.application->system)->to_compare;
        login.assumes.push_back(is_provider ? report::Assumption::provider : report::Assumption::application);
    }
    login.app_title = pair.application->system->title;
    login.address = address.origin;
    login.address_from = address.from;
    login.address_place = address.place;
    login.device = way.name;
    return login;
}

/// Adds an obstacle behind those that a login has: the first is why it fails, each other one is met next.
void add_obstacle(report::Login& login, oidc::Stage stage, const std::string& name) {
    if (!login.stage) {
        login.outcome = Outcome::fails;
        login.stage = stage;
        login.because.push_back(name);
        return;
    }
    const report::Further further{stage, name};
    const bool is_told = std::ranges::find(login.because, name) != login.because.end() && login.stage == stage;
    if (!is_told && std::ranges::find(login.then, further) == login.then.end()) {
        login.then.push_back(further);
    }
}

void add_refusals(report::Login& login, const std::vector<Refusal>& refusals) {
    for (const auto& refusal : refusals) {
        for (const auto& name : refusal.because) {
            if (login.stage == refusal.stage) {
                login.because.push_back(name);
            } else {
                add_obstacle(login, refusal.stage, name);
            }
        }
    }
}

/// What a prediction says beside its obstacles, for the report.
void add_prediction(report::Login& login, oidc::Prediction prediction) {
    if (login.address_from == report::AddressFrom::redirect_uris && login.outcome != Outcome::unknown) {
        login.assumes.push_back(report::Assumption::address);
    }
    if (login.outcome == Outcome::works) {
        login.lost = std::move(prediction.lost);
        if (!prediction.unproved.empty()) {
            login.assumes.push_back(report::Assumption::secret);
        }
    }
    // What fails for certain fails whatever was taken for granted before.
    const bool is_certain = login.stage && (login.stage != prediction.stage() || prediction.obstacles.empty() ||
                                            !prediction.obstacles.front().finding.is_assumed);
    if (!prediction.same_holes.empty() && login.outcome != Outcome::unknown && !is_certain) {
        login.assumes.push_back(report::Assumption::same_placeholder);
        login.same_holes = std::move(prediction.same_holes);
    }
    login.unknown = std::move(prediction.unknown);
    login.trace = std::move(prediction.trace);
}

/// A login works only when everything was read that decides about it.
void doubt_unread(report::Login& login, const Pair& pair, const Options& options) {
    for (const auto* const document : {pair.provider->document, pair.application->document}) {
        if (document != nullptr && stops_at_action(*document, options)) {
            login.outcome = Outcome::unknown;
            login.lost.clear();
            std::erase_if(login.assumes, [](report::Assumption it) {
                return it != report::Assumption::application && it != report::Assumption::provider;
            });
            login.unknown.push_back({{document, document->fatal()->span, document::k_root_path}, rule::Doubt::syntax});
        }
    }
}

/// How many entries of lists one login of the pair may be compared with.
std::size_t size_of(const Pair& pair) {
    const auto& provider = pair.provider->value;
    auto size = 1 + provider.keys.size() + provider.claim_rules.size() + provider.scopes.size() +
                provider.access_policies.size() + provider.proxy_rules.size();
    if (pair.registration == nullptr) {
        return size + provider.registrations.size();
    }
    const auto& client = *pair.registration;
    return size + client.redirect_uris.value.size() + client.scopes.value.size() + client.response_types.value.size() +
           client.grant_types.value.size();
}

/// True when the provider is assumed but for its metadata, of which there is a file.
bool knows_metadata(const Pair& pair) {
    return pair.assumed == oidc::Wing::provider && pair.provider->value.saved_metadata.has_value();
}

/// What becomes of a login.
struct Verdict {
    oidc::Prediction prediction;
    std::vector<oidc::Obstacle> avoidable; ///< what stops it, which other settings of an assumed side avoid
};

bool is_same(const oidc::Obstacle& left, const oidc::Obstacle& right) {
    return left.stage == right.stage && left.finding.rule == right.finding.rule;
}

/// Replays the login with a side of which there is no file as it is by default, and as it may be set.
Verdict judge(const Pair& pair, const oidc::Circumstances& circumstances, const LoginWay& way) {
    const auto replay = [&](const Sides& sides) {
        return predict_login(*sides.provider, sides.registration, *sides.party, circumstances, way);
    };
    Verdict result{replay({&pair.provider->value, pair.registration, &pair.application->value}), {}};
    auto& [prediction, avoidable] = result;
    if (!pair.assumed) {
        return result;
    }
    prediction.losses.clear();
    prediction.lost.clear();
    prediction.unproved.clear(); // that the whole side is assumed says more
    prediction.same_holes.clear();
    if (prediction.obstacles.empty()) {
        return result;
    }
    std::vector<bool> is_certain(prediction.obstacles.size(), true);
    bool can_work = false;
    for (const auto& other : pair.others) {
        const auto obstacles = replay(other).obstacles;
        can_work = can_work || obstacles.empty();
        for (std::size_t number = 0; number < is_certain.size(); ++number) {
            const auto& mine = prediction.obstacles[number];
            is_certain[number] = is_certain[number] && std::ranges::any_of(obstacles, [&](const oidc::Obstacle& it) {
                                     return is_same(it, mine);
                                 });
        }
    }
    auto obstacles = std::exchange(prediction.obstacles, {});
    for (std::size_t number = 0; number < obstacles.size(); ++number) {
        (is_certain[number] ? prediction.obstacles : avoidable).push_back(std::move(obstacles[number]));
    }
    if (can_work) {
        prediction.outcome = Outcome::unknown;
        prediction.unknown.assign(1, {{}, rule::Doubt::settings});
    } else if (prediction.obstacles.empty()) { // it fails in any case, each time for another reason
        prediction.obstacles.push_back(std::move(avoidable.front()));
        avoidable.erase(avoidable.begin());
    }
    return result;
}

/// Moves a finding to a place in the file that was given.
void move_to_file(rule::Finding& finding, const Pair& pair) {
    const auto* const unread = pair.assumed == oidc::Wing::application ? pair.application->document : nullptr;
    const auto is_shown = [&](const document::Place& place) { return place && place.document != unread; };
    auto& notes = finding.notes;
    if (!is_shown(finding.place)) {
        const auto shown = std::ranges::find_if(notes, is_shown, &rule::Note::place);
        const bool is_client = pair.assumed == oidc::Wing::application;
        finding.place = shown != notes.end() ? shown->place
                        : is_client          ? document::named_at(pair.registration->place)
                                             : pair.application->value.place;
        if (shown != notes.end()) {
            notes.erase(shown);
        }
    }
    std::erase_if(notes, [&](const rule::Note& note) { return !is_shown(note.place); });
}

/// False for a finding about a side of which there is no file.
bool is_about_file(const rule::Finding& finding, const Pair& pair) {
    const auto* const document = finding.place.document;
    return document != nullptr &&
           (pair.assumed != oidc::Wing::provider || document == pair.application->document ||
            document == pair.provider->document) &&
           (pair.assumed != oidc::Wing::application || document == pair.provider->document);
}

/// True when both sides are parts of one file, or of files side by side that others are installed from, so that whoever
/// fills their placeholders fills them alike.
bool share_holes(const Pair& pair) {
    const auto* const left = pair.provider->document;
    const auto* const right = pair.application->document;
    if (left == nullptr || right == nullptr) {
        return false;
    }
    const auto folder_of = [](const document::Document& document) {
        const std::string_view name = document.source().name();
        return name.substr(0, name.rfind('/') == std::string_view::npos ? 0 : name.rfind('/'));
    };
    const bool are_excerpts = left->excerpt() != nullptr && right->excerpt() != nullptr;
    return document::in_file(*left, {}).source == document::in_file(*right, {}).source ||
           (are_excerpts && folder_of(*left) == folder_of(*right));
}

} // namespace

std::span<const rule::Rule* const> prediction_rules() { return k_rules; }

Predictor::Predictor(const Options& options, const Told& told, report::Report& report)
    : m_options(options)
    , m_told(told)
    , m_report(report) {
    for (const auto& it : report.not_checked) {
        m_doubts.emplace(it.place.document, it.place.span.start, it.place.span.end, it.why);
    }
}

bool Predictor::is_new(const rule::Finding& finding) {
    const auto& place = finding.place;
    return m_advised.emplace(place.document, place.span.start, finding.rule->code, finding.message.text()).second;
}

bool Predictor::is_affordable(const Pair& pair, std::size_t logins) {
    constexpr std::size_t k_most = 1'000'000; // well below a second; no site comes near it
    const auto work = logins * size_of(pair) * (1 + pair.others.size());
    if (work > k_most - m_work) {
        return false;
    }
    m_work += work;
    return true;
}

void Predictor::add_doubts(const std::vector<rule::NotChecked>& doubts) {
    for (const auto& it : doubts) {
        const auto& span = it.place.span;
        if (!it.place || it.place.document->source().name().empty()) {
            continue; // about a side of which there is no file
        }
        if (m_doubts.emplace(it.place.document, span.start, span.end, it.why).second) {
            m_report.not_checked.push_back(it);
        }
    }
}

void Predictor::predict(const Pair& pair) {
    const auto where = addresses(pair, m_options);
    const auto ways = ways_of(pair);
    const auto refused = refusals(pair, m_told);
    if (!is_affordable(pair, where.size() * ways.size())) {
        const rule::NotChecked doubt{pair.application->value.place, rule::Doubt::cost};
        for (const auto& address : where) {
            for (const auto& way : ways) {
                auto& login = m_report.logins.emplace_back(described(pair, address, way));
                add_refusals(login, refused);
                if (refused.empty()) {
                    login.outcome = Outcome::unknown;
                    login.unknown.push_back(doubt);
                }
            }
        }
        if (refused.empty()) {
            add_doubts({doubt});
        }
        return;
    }
    const auto verdict = check_secret(pair, m_digests);
    const auto reached_at = pair.assumed ? assumed_url(pair, m_options) : provider_url(pair, m_options);
    Collector collector(ways);
    for (const auto& address : where) {
        const oidc::Circumstances circumstances{address.origin,
                                                reached_at.text,
                                                verdict,
                                                address.place,
                                                refused.empty() ? nullptr : &m_told.doubtful(),
                                                reached_at.place,
                                                m_options.placeholders == oidc::Placeholders::literal,
                                                share_holes(pair),
                                                m_options.alike};
        for (const auto& way : ways) {
            auto [prediction, avoidable] = judge(pair, circumstances, way);
            auto& login = m_report.logins.emplace_back(described(pair, address, way));
            add_refusals(login, refused);
            if (!login.stage) {
                login.outcome = prediction.outcome;
                login.concerned =
                    prediction.obstacles.empty() ? std::string_view() : prediction.obstacles.front().concerned;
            }
            // What one side alone says of the secret holds whatever the other side sends.
            const auto* const of_secret =
                pair.registration == nullptr ? nullptr : m_told.speaker_at(pair.registration->client_secret.place);
            bool is_secret_told = of_secret == nullptr;
            const auto add_secret = [&] {
                if (!std::exchange(is_secret_told, true)) {
                    add_obstacle(login, oidc::Stage::token, std::string(of_secret->name));
                }
            };
            for (auto& [stage, finding, concerned] : prediction.obstacles) {
                if (stage > oidc::Stage::token) {
                    add_secret();
                }
                if (pair.assumed) {
                    move_to_file(finding, pair);
                    finding.is_assumed = !knows_metadata(pair) || finding.is_assumed;
                }
                const auto* const speaker = m_told.speaker_for(finding);
                add_obstacle(login, stage, std::string((speaker != nullptr ? speaker : finding.rule)->name));
                if (speaker == nullptr) {
                    collector.add(finding, way);
                } else if (finding.consequence == rule::Consequence::login_fails) {
                    m_spoken_for.push_back(finding);
                }
            }
            add_secret();
            for (const auto& finding : prediction.losses) {
                if (m_told.speaker_for(finding) == nullptr) {
                    collector.add(finding, way);
                }
            }
            for (auto& finding : prediction.advice) {
                if (is_about_file(finding, pair) && m_told.speaker_for(finding) == nullptr && is_new(finding)) {
                    collector.add_advice(finding);
                }
            }
            for (auto& [stage, finding, concerned] : avoidable) {
                auto advice = rule::finding(
                    k_default_does_not_fit,
                    util::words("with the defaults of {} the login would fail at {}: {}", util::own(login.assumed),
                                util::own(to_string(stage)), finding.message + finding.suggestion),
                    finding.place, util::words("unless {} is set to fit, {}", util::own(login.assumed), finding.help));
                advice.client = finding.client;
                move_to_file(advice, pair);
                collector.add_advice(advice);
            }
            add_doubts(prediction.unknown);
            add_doubts(prediction.unproved);
            add_prediction(login, std::move(prediction));
            if (login.outcome == Outcome::fails && knows_metadata(pair)) {
                std::erase(login.assumes, report::Assumption::provider); // the metadata says so
            }
            if (login.outcome == Outcome::works) {
                doubt_unread(login, pair, m_options);
            }
            if (!m_options.traces) {
                login.trace.clear();
            }
        }
    }
    if (verdict.is_too_costly) {
        add_doubts({{pair.registration->client_secret.place, rule::Doubt::cost}});
    }
    collector.move_into(m_report.findings);
    if (knows_metadata(pair)) {
        const auto& client = *pair.registration;
        m_report.to_check.push_back({pair.provider->document->source().name(),
                                     pair.application->document->source().name(),
                                     std::string(util::start_of(client.client_id.value, rule::k_longest_client)),
                                     checklist(pair.provider->value, client)});
    }
}

} // namespace oidcgen::lint
