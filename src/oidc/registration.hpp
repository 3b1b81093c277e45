#pragma once

#include "oidc/located.hpp"
#include "oidc/terms.hpp"
#include "rule/rule.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace oidcgen::oidc {

/// The client as the provider knows it: client metadata in the terms of RFC 7591 section 2 and OpenID Connect Dynamic
/// Client Registration 1.0 section 2, and what a provider keeps beside it.
struct Registration {
    document::Place place; ///< the client as a whole

    Text client_id;
    Text client_name;
    /// The digest or secret as it stands there; a view into its document (or into what the caller keeps), never a copy.
    Located<std::string_view> client_secret;
    Located<bool> is_public; ///< RFC 6749 section 2.1: a client that cannot keep a secret

    Located<std::vector<Located<RedirectUri>>> redirect_uris;
    Texts scopes;
    Texts response_types;
    Texts grant_types;

    Located<AuthMethod> token_endpoint_auth_method;

    Located<bool> code_challenge_required;
    /// RFC 7636; nothing when the registration leaves the method open.
    Located<std::optional<CodeChallengeMethod>> code_challenge_method;
    Located<bool> require_pushed_authorization_requests; ///< RFC 9126

    Located<SigningAlgorithm> id_token_signed_response_alg;
    Located<SigningAlgorithm> userinfo_signed_response_alg;
    Located<SigningAlgorithm> access_token_signing_alg;
    Text id_token_encrypted_response_alg; ///< empty or `none`: not encrypted
    Text userinfo_encrypted_response_alg;
    Text access_token_encryption_alg;

    /// Ids of the keys to sign with, which override the algorithm; empty: the first key of that algorithm.
    Text id_token_signing_key_id;
    Text userinfo_signing_key_id;

    Text consent;          ///< when the person is asked for consent, in the provider's word; empty: its own default
    Text consent_kept_for; ///< how long the answer is kept; empty: `consent` decides

    /// What the provider calls the application in the addresses of that client, when it has addresses for each.
    Text application;
    Located<bool> has_own_issuer{true}; ///< of such a client: its issuer is one of those addresses
    /// Why its metadata address answers with an error, why the authorization endpoint does, and why the token endpoint
    /// does, whoever asks.
    std::optional<rule::Finding> metadata_fault;
    std::optional<rule::Finding> authorization_fault;
    std::optional<rule::Finding> token_fault;

    Text access_policy;    ///< the provider's rule for who may log in
    Text claim_rules_name; ///< name of the provider's rule for which claims go where; empty: its own default
};

} // namespace oidcgen::oidc
