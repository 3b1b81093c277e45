#pragma once

#include "oidc/system.hpp"

#include <span>

namespace oidcgen::oidc {

// What a provider checks in a login. Each provider lists them in its own order, which decides at which of several
// faults a login stops.

// Of an authorization request, before the person signs in.
[[nodiscard]] Step check_client(Attempt& attempt);
[[nodiscard]] Step check_authorization_endpoint(Attempt& attempt);
[[nodiscard]] Step check_pushed_request(Attempt& attempt);
[[nodiscard]] Step check_redirect_uri(Attempt& attempt);
[[nodiscard]] Step check_scope(Attempt& attempt);
/// In place of check_scope, of a provider that passes over scopes that the client does not have.
[[nodiscard]] Step grant_scopes(Attempt& attempt);
/// Behind either, of a provider of which nothing but its metadata is known.
[[nodiscard]] Step check_listed_scopes(Attempt& attempt);
[[nodiscard]] Step check_response_type(Attempt& attempt);
[[nodiscard]] Step check_state(Attempt& attempt);
[[nodiscard]] Step check_admission(Attempt& attempt);

// Before the browser is sent back.
[[nodiscard]] Step check_prompt(Attempt& attempt);
/// In place of check_prompt, of a provider of which nothing but its metadata is known.
[[nodiscard]] Step check_listed_prompt(Attempt& attempt);
[[nodiscard]] Step check_insecure_redirect(Attempt& attempt);
[[nodiscard]] Step check_code_challenge(Attempt& attempt);

// Of a token request.
[[nodiscard]] Step check_auth_method(Attempt& attempt);
/// In place of check_auth_method, of a provider that takes a secret in any way, and asks public clients for none.
[[nodiscard]] Step check_any_auth_method(Attempt& attempt);
[[nodiscard]] Step check_basic_coding(Attempt& attempt);
[[nodiscard]] Step check_token_endpoint(Attempt& attempt);
[[nodiscard]] Step check_secret(Attempt& attempt);
/// Also of an authorization request, for a provider that looks at it there.
[[nodiscard]] Step check_grant_type(Attempt& attempt);
[[nodiscard]] Step check_redirect_again(Attempt& attempt);
[[nodiscard]] Step check_signing_key(Attempt& attempt);

/// All of them, in the order of the standards, for a provider that is not known to have another.
[[nodiscard]] std::span<const Check> standard_request_checks();
[[nodiscard]] std::span<const Check> standard_answer_checks();
[[nodiscard]] std::span<const Check> standard_token_checks();

} // namespace oidcgen::oidc
