#pragma once

#include "lang/go/url.hpp"
#include "providers/authelia/pem.hpp"
#include "util/version.hpp"

#include <cstdint>
#include <span>
#include <string_view>

namespace oidcgen::providers::authelia {

/// What a sector identifier is: the name of a host alone, or the address of a document.
enum class SectorIdentifier : std::uint8_t { host, address };

/// How one release of Authelia reads and checks its OpenID Connect section, beyond which keys and values it knows.
struct Release {
    lang::go::HostColons host_colons = lang::go::HostColons::any;
    SymmetricKeys symmetric_keys = SymmetricKeys::refused;
    bool takes_yescrypt = false; ///< as digest of a secret
    std::string_view name_marks; ///< besides letters and digits, in names chosen by the user
    bool has_capital_names = false;
    /// A name chosen by the user is known with nothing below it, and so is all that reads like a part of such a name.
    bool knows_bare_names = false;
    bool splits_dotted_names = true; ///< a dot in a name makes a path of it
    bool has_empty_secrets = false;  ///< an empty text counts as a secret
    TextBehind text_behind_key = TextBehind::refused;
    bool registers_missing_keys = false; ///< an entry of `jwks` without its key can be referred to
    bool has_unique_key_ids = false;     ///< over keys to sign with and keys to encrypt with together
    SectorIdentifier sector_identifier = SectorIdentifier::host;
    bool checks_policy_subjects = false;
    bool has_network_criteria = false;        ///< a rule of a policy may name networks instead of subjects
    bool has_symmetric_response_algs = false; ///< HS256 and the like, keyed with the client's secret
    bool checks_response_encryption = false;
    bool refuses_unsigned_authorization = false; ///< `none` for authorization_signed_response_alg
    std::span<const std::string_view> client_scopes;
    std::span<const std::string_view> standard_claims; ///< that need no definition
    std::span<const std::string_view> reserved_claims; ///< in scopes and claims policies
    std::span<const std::string_view> reserved_id_token_claims;
    std::span<const std::string_view> customisable_scopes;       ///< of those with a reserved prefix
    std::span<const std::string_view> encryption_key_algorithms; ///< of keys in `jwks` for encryption; empty: none
    bool signs_metadata_with_rsa_only = true; ///< with another key the metadata address answers with an error
    std::size_t endpoints = 1;                ///< how many of Endpoint have an authentication method of their own
    /// A public client with a secret is faulted on top of its authentication method, once for all endpoints.
    bool reports_public_secret_apart = false;
    bool compiles_expressions = false;      ///< of definitions.user_attributes, when it starts
    bool warns_of_public_jwt_secret = true; ///< of a plaintext secret with which a public client is to sign
};

[[nodiscard]] Release release(const util::Version& version);

} // namespace oidcgen::providers::authelia
