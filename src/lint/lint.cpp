#include "lint/lint.hpp"

#include "lint/pairing.hpp"
#include "lint/versions.hpp"
#include "oidc/secrets.hpp"
#include "report/redact.hpp"
#include "secret/digest.hpp"
#include "secret/secret.hpp"
#include "util/text.hpp"

#include <algorithm>
#include <iterator>
#include <map>
#include <set>
#include <tuple>

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace oidcgen::lint {

namespace {

using oidc::Device;
using oidc::Outcome;

std::string_view name_of(const document::Place& place) {
    return place ? std::string_view(place.document->source().name()) : std::string_view();
}

/// The order of findings in a report, and what makes two of them the same.
auto order(const rule::Finding& finding) {
    return std::tuple(name_of(finding.place), finding.place.span.start, finding.rule->code,
                      std::string_view(finding.message), finding.place.span.end);
}

std::string listed(const std::set<Device>& devices) {
    if (devices.size() == oidc::k_devices.size()) {
        return "every login";
    }
    std::vector<std::string_view> names;
    for (const auto device : devices) {
        names.push_back(to_string(device));
    }
    return fmt::format("the {} login", fmt::join(names, " and "));
}

bool same_place(const rule::Finding& left, const rule::Finding& right) {
    return left.place.document == right.place.document && left.place.span == right.place.span;
}

/// What the checks of one side found to stop the login at the same value; null when they found nothing.
const rule::Finding* told_already(const rule::Finding& finding, const std::vector<rule::Finding>& findings) {
    const auto found = std::ranges::find_if(findings, [&](const rule::Finding& other) {
        return other.consequence == rule::Consequence::login_fails && same_place(other, finding);
    });
    return found == findings.end() ? nullptr : &*found;
}

/// Findings of predictions, each once, with the devices that it stops.
class Collector {
  public:
    void add(const oidc::Prediction& prediction, const std::vector<rule::Finding>& known) {
        for (const auto& finding : prediction.findings) {
            if (told_already(finding, known) != nullptr) {
                continue;
            }
            const Key key{finding.rule->code, name_of(finding.place), finding.place.span.start, finding.message};
            auto [entry, is_new] = m_entries.try_emplace(key, Entry{finding, {}});
            entry->second.devices.insert(prediction.device);
        }
    }

    void move_into(std::vector<rule::Finding>& findings) {
        for (auto& [key, entry] : m_entries) {
            auto& finding = entry.finding;
            if (finding.consequence == rule::Consequence::login_fails) {
                // A hint about the same value says less than why the login fails.
                std::erase_if(findings, [&](const rule::Finding& other) {
                    return same_place(other, finding) && (other.consequence == rule::Consequence::risk ||
                                                          other.consequence == rule::Consequence::advice);
                });
                const auto suggestion = std::min(finding.message.find("; did you mean"), finding.message.size());
                finding.message.insert(suggestion, fmt::format("; this stops {}", listed(entry.devices)));
            }
            findings.push_back(std::move(finding));
        }
    }

  private:
    using Key = std::tuple<std::string_view, std::string_view, std::uint32_t, std::string>;
    struct Entry {
        rule::Finding finding;
        std::set<Device> devices;
    };
    std::map<Key, Entry> m_entries;
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

/// Compares the application's secret with what the provider keeps of it.
struct SecretCheck {
    oidc::SecretMatch match = oidc::SecretMatch::unknown;
    std::string why; ///< why it cannot be known: `placeholder` or `cost`; or why the provider cannot verify it
};

SecretCheck check_secret(const Pair& pair, secret::Budget& budget) {
    const auto& kept = pair.registration->client_secret;
    const auto& sent = pair.application->value.client_secret;
    if (kept.is_unknown() || sent.is_unknown() || kept.value.empty() || sent.value.empty()) {
        return {};
    }
    const secret::Secret secret(sent.value);
    if (!kept.value.starts_with('$')) {
        return {secret.equals(kept.value) ? oidc::SecretMatch::match : oidc::SecretMatch::mismatch, {}};
    }
    const auto digest = secret::parse_digest(kept.value);
    if (!digest) {
        // A digest that the provider refuses to read is the provider's own finding.
        return digest.error().when_checked ? SecretCheck{oidc::SecretMatch::mismatch, digest.error().message}
                                           : SecretCheck{};
    }
    if (digest->scheme == secret::Scheme::plaintext) {
        const auto plain = kept.value.substr(kept.value.find('$', 1) + 1);
        return {secret.equals(plain) ? oidc::SecretMatch::match : oidc::SecretMatch::mismatch, {}};
    }
    switch (verify(*digest, secret, budget)) {
    case secret::Verdict::match:
        return {oidc::SecretMatch::match, {}};
    case secret::Verdict::mismatch:
        return {oidc::SecretMatch::mismatch, {}};
    case secret::Verdict::too_dear:
    case secret::Verdict::unable:
        break;
    }
    return {oidc::SecretMatch::unknown, "cost"};
}

std::string client_of(const Pair& pair) { return pair.application->value.client_id.value; }

report::Login described(const Pair& pair, std::string_view address, Device device) {
    report::Login login;
    login.client = client_of(pair);
    login.provider = pair.provider->document->source().name();
    login.app = pair.application->document->source().name();
    login.address = address;
    login.device = device;
    return login;
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

report::Login told(const Pair& pair, std::string_view address, const oidc::Prediction& prediction) {
    auto login = described(pair, address, prediction.device);
    login.outcome = prediction.outcome;
    login.stage = prediction.stage;
    login.lost = prediction.lost;
    login.unknown = prediction.unknown;
    if (prediction.outcome == Outcome::fails) {
        for (const auto& finding : prediction.findings) {
            if (std::ranges::find(login.because, finding.rule->name) == login.because.end()) {
                login.because.emplace_back(finding.rule->name);
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

void predict(const Pair& pair, const Options& options, secret::Budget& budget, Result& result) {
    auto where = addresses(pair, options);
    if (where.empty()) {
        where.emplace_back(); // what does not depend on the address can be told all the same
    }
    if (const auto refusal = refused(pair, result.report.findings)) {
        for (const auto& address : where) {
            for (const auto device : oidc::k_devices) {
                auto login = described(pair, address, device);
                login.outcome = Outcome::fails;
                login.stage = refusal->stage;
                login.because = refusal->because;
                result.report.logins.push_back(std::move(login));
            }
        }
        return;
    }
    const auto check = pair.registration == nullptr ? SecretCheck{} : check_secret(pair, budget);
    Collector collector;
    for (const auto& address : where) {
        oidc::Circumstances circumstances;
        circumstances.address = address;
        circumstances.provider_url = provider_url(pair, options);
        circumstances.secret = check.match;
        if (check.match == oidc::SecretMatch::mismatch) {
            circumstances.secret_fault = check.why;
        }
        for (const auto device : oidc::k_devices) {
            auto prediction =
                predict_login(pair.provider->value, pair.registration, pair.application->value, circumstances, device);
            for (auto& finding : prediction.findings) {
                if (const auto* const told = told_already(finding, result.report.findings)) {
                    finding = *told;
                }
            }
            collector.add(prediction, result.report.findings);
            add_not_checked(result.report.not_checked, prediction.unknown);
            result.report.logins.push_back(told(pair, address, prediction));
            if (options.traces) {
                result.report.logins.back().trace = std::move(prediction.trace);
            }
        }
    }
    if (check.why == "cost") {
        result.report.not_checked.push_back({pair.registration->client_secret.place, "cost"});
    }
    collector.move_into(result.report.findings);
}

void check_secrets(const std::vector<ProviderSide>& providers, const std::vector<ApplicationSide>& applications,
                   std::vector<rule::Finding>& findings) {
    std::vector<const oidc::Registration*> registrations;
    for (const auto& side : providers) {
        for (const auto& registration : side.value.registrations) {
            registrations.push_back(&registration);
        }
    }
    std::vector<const oidc::RelyingParty*> parties;
    for (const auto& side : applications) {
        parties.push_back(&side.value);
    }
    oidc::check_secrets(registrations, parties, findings);
}

void sort(report::Report& report) {
    std::ranges::sort(report.findings, {}, order);
    std::ranges::sort(report.not_checked, {}, [](const rule::NotChecked& it) {
        return std::tuple(name_of(it.place), it.place.span.start, std::string_view(it.why));
    });
    std::ranges::sort(report.files, {}, &report::File::path);
    std::ranges::stable_sort(report.acceptances, {}, &report::Acceptance::path);
    std::ranges::stable_sort(report.logins, {}, [](const report::Login& it) {
        return std::tuple(std::string_view(it.provider), std::string_view(it.app), std::string_view(it.client));
    });
}

} // namespace

Result lint(std::vector<Input> inputs, const Options& wished) {
    Result result;
    const auto options = narrowed(inputs, wished, result.report.acceptances);
    std::vector<ProviderSide> providers;
    std::vector<ApplicationSide> applications;
    rule::Findings findings;
    for (auto& input : inputs) {
        auto recognised = recognise(input, options);
        auto& document = *recognised.document;
        result.documents.push_back(std::move(recognised.document));
        const auto* const system = recognised.system;
        result.report.files.push_back({document.source().name(), system ? std::string(system->name) : std::string(),
                                       system ? std::optional(system->wing) : std::nullopt});
        if (system == nullptr) {
            findings.not_checked.push_back(
                {{&document, {}, document::k_root_path}, std::string(report::k_not_recognised)});
            continue;
        }
        const auto inspecting = inspect_options(*system, options);
        const auto target = target_of(*system, options);
        result.report.targets[std::string(system->name)] = target.asked;
        if (target.newer) {
            result.report.checked_as[std::string(system->name)] = {system->title, target.asked, target.used};
        }
        const auto known = findings.findings.size();
        if (system->wing == oidc::Wing::provider) {
            providers.push_back({&document, system, system->provider->inspect(document, inspecting, findings)});
        } else {
            applications.push_back({&document, system, system->application->inspect(document, inspecting, findings)});
            for (auto& acceptance : result.report.acceptances) {
                if (acceptance.input + 1 == result.documents.size()) {
                    add_changes(*system, applications.back().value, acceptance);
                }
            }
        }
        soften_unknown(*system, inspecting, findings, known);
    }
    if (providers.empty() && applications.empty()) {
        result.report.failure =
            "none of the files holds settings of Authelia or Immich; --kind says what a file is when "
            "it does not show it";
    }
    result.report.findings = std::move(findings.findings);
    result.report.not_checked = std::move(findings.not_checked);
    auto paired = pairs(providers, applications, options);
    // Which digests the budget covers must not depend on the order of the files.
    std::ranges::stable_sort(paired, {}, [](const Pair& pair) {
        return std::pair(std::string_view(pair.provider->document->source().name()),
                         std::string_view(pair.application->document->source().name()));
    });
    secret::Budget budget;
    for (const auto& pair : paired) {
        predict(pair, options, budget, result);
    }
    check_secrets(providers, applications, result.report.findings);
    sort(result.report);
    redact(result.report);
    return result;
}

} // namespace oidcgen::lint
