#include "lint/lint.hpp"

#include "lint/assume.hpp"
#include "lint/pairing.hpp"
#include "lint/precedence.hpp"
#include "lint/predict.hpp"
#include "lint/strict.hpp"
#include "lint/versions.hpp"
#include "oidc/secrets.hpp"
#include "report/redact.hpp"
#include "systems.hpp"
#include "util/text.hpp"

#include <algorithm>
#include <iterator>
#include <tuple>

#include <fmt/format.h>

namespace oidcgen::lint {

namespace {

void check_secrets(const std::vector<ProviderSide>& providers, const std::vector<ApplicationSide>& applications,
                   rule::Findings& findings) {
    std::vector<oidc::KeptClient> clients;
    for (const auto& side : providers) {
        for (const auto& registration : side.value.registrations) {
            clients.push_back({side.system->provider, &registration});
        }
    }
    std::vector<const oidc::RelyingParty*> parties;
    parties.reserve(applications.size());
    for (const auto& side : applications) {
        parties.push_back(&side.value);
    }
    oidc::check_secrets(clients, parties, system_names(), findings);
}

std::string_view name_of(const document::Place& place) {
    return place ? std::string_view(place.document->source().name()) : std::string_view();
}

/// The names of all settings and tags that some system has, without those that their users choose.
const report::Names& setting_names() {
    static const auto k_names = [] {
        report::Names names;
        for (const auto* const system : systems()) {
            const auto reading = system->reading(newest_version(*system), oidc::Use::file);
            names.insert(reading.limits.tags.begin(), reading.limits.tags.end());
            for (const auto& key : system->keys) {
                for (auto name : util::split(key.path, '.')) {
                    name = name.substr(0, name.find('['));
                    if (name != "*" && !name.empty()) {
                        names.insert(name);
                    }
                }
            }
        }
        return names;
    }();
    return k_names;
}

/// Where the reading ended before the end of the text.
void add_stop(const document::Document& document, std::optional<std::size_t> clients, report::File& file) {
    if (const auto* const fault = document.fatal()) {
        file.stop = {document.source().position(fault->span.start).line, clients};
    }
}

void sort(report::Report& report) {
    std::ranges::sort(report.findings, {}, rule::identity);
    std::ranges::sort(report.not_checked, {}, [](const rule::NotChecked& it) {
        return std::tuple(name_of(it.place), it.place.span.start, to_string(it.why));
    });
    std::ranges::sort(report.files, {}, &report::File::path);
    std::ranges::stable_sort(report.acceptances, {}, &report::Acceptance::path);
    std::ranges::stable_sort(report.logins, {}, [](const report::Login& it) {
        return std::tuple(std::string_view(it.provider), std::string_view(it.app), std::string_view(it.client));
    });
}

/// Says of each finding about a filled placeholder where its values came from.
void add_sources(std::vector<rule::Finding>& findings) {
    for (auto& finding : findings) {
        std::vector<const document::Filling*> sources;
        const auto add = [&](const document::Place& place) {
            for (const auto* const source : sources_of(place)) {
                if (std::ranges::find(sources, source) == sources.end()) {
                    sources.push_back(source);
                }
            }
        };
        add(finding.place);
        for (const auto& note : finding.notes) {
            add(note.place);
        }
        for (const auto* const source : sources) {
            finding.notes.push_back(
                {util::words(source->place ? "the value of {} comes from here" : "the value of {} is given by --define",
                             util::bare(source->name)),
                 source->place});
        }
    }
}

/// Takes out of the report what it tells without words: secrets that people put where no secret belongs.
void hide_supplied(report::Report& report) {
    if (report.supplied.empty()) {
        return;
    }
    for (auto& finding : report.findings) {
        finding.client = report::without_supplied(finding.client, report.supplied);
    }
    for (auto& login : report.logins) {
        login.client = report::without_supplied(login.client, report.supplied);
        login.address = report::without_supplied(login.address, report.supplied);
    }
}

} // namespace

Result lint(const std::vector<Input>& inputs, const Options& wished) {
    Result result;
    result.supply = wished.supply;
    result.report.names = setting_names;
    result.report.providers = titles(oidc::Wing::provider);
    result.report.applications = titles(oidc::Wing::application);
    const auto options = narrowed(inputs, wished, result.report.acceptances);
    std::vector<ProviderSide> providers;
    std::vector<ApplicationSide> applications;
    rule::Findings findings;
    for (const auto& input : inputs) {
        auto recognised = recognise(input, options);
        auto& document = *recognised.document;
        result.documents.push_back(std::move(recognised.document));
        const auto* const system = recognised.system;
        if (result.report.failure.empty()) {
            result.report.failure = misplaced_definition(document);
        }
        add_supplied_secrets(document, result.report.supplied);
        add_secret_places(document, result.report.supplied_places);
        result.report.files.push_back({document.source().name(), system ? std::string(system->name) : std::string(),
                                       system ? std::optional(system->wing) : std::nullopt});
        result.report.files.back().language = recognised.language;
        if (system == nullptr) {
            findings.doubt({&document, {}, document::k_root_path}, rule::Doubt::not_recognised);
            continue;
        }
        const auto inspecting = inspect_options(*system, options);
        const auto target = target_of(*system, options);
        if (!system->releases.empty()) {
            result.report.targets[std::string(system->name)] = target.asked;
        }
        if (target.newer) {
            result.report.checked_as[std::string(system->name)] = {system->title, target.asked, target.used};
        }
        rule::Findings found;
        if (system->wing == oidc::Wing::provider) {
            providers.push_back({&document, system, system->provider->inspect(document, inspecting, found)});
            add_stop(document, providers.back().value.registrations.size(), result.report.files.back());
            result.report.files.back().is_part =
                providers.back().value.is_snippet && !providers.back().value.registrations.empty();
        } else {
            applications.push_back({&document, system, system->application->inspect(document, inspecting, found)});
            add_stop(document, std::nullopt, result.report.files.back());
            // Those of narrowed systems, in the order of the inputs.
            const auto number = result.documents.size() - 1;
            const auto acceptance =
                std::ranges::lower_bound(result.report.acceptances, number, {}, &report::Acceptance::input);
            if (acceptance != result.report.acceptances.end() && acceptance->input == number) {
                add_changes(*system, applications.back().value, *acceptance);
            }
        }
        soften_unknown(*system, inspecting, found);
        findings.append(std::move(found));
    }
    if (result.report.failure.empty() && providers.empty() && applications.empty()) {
        const auto unread =
            std::ranges::find_if_not(result.report.files, &std::string_view::empty, &report::File::language);
        result.report.failure =
            unread != result.report.files.end()
                ? util::words("{} is written in {}, which is not read; give the YAML or JSON that is made from it",
                              util::path(unread->path), util::own(unread->language))
                : util::words("none of the files is recognised as a configuration of {}",
                              util::own(titles(std::nullopt)));
    }
    const auto paired = pairs(providers, applications, options);
    AssumedPairs assumed(providers, applications, options);
    for (const auto* const system : assumed.systems()) {
        const auto target = target_of(*system, options);
        if (!system->releases.empty()) {
            result.report.targets[std::string(system->name)] = target.asked;
        }
    }
    for (const auto* const application : paired.cut) {
        findings.doubt(application->value.place, rule::Doubt::cost);
    }
    const Told told(findings);
    check_secrets(providers, applications, findings);
    result.report.findings = std::move(findings.findings);
    result.report.dropped = std::move(findings.dropped);
    result.report.not_checked = std::move(findings.not_checked);
    Predictor predictor(options, told, result.report);
    for (const auto& pair : paired.pairs) {
        predictor.predict(pair);
    }
    for (const auto& pair : assumed.pairs()) {
        predictor.predict(pair);
    }
    std::ranges::move(assumed.take_documents(), std::back_inserter(result.documents));
    raise_speakers(result.report.findings, predictor.spoken_for());
    silence(result.report.findings, result.report.dropped);
    if (options.strict) {
        demand_predictions(result.report, !providers.empty()      ? providers.front().document
                                          : !applications.empty() ? applications.front().document
                                                                  : nullptr);
    }
    sort(result.report);
    add_sources(result.report.findings);
    hide_supplied(result.report);
    if (wished.supply != nullptr) {
        result.unused = unused_definitions(*wished.supply, result.documents);
    }
    return result;
}

} // namespace oidcgen::lint
