#include "oidc/system.hpp"

#include "util/text.hpp"

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

std::string known_releases(const System& system, const util::VersionRequest& request) {
    const auto line = std::ranges::find_if(system.releases, [&](const ReleaseLine& candidate) {
        return candidate.major == request.major && candidate.minor == request.minor;
    });
    if (line != system.releases.end()) {
        return fmt::format("{}.{} goes from {}.{}.0 to {}.{}.{}", line->major, line->minor, line->major, line->minor,
                           line->major, line->minor, line->last_patch);
    }
    const auto& oldest = system.releases.front();
    return fmt::format("known are {}.{}.0 to {}", oldest.major, oldest.minor, to_string(newest_version(system)));
}

/// The release by its line alone when it is the line's `patch`.
std::string line_or_release(const util::Version& version, int patch) {
    return version.patch == patch ? fmt::format("{}.{}", version.major, version.minor) : to_string(version);
}

template <class Behaviour>
std::string advice(const System& system, Behaviour (*behaviour)(const util::Version&),
                   bool (*behaves)(const Behaviour&)) {
    const auto versions = all_versions(system);
    auto first = versions.rbegin();
    while (first != versions.rend() && behaves(behaviour(*first))) {
        ++first;
    }
    if (first == versions.rbegin()) {
        return {}; // not even the newest does
    }
    return fmt::format("update {} to {} or newer", system.title, to_string(*std::prev(first)));
}

} // namespace

std::string release_name(const System& system, const util::Version& version) {
    return system.releases.empty() ? std::string(system.title) : fmt::format("{} {}", system.title, to_string(version));
}

std::string update_advice(const System& system, bool (*behaves)(const ClientBehaviour&)) {
    return advice(system, system.application->behaviour, behaves);
}

std::string update_advice(const System& system, bool (*behaves)(const ProviderBehaviour&)) {
    return advice(system, system.provider->behaviour, behaves);
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
    const auto& line = system.releases.back();
    return {line.major, line.minor, line.last_patch};
}

util::Expected<util::Version> resolve_version(const System& system, std::string_view text) {
    if (util::trimmed(text).empty()) {
        return newest_version(system);
    }
    const auto request = util::parse_version_request(text);
    if (!request) {
        return util::failure(fmt::format("{} is not a version of {}, write it like {}", util::quoted(text),
                                         system.title, to_string(newest_version(system))));
    }
    for (auto line = system.releases.rbegin(); line != system.releases.rend(); ++line) {
        if (const auto release = newest_of_line(*line, *request)) {
            return *release;
        }
    }
    return util::failure(
        fmt::format("there is no {} {}, {}", system.title, util::trimmed(text), known_releases(system, *request)));
}

const RuleNote* find_note(const System& system, const rule::Rule& rule) {
    const auto found = std::ranges::find(system.notes, rule.name, &RuleNote::rule);
    return found == system.notes.end() ? nullptr : &*found;
}

} // namespace oidcgen::oidc
