#include "providers/authentik/check.hpp"

#include "lang/python/pattern.hpp"
#include "providers/authentik/rules.hpp"
#include "util/text.hpp"
#include "util/url.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>

namespace oidcgen::providers::authentik {

namespace {

using namespace std::string_view_literals;
using oidc::Registration;

constexpr std::array k_provider_sources{"https://docs.goauthentik.io/add-secure-apps/providers/oauth2/"sv};
constexpr std::array k_redirect_sources{"https://docs.goauthentik.io/security/security-hardening/"sv,
                                        "https://docs.goauthentik.io/security/cves/CVE-2024-52289/"sv};
constexpr std::array k_certificate_sources{"https://docs.goauthentik.io/sys-mgmt/certificates/"sv};
constexpr std::array k_application_sources{"https://docs.goauthentik.io/add-secure-apps/applications/"sv};
constexpr std::array k_mapping_sources{"https://docs.goauthentik.io/add-secure-apps/providers/property-mappings/"sv};
constexpr std::array k_tag_sources{"https://docs.goauthentik.io/customize/blueprints/v1/tags/"sv};

} // namespace

const rule::Rule k_signing_certificate_unusable{
    .code = "OG1216",
    .name = "signing-certificate-unusable",
    .consequence = rule::Consequence::login_fails,
    .summary = "the signing key is a certificate without a private key",
    .why = "Tokens are signed with the private key of the pair. Without one the addresses with the metadata and the "
           "keys answer with an error, and no login gets past its first request.",
    .bad =
        "model: authentik_crypto.certificatekeypair\nattrs: {name: Immich, certificate_data: !File /certs/immich.pem}",
    .good = "model: authentik_crypto.certificatekeypair\nattrs: {name: Immich, certificate_data: !File "
            "/certs/immich.pem, key_data: !File /certs/immich.key}",
    .sources = k_certificate_sources,
};

const rule::Rule k_provider_without_application{
    .code = "OG1217",
    .name = "provider-without-application",
    .consequence = rule::Consequence::login_fails,
    .summary = "no application has this provider, so its addresses do not exist",
    .why = "The metadata is published below the slug of the application that has the provider. As long as none has it, "
           "or the entry of the application is skipped, the address answers with 404.",
    .bad = "model: authentik_core.application\nidentifiers: {slug: immich}\nattrs: {name: Immich}",
    .good = "model: authentik_core.application\nidentifiers: {slug: immich}\n"
            "attrs: {name: Immich, provider: !KeyOf immich-provider}",
    .sources = k_application_sources,
};

const rule::Rule k_secret_not_ascii{
    .code = "OG1218",
    .name = "secret-not-ascii",
    .consequence = rule::Consequence::login_fails,
    .summary = "the client secret has characters that are not ASCII",
    .why = "Newer releases compare secrets in constant time, which raises an exception for other characters. The token "
           "endpoint then answers without JSON.",
    .bad = "client_secret: schlüssel-…",
    .good = "client_secret: (letters and digits)",
    .sources = k_provider_sources,
};

const rule::Rule k_strict_uri_with_pattern{
    .code = "OG1219",
    .name = "strict-uri-with-pattern",
    .consequence = rule::Consequence::risk,
    .summary = "a strict redirect URI is written as a pattern, so it never matches",
    .why = "With the matching mode strict the address is compared letter by letter. Patterns from older releases, with "
           "backslashes or stars in them, became strict entries when those were updated.",
    .bad = "- matching_mode: strict\n  url: https://photos\\.example\\.com/auth/login",
    .good = "- matching_mode: strict\n  url: https://photos.example.com/auth/login",
    .sources = k_redirect_sources,
};

const rule::Rule k_redirect_pattern_open{
    .code = "OG1220",
    .name = "redirect-pattern-open",
    .consequence = rule::Consequence::risk,
    .summary = "a pattern among the redirect URIs also fits addresses of other hosts",
    .why =
        "Whoever can send a person to the login gets the code when the browser may come back to a host of theirs. In "
        "a regular expression a dot fits every character, and .* fits everything.",
    .bad = "- matching_mode: regex\n  url: https://.*/auth/login",
    .good = "- matching_mode: strict\n  url: https://photos.example.com/auth/login",
    .sources = k_redirect_sources,
};

const rule::Rule k_subject_overwritten{
    .code = "OG1221",
    .name = "subject-overwritten",
    .consequence = rule::Consequence::risk,
    .summary = "a scope mapping returns the claim sub, so people cannot be told apart",
    .why =
        "What a mapping returns replaces the claim sub, by which the application tells people apart. A constant is the "
        "same for everybody, so everybody gets the same account.",
    .bad = "expression: 'return {\"sub\": \"immich\"}'",
    .good = "expression: 'return {\"immich_role\": \"user\"}'",
    .sources = k_mapping_sources,
};

const rule::Rule k_subject_can_change{
    .code = "OG1222",
    .name = "subject-can-change",
    .consequence = rule::Consequence::advice,
    .summary = "the claim sub is a name or an address, which can change",
    .why =
        "The application finds a person again by the claim sub. When the name or the mail address changes, the account "
        "stays linked to the old one and the person cannot log in.",
    .bad = "sub_mode: user_email",
    .good = "sub_mode: hashed_user_id",
    .ignore = "when accounts are in use with it already: a change of sub_mode locks everybody out",
    .sources = k_provider_sources,
};

const rule::Rule k_secret_in_blueprint{
    .code = "OG1223",
    .name = "secret-in-blueprint",
    .consequence = rule::Consequence::advice,
    .summary = "the client secret is written in the blueprint",
    .why = "Blueprints are copied, mounted and exported. With !Env, or !File from 2025.8 on, the secret stays out of "
           "them.",
    .bad = "client_secret: (the secret)",
    .good = "client_secret: !Env IMMICH_CLIENT_SECRET",
    .ignore = "when the file is kept like a secret",
    .sources = k_tag_sources,
};

const rule::Rule k_encryption_key_not_rsa{
    .code = "OG1224",
    .name = "encryption-key-not-rsa",
    .consequence = rule::Consequence::login_fails,
    .summary = "the encryption key is not an RSA key, so no token can be made",
    .why = "Tokens are encrypted with RSA-OAEP. With a key on an elliptic curve the token endpoint fails; with an RSA "
           "key the application would have to decrypt the tokens.",
    .bad = "encryption_key: !KeyOf immich-encryption",
    .good = "encryption_key: null",
    .sources = k_provider_sources,
};

rule::Finding without_private_key(const document::Place& key, const document::Place& certificate) {
    auto result = rule::finding(k_signing_certificate_unusable, "this certificate does not have a private key", key,
                                "add key_data to the certificate, or use another key");
    result.notes.push_back({"the private key belongs here", certificate});
    return result;
}

rule::Finding without_application(const document::Place& client) {
    return rule::finding(k_provider_without_application, "no application has this provider, so it has no addresses",
                         client, "add provider: !KeyOf with the id of this entry to the application");
}

rule::Finding not_rsa(const document::Place& key) {
    return rule::finding(k_encryption_key_not_rsa, "tokens cannot be encrypted with a key on an elliptic curve", key,
                         "remove this setting");
}

rule::Finding not_ascii(const document::Place& secret) {
    return rule::finding(k_secret_not_ascii, "the secret has characters that are not ASCII, which cannot be compared",
                         secret, "use a secret of letters and digits on both sides");
}

namespace {

/// True when the pattern fits the same address at a host of somebody else.
bool fits_other_host(const oidc::RedirectUri& uri) {
    constexpr std::array k_others{"https://attacker.example/"sv, "https://attacker.example/auth/login"sv,
                                  "https://attacker.example/user-settings"sv,
                                  "https://photos.attacker.example/auth/login"sv};
    return std::ranges::any_of(
        k_others, [&](std::string_view other) { return lang::python::full_match(uri.text, other).value_or(false); });
}

void check_redirects(const Registration& client, rule::Findings& findings) {
    for (const auto& uri : client.redirect_uris.value) {
        if (uri.is_unknown()) {
            continue;
        }
        if (uri.value.is_pattern) {
            if (fits_other_host(uri.value)) {
                findings.add(rule::finding(k_redirect_pattern_open, "this pattern also fits addresses of other hosts",
                                           uri.place, "write the whole address with matching_mode: strict"));
            }
        } else if (uri.value.text.find_first_of("\\*") != std::string::npos && uri.place) {
            const auto is_star = uri.value.text.find('\\') == std::string::npos;
            findings.add(rule::finding(k_strict_uri_with_pattern,
                                       is_star ? "this entry is strict, so the star stands for itself"
                                               : "this entry is strict, so the backslashes stand for themselves",
                                       uri.place, "write the address as a browser sends it"));
        }
    }
}

void check_subjects(const Import& import, const oidc::InspectOptions& /*options*/, rule::Findings& findings) {
    for (const auto& object : import.objects()) {
        if (object.is_deleted) {
            continue;
        }
        if (object.model == k_mapping) {
            const auto* const expression = object.find("expression");
            const bool is_text = expression != nullptr && expression->is(Kind::text) && !expression->has_hole;
            const auto returned = is_text ? lang::python::returned_by(expression->text) : lang::python::Returned{};
            if (std::ranges::find(returned.items, "sub", &lang::python::ReturnedItem::name) != returned.items.end()) {
                findings.add(rule::finding(k_subject_overwritten, "this mapping replaces the claim sub",
                                           expression->at.place(), "do not return sub"));
            }
        }
        const auto* const mode = object.model == k_provider ? object.find("sub_mode") : nullptr;
        if (mode != nullptr &&
            (mode->text == "user_username" || mode->text == "user_email" || mode->text == "user_upn")) {
            findings.add(rule::finding(k_subject_can_change, "people who are renamed lose their account with this",
                                       mode->at.place(), "for a new application, use hashed_user_id"));
        }
        const auto* const secret = object.model == k_provider ? object.find("client_secret") : nullptr;
        if (secret != nullptr && secret->is(Kind::text) && secret->is_written && !secret->is_filled &&
            !secret->has_hole && !secret->text.empty()) {
            findings.add(rule::finding(k_secret_in_blueprint, "the secret is written in the file", secret->at.place(),
                                       "write !Env with the name of a variable of the worker, such as "
                                       "!Env IMMICH_CLIENT_SECRET"));
        }
    }
}

} // namespace

void check_clients(const Import& import, const oidc::Provider& provider, const oidc::InspectOptions& options,
                   rule::Findings& findings) {
    for (const auto& client : provider.registrations) {
        check_redirects(client, findings);
    }
    check_subjects(import, options, findings);
}

} // namespace oidcgen::providers::authentik
