#include "lint/versions.hpp"

#include "systems.hpp"

#include <algorithm>
#include <cstddef>
#include <map>
#include <string>
#include <utility>

namespace oidcgen::lint {

namespace {

using report::Acceptance;
using util::Version;

/// What a release has to say about a file.
struct Verdict {
    std::size_t refusals = 0;
    std::size_t warnings = 0;

    friend bool operator==(const Verdict&, const Verdict&) = default;
};

Verdict verdict(const document::Document& document, const oidc::System& system, const oidc::InspectOptions& options) {
    rule::Findings findings;
    if (system.wing == oidc::Wing::provider) {
        static_cast<void>(system.provider->inspect(document, options, findings));
    } else {
        static_cast<void>(system.application->inspect(document, options, findings));
    }
    Verdict result;
    result.refusals =
        findings.count(rule::Consequence::provider_refuses) + findings.count(rule::Consequence::app_refuses);
    result.warnings = findings.count(rule::Consequence::provider_warns) + findings.count(rule::Consequence::app_warns);
    return result;
}

std::vector<Verdict> verdicts(const Input& input, const oidc::System& system, const std::vector<Version>& versions,
                              Options options) {
    std::vector<Verdict> result;
    const std::string name(system.name);
    std::unique_ptr<document::Document> document;
    oidc::Reading read_by;
    for (const auto& version : versions) {
        options.targets[name] = {to_string(version), version, false};
        const auto reading = system.reading(version, options.use);
        if (!document || reading != read_by) {
            document = read(input, reading, options);
            read_by = reading;
        }
        result.push_back(verdict(*document, system, inspect_options(system, options, input.form)));
    }
    return result;
}

/// Neighbouring releases whose verdict holds, taken together.
template <class Holds>
std::vector<Acceptance::Range> ranges(const oidc::System& system, const std::vector<Version>& versions,
                                      const std::vector<Verdict>& verdicts, Holds holds) {
    std::vector<Acceptance::Range> result;
    bool is_open = false;
    for (std::size_t at = 0; at < versions.size(); ++at) {
        const bool is_in = holds(verdicts[at]);
        if (is_in && !is_open) {
            result.push_back({versions[at], versions[at], {}});
        } else if (is_in) {
            result.back().last = versions[at];
        }
        is_open = is_in;
    }
    for (auto& range : result) {
        range.name = named_range(system, range.first, range.last);
    }
    return result;
}

} // namespace

Options narrowed(const std::vector<Input>& inputs, Options options, std::vector<Acceptance>& acceptances) {
    if (options.narrowed.empty()) {
        return options;
    }
    std::map<const oidc::System*, std::vector<std::size_t>> refusals;
    for (std::size_t number = 0; number < inputs.size(); ++number) {
        const auto& input = inputs[number];
        const auto recognised = recognise(input, options);
        const auto* const system = recognised.system;
        if (system == nullptr || !options.narrowed.contains(std::string(system->name))) {
            continue;
        }
        const auto versions = all_versions(*system);
        const auto each = verdicts(input, *system, versions, options);
        auto& sum = refusals[system];
        sum.resize(versions.size());
        for (std::size_t at = 0; at < each.size(); ++at) {
            sum[at] += each[at].refusals;
        }
        Acceptance acceptance;
        acceptance.input = number;
        acceptance.path = input.path;
        acceptance.kind = system->name;
        acceptance.title = system->title;
        acceptance.is_whole = !stops_at_action(*recognised.document, options);
        if (!acceptance.is_whole) {
            acceptances.push_back(std::move(acceptance));
            continue;
        }
        acceptance.accepted = ranges(*system, versions, each, [](const Verdict& it) { return it.refusals == 0; });
        acceptance.without_warning = ranges(*system, versions, each, [](const Verdict& it) { return it == Verdict{}; });
        acceptances.push_back(std::move(acceptance));
    }
    for (const auto& [system, sum] : refusals) {
        // The last of equals is the newest. A warning shows nothing: settings are left behind when a newer release
        // drops them, and that release still takes the file.
        const auto best = std::ranges::min_element(sum.rbegin(), sum.rend());
        const auto at = static_cast<std::size_t>(sum.rend() - best) - 1;
        const auto version = all_versions(*system)[at];
        options.targets[std::string(system->name)] = {to_string(version), version, false};
    }
    for (auto& acceptance : acceptances) {
        acceptance.target = options.targets.at(acceptance.kind).asked;
    }
    return options;
}

void add_changes(const oidc::System& system, const oidc::RelyingParty& party, Acceptance& acceptance) {
    if (acceptance.accepted.empty() || party.enabled.is_unknown() || !party.enabled.value) {
        return;
    }
    const auto& first = acceptance.accepted.front().first;
    const auto& last = acceptance.accepted.back().last;
    for (const auto& change : system.application->changes) {
        const auto* const place = first < change.since && change.since <= last ? change.concerned(party) : nullptr;
        if (place != nullptr && *place) {
            acceptance.changes.push_back({change.since, change.before, change.after, *place});
        }
    }
}

} // namespace oidcgen::lint
