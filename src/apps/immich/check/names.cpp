#include "apps/immich/check/check.hpp"
#include "apps/immich/sections.hpp"
#include "util/text.hpp"
#include "util/words.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <optional>
#include <vector>

namespace oidcgen::apps::immich {

namespace {

using namespace std::string_view_literals;

constexpr std::array k_sources{"https://docs.immich.app/install/config-file"sv,
                               "https://github.com/immich-app/immich/blob/main/server/src/utils/config.ts"sv};
constexpr std::array k_import_sources{"https://docs.immich.app/administration/system-settings"sv,
                                      "https://github.com/immich-app/immich/blob/main/server/src/utils/config.ts"sv};

} // namespace

const rule::Rule k_unknown_setting{
    .code = "OG2101",
    .name = "unknown-setting",
    .consequence = rule::Consequence::app_warns,
    .also = {rule::Consequence::app_refuses, rule::Consequence::login_fails, rule::Consequence::advice},
    .summary = "this version of Immich does not know the setting",
    .why = "Immich logs settings that it does not know and starts without them (until 1.91 it refused to start). Usual "
           "causes are another version, a spelling mistake, and the wrong section.",
    .bad = "{\"oauth\": {\"clientID\": \"immich\"}}",
    .good = "{\"oauth\": {\"clientId\": \"immich\"}}",
    .ignore = "for settings of a version that you are about to install",
    .sources = k_sources,
};

const rule::Rule k_setting_dropped_by_import{
    .code = "OG2109",
    .name = "setting-dropped-by-import",
    .consequence = rule::Consequence::advice,
    .summary = "the import silently drops a setting",
    .why = "The server keeps only those settings of an imported file that its version knows. The others are lost, and "
           "the admin page does not say so.",
    .bad = "{\"oauth\": {\"clientID\": \"immich\"}}",
    .good = "{\"oauth\": {\"clientId\": \"immich\"}}",
    .ignore = "for settings of another version",
    .sources = k_import_sources,
};

namespace {

using util::Version;
using util::VersionRange;
using Type = JsValue::Type;

/// Until 1.91 Immich does not start with an unknown setting.
constexpr VersionRange k_refuses{{}, {1, 92, 0}};

/// Where a setting is known, in any version.
struct Known {
    std::vector<VersionRange> ranges; ///< empty: nowhere
};

/// True when `path` is the path or leads to it.
bool leads_to(std::string_view path, std::string_view below) {
    return path == below || (below.starts_with(path) && below[path.size()] == '.');
}

Known known_in(const Section& section, std::string_view path) {
    Known result;
    for (const auto& key : section.keys) {
        if (leads_to(path, key.path)) {
            result.ranges.push_back(key.versions);
        }
    }
    for (const auto& name : section.names) {
        if (leads_to(path, name.path)) {
            result.ranges.push_back(name.versions);
        }
    }
    return result;
}

/// `since 1.133.0` or `until before 1.95.0`; empty when it holds for neither side.
std::string when(const std::vector<VersionRange>& ranges, const Version& version) {
    const auto later = std::ranges::find_if(ranges, [&](const VersionRange& it) { return version < it.since; });
    if (later != ranges.end()) {
        return fmt::format("known since {}", util::to_string(later->since));
    }
    const auto earlier = std::ranges::find_if(ranges, [&](const VersionRange& it) { return it.until <= version; });
    return earlier == ranges.end() ? std::string()
                                   : fmt::format("known only before {}", util::to_string(earlier->until));
}

std::vector<std::string_view> section_names(const Version& version) {
    std::vector<std::string_view> result;
    for (const auto& section : sections()) {
        if (section.versions.holds(version)) {
            result.push_back(section.name);
        }
    }
    return result;
}

/// The first names of the settings of a section.
std::vector<std::string_view> names_in(const Section& section, const Version& version) {
    std::vector<std::string_view> result;
    const auto add = [&](std::string_view path, const VersionRange& versions) {
        if (versions.holds(version)) {
            result.push_back(path.substr(0, path.find('.')));
        }
    };
    for (const auto& key : section.keys) {
        add(key.path, key.versions);
    }
    for (const auto& name : section.names) {
        add(name.path, name.versions);
    }
    return result;
}

/// Characters that people do not see, or mistake for others, and which become part of a key.
std::string_view odd_signs(std::string_view name) {
    if (name.find("/*") != std::string_view::npos) {
        return "comments between /* and */ become part of the key: begin comments with #";
    }
    if (name.find("\xC2\xA0") != std::string_view::npos) {
        return "the key begins with no-break spaces: use blanks";
    }
    constexpr std::array k_quotes{"\xE2\x80\x9C"sv, "\xE2\x80\x9D"sv, "\xE2\x80\x9E"sv, "\xE2\x80\x98"sv,
                                  "\xE2\x80\x99"sv};
    const bool has_quote = std::ranges::any_of(
        k_quotes, [&](std::string_view quote) { return name.find(quote) != std::string_view::npos; });
    return has_quote ? "typographic quotes become part of the key: use plain quotes (\")" : "";
}

struct Explanation {
    util::Words message;
    util::Words help;
    Path meant{}; ///< the setting that the key was probably meant for; may be empty
};

/// A section that is misspelt, or a setting outside its section.
Explanation explain_section(const Path& path, const Settings& settings) {
    const std::string& name = path.front();
    if (const Section* section = find_section(name); section != nullptr) {
        return {util::words("Immich {} does not know the section {} ({})", util::to_string(settings.version), name,
                            when({section->versions}, settings.version)),
                {}};
    }
    Explanation result{util::words("Immich does not know the section {}", util::outside(name)),
                       util::own(odd_signs(name))};
    const Section* oauth = find_section(k_oauth);
    if (path.size() == 1 && !known_in(*oauth, name).ranges.empty()) {
        return {util::words("{} is outside the section oauth, and Immich does not look for it there", name),
                "move it into the section oauth",
                {std::string(k_oauth), name}};
    }
    const auto names = section_names(settings.version);
    result.message += util::did_you_mean(name, names);
    if (const auto near = util::nearest(name, names); near && path.size() > 1) {
        result.meant = {std::string(*near), path[1]};
    }
    if (name == "$schema" && result.help.empty()) {
        result.help = "remove it: Immich has no schema, and only warns about it";
    }
    return result;
}

Explanation explain(const Path& path, const Settings& settings) {
    const Section* section = find_section(path.front());
    if (section == nullptr || !section->versions.holds(settings.version) || path.size() == 1) {
        if (section != nullptr && path.size() == 1) {
            return {util::words("the section {} has no settings", path.front()), {}};
        }
        return explain_section(path, settings);
    }
    const Path below(path.begin() + 1, path.end());
    const std::string name = js::joined(below);
    if (const auto known = known_in(*section, name); !known.ranges.empty()) {
        return {util::words("Immich {} does not know {} ({})", util::to_string(settings.version), js::joined(path),
                            when(known.ranges, settings.version)),
                {}};
    }
    const std::string_view glued = std::string_view(name).substr(0, name.find_first_of(":="));
    if (glued.size() != name.size() && !known_in(*section, glued).ranges.empty()) {
        // The text after the colon may be a secret.
        return {util::words("{} and its value are read as one key without a value", setting_name(path.front(), glued)),
                "put a blank after the colon",
                {path.front(), std::string(glued)}};
    }
    const auto names = names_in(*section, settings.version);
    Explanation result{util::words("Immich does not know {}{}", util::outside(js::joined(path)),
                                   util::did_you_mean(below.front(), names)),
                       util::own(odd_signs(below.front()))};
    if (const auto near = util::nearest(below.front(), names)) {
        result.meant = {path.front(), std::string(*near)};
    }
    if (find_section(below.front()) != nullptr && result.help.empty()) {
        result.help = util::words("move {} out of {}: it is a section of its own", below.front(), path.front());
    } else if (below.front() == "clientSecretFile") {
        result.help = "Immich does not read the secret from a file: put the secret itself into clientSecret";
    }
    return result;
}

/// Where a setting belongs, if it is not set.
std::optional<document::Place> absent_setting(const Path& path, const Settings& settings) {
    if (path.size() != 2) {
        return std::nullopt;
    }
    const JsValue* value = settings.find(path[0], path[1]);
    return value != nullptr && value->is_given ? std::nullopt : std::optional(settings.place(path[0], path[1]));
}

/// What to do about a misspelt key or section, and what happens until then.
util::Words rename_help(const Path& path, const Path& meant, const Settings& settings) {
    const bool is_section = path.front() != meant[0];
    const auto help =
        is_section ? util::words("rename the section to {}", meant[0]) : util::words("rename it to {}", meant[1]);
    if (is_section && path.size() == 1) {
        return util::words("{}; until then nothing of it is imported", help);
    }
    const JsValue* value = settings.find(meant[0], meant[1]);
    if (settings.use == oidc::Use::import || value == nullptr) {
        return util::words("{}; until then {} is not set", help, setting_name(meant[0], meant[1]));
    }
    return util::words("{}; until then {} is not set and has its default, {}", help, setting_name(meant[0], meant[1]),
                       reading_of({}, *value));
}

/// The section that an unknown one was probably meant for; nothing where it has no settings of that section.
std::optional<std::string_view> misspelt_section(std::string_view name, const JsValue& value, const Version& version) {
    if (find_section(name) != nullptr || !value.is(Type::object)) {
        return std::nullopt;
    }
    const auto near = util::nearest(name, section_names(version));
    const Section* section = near ? find_section(*near) : nullptr;
    const bool fits = section != nullptr && std::ranges::any_of(value.names, [&](const std::string& below) {
                          return !known_in(*section, below).ranges.empty();
                      });
    return fits ? near : std::nullopt;
}

/// An import says nothing of what it drops, so the section is told once. False when it has to be told otherwise.
bool report_section(const JsValue& value, const std::string& name, const Settings& settings, rule::Findings& findings) {
    const auto meant =
        settings.use == oidc::Use::import ? misspelt_section(name, value, settings.version) : std::nullopt;
    if (!meant) {
        return false;
    }
    const Path path{name};
    const document::Place place{settings.document, value.key_span, settings.path(path), document::PlaceKind::key};
    if (findings.takes(k_setting_dropped_by_import, place)) {
        // Of what is missing now, the login stumbles over the first.
        const bool has_enabled = std::ranges::find(value.names, "enabled") != value.names.end();
        const Path setting{std::string(*meant), has_enabled ? "enabled" : value.names.front()};
        auto finding = rule::finding(k_setting_dropped_by_import, explain_section(path, settings).message, place,
                                     rename_help(path, setting, settings));
        finding.meant = absent_setting(setting, settings);
        findings.add(std::move(finding));
    }
    return true;
}

/// Reports what is neither an object nor in one.
void report(const JsValue& value, Path& path, const Settings& settings, rule::Findings& findings) {
    if (value.is(Type::object) && !value.names.empty()) {
        for (std::size_t at = 0; at < value.names.size(); ++at) {
            path.push_back(value.names[at]);
            report(value.values[at], path, settings, findings);
            path.pop_back();
        }
        return;
    }
    const bool is_import = settings.use == oidc::Use::import;
    const rule::Rule& rule = is_import ? k_setting_dropped_by_import : k_unknown_setting;
    const auto consequence =
        !is_import && k_refuses.holds(settings.version) ? rule::Consequence::app_refuses : rule.consequence;
    if (!findings.takes(rule, {settings.document, value.key_span}, consequence)) {
        return;
    }
    auto explanation = explain(path, settings);
    auto finding = rule::finding(rule, std::move(explanation.message),
                                 {settings.document, value.key_span, settings.path(path), document::PlaceKind::key},
                                 std::move(explanation.help));
    rule::set_consequence(finding, consequence);
    finding.meant = absent_setting(explanation.meant, settings);
    if (finding.meant && finding.help.empty()) {
        finding.help = rename_help(path, explanation.meant, settings);
    }
    findings.add(std::move(finding));
}

} // namespace

void check_names(const Settings& settings, rule::Findings& findings) {
    Path path;
    for (std::size_t at = 0; at < settings.unknown.names.size(); ++at) {
        const std::string& name = settings.unknown.names[at];
        const JsValue& value = settings.unknown.values[at];
        const bool is_filled_in = find_section(name) != nullptr && settings.is_unknown(name, value);
        if (!is_filled_in && !report_section(value, name, settings, findings)) {
            path.assign(1, name);
            report(value, path, settings, findings);
        }
    }
}

} // namespace oidcgen::apps::immich
