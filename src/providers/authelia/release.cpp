#include "providers/authelia/release.hpp"

#include "providers/authelia/lists.hpp"

#include <array>

namespace oidcgen::providers::authelia {

namespace {

using util::Version;
using util::VersionRange;
using namespace std::string_view_literals;

constexpr std::array k_scopes_4_38{
    "openid"sv, "email"sv, "profile"sv, "groups"sv, "offline_access"sv, "offline"sv, "authelia.bearer.authz"sv};
constexpr std::array k_scopes{"openid"sv,         "email"sv,   "profile"sv,
                              "address"sv,        "phone"sv,   "groups"sv,
                              "offline_access"sv, "offline"sv, "authelia.bearer.authz"sv};
constexpr std::array k_reserved_id_token_claims{"jti"sv,       "azp"sv,    "scope"sv,  "iss"sv,  "sub"sv, "aud"sv,
                                                "sid"sv,       "s_hash"sv, "c_hash"sv, "iat"sv,  "nbf"sv, "exp"sv,
                                                "auth_time"sv, "amr"sv,    "acr"sv,    "nonce"sv};
constexpr std::array k_customisable_scopes{"authelia.pam"sv};

/// What a release changed. Rows apply in order.
struct Change {
    VersionRange versions;
    void (*apply)(Release&);
};

/// Release notes at https://github.com/authelia/authelia/releases and the history of
/// https://github.com/authelia/authelia/blob/master/internal/configuration/validator/identity_providers.go
constexpr std::array k_changes{
    Change{{{4, 38, 0}},
           [](Release& it) {
               it.client_scopes = k_scopes_4_38;
               it.reserved_id_token_claims = k_reserved_claims;
           }},
    Change{{{4, 38, 7}}, [](Release& it) { it.checks_sector_identifier = true; }},
    Change{{{4, 38, 18}}, [](Release& it) { it.checks_policy_subjects = true; }},
    Change{{{4, 39, 0}},
           [](Release& it) {
               it.symmetric_keys = SymmetricKeys::taken;
               it.takes_yescrypt = true;
               it.takes_any_names = true;
               it.splits_dotted_names = false;
               it.signs_metadata_with_rsa_only = false;
               it.has_network_criteria = true;
               it.client_scopes = k_scopes;
               it.encryption_key_algorithms = k_encryption_algorithms;
               it.endpoints = 4;
               it.reports_public_secret_apart = true;
           }},
    Change{{{4, 39, 2}},
           [](Release& it) {
               it.has_symmetric_response_algs = true;
               it.checks_response_encryption = true;
               it.reserved_id_token_claims = k_reserved_id_token_claims;
           }},
    Change{{{4, 39, 6}}, [](Release& it) { it.refuses_unsigned_authorization = true; }},
    Change{{{4, 39, 20}},
           [](Release& it) {
               it.host_colons = HostColons::strict; // the first release built with Go 1.26
               it.customisable_scopes = k_customisable_scopes;
           }},
};

} // namespace

Release release(const Version& version) {
    Release result;
    for (const auto& change : k_changes) {
        if (change.versions.holds(version)) {
            change.apply(result);
        }
    }
    return result;
}

} // namespace oidcgen::providers::authelia
