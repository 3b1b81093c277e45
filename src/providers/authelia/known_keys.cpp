#include "providers/authelia/known_keys.hpp"

#include "document/placeholder.hpp"
#include "lang/go/values.hpp"
#include "providers/authelia/keys.hpp"
#include "providers/authelia/path_pattern.hpp"
#include "providers/authelia/rules.hpp"
#include "providers/authelia/sections.hpp"
#include "util/text.hpp"
#include "util/words.hpp"

#include <algorithm>
#include <array>
#include <iterator>
#include <span>
#include <vector>

#include <fmt/format.h>

namespace oidcgen::providers::authelia {

namespace {

using document::Cursor;
using oidc::ValueType;
using namespace std::string_view_literals;

constexpr std::array k_key_sources{
    "https://www.authelia.com/configuration/identity-providers/openid-connect/provider/"sv,
    "https://www.authelia.com/configuration/identity-providers/openid-connect/clients/"sv,
    "https://github.com/authelia/authelia/blob/master/internal/configuration/schema/keys.go"sv};
constexpr std::array k_deprecation_sources{
    "https://www.authelia.com/blog/4.38-release-notes/"sv,
    "https://github.com/authelia/authelia/blob/master/internal/configuration/deprecation.go"sv};

/// No setting has a longer path, whatever names the user chose; what stands deeper is one unknown setting.
constexpr std::size_t k_longest_path = 1000;

/// What the names of environment variables begin with that Authelia reads.
constexpr std::string_view k_environment = "AUTHELIA_";

/// How many names are shown of what a section may hold.
constexpr std::size_t k_names_shown = 3;

/// The path below our section; nothing for other paths.
std::optional<std::string_view> below_section(std::string_view path) {
    if (path.size() > k_section.size() && path.starts_with(k_section) && path[k_section.size()] == '.') {
        return path.substr(k_section.size() + 1);
    }
    return std::nullopt;
}

/// True when a setting of that path is in the file, be its names nested or joined by dots.
bool has_setting(const Cursor& at, std::string_view path) {
    if (at.find(path)) {
        return true;
    }
    for (std::size_t dot = path.find('.'); dot != std::string_view::npos; dot = path.find('.', dot + 1)) {
        const auto section = at.find(path.substr(0, dot));
        if (section && has_setting(section, path.substr(dot + 1))) {
            return true;
        }
    }
    return false;
}

/// A text of the table of settings, which holds JSON without escapes; other values as they are.
std::string_view without_quotes(std::string_view json) {
    return json.starts_with('"') ? json.substr(1, json.size() - 2) : json;
}

/// What to do about a setting under its former name.
util::Words remedy(const oidc::Key& key) {
    if (key.replaced_by != "jwks") {
        return util::words("rename it to {}", key.replaced_by);
    }
    return util::words("move its value to an entry of jwks, as {}",
                       key.type == ValueType::pem && key.path.ends_with("chain") ? "certificate_chain" : "key");
}

} // namespace

const rule::Rule k_setting_unknown{
    .code = "OG1110",
    .name = "setting-unknown",
    .consequence = rule::Consequence::provider_refuses,
    .also = {rule::Consequence::advice},
    .summary = "a setting with a name that this version of Authelia does not know",
    .why =
        "Authelia refuses a configuration with any name it does not know, be it misspelt, in the wrong place, or from "
        "another version. Nothing behind an unknown name is read.",
    .bad = "clients:\n  - client_id: immich\n    redirect_uri: https://photos.example.com/auth/login",
    .good = "clients:\n  - client_id: immich\n    redirect_uris: [https://photos.example.com/auth/login]",
    .ignore = {},
    .sources = k_key_sources,
};

const rule::Rule k_setting_renamed{
    .code = "OG1111",
    .name = "setting-renamed",
    .consequence = rule::Consequence::provider_warns,
    .also = {rule::Consequence::provider_refuses},
    .summary = "a setting under a name that it had in an earlier version of Authelia",
    .why = "Authelia still reads the old name as the new one and logs a warning on every start; a later release will "
           "not. When the new name is set too, the old one is not used. Some old names are refused: trusted_cert of "
           "notifier.smtp, and a host, port or path beside the address that replaced them.",
    .bad = "clients:\n  - id: immich\n    secret: $pbkdf2-sha512$310000$…",
    .good = "clients:\n  - client_id: immich\n    client_secret: $pbkdf2-sha512$310000$…",
    .ignore = "as long as a release before the change reads the same file",
    .sources = k_deprecation_sources,
};

const rule::Rule k_setting_ignored{
    .code = "OG1191",
    .name = "setting-ignored",
    .consequence = rule::Consequence::provider_warns,
    .summary = "a name that Authelia does not use and warns about",
    .why = "Authelia starts, logs a warning, and works as if the line were not there. This happens to settings that "
           "were removed without a successor, and to names of environment variables that were put into the file.",
    .bad = "authentication_backend:\n  ldap:\n    permit_feature_detection_failure: true",
    .good = "authentication_backend:\n  ldap:\n    address: ldap://ldap.example.com",
    .ignore = "as long as a release that uses the setting reads the same file",
    .sources = k_deprecation_sources,
};

KnownKeys::KnownKeys(const oidc::InspectOptions& options, const Release& release, rule::Findings& findings)
    : m_release(release)
    , m_findings(findings)
    , m_version(options.version)
    , m_placeholders(options.placeholders)
    , m_form(options.form) {
    for (const auto& row : keys()) {
        if (!row.versions.holds(m_version)) {
            continue;
        }
        m_rows.emplace(row.path, &row);
        if (row.path.find('*') != std::string_view::npos && row.type != ValueType::object) {
            m_patterns.emplace_back(row.path);
        }
        if (row.type == ValueType::object_map && release.knows_bare_names) {
            // Where names may hold dots, whatever stands deeper reads like a name and is known, too.
            m_patterns.push_back(std::string(row.path) + ".*");
        }
    }
}

const oidc::Key* KnownKeys::find(std::string_view path) const {
    const auto found = m_rows.find(path);
    return found == m_rows.end() ? nullptr : found->second;
}

std::span<const std::string_view> KnownKeys::allowed(std::string_view path) const {
    const auto* const row = find(path);
    return row == nullptr ? std::span<const std::string_view>() : row->allowed;
}

std::string_view KnownKeys::default_of(std::string_view path) const {
    const auto* const row = find(path);
    return row == nullptr ? std::string_view() : without_quotes(row->default_value);
}

std::vector<std::string_view> KnownKeys::default_list(std::string_view path) const {
    const auto* const row = find(path);
    std::vector<std::string_view> result;
    if (row != nullptr && row->default_value.size() > 2) {
        for (const auto item : util::split(row->default_value.substr(1, row->default_value.size() - 2), ',')) {
            result.push_back(without_quotes(item));
        }
    }
    return result;
}

bool KnownKeys::is_known(std::string_view path) const {
    if (path == k_section) {
        return true;
    }
    const auto below = below_section(path);
    if (!below) {
        return is_setting_elsewhere(path, m_version, m_release);
    }
    if (const auto* const row = find(*below)) {
        return row->type != ValueType::object && row->path.find('*') == std::string_view::npos;
    }
    return std::ranges::any_of(m_patterns,
                               [&](const std::string& pattern) { return matches(*below, pattern, m_release); });
}

void KnownKeys::check(const Cursor& root, Ending ending) {
    m_root = root;
    m_ending = ending;
    check(root, std::string());
}

void KnownKeys::check(const Cursor& at, const std::string& path) {
    for (const auto& member : at.children()) {
        const auto name = lang::go::key_of(member);
        if (!member.has_name()) {
            continue; // which the reader has told
        }
        if (is_placeholder(name)) {
            continue;
        }
        if (path.empty() && name.starts_with(k_environment)) {
            report_environment(member);
            continue;
        }
        const std::string inner = path.empty() ? name : fmt::format("{}.{}", path, name);
        if (inner.size() > k_longest_path) {
            report_unknown(at, member, path, {});
            continue;
        }
        if (member.is_mapping() && !member.children().empty()) {
            check(member, inner);
        } else {
            check_leaf(at, member, inner);
        }
    }
}

bool KnownKeys::is_placeholder(std::string_view text) const {
    return m_placeholders == oidc::Placeholders::recognised &&
           document::is_placeholder(text, document::PlaceholderUse::identifier);
}

void KnownKeys::check_leaf(const Cursor& owner, const Cursor& at, const std::string& path) {
    const auto below = below_section(path);
    const auto* const row = below ? find(*below) : nullptr;
    if (row != nullptr && !row->replaced_by.empty()) {
        return; // its reader knows whether the new name is there too
    }
    if (const auto* const former = below ? nullptr : former_name(path, m_version)) {
        report_former(at, path, *former);
        return;
    }
    if (!is_known(path)) {
        report_unknown(owner, at, path, {});
    }
    if (at.is_sequence() && below != "clients") {
        check_items(at, path + "[]");
    }
}

void KnownKeys::check_items(const Cursor& at, const std::string& path) {
    for (const auto& item : at.children()) {
        if (!item.is_mapping()) {
            continue;
        }
        for (const auto& member : item.children()) {
            const auto name = lang::go::key_of(member);
            const auto inner = fmt::format("{}.{}", path, name);
            if (!is_placeholder(name) && !is_known(inner)) {
                report_unknown(item, member, inner, {});
            }
        }
    }
}

void KnownKeys::deprecated(const Cursor& member, const oidc::Key& key, std::string_view client, NewName new_name) {
    const bool is_used = new_name == NewName::absent;
    auto found = rule::finding(k_setting_renamed,
                               is_used ? util::words("{} is called {} since Authelia 4.38", util::outside(member.key()),
                                                     util::outside(key.replaced_by))
                                       : util::words("{} is ignored, because its new name {} is set too",
                                                     util::outside(member.key()), util::outside(key.replaced_by)),
                               member.key_place(), is_used ? remedy(key) : "remove it");
    found.client = client;
    m_findings.add(std::move(found));
}

/// The names that stand beside a path in the table of our section.
std::vector<std::string_view> KnownKeys::neighbours(std::string_view below) const {
    std::vector<std::string_view> result;
    const auto parent = below.substr(0, below.size() - last_name(below).size());
    for (const auto& [known, row] : m_rows) {
        const auto name = last_name(known);
        if (known.substr(0, known.size() - name.size()) == parent && row->replaced_by.empty()) {
            result.push_back(name);
        }
    }
    std::ranges::sort(result);
    return result;
}

void KnownKeys::report_unknown(const Cursor& owner, const Cursor& at, std::string_view path, std::string_view client) {
    if (!m_reported.emplace(path).second || !m_findings.takes(k_setting_unknown, at.key_place())) {
        return;
    }
    const auto below = below_section(path);
    auto found = below ? unknown_in_section(owner, at, *below) : unknown_elsewhere(at, path);
    if (found) {
        found->client = client;
        m_findings.add(std::move(*found));
    }
}

std::optional<rule::Finding> KnownKeys::unknown_in_section(const Cursor& owner, const Cursor& at,
                                                           std::string_view below) const {
    const auto name = at.key();
    util::Words help;
    std::optional<std::string_view> meant;
    auto message =
        util::words("Authelia {} does not know the setting {} here", util::to_string(m_version), util::outside(name));
    const auto newer = std::ranges::find_if(
        keys(), [&](const oidc::Key& row) { return row.path == below && !row.versions.holds(m_version); });
    if (newer != keys().end()) {
        help = util::words("Authelia knows it from {} on", util::to_string(newer->versions.since));
    } else {
        const auto known = neighbours(below);
        message += util::did_you_mean(name, known);
        meant = util::nearest(name, known);
    }
    auto found = rule::finding(k_setting_unknown, std::move(message), at.key_place(), std::move(help));
    if (meant && !owner.find(*meant)) {
        found.meant = owner.missing(*meant);
    }
    return found;
}

std::optional<rule::Finding> KnownKeys::unknown_elsewhere(const Cursor& at, std::string_view path) const {
    auto what = explain_unknown(path, m_version);
    if (what.is_section) {
        const bool is_empty = at.is_null() || (at.is_mapping() && at.children().empty());
        // The environment may fill the section, or what the text holds behind a syntax error.
        if (is_placeholder(at.text()) || (is_empty && (what.has_secrets || m_ending == Ending::cut))) {
            return std::nullopt;
        }
        what.neighbours.resize(std::min(what.neighbours.size(), k_names_shown));
        const auto* const sentence = what.neighbours.size() == 1
                                         ? "{} must be a mapping with {} in it"
                                         : "{} must be a mapping with settings such as {} in it";
        return rule::finding(k_setting_unknown,
                             util::words(sentence, util::outside(path), util::own(util::alternatives(what.neighbours))),
                             at.key_place(), is_empty ? "put settings below it, or remove it" : util::Words());
    }
    auto message = util::words("Authelia {} has no setting {}", util::to_string(m_version), util::outside(path));
    util::Words help;
    if (what.since) {
        help = util::words("Authelia knows it from {} on", util::to_string(*what.since));
    } else if (!what.elsewhere.empty()) {
        help = what.elsewhere == what.name ? "move it to the top level"
                                           : util::words("move it to {}", util::own(what.elsewhere));
    } else {
        message += util::did_you_mean(what.name, what.neighbours);
    }
    return rule::finding(k_setting_unknown, std::move(message), at.key_place(), std::move(help));
}

void KnownKeys::report_environment(const Cursor& at) {
    m_findings.add(rule::finding(
        k_setting_ignored, util::words("{} is the name of an environment variable", util::outside(at.key())),
        at.key_place(), "set it in the environment of Authelia, or write the setting under its own name"));
}

void KnownKeys::report_former(const Cursor& at, std::string_view path, const FormerName& former) {
    const auto old_name = util::outside(path);
    const auto new_name = util::outside(former.replaced_by);
    const bool has_new_name = !former.replaced_by.empty() && has_setting(m_root, former.replaced_by);
    const auto add = [&](const rule::Rule& rule, util::Words message, util::Words help,
                         rule::Consequence consequence = rule::Consequence::provider_warns) {
        auto found = rule::finding(rule, std::move(message), at.key_place(), std::move(help));
        rule::set_consequence(found, consequence);
        m_findings.add(std::move(found));
    };
    switch (former.use) {
    case FormerUse::renamed:
        if (has_new_name) {
            add(k_setting_renamed,
                util::words("{} is not used, because its new name {} is set too", old_name, new_name), "remove it");
        } else {
            add(k_setting_renamed,
                util::words("{} is called {} since Authelia {}", old_name, new_name, util::own(former.since)),
                util::words("use {} instead", util::own(former.replaced_by)));
        }
        break;
    case FormerUse::merged:
        if (!m_reported.emplace(former.replaced_by).second) {
            break; // told at the first of them
        }
        if (has_new_name) {
            add(k_setting_renamed,
                util::words("{} must not be set together with {}, which replaced it", old_name, new_name), "remove it",
                rule::Consequence::provider_refuses);
        } else {
            add(k_setting_renamed,
                util::words("{} is a part of {} since Authelia {}", old_name, new_name, util::own(former.since)),
                util::words("use {} instead, such as {}", util::own(former.replaced_by), util::own(former.example)));
        }
        break;
    case FormerUse::ignored:
        add(k_setting_ignored, util::words("{} has no effect since Authelia {}", old_name, util::own(former.since)),
            "remove it");
        break;
    case FormerUse::refused:
        add(k_setting_renamed, util::words("{} is no longer accepted: {} replaced it", old_name, new_name),
            util::words("use {} instead", util::own(former.replaced_by)), rule::Consequence::provider_refuses);
        break;
    }
}

void KnownKeys::unknown_in_client(const Cursor& owner, const Cursor& member, std::string_view client) {
    // What a chart does not know, it does not write.
    if (m_form == oidc::Form::settings && !is_placeholder(member.key())) {
        report_unknown(owner, member, fmt::format("{}.clients[].{}", k_section, member.key()), client);
    }
}

} // namespace oidcgen::providers::authelia
