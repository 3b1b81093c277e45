#pragma once

#include "oidc/system.hpp"

#include <span>
#include <string_view>

namespace oidcgen::apps::immich {

/// The name of a setting that has nothing to do with logins: known, and not judged.
struct OtherKey {
    std::string_view path; ///< below its section, names joined by dots
    util::VersionRange versions{};
};

/// A section of Immich's configuration. Its settings are either keys, which are judged, or names.
struct Section {
    std::string_view name;
    util::VersionRange versions{};
    std::span<const oidc::Key> keys{}; ///< with paths below the section
    std::span<const OtherKey> names{};
};

/// Every section, in the order of Immich's own export.
[[nodiscard]] std::span<const Section> sections();

/// The section of that name in any version; null when there is none.
[[nodiscard]] const Section* find_section(std::string_view name);

} // namespace oidcgen::apps::immich
