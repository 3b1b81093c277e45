#include "providers/authelia/release.hpp"

#include "providers/authelia/lists.hpp"

#include <array>

namespace oidcgen::providers::authelia {

namespace {

using Change = util::Change<Release>;
using util::Version;
using namespace std::string_view_literals;

constexpr std::array k_scopes_4_38{
    "openid"sv, "email"sv, "profile"sv, "groups"sv, "offline_access"sv, "offline"sv, "authelia.bearer.authz"sv};
constexpr std::array k_scopes{"openid"sv,         "email"sv,   "profile"sv,
                              "address"sv,        "phone"sv,   "groups"sv,
                              "offline_access"sv, "offline"sv, "authelia.bearer.authz"sv};
/// Claims that a scope or a claims policy may name without defining them
/// (https://www.authelia.com/integration/openid-connect/openid-connect-1.0-claims/).
constexpr auto k_standard_claims =
    joined(k_profile_claims, k_further_claims, std::array{"groups"sv, "alt_emails"sv, "updated_at"sv, "rat"sv});
/// Claims that tokens carry by themselves.
constexpr std::array k_reserved_claims{"jti"sv, "azp"sv,        "client_id"sv, "scope"sv,  "scp"sv,   "iss"sv, "sub"sv,
                                       "aud"sv, "sid"sv,        "s_hash"sv,    "c_hash"sv, "iat"sv,   "nbf"sv, "exp"sv,
                                       "acr"sv, "updated_at"sv, "auth_time"sv, "amr"sv,    "nonce"sv, "rat"sv};
constexpr std::array k_reserved_id_token_claims{"jti"sv,       "azp"sv,    "scope"sv,  "iss"sv,  "sub"sv, "aud"sv,
                                                "sid"sv,       "s_hash"sv, "c_hash"sv, "iat"sv,  "nbf"sv, "exp"sv,
                                                "auth_time"sv, "amr"sv,    "acr"sv,    "nonce"sv};
constexpr std::array k_customisable_scopes{"authelia.pam"sv};

using Names = std::span<const std::string_view>;

Names without_last(Names names) { return names.first(names.size() - 1); }

/// Release notes at https://github.com/authelia/authelia/releases and the history of
/// https://github.com/authelia/authelia/blob/master/internal/configuration/validator/identity_providers.go
constexpr std::array k_changes{
    Change{{{4, 38, 0}},
           [](Release& it) {
               it.client_scopes = k_scopes_4_38;
               it.name_marks = "_-";
               it.has_empty_secrets = true;
               it.text_behind_key = TextBehind::taken;
               it.registers_missing_keys = true;
               it.has_unique_key_ids = true;
           }},
    Change{{{4, 38, 7}}, [](Release& it) { it.sector_identifier = SectorIdentifier::address; }},
    Change{{{4, 38, 8}},
           [](Release& it) {
               it.has_empty_secrets = false;
               it.text_behind_key = TextBehind::refused;
               it.registers_missing_keys = false;
           }},
    Change{{{4, 38, 18}}, [](Release& it) { it.checks_policy_subjects = true; }},
    Change{{{4, 38, 19}}, [](Release& it) { it.name_marks = "/_-"; }},
    Change{{{4, 39, 0}},
           [](Release& it) {
               it.symmetric_keys = SymmetricKeys::taken;
               it.takes_yescrypt = true;
               it.has_capital_names = true;
               it.knows_bare_names = true;
               it.compiles_expressions = true;
               it.reserved_claims = k_reserved_claims;
               it.reserved_id_token_claims = k_reserved_claims;
               it.standard_claims = without_last(k_standard_claims);
               it.warns_of_public_jwt_secret = false;
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
               it.reserved_claims = without_last(k_reserved_claims);
               it.reserved_id_token_claims = k_reserved_id_token_claims;
               it.standard_claims = k_standard_claims;
               it.warns_of_public_jwt_secret = true;
               it.has_unique_key_ids = false;
           }},
    Change{{{4, 39, 6}}, [](Release& it) { it.refuses_unsigned_authorization = true; }},
    Change{{{4, 39, 20}},
           [](Release& it) {
               it.host_colons = lang::go::HostColons::strict; // the first release built with Go 1.26
               it.customisable_scopes = k_customisable_scopes;
               it.name_marks = "/_.:~-";
               it.splits_dotted_names = false;
           }},
};

} // namespace

Release release(const Version& version) { return util::changed(k_changes, version); }

} // namespace oidcgen::providers::authelia
