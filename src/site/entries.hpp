#pragma once

#include "document/document.hpp"
#include "oidc/site_view.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace oidcgen::site {

/// The fields of a site file. A value is taken as it is written: `client_id: 0123` means the four characters.
/// Everything wrong with the text itself goes to `problems`: syntax, unknown and repeated fields, values that are no
/// text.
[[nodiscard]] oidc::SiteValues read_entries(const document::Document& document,
                                            std::vector<oidc::SiteProblem>& problems);

/// A value from a flag replaces the field's values from the file.
void set_from_flag(oidc::SiteValues& entries, std::string_view field, std::string_view flag,
                   const std::vector<std::string>& values);

} // namespace oidcgen::site
