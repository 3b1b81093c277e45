#include "site/fields.hpp"

#include <algorithm>
#include <array>

namespace oidcgen::site {

namespace {

using namespace std::string_view_literals;

constexpr std::array k_providers{"authelia"sv};
constexpr std::array k_mobiles{"direct"sv, "override"sv};
constexpr std::array k_auth_methods{"client_secret_post"sv, "client_secret_basic"sv};
constexpr std::array k_booleans{"true"sv, "false"sv};

constexpr std::array k_fields{
    Field{"domain", "NAME", "domain that the application and the provider share", {}},
    Field{"subdomain", "NAME", "where the application is opened below the domain; empty for the domain itself", {}},
    Field{"client_id", "ID", "identifier of the client", {}},
    Field{"provider", "NAME", "login provider", k_providers},
    Field{"auth_subdomain", "NAME", "where the provider stands below the domain (default: auth)", {}},
    Field{"auth_host", "HOST", "host of the provider, instead of auth_subdomain", {}},
    Field{"authelia_version", "VERSION", "Authelia to write for (default: the newest)", {}},
    Field{"immich_version", "VERSION", "Immich to write for (default: the newest)", {}},
    Field{"address", "URL", "address of the application, instead of subdomain", {}},
    Field{"other_addresses", "URL", "further addresses people open the application at", {}, FieldKind::list},
    Field{"mobile", "HOW", "how the app comes back after a login (default: direct)", k_mobiles},
    Field{"auth_method", "METHOD", "how Immich authenticates at the token endpoint (default: by version)",
          k_auth_methods},
    Field{"policy", "NAME", "Authelia's authorization policy for the client (default: two_factor)", {}},
    Field{"client_name", "TEXT", "name of the client on the consent page (default: Immich)", {}},
    Field{"button_text", "TEXT", "text of the login button (default: Login with Authelia)", {}},
    Field{"auto_register", "BOOLEAN", "make an account at the first login (default: true)", k_booleans},
    Field{"auto_launch", "BOOLEAN", "skip the login page (default: false)", k_booleans},
    Field{"storage_label_claim", "CLAIM", "claim for the storage label (default: preferred_username)", {}},
    Field{"quota_claim", "CLAIM", "claim for the quota in GiB, which the provider is to send", {}},
    Field{"role_claim", "CLAIM", "claim for the role (admin or user), which the provider is to send", {}},
    Field{"secret_file", "FILE", "file with the client secret (default: CLIENT_ID.secret beside the site file)", {}},
    Field{"digest_file", "FILE", "file with its digest (default: CLIENT_ID.digest beside the site file)", {}},
};

} // namespace

std::span<const Field> fields() { return k_fields; }

const Field* find_field(std::string_view name) {
    const auto* const found = std::ranges::find(k_fields, name, &Field::name);
    return found == k_fields.end() ? nullptr : found;
}

} // namespace oidcgen::site
