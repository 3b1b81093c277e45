#include "oidc/system.hpp"

#include "util/text.hpp"
#include "util/words.hpp"

#include <algorithm>
#include <iterator>
#include <optional>

#include <fmt/format.h>

namespace oidcgen::oidc {

namespace {

/// The newest release of the line that is covered.
std::optional<util::Version> newest_of_line(const ReleaseLine& line, const util::VersionRequest& request) {
    for (int patch = line.last_patch; patch >= 0; --patch) {
        const util::Version release{line.major, line.minor, patch};
        if (request.covers(release)) {
            return release;
        }
    }
    for (int candidate = line.candidates - 1; candidate >= 0; --candidate) {
        const util::Version release{line.major, line.minor, 0, candidate};
        if (request.covers(release)) {
            return release;
        }
    }
    return std::nullopt;
}

const ReleaseLine* line_of(const System& system, const util::VersionRequest& request) {
    const auto line = std::ranges::find_if(system.releases, [&](const ReleaseLine& candidate) {
        return candidate.major == request.major && candidate.minor == request.minor;
    });
    return line == system.releases.end() ? nullptr : &*line;
}

/// The least release that a person can have meant.
util::Version least(const util::VersionRequest& request) {
    return {request.major, request.minor.value_or(0), request.patch.value_or(0),
            request.candidate.value_or(util::Version::k_final)};
}

std::string named_line(const ReleaseLine& line) { return fmt::format("{}.{}", line.major, line.minor); }

/// Why the release is not one, when it is not newer than the known ones.
util::Words why_not(const System& system, const util::VersionRequest& request, std::string_view text) {
    if (const auto* const line = line_of(system, request)) {
        return util::words("{} {} does not exist; the releases of {} are {}.0 to {}.{}", system.title, text,
                           named_line(*line), named_line(*line), named_line(*line), line->last_patch);
    }
    const auto next = std::ranges::find_if(system.releases, [&](const ReleaseLine& line) {
        return least(request) < util::Version{line.major, line.minor, 0};
    });
    if (next == system.releases.begin()) {
        return util::words("{} {} is older than the known releases, {}.0 to {}", system.title, text,
                           named_line(system.releases.front()), to_string(newest_version(system)));
    }
    return util::words("{} {} does not exist; {} is followed by {}", system.title, text, named_line(*std::prev(next)),
                       named_line(*next));
}

/// The release that a newer one is taken for; nothing when the request is not newer than the known ones.
std::optional<util::Version> stand_in(const System& system, const util::VersionRequest& request) {
    const auto newest = newest_version(system);
    if (const auto* const line = line_of(system, request)) {
        const util::Version newest_there{line->major, line->minor, line->last_patch};
        return least(request) > newest_there ? std::optional(newest_there) : std::nullopt;
    }
    return least(request) > newest ? std::optional(newest) : std::nullopt;
}

/// The release by its line alone when it is the line's `patch`.
std::string line_or_release(const util::Version& version, int patch) {
    return version.patch == patch ? fmt::format("{}.{}", version.major, version.minor) : to_string(version);
}

util::Words advice(const System& system, const util::Version& version,
                   const std::function<bool(const util::Version&)>& behaves) {
    const auto release = first_release(system, behaves, version);
    return release ? util::words("update {} to {} or newer", util::own(system.title), to_string(*release))
                   : util::Words();
}

} // namespace

std::string file_name(const System& system) { return fmt::format("{}.{}", system.name, system.ending); }

std::string release_name(const System& system, const util::Version& version) {
    return system.releases.empty() ? std::string(system.title) : fmt::format("{} {}", system.title, to_string(version));
}

std::string issuer_of(const Provider& provider, const Registration* registration, std::string_view base) {
    const auto issuer = provider.system->provider->issuer;
    return issuer == nullptr ? std::string(base) : issuer(provider, registration, base);
}

util::Words update_advice(const RelyingParty& party, bool (*behaves)(const ClientBehaviour&)) {
    return advice(*party.system, party.version,
                  [&](const util::Version& version) { return behaves(party.system->application->behaviour(version)); });
}

util::Words update_advice(const Provider& provider, bool (*behaves)(const ProviderBehaviour&)) {
    return advice(*provider.system, provider.version,
                  [&](const util::Version& version) { return behaves(provider.system->provider->behaviour(version)); });
}

std::vector<util::Version> all_versions(const System& system) {
    std::vector<util::Version> result;
    for (const auto& line : system.releases) {
        for (int patch = 0; patch <= line.last_patch; ++patch) {
            result.push_back({line.major, line.minor, patch});
        }
    }
    return result;
}

std::string named_range(const System& system, const util::Version& first, const util::Version& last) {
    const auto line = std::ranges::find_if(system.releases, [&](const ReleaseLine& candidate) {
        return candidate.major == last.major && candidate.minor == last.minor;
    });
    const bool is_one_line = first.major == last.major && first.minor == last.minor;
    if (is_one_line && (first.patch != 0 || last.patch != line->last_patch)) {
        return first == last ? to_string(first) : fmt::format("{} to {}", to_string(first), to_string(last));
    }
    const auto from = line_or_release(first, 0);
    return is_one_line ? from : fmt::format("{} to {}", from, line_or_release(last, line->last_patch));
}

util::Version newest_version(const System& system) {
    if (system.releases.empty()) {
        return {};
    }
    const auto& line = system.releases.back();
    return {line.major, line.minor, line.last_patch};
}

std::optional<util::Version> first_release(const System& system, const std::function<bool(const util::Version&)>& holds,
                                           const util::Version& after) {
    const auto releases = all_versions(system);
    const auto found =
        std::ranges::find_if(releases, [&](const util::Version& release) { return after < release && holds(release); });
    return found == releases.end() ? std::nullopt : std::optional(*found);
}

Target newest_target(const System& system) {
    const auto newest = newest_version(system);
    return {system.releases.empty() ? std::string() : to_string(newest), newest, false};
}

util::Expected<Target> resolve_version(const System& system, std::string_view text) {
    text = util::trimmed(text);
    if (text.empty()) {
        return newest_target(system);
    }
    if (system.releases.empty()) {
        return util::failure(util::words("{} has no releases to choose from", system.title));
    }
    const auto request = util::parse_version_request(text);
    if (!request) {
        return util::failure(util::words("{} is not a version of {}; write it like {}", util::quoted(text),
                                         system.title, to_string(newest_version(system))));
    }
    for (auto line = system.releases.rbegin(); line != system.releases.rend(); ++line) {
        if (const auto release = newest_of_line(*line, *request)) {
            return Target{to_string(*release), *release, false};
        }
    }
    if (const auto known = stand_in(system, *request)) {
        text.remove_prefix(text.starts_with('v') ? 1 : 0);
        return Target{std::string(text), *known, true};
    }
    return util::failure(why_not(system, *request, text));
}

const RuleNote* find_note(const System& system, const rule::Rule& rule) {
    const auto found = std::ranges::find(system.notes, rule.name, &RuleNote::rule);
    return found == system.notes.end() ? nullptr : &*found;
}

void soften_unknown(const System& system, const InspectOptions& options, rule::Findings& findings) {
    if (!options.newer_than_known) {
        return;
    }
    const auto is_about_unknown = [&](const rule::Rule* rule) {
        return std::ranges::find(system.unknown_rules, rule) != system.unknown_rules.end();
    };
    for (auto& dropped : findings.dropped) {
        dropped.consequence = is_about_unknown(dropped.rule) ? rule::Consequence::advice : dropped.consequence;
    }
    for (auto& finding : findings.findings) {
        if (is_about_unknown(finding.rule)) {
            rule::set_consequence(finding, rule::Consequence::advice);
            finding.help += util::words("{}releases up to {} do not know it; a newer one may",
                                        finding.help.empty() ? "" : "; ", to_string(options.version));
        }
    }
}

} // namespace oidcgen::oidc
