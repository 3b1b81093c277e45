#pragma once

#include "providers/authelia/go_url.hpp"
#include "providers/authelia/pem.hpp"
#include "util/version.hpp"

#include <cstdint>
#include <span>
#include <string_view>

namespace oidcgen::providers::authelia {

/// How one release of Authelia reads and checks its OpenID Connect section, beyond which keys and values it knows.
struct Release {
    HostColons host_colons = HostColons::any;
    SymmetricKeys symmetric_keys = SymmetricKeys::refused;
    bool takes_yescrypt = false; ///< as digest of a secret
    /// Names chosen by the user may hold dots and capital letters, and whatever stands below them is passed over.
    bool takes_any_names = false;
    bool splits_dotted_names = true; ///< a dot in a name makes a path of it
    bool checks_sector_identifier = false;
    bool checks_policy_subjects = false;
    bool has_network_criteria = false;        ///< a rule of a policy may name networks instead of subjects
    bool has_symmetric_response_algs = false; ///< HS256 and the like, keyed with the client's secret
    bool checks_response_encryption = false;
    bool refuses_unsigned_authorization = false; ///< `none` for authorization_signed_response_alg
    std::span<const std::string_view> client_scopes;
    std::span<const std::string_view> reserved_id_token_claims;
    std::span<const std::string_view> customisable_scopes;       ///< of those with a reserved prefix
    std::span<const std::string_view> encryption_key_algorithms; ///< of keys in `jwks` for encryption; empty: none
    bool signs_metadata_with_rsa_only = true; ///< with another key the metadata address answers with an error
    std::size_t endpoints = 1;                ///< how many of Endpoint have an authentication method of their own
    /// A public client with a secret is faulted on top of its authentication method, once for all endpoints.
    bool reports_public_secret_apart = false;
};

[[nodiscard]] Release release(const util::Version& version);

} // namespace oidcgen::providers::authelia
