#include "providers/authelia/inspection.hpp"
#include "providers/authelia/lists.hpp"
#include "providers/authelia/rules.hpp"

#include <array>

#include <fmt/format.h>

namespace oidcgen::providers::authelia {

namespace {

using rule::Consequence;
using namespace std::string_view_literals;

constexpr std::array k_entropy_sources{
    "https://www.authelia.com/configuration/identity-providers/openid-connect/provider/#minimum_parameter_entropy"sv};
constexpr std::array k_pkce_sources{
    "https://www.authelia.com/configuration/identity-providers/openid-connect/provider/#enforce_pkce"sv};
constexpr std::array k_clients_sources{
    "https://www.authelia.com/configuration/identity-providers/openid-connect/provider/#clients"sv};

constexpr std::int64_t k_least_entropy = 8;
constexpr std::int64_t k_no_entropy = -1;

} // namespace

const rule::Rule k_entropy_too_low{
    .code = "OG1127",
    .name = "entropy-too-low",
    .consequence = Consequence::provider_warns,
    .summary = "state and nonce may be shorter than is safe",
    .why = "state and nonce keep an answer from being used for another login, so nobody must be able to guess them. "
           "Authelia asks for 8 characters; it logs fewer, or -1 for none at all, as unsafe.",
    .bad = "minimum_parameter_entropy: 4",
    .good = "minimum_parameter_entropy: 8",
    .ignore = "while an application that sends shorter values cannot be changed",
    .sources = k_entropy_sources,
};

const rule::Rule k_enforce_pkce_unknown{
    .code = "OG1128",
    .name = "enforce-pkce-unknown",
    .consequence = Consequence::provider_refuses,
    .also = {Consequence::advice},
    .summary = "the provider's PKCE policy does not exist",
    .why = "Authelia can demand PKCE from no client (never), from public clients (public_clients_only) or from all "
           "(always).",
    .bad = "enforce_pkce: true",
    .good = "enforce_pkce: always",
    .ignore = {},
    .sources = k_pkce_sources,
};

const rule::Rule k_clients_missing{
    .code = "OG1129",
    .name = "clients-missing",
    .consequence = Consequence::provider_refuses,
    .summary = "the provider has no client",
    .why = "Authelia does not start with an OpenID Connect section that has no clients.",
    .bad = "oidc:\n  jwks: […]",
    .good = "oidc:\n  jwks: […]\n  clients:\n    - client_id: immich\n      …",
    .ignore = "when the clients are in another file of the same configuration",
    .sources = k_clients_sources,
};

void check_provider(Inspection& inspection) {
    const auto& provider = inspection.provider;
    const auto& entropy = provider.minimum_parameter_entropy;
    if (!entropy.is_unknown() && entropy.value == k_no_entropy) {
        inspection.add(k_entropy_too_low, "-1 accepts any state and nonce, however short", entropy.at.place(),
                       "remove the setting, or set it to 8");
    } else if (!entropy.is_unknown() && entropy.value > 0 && entropy.value < k_least_entropy) {
        inspection.add(k_entropy_too_low,
                       util::words("{} characters are fewer than the {} that are safe", entropy.value, k_least_entropy),
                       entropy.at.place(), "remove the setting, or set it to 8");
    }
    const auto allowed = inspection.keys.allowed("enforce_pkce");
    const auto& pkce = provider.enforce_pkce;
    if (!pkce.is_unknown() && !pkce.value.empty() && !holds(allowed, pkce.value)) {
        inspection.add_unknown(k_enforce_pkce_unknown, pkce.at.text(), "a PKCE policy", allowed, pkce.at.place());
    }
}

} // namespace oidcgen::providers::authelia
