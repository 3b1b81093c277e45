#pragma once

#include "oidc/provider.hpp"
#include "oidc/relying_party.hpp"
#include "oidc/system.hpp"
#include "site/entries.hpp"
#include "util/url.hpp"
#include "util/version.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace oidcgen::site {

enum class Mobile : std::uint8_t {
    direct,   ///< the app is opened by its own scheme (RFC 8252 section 7.1)
    override, ///< through an https address of the application that forwards to the app
};

/// A site description that was checked: every field has a value that the chosen versions can use.
struct Site {
    const oidc::System* provider = nullptr;
    const oidc::System* application = nullptr;
    util::Version provider_version;
    util::Version application_version;

    util::Origin issuer;
    util::Origin address;
    std::vector<util::Origin> other_addresses;

    std::string client_id;
    std::string client_name;
    std::string policy;
    std::string button_text;
    oidc::AuthMethod auth_method = oidc::AuthMethod::client_secret_basic;
    Mobile mobile = Mobile::direct;
    bool auto_register = true;
    bool auto_launch = false;
    std::string storage_label_claim;
    std::optional<std::string> quota_claim;
    std::optional<std::string> role_claim;

    std::optional<std::string> secret_file; ///< as written; nothing: the default
    std::optional<std::string> digest_file;
};

/// Checks every field and what they mean together. Everything wrong goes to `problems`; the result can be used only
/// when there are none.
[[nodiscard]] Site read_site(const Entries& entries, std::vector<Problem>& problems);

/// Both descriptions of the client that follow from a site. `digest` and `secret` (or a text in its place) are views
/// that the results keep; they may be empty where that side is not written.
[[nodiscard]] oidc::Provider provider(const Site& site, std::string_view digest);
[[nodiscard]] oidc::RelyingParty relying_party(const Site& site, std::string_view secret);

/// The text of a site file with these fields, in the order of the table.
[[nodiscard]] std::string site_file(const Entries& entries);

} // namespace oidcgen::site
