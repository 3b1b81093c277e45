#include "lint/lint.hpp"

#include "lint/assume.hpp"
#include "lint/filters.hpp"
#include "lint/merge.hpp"
#include "lint/pairing.hpp"
#include "lint/precedence.hpp"
#include "lint/predict.hpp"
#include "lint/strict.hpp"
#include "lint/suppress.hpp"
#include "lint/unpack.hpp"
#include "lint/versions.hpp"
#include "oidc/secrets.hpp"
#include "report/redact.hpp"
#include "rule/reading.hpp"
#include "systems.hpp"
#include "util/text.hpp"

#include <algorithm>
#include <filesystem>
#include <iterator>
#include <set>
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
        const auto [source, span] = document::in_file(document, fault->span);
        file.stop = {source->line_of(span.start), clients};
    }
}

/// Syntax errors in what the text stands within, for which the system never gets it. Nothing is certain where a
/// template may be. True when there are some.
bool add_faults_around(const document::Document& document, const oidc::System& system, const Options& options,
                       std::set<const document::Document*>& told, rule::Findings& findings) {
    const auto refuses =
        system.wing == oidc::Wing::provider ? rule::Consequence::provider_refuses : rule::Consequence::app_refuses;
    bool result = false;
    for (const auto* at = document.excerpt(); at != nullptr; at = at->outer->excerpt()) {
        const auto* const fault = at->outer->fatal();
        result = result || fault != nullptr;
        if (fault == nullptr || !told.insert(at->outer).second) {
            continue;
        }
        const bool may_be_template = options.placeholders == oidc::Placeholders::recognised &&
                                     at->outer->source().text().find("{{") != std::string_view::npos;
        if (may_be_template) {
            findings.doubt({at->outer, fault->span, fault->path}, rule::Doubt::syntax);
            continue;
        }
        rule::Findings all;
        rule::add_reading_faults(*at->outer, refuses, rule::Templates::literal, all);
        for (auto& finding : all.findings) {
            if (finding.place.span == fault->span) {
                findings.add(std::move(finding));
            }
        }
    }
    return result;
}

void sort(report::Report& report) {
    std::ranges::sort(report.findings, {}, rule::identity);
    std::ranges::sort(report.not_checked, {}, [](const rule::NotChecked& it) {
        const auto span = it.place ? document::in_file(*it.place.document, it.place.span).span : it.place.span;
        return std::tuple(name_of(it.place), span.start, to_string(it.why));
    });
    std::ranges::stable_sort(report.files, {}, &report::File::path);
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

bool is_below(std::string_view path, std::string_view folder) {
    return path == folder || (path.starts_with(folder) && (folder.ends_with('/') || path[folder.size()] == '/'));
}

/// Leaves in the report what concerns the client and the files that were asked for.
void keep_wished(report::Report& report, const Options& options) {
    if (!options.client.empty()) {
        const auto of_others = [&](const auto& it) { return !it.client.empty() && it.client != options.client; };
        std::erase_if(report.findings, of_others);
        std::erase_if(report.logins, of_others);
    }
    if (options.only.empty()) {
        return;
    }
    const auto is_wished = [&](std::string_view path) {
        return std::ranges::any_of(options.only, [&](const std::string& it) { return is_below(path, it); });
    };
    std::erase_if(report.findings, [&](const rule::Finding& it) {
        return !is_wished(name_of(it.place)) &&
               std::ranges::none_of(it.notes, [&](const rule::Note& note) { return is_wished(name_of(note.place)); });
    });
    std::erase_if(report.logins,
                  [&](const report::Login& it) { return !is_wished(it.provider) && !is_wished(it.app); });
    std::erase_if(report.dropped, [&](const rule::Dropped& it) {
        return it.document != nullptr && !is_wished(it.document->source().name());
    });
    std::erase_if(report.not_checked, [&](const rule::NotChecked& it) { return !is_wished(name_of(it.place)); });
}

/// Marks what is suppressed in any of the documents that were read.
void suppress_in_all(const Options& options, Result& result) {
    std::vector<const document::Document*> documents;
    const auto add = [&](const auto& all) {
        std::ranges::transform(all, std::back_inserter(documents), [](const auto& it) { return it.get(); });
    };
    add(result.documents);
    add(result.containers);
    add(result.parts);
    auto misunderstood = suppress(options.filter, documents, result.report);
    if (result.report.failure.empty()) {
        result.report.failure = std::move(misunderstood);
    }
}

/// Adds the files that services read and that are not among those of the report.
void add_mounted(const Deployment& deployment, report::Report& report) {
    for (const auto& mounted : deployment.mounted) {
        const auto path = path_of(mounted);
        const bool is_known = std::ranges::any_of(report.files, [&](const report::File& file) {
            return std::filesystem::path(file.path).lexically_normal() == path;
        });
        if (mounted.system != nullptr && !is_known) {
            report.mounted.push_back({mounted.system->title, mounted.path, mounted.place});
        }
    }
}

bool is_before(const document::Place& left, const document::Place& right) {
    return std::tuple(name_of(left), left.span.start) < std::tuple(name_of(right), right.span.start);
}

/// The options with the releases that files say are run, for systems of which no release is asked for.
Options with_releases(Options options, const Deployment& deployment, report::Report& report) {
    for (const auto* const system : systems()) {
        const std::string name(system->name);
        std::set<std::string> releases;
        const Running* said = nullptr;
        for (const auto& running : deployment.running) {
            if (running.system == system) {
                releases.insert(running.release);
                said = said == nullptr || is_before(running.place, said->place) ? &running : said;
            }
        }
        if (said == nullptr || options.targets.contains(name) || options.narrowed.contains(name)) {
            continue;
        }
        auto target = resolve_version(*system, said->release);
        const bool is_taken = releases.size() == 1 && target;
        report.said_releases.push_back({system, {releases.begin(), releases.end()}, is_taken, said->place});
        if (is_taken) {
            options.targets[name] = std::move(*target);
        }
    }
    return options;
}

} // namespace

Result lint(const std::vector<Input>& given, const Options& given_options) {
    Result result;
    auto unpacked = unpack(given, given_options);
    const auto& inputs = unpacked.inputs;
    result.containers = std::move(unpacked.containers);
    result.report.supplied_places = std::move(unpacked.secrets);
    std::ranges::move(unpacked.deployment.secrets, std::back_inserter(result.report.supplied_places));
    rule::Findings findings = std::move(unpacked.findings);
    const auto wished = with_releases(given_options, unpacked.deployment, result.report);
    result.supply = given_options.supply;
    result.project_file = given_options.filter.project_file;
    result.report.names = setting_names;
    result.report.providers = titles(oidc::Wing::provider);
    result.report.applications = titles(oidc::Wing::application);
    result.report.titles = titles(std::nullopt);
    const auto options = narrowed(inputs, wished, result.report.acceptances);
    std::vector<ProviderSide> providers;
    std::vector<ProviderSide> published; // of which only the metadata was given
    std::vector<ApplicationSide> applications;
    for (const auto& it : unpacked.beside) {
        result.report.files.push_back({it.document->source().name(), std::string(it.kind), std::nullopt, it.document});
    }
    const bool is_as_unpacked = options.narrowed.empty() && options.targets.size() == given_options.targets.size();
    std::set<const document::Document*> containers_told;
    std::vector<const document::Document*> cut;
    for (const auto& input : inputs) {
        auto recognised =
            input.recognised != nullptr && is_as_unpacked ? std::move(*input.recognised) : recognise(input, options);
        auto& document = *recognised.document;
        result.documents.push_back(std::move(recognised.document));
        const auto* const system = recognised.system;
        if (result.report.failure.empty()) {
            result.report.failure = misplaced_definition(document);
        }
        add_supplied_secrets(document, result.report.supplied);
        add_secret_places(document, result.report.supplied_places);
        result.report.files.push_back({document.source().name(), system ? std::string(system->name) : std::string(),
                                       system ? std::optional(system->wing) : std::nullopt, &document});
        result.report.files.back().language = recognised.language;
        for (const auto& part : input.parts) {
            result.parts.push_back(part);
            if (part != input.parts.front()) {
                auto file = result.report.files.back();
                file.path = part->source().name();
                result.report.files.push_back(std::move(file));
            }
        }
        check_replaced(input, findings);
        if (system == nullptr) {
            findings.doubt({&document, {}, document::k_root_path}, rule::Doubt::not_recognised);
            continue;
        }
        auto inspecting = inspect_options(*system, options, input.form);
        inspecting.filters = filters_of(*system, input, given, unpacked.deployment, result.containers);
        const auto target = target_of(*system, options);
        if (!system->releases.empty()) {
            result.report.targets[std::string(system->name)] = target.asked;
        }
        if (target.newer) {
            result.report.checked_as[std::string(system->name)] = {system->title, target.asked, target.used};
        }
        rule::Findings found;
        if (system->wing == oidc::Wing::provider && !system->provider->knows_clients) {
            published.push_back({&document, system, system->provider->inspect(document, inspecting, found),
                                 input.is_found, input.site});
        } else if (system->wing == oidc::Wing::provider) {
            providers.push_back({&document, system, system->provider->inspect(document, inspecting, found),
                                 input.is_found, input.site});
            std::ranges::copy(providers.back().value.secrets, std::back_inserter(result.report.supplied_places));
            add_stop(document, providers.back().value.registrations.size(), result.report.files.back());
            result.report.files.back().is_part =
                providers.back().value.is_snippet && !providers.back().value.registrations.empty();
        } else {
            applications.push_back({&document, system, system->application->inspect(document, inspecting, found),
                                    input.is_found, input.site});
            add_stop(document, std::nullopt, result.report.files.back());
            // Those of narrowed systems, in the order of the inputs.
            const auto number = result.documents.size() - 1;
            const auto acceptance =
                std::ranges::lower_bound(result.report.acceptances, number, {}, &report::Acceptance::input);
            if (acceptance != result.report.acceptances.end() && acceptance->input == number) {
                add_changes(*system, applications.back().value, *acceptance);
            }
        }
        if (add_faults_around(document, *system, options, containers_told, found)) {
            cut.push_back(&document);
        }
        soften_unknown(*system, inspecting, found);
        findings.append(std::move(found));
    }
    const bool is_named = std::ranges::any_of(given, [](const Input& it) { return !it.is_found; });
    if (result.report.failure.empty() && providers.empty() && published.empty() && applications.empty() &&
        unpacked.beside.empty() && is_named) {
        const auto unread =
            std::ranges::find_if_not(result.report.files, &std::string_view::empty, &report::File::language);
        result.report.failure =
            unread != result.report.files.end()
                ? util::words("{} is written in {}, which is not read; give the YAML or JSON that is made from it",
                              util::path(unread->path), util::own(unread->language))
                : util::words("none of the files is recognised as a configuration of {}",
                              util::own(titles(std::nullopt)));
    }
    const auto is_wished = [&](const oidc::Text& id) { return id.is_unknown() || id.value == options.client; };
    result.knows_client =
        options.client.empty() ||
        std::ranges::any_of(applications, [&](const auto& it) { return is_wished(it.value.client_id); }) ||
        std::ranges::any_of(providers, [&](const auto& it) {
            return std::ranges::any_of(it.value.registrations,
                                       [&](const auto& client) { return is_wished(client.client_id); });
        });
    const auto paired = pairs(providers, applications, options);
    AssumedPairs assumed(providers, published, applications, options);
    for (const auto* const system : assumed.systems()) {
        const auto target = target_of(*system, options);
        if (!system->releases.empty()) {
            result.report.targets[std::string(system->name)] = target.asked;
        }
    }
    for (const auto* const application : paired.cut) {
        findings.doubt(application->value.place, rule::Doubt::cost);
    }
    const Told told(findings, cut);
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
    add_mounted(unpacked.deployment, result.report);
    suppress_in_all(options, result);
    keep_wished(result.report, options);
    apply(options.filter, result.report);
    sort(result.report);
    add_sources(result.report.findings);
    hide_supplied(result.report);
    if (wished.supply != nullptr) {
        result.unused = unused_definitions(*wished.supply, result.documents);
    }
    return result;
}

} // namespace oidcgen::lint
