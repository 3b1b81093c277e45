#include "providers/authelia/known_keys.hpp"

#include "lang/go/values.hpp"
#include "providers/authelia/keys.hpp"
#include "providers/authelia/rules.hpp"
#include "util/ascii.hpp"
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
using util::VersionRange;
using namespace std::string_view_literals;

constexpr std::array k_key_sources{
    "https://www.authelia.com/configuration/identity-providers/openid-connect/provider/"sv,
    "https://www.authelia.com/configuration/identity-providers/openid-connect/clients/"sv,
    "https://github.com/authelia/authelia/blob/master/internal/configuration/schema/keys.go"sv};
constexpr std::array k_deprecation_sources{
    "https://www.authelia.com/blog/4.38-release-notes/"sv,
    "https://github.com/authelia/authelia/blob/master/internal/configuration/deprecation.go"sv};

/// A section of the configuration beside ours, whose names are not checked.
struct Section {
    std::string_view name;
    VersionRange versions{};
};

/// https://www.authelia.com/configuration/, and names that older releases had.
constexpr std::array k_sections{
    Section{"access_control"},
    Section{"authentication_backend"},
    Section{"certificates_directory"},
    Section{"default_2fa_method"},
    Section{"default_redirection_url"},
    Section{"definitions", {{4, 39, 0}}},
    Section{"duo_api"},
    Section{"host"},
    Section{"identity_validation"},
    Section{"jwt_secret"},
    Section{"log"},
    Section{"log_file_path"},
    Section{"log_format"},
    Section{"log_level"},
    Section{"logs_file"},
    Section{"logs_level"},
    Section{"notifier"},
    Section{"ntp"},
    Section{"password_policy"},
    Section{"port"},
    Section{"privacy_policy"},
    Section{"regulation"},
    Section{"server"},
    Section{"session"},
    Section{"storage"},
    Section{"telemetry"},
    Section{"theme"},
    Section{"tls_cert"},
    Section{"tls_key"},
    Section{"totp"},
    Section{"webauthn"},
};

/// No setting has a longer path, whatever names the user chose; what is deeper is one unknown setting.
constexpr std::size_t k_longest_path = 1000;

std::string_view first_name(std::string_view path) { return path.substr(0, path.find_first_of(".[")); }

std::string_view last_name(std::string_view path) {
    const std::size_t dot = path.rfind('.');
    return dot == std::string_view::npos ? path : path.substr(dot + 1);
}

/// The path below our section; nothing for other paths.
std::optional<std::string_view> below_section(std::string_view path) {
    if (path.size() > k_section.size() && path.starts_with(k_section) && path[k_section.size()] == '.') {
        return path.substr(k_section.size() + 1);
    }
    return std::nullopt;
}

/// Where names chosen by the user, as Authelia's comparison of paths takes them, can end when one begins at one of the
/// places. Both in order.
std::vector<std::size_t> ends_of_names(std::string_view path, const std::vector<std::size_t>& starts,
                                       const Release& release) {
    const auto is_outer = [&](char byte) {
        return util::is_alphanumeric(byte) && (release.has_capital_names || !util::is_capital_letter(byte));
    };
    std::vector<std::size_t> ends;
    auto next = starts.begin();
    bool is_in_name = false; // one that began somewhere before, with nothing but characters of names since
    for (std::size_t at = starts.empty() ? path.size() : starts.front(); at < path.size(); ++at) {
        const char byte = path[at];
        if (next != starts.end() && *next == at) {
            is_in_name = is_in_name || is_outer(byte);
            ++next;
        }
        is_in_name = is_in_name && (is_outer(byte) || release.name_marks.find(byte) != std::string_view::npos);
        const bool may_end = at + 1 == path.size() || path[at + 1] == '.' || path[at + 1] == '[';
        if (is_in_name && is_outer(byte) && may_end) {
            ends.push_back(at + 1);
        }
    }
    return ends;
}

/// Compares a path with a pattern in which every `*` is a name. A name may hold dots, so every place where it
/// can end is kept; each name costs one walk along the path.
bool matches(std::string_view path, std::string_view pattern, const Release& release) {
    const auto parts = util::split(pattern, '*');
    if (parts.size() == 1 || !path.starts_with(parts.front())) {
        return path == pattern;
    }
    std::vector<std::size_t> starts{parts.front().size()};
    for (const auto part : std::span(parts).subspan(1)) {
        std::vector<std::size_t> behind;
        for (const auto end : ends_of_names(path, starts, release)) {
            if (path.substr(end).starts_with(part)) {
                behind.push_back(end + part.size());
            }
        }
        starts = std::move(behind);
    }
    return !starts.empty() && starts.back() == path.size();
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
        "another version. Nothing below an unknown name is read.",
    .bad = "clients:\n  - client_id: immich\n    redirect_uri: https://photos.example.com/auth/login",
    .good = "clients:\n  - client_id: immich\n    redirect_uris: [https://photos.example.com/auth/login]",
    .ignore = {},
    .sources = k_key_sources,
};

const rule::Rule k_setting_renamed{
    .code = "OG1111",
    .name = "setting-renamed",
    .consequence = rule::Consequence::provider_warns,
    .summary = "a setting under the name it had before Authelia 4.38",
    .why = "Authelia still reads the old name as the new one and logs a warning on every start; a later release will "
           "not. If the new name is set too, the old one is ignored.",
    .bad = "clients:\n  - id: immich\n    secret: $pbkdf2-sha512$310000$…",
    .good = "clients:\n  - client_id: immich\n    client_secret: $pbkdf2-sha512$310000$…",
    .ignore = "as long as a release before 4.38 reads the same file",
    .sources = k_deprecation_sources,
};

KnownKeys::KnownKeys(const util::Version& version, const Release& release, rule::Findings& findings)
    : m_release(release)
    , m_findings(findings)
    , m_version(version) {
    for (const auto& row : keys()) {
        if (!row.versions.holds(version)) {
            continue;
        }
        m_rows.emplace(row.path, &row);
        if (row.path.find('*') != std::string_view::npos && row.type != ValueType::object) {
            m_patterns.emplace_back(row.path);
        }
        if (row.type == ValueType::object_map && release.knows_bare_names) {
            // Where names may hold dots, whatever is deeper reads like a name and is known too.
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
        return false;
    }
    if (const auto* const row = find(*below)) {
        return row->type != ValueType::object && row->path.find('*') == std::string_view::npos;
    }
    return std::ranges::any_of(m_patterns,
                               [&](const std::string& pattern) { return matches(*below, pattern, m_release); });
}

void KnownKeys::check(const Cursor& at, const std::string& path) {
    for (const auto& member : at.children()) {
        const auto name = lang::go::key_of(member);
        if (!member.has_name()) {
            continue; // which the reader has told
        }
        if (path.empty() && std::ranges::any_of(k_sections, [&](const Section& section) {
                return section.name == first_name(name) && section.versions.holds(m_version);
            })) {
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

void KnownKeys::check_leaf(const Cursor& owner, const Cursor& at, const std::string& path) {
    const auto below = below_section(path);
    const auto* const row = below ? find(*below) : nullptr;
    if (row != nullptr && !row->replaced_by.empty()) {
        return; // its reader knows whether the new name is there too
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
            const auto inner = fmt::format("{}.{}", path, lang::go::key_of(member));
            if (!is_known(inner)) {
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

/// The names that stand beside a path in the table.
std::vector<std::string_view> KnownKeys::neighbours(std::string_view path) const {
    std::vector<std::string_view> result;
    const auto below = below_section(path);
    if (!below) {
        return result;
    }
    const auto parent = below->substr(0, below->size() - last_name(*below).size());
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
    const auto name = at.key();
    util::Words help;
    std::optional<std::string_view> meant;
    const auto below = below_section(path);
    // Elsewhere a section may be what is misspelt.
    const bool is_above = path.size() < k_section.size() && k_section.starts_with(path);
    auto message = is_above ? util::words("{} must be a mapping with {} in it", path,
                                          first_name(k_section.substr(path.size() + 1)))
                            : util::words("Authelia {} does not know the setting {} here", util::to_string(m_version),
                                          util::outside(below ? name : path));
    const auto newer = std::ranges::find_if(
        keys(), [&](const oidc::Key& row) { return below && row.path == *below && !row.versions.holds(m_version); });
    if (newer != keys().end()) {
        help = util::words("Authelia knows it from {} on", util::to_string(newer->versions.since));
    } else if (below) {
        const auto known = neighbours(path);
        message += util::did_you_mean(name, known);
        meant = util::nearest(name, known);
    } else if (!is_above) {
        std::vector<std::string_view> names;
        std::ranges::transform(k_sections, std::back_inserter(names), &Section::name);
        message += util::did_you_mean(first_name(path), names);
    }
    auto found = rule::finding(k_setting_unknown, std::move(message), at.key_place(), std::move(help));
    found.client = client;
    if (meant && !owner.find(*meant)) {
        found.meant = owner.missing(*meant);
    }
    m_findings.add(std::move(found));
}

void KnownKeys::unknown_in_client(const Cursor& owner, const Cursor& member, std::string_view client) {
    report_unknown(owner, member, fmt::format("{}.clients[].{}", k_section, member.key()), client);
}

} // namespace oidcgen::providers::authelia
