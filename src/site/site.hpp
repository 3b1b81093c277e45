#pragma once

#include "oidc/provider.hpp"
#include "oidc/relying_party.hpp"
#include "oidc/site_view.hpp"
#include "oidc/system.hpp"
#include "site/entries.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace oidcgen::site {

/// A site description that was checked: every field has a value that the chosen systems and releases can use.
struct Site : oidc::SiteView {
    /// False until the provider has made the client, and with it the id.
    [[nodiscard]] bool has_client_id() const { return !client_id.empty(); }

    std::optional<std::string> secret_file; ///< as written; nothing: the default
    std::optional<std::string> digest_file;
};

/// Checks every field and what they mean together. Everything wrong goes to `problems`; the result can be used only
/// when there are none.
/// `metadata`: what the provider publishes, when a file of it was given; it outlives the site.
[[nodiscard]] Site read_site(const oidc::SiteValues& entries, std::vector<oidc::SiteProblem>& problems,
                             const oidc::SavedMetadata* metadata = nullptr);

/// Both descriptions of the client that follow from a site. `credential` (a digest or the secret, as the provider keeps
/// it) and `secret` (or a text in its place) are views that the results keep; they may be empty where that side is not
/// written.
[[nodiscard]] oidc::Provider provider(const Site& site, std::string_view credential);
[[nodiscard]] oidc::RelyingParty relying_party(const Site& site, std::string_view secret);

/// The text of a site file with these fields, in the order of the table, and a comment for every other field that has a
/// default.
[[nodiscard]] std::string site_file(const oidc::SiteValues& entries);

} // namespace oidcgen::site
