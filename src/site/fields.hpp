#pragma once

#include "oidc/site_field.hpp"
#include "oidc/site_view.hpp"
#include "oidc/system.hpp"

#include <span>
#include <string>
#include <string_view>

namespace oidcgen::site {

/// Every field, in the order in which a site file is written: those of any site, the release to write for of each
/// system that has releases, and what systems bring. A name that several systems bring is there once.
[[nodiscard]] std::span<const oidc::SiteField> fields();

/// The field of that name; null when there is none.
[[nodiscard]] const oidc::SiteField* find_field(std::string_view name);

/// The value that a site has for a field that is not given; empty: there is none.
[[nodiscard]] std::string default_of(const oidc::SiteField& field, const oidc::SiteView& site);

/// The field for the release of a system to write for.
[[nodiscard]] std::string version_field(const oidc::System& system);

/// True when the field means something for a site of these two systems.
[[nodiscard]] bool is_used(std::string_view field, const oidc::System& provider, const oidc::System& application);

/// The system that a site has on this side when it does not say: the first in the table.
[[nodiscard]] const oidc::System* first_system(oidc::Wing wing);

} // namespace oidcgen::site
