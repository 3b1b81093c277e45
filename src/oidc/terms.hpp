#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace oidcgen::oidc {

/// How a client proves who it is at the token endpoint (RFC 7591 section 2, OpenID Connect Core section 9).
enum class AuthMethod : std::uint8_t {
    none,
    client_secret_basic,
    client_secret_post,
    client_secret_jwt,
    private_key_jwt,
};

[[nodiscard]] std::string_view to_string(AuthMethod method);
[[nodiscard]] std::optional<AuthMethod> parse_auth_method(std::string_view text);

/// How a code challenge is made from its verifier (RFC 7636 section 4.2).
enum class CodeChallengeMethod : std::uint8_t { plain, s256 };

[[nodiscard]] std::string_view to_string(CodeChallengeMethod method);
[[nodiscard]] std::optional<CodeChallengeMethod> parse_code_challenge_method(std::string_view text);

/// Name of a JSON Web Signature algorithm (RFC 7518 section 3.1), or `none`. Compared letter by letter.
struct SigningAlgorithm {
    std::string name;

    [[nodiscard]] bool is_none() const { return name == "none"; }
    /// Keyed with the client secret rather than with a key pair.
    [[nodiscard]] bool is_symmetric() const { return name.starts_with("HS"); }
    friend bool operator==(const SigningAlgorithm&, const SigningAlgorithm&) = default;
};

/// Where a provider sends the browser back to. Compared byte by byte (RFC 6749 section 3.1.2.3, OpenID Connect Core
/// section 3.1.2.1).
struct RedirectUri {
    std::string text;
    bool is_pattern = false; ///< of a provider that takes patterns: one that the whole of what is sent has to fit

    /// The scheme in lower case; empty when there is none (RFC 3986 section 3.1).
    [[nodiscard]] std::string scheme() const;
    /// True for http and https: a browser's address, rather than one that opens an app (RFC 8252 section 7).
    [[nodiscard]] bool is_web() const;
    /// What it shares with the same page on another host: the path without slashes at its end; of one that opens an
    /// app, the scheme.
    [[nodiscard]] std::string telling_part() const;
    friend bool operator==(const RedirectUri&, const RedirectUri&) = default;
};

/// The words of a scope parameter (RFC 6749 section 3.3), separated by blanks.
[[nodiscard]] std::vector<std::string> parse_scope(std::string_view text);
[[nodiscard]] std::string to_scope(const std::vector<std::string>& words);

/// The scope that makes a provider send a standard claim (OpenID Connect Core section 5.4); empty for `sub`, which is
/// always sent; nothing for any other claim.
[[nodiscard]] std::optional<std::string_view> scope_of_claim(std::string_view claim);

/// A way to log in that an application has. Each is predicted for itself, since each has its own redirect URI.
struct LoginWay {
    std::string_view name;         ///< in reports: `web`
    std::string_view return_words; ///< how a sentence about its redirect URI begins: `the login page returns to`
    bool makes_account = true;     ///< finds or makes the account by claims; otherwise links one that is signed in
    bool is_at_address = true;     ///< comes back to the address at which the application is opened
    bool can_log_out = false;      ///< the person leaves through the provider's logout
};

} // namespace oidcgen::oidc
