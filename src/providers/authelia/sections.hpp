#pragma once

#include "providers/authelia/release.hpp"
#include "util/version.hpp"

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace oidcgen::providers::authelia {

// The names of all settings outside of `identity_providers.oidc`. Nothing else is known of these settings here: no
// type, no default, no value.

/// What a release makes of a name that is no longer the name of a setting.
enum class FormerUse : std::uint8_t {
    renamed, ///< reads it as the new name, unless that is set too; warns
    merged,  ///< makes one setting of several old ones, and refuses them beside it; warns
    ignored, ///< does not use it; warns
    refused, ///< does not start
};

/// A name that settings had in releases before.
struct FormerName {
    std::string_view path;
    FormerUse use = FormerUse::renamed;
    std::string_view replaced_by{}; ///< whole path; empty: by nothing
    std::string_view since{};       ///< the release that replaced it, in words
    std::string_view example{};     ///< of a merged one, a value of the new setting
    util::VersionRange versions{};  ///< the releases in which this holds; before, the name is a present one
};

/// Whether a release has a setting of that path, as Authelia compares them: names joined by dots, `[]` behind a list.
[[nodiscard]] bool is_setting_elsewhere(std::string_view path, const util::Version& version, const Release& release);

/// The row of a name that a release knows as a former one; null for others.
[[nodiscard]] const FormerName* former_name(std::string_view path, const util::Version& version);

/// What can be said about a path that a release does not know.
struct Unknown {
    std::string_view name;                    ///< the first of its names that is not known in its place
    std::vector<std::string_view> neighbours; ///< the names that are known there, in order
    std::optional<util::Version> since;       ///< the first release that knows it
    std::string_view elsewhere;               ///< the one setting of that last name in another place; empty: none
    bool is_section = false;                  ///< all names are known, and settings stand below the last one
    bool has_secrets = false;                 ///< of a section: some of them are often set by the environment
};

[[nodiscard]] Unknown explain_unknown(std::string_view path, const util::Version& version);

} // namespace oidcgen::providers::authelia
