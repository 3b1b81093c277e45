#pragma once

#include "oidc/registration.hpp"
#include "rule/findings.hpp"
#include "util/words.hpp"

#include <array>
#include <string_view>

namespace oidcgen::providers::google {

/// The scopes of a sign-in; all others are for other services of Google, and have to be verified.
inline constexpr std::array<std::string_view, 3> k_scopes{"openid", "email", "profile"};

/// What Google makes of a redirect URI when somebody registers it.
enum class Allowed : std::uint8_t { yes, probably_not, no };

struct Judgement {
    Allowed allowed = Allowed::yes;
    util::Words why{}; ///< a clause behind the address; empty: it is allowed
};

/// https://developers.google.com/identity/protocols/oauth2/web-server#uri-validation, as far as it is known without the
/// list of public suffixes.
[[nodiscard]] Judgement judge_redirect_uri(std::string_view uri);

/// Finds the entries that Google does not have, whatever the file says.
void check_redirect_uris(const oidc::Registration& client, rule::Findings& findings);

/// What is the same for every client.
void complete(oidc::Registration& client);

} // namespace oidcgen::providers::google
