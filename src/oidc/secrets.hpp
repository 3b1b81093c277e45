#pragma once

#include "oidc/registration.hpp"
#include "oidc/relying_party.hpp"
#include "oidc/system.hpp"
#include "rule/findings.hpp"

#include <span>
#include <string_view>
#include <vector>

namespace oidcgen::oidc {

/// What can be found about any secret that both systems accept: nothing of it stops a login by itself. What a login
/// fails by is login_rules(), and what a provider makes of the secret or digest that it keeps is its own.
[[nodiscard]] std::span<const rule::Rule* const> secret_rules();

extern const rule::Rule k_documentation_sample;
extern const rule::Rule k_secret_filler;
extern const rule::Rule k_secret_is_client_id;
extern const rule::Rule k_secret_too_short;
extern const rule::Rule k_digest_as_secret;

/// The help of a finding about a secret that must be replaced.
inline constexpr std::string_view k_make_another_secret =
    "make a new secret and its digest with `oidcgen hash --generate`";

/// Finds why a plaintext secret can be guessed, wherever it is kept. `names` are those of the systems that share it.
void check_strength(std::string_view secret, const document::Place& place, const Text& client_id,
                    std::span<const std::string_view> names, rule::Findings& findings);

/// The same of what the placeholder of a secret falls back to: `${NAME:-text}`, or `default "text"` in a template.
void check_fallback(const document::Place& place, const Text& client_id, std::span<const std::string_view> names,
                    rule::Findings& findings);

/// ProviderSystem::verify of a provider that keeps the secret itself.
[[nodiscard]] SecretVerdict verify_plain(std::string_view kept, const secret::Secret& secret, secret::Budget& budget);

/// A client, and the provider that keeps it.
struct KeptClient {
    const ProviderSystem* system = nullptr;
    const Registration* registration = nullptr;
};

/// Adds what is wrong with the secrets and digests of these clients and applications. Nothing computes a digest here.
/// Of placeholders only the text that they fall back to is judged.
/// `names` are those of the systems that share secrets.
void check_secrets(std::span<const KeptClient> clients, std::span<const RelyingParty* const> parties,
                   std::span<const std::string_view> names, rule::Findings& findings);

} // namespace oidcgen::oidc
