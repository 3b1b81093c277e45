#include "providers/authentik/notes.hpp"

#include <array>
#include <string_view>

namespace oidcgen::providers::authentik {

namespace {

using namespace std::string_view_literals;
using oidc::RuleNote;

constexpr std::array k_provider{"https://docs.goauthentik.io/add-secure-apps/providers/oauth2/"sv};
constexpr std::array k_grants{"https://github.com/goauthentik/authentik/pull/20363"sv};
constexpr std::array k_basic{"https://github.com/goauthentik/authentik/pull/20779"sv};
constexpr std::array k_mappings{"https://docs.goauthentik.io/add-secure-apps/providers/property-mappings/"sv};

/// Ordered by the codes of the rules.
constexpr auto k_notes = std::to_array<RuleNote>({
    {
        .rule = "redirect-uri-unregistered",
        .text = "An item with the matching mode strict is compared letter by letter, one with regex has to match the "
                "whole address. A client without any keeps the first address that is sent, so only one of the ways to "
                "log in works; from 2026.5 on, it refuses all of them.",
        .bad = "redirect_uris: []",
        .good = "redirect_uris:\n  - matching_mode: strict\n    url: https://photos.example.com/auth/login",
        .sources = k_provider,
    },
    {
        .rule = "issuer-path-wrong",
        .text = "Each application has an issuer of its own, /application/o/ followed by its slug and a slash at the "
                "end. With issuer_mode: global the issuer is the address alone, and only the whole address of the "
                "metadata works in the application.",
        .sources = k_provider,
    },
    {
        .rule = "grant-type-unregistered",
        .text =
            "From 2026.5 on, a provider that is made by a blueprint has no grant types unless they are written, and "
            "then every login is refused.",
        .bad = "attrs:\n  client_id: immich",
        .good = "attrs:\n  client_id: immich\n  grant_types: [authorization_code]",
        .sources = k_grants,
    },
    {
        .rule = "openid-scope-missing",
        .text =
            "A scope whose mapping is not in property_mappings is passed over without a word. An ID token comes all "
            "the same, but the userinfo address answers with 403 without openid.",
        .bad = "property_mappings: []",
        .good = "property_mappings:\n  - !Find [authentik_providers_oauth2.scopemapping, [managed, "
                "goauthentik.io/providers/oauth2/scope-openid]]",
        .sources = k_mappings,
    },
    {
        .rule = "id-token-alg-mismatch",
        .text = "Without a signing_key, or with one that !Find does not find, tokens are signed with HS256. An RSA key "
                "signs with RS256.",
        .bad = "# no signing_key",
        .good = "signing_key: !Find [authentik_crypto.certificatekeypair, [name, authentik Self-signed Certificate]]",
        .sources = k_provider,
    },
    {
        .rule = "id-token-encrypted",
        .text = "An encryption_key makes every ID token one that the application has to decrypt.",
        .bad = "encryption_key: !Find [authentik_crypto.certificatekeypair, [name, authentik Self-signed Certificate]]",
        .good = "encryption_key: null",
        .sources = k_provider,
    },
    {
        .rule = "email-not-sent",
        .text = "The claims email and email_verified come from the mapping of the scope email, which has to be in "
                "property_mappings.",
        .bad = "property_mappings: []",
        .good = "property_mappings:\n  - !Find [authentik_providers_oauth2.scopemapping, [managed, "
                "goauthentik.io/providers/oauth2/scope-email]]",
        .sources = k_mappings,
    },
    {
        .rule = "credentials-not-decoded",
        .text = "Before 2026.2.2 the header is not decoded at all, so only letters and digits arrive. From then on the "
                "escapes are resolved, but a blank, which is sent as +, is not.",
        .sources = k_basic,
    },
});

} // namespace

std::span<const RuleNote> notes() { return k_notes; }

} // namespace oidcgen::providers::authentik
