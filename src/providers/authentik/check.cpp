#include "providers/authentik/check.hpp"

#include "lang/python/pattern.hpp"
#include "lang/python/syntax.hpp"
#include "providers/authentik/rules.hpp"
#include "util/ascii.hpp"
#include "util/text.hpp"
#include "util/url.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <string>

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
constexpr std::array k_blueprint_sources{"https://docs.goauthentik.io/customize/blueprints/"sv};
constexpr std::array k_export_sources{"https://docs.goauthentik.io/customize/blueprints/export/"sv};
constexpr std::array k_tag_sources{"https://docs.goauthentik.io/customize/blueprints/v1/tags/"sv};

} // namespace

const rule::Rule k_signing_certificate_unusable{
    .code = "OG1216",
    .name = "signing-certificate-unusable",
    .consequence = rule::Consequence::login_fails,
    .summary = "the signing key does not have a private key, or one of a kind that is not supported",
    .why =
        "Tokens are signed with the private key of the pair. Without one, or with a key of the kind Ed25519 or Ed448, "
        "the addresses with the metadata and the keys answer with an error, and no login gets past its first "
        "request.",
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

const rule::Rule k_application_open{
    .code = "OG1225",
    .name = "application-open-to-all",
    .consequence = rule::Consequence::advice,
    .summary = "no policy binding limits who may use the application",
    .why = "An application without a binding is open to everybody who has an account at authentik. With automatic "
           "registration, each of them gets an account in the application at the first login.",
    .bad = "model: authentik_core.application\nid: immich-app\nidentifiers: {slug: immich}",
    .good = "model: authentik_policies.policybinding\nidentifiers: {target: !KeyOf immich-app, order: 0}\n"
            "attrs: {group: !Find [authentik_core.group, [name, immich-users]]}",
    .ignore = "when everybody may log in, or the bindings are made elsewhere",
    .sources = k_application_sources,
};

const rule::Rule k_blueprint_not_loaded{
    .code = "OG1226",
    .name = "blueprint-not-loaded",
    .consequence = rule::Consequence::advice,
    .summary = "the name of the file does not end in .yaml, so a mounted blueprint is not loaded",
    .why = "The worker looks for files whose names end in .yaml below /blueprints. A file that ends in .yml is passed "
           "over without a word.",
    .bad = "/blueprints/custom/immich.yml",
    .good = "/blueprints/custom/immich.yaml",
    .ignore = "when the file has another name there, or is pasted into the web interface",
    .sources = k_blueprint_sources,
};

const rule::Rule k_primary_key_written{
    .code = "OG1227",
    .name = "primary-key-written",
    .consequence = rule::Consequence::risk,
    .summary = "an entry finds its object by primary key, which only one installation has",
    .why = "An export has the primary keys of the installation that it comes from. In another one, or after a new "
           "setup, references to them are refused, and nothing of the file is applied. An export also holds the client "
           "secrets in plain text.",
    .bad = "identifiers: {pk: 5}",
    .good = "identifiers: {name: Immich}",
    .ignore = "when the file is applied only where it was exported",
    .sources = k_export_sources,
};

const rule::Rule k_quota_may_be_none{
    .code = "OG1228",
    .name = "quota-may-be-none",
    .consequence = rule::Consequence::risk,
    .summary = "a scope mapping returns None as the quota of people who have none",
    .why =
        "Looking up an attribute that is missing gives None, which is sent as null. An application may take null for "
        "a number, and for no limit at all, where the default quota was meant.",
    .bad = "expression: 'return {\"immich_quota\": request.user.attributes.get(\"immich_quota\")}'",
    .good = "expression: |\n  quota = request.user.attributes.get(\"immich_quota\")\n"
            "  return {} if quota is None else {\"immich_quota\": quota}",
    .sources = k_mapping_sources,
};

const rule::Rule k_launch_address_lost{
    .code = "OG1229",
    .name = "launch-address-lost",
    .consequence = rule::Consequence::advice,
    .summary = "the tile of the application leads to an address that only the app opens",
    .why = "Without meta_launch_url the address behind the tile is made of the first redirect URI, without its path. "
           "When that belongs to the app, a browser cannot open it.",
    .bad = "redirect_uris:\n  - {matching_mode: strict, url: \"app.immich:///oauth-callback\"}\n"
           "  - {matching_mode: strict, url: \"https://photos.example.com/auth/login\"}",
    .good = "redirect_uris:\n  - {matching_mode: strict, url: \"https://photos.example.com/auth/login\"}\n"
            "  - {matching_mode: strict, url: \"app.immich:///oauth-callback\"}",
    .ignore = "when nobody uses the tile",
    .sources = k_application_sources,
};

rule::Finding without_private_key(const document::Place& key, const document::Place& certificate) {
    auto result = rule::finding(k_signing_certificate_unusable, "this certificate does not have a private key", key,
                                "add key_data to the certificate, or use another key");
    result.notes.push_back({"the private key belongs here", certificate});
    return result;
}

rule::Finding of_other_kind(const document::Place& key, const document::Place& data) {
    auto result = rule::finding(k_signing_certificate_unusable, "tokens cannot be signed with a key of this kind", key,
                                "use an RSA key, or a key on the curve P-256, P-384 or P-521");
    result.notes.push_back({"the private key is here", data});
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

/// The cost of a comparison is the product of both lengths, so longer patterns are left alone.
bool fits(std::string_view pattern, std::string_view address) {
    constexpr std::size_t k_longest = 300;
    return pattern.size() <= k_longest && lang::python::full_match(pattern, address).value_or(false);
}

/// A part of a pattern as an address that it may fit: without backslashes and repetitions of anything.
std::string address_of(std::string_view pattern) {
    std::string result;
    for (std::size_t at = 0; at < pattern.size(); ++at) {
        const bool is_anything =
            pattern[at] == '.' && at + 1 < pattern.size() && (pattern[at + 1] == '*' || pattern[at + 1] == '+');
        if (is_anything) {
            result += pattern[at + 1] == '+' ? "x" : "";
            ++at;
        } else if (pattern[at] != '\\' && pattern[at] != '^' && pattern[at] != '$') {
            result += pattern[at];
        }
    }
    return result;
}

/// True when the pattern fits an address at a host of somebody else.
bool fits_other_host(std::string_view pattern) {
    constexpr std::array k_others{"https://attacker.example/"sv, "https://attacker.example/auth/login"sv,
                                  "https://attacker.example/user-settings"sv,
                                  "https://photos.attacker.example/auth/login"sv};
    if (std::ranges::any_of(k_others, [&](std::string_view other) { return fits(pattern, other); })) {
        return true;
    }
    // What may be anything within the host also fits the end of another one.
    constexpr std::size_t k_most = 4;
    std::size_t tried = 0;
    for (auto at = pattern.find_first_of("*+"); at != std::string_view::npos && tried < k_most; ++tried) {
        const auto before = address_of(pattern.substr(0, std::max<std::size_t>(at, 1) - 1));
        const auto scheme = before.find("://");
        if (scheme != std::string::npos && before.find('/', scheme + 3) != std::string::npos) {
            return false; // the host is behind
        }
        const auto behind = "attacker.example/" + address_of(pattern.substr(at + 1));
        if (fits(pattern, before + behind) || fits(pattern, before + "." + behind)) {
            return true;
        }
        at = pattern.find_first_of("*+", at + 1);
    }
    return false;
}

/// The pattern with a letter for the first dot of its host that stands for any character; nothing when there is none.
std::optional<std::string> with_other_dot(std::string_view pattern) {
    const auto scheme = pattern.find("://");
    if (scheme == std::string_view::npos) {
        return std::nullopt;
    }
    const auto end = std::min(pattern.find('/', scheme + 3), pattern.size());
    for (auto at = scheme + 3; at < end; ++at) {
        if (pattern[at] == '\\') {
            ++at;
        } else if (pattern[at] == '.' && at + 1 < end && util::is_alphanumeric(pattern[at + 1])) {
            auto result = fmt::format("{}-{}", pattern.substr(0, at), pattern.substr(at + 1));
            std::erase(result, '\\');
            return result;
        }
    }
    return std::nullopt;
}

/// Entries with the matching mode regex that are an address with dots, each of which fits any character.
void check_dots(const Object& provider, rule::Findings& findings) {
    const auto* const all = provider.find("redirect_uris");
    for (const auto& item : all == nullptr ? std::vector<Value>{} : all->items) {
        const auto* const url = item.find("url");
        const auto* const mode = item.find("matching_mode");
        const bool is_pattern =
            mode != nullptr && mode->text == "regex" && url != nullptr && url->is(Kind::text) && !url->has_hole;
        const auto other = is_pattern ? with_other_dot(util::trimmed(url->text)) : std::nullopt;
        if (other && fits(util::trimmed(url->text), *other) && !fits_other_host(util::trimmed(url->text))) {
            findings.add(rule::finding(
                k_redirect_pattern_open,
                util::words("a dot in this pattern fits every character, so it also fits {}", util::outside(*other)),
                url->at.place(), "write the address with matching_mode: strict"));
        }
    }
}

void check_redirects(const Registration& client, rule::Findings& findings) {
    for (const auto& uri : client.redirect_uris.value) {
        if (uri.is_unknown()) {
            continue;
        }
        if (uri.value.is_pattern) {
            if (fits_other_host(uri.value.text)) {
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

void check_application(const Import& import, const Object& provider, rule::Findings& findings) {
    const auto* const application = import.application_of(provider);
    if (application == nullptr) {
        return;
    }
    const bool may_be_bound =
        import.is_open() || import.has_open_binding() || !import.bindings_of(*application).empty();
    if (!may_be_bound) {
        findings.add(rule::finding(
            k_application_open, "everybody with an account at authentik may use this application",
            application->place_of("slug"), "bind the group of the people who may log in to the application"));
    }
    const auto* const all = provider.find("redirect_uris");
    const auto* const first = all != nullptr && !all->items.empty() ? all->items.front().find("url") : nullptr;
    const auto* const launch = application->find("meta_launch_url");
    const bool has_launch = launch != nullptr && !(launch->is(Kind::text) && util::trimmed(launch->text).empty());
    const auto url =
        first != nullptr && first->is(Kind::text) && !first->has_hole ? util::split_url(first->text) : std::nullopt;
    const auto scheme = url ? util::lowered(url->scheme) : std::string();
    if (!has_launch && url && scheme != "http" && scheme != "https") {
        findings.add(rule::finding(k_launch_address_lost,
                                   "the tile of the application opens this address, which a browser cannot open",
                                   first->at.place(), "put an address for browsers first, or set meta_launch_url"));
    }
}

/// A mounted file is found by its name. One within another file has a name there.
void check_name(const document::Document& document, rule::Findings& findings) {
    if (document.excerpt() == nullptr && util::lowered(document.source().name()).ends_with(".yml")) {
        findings.add(rule::finding(k_blueprint_not_loaded,
                                   "a mounted blueprint is only loaded when its name ends in .yaml",
                                   {&document, {}, document::k_root_path}, "rename the file"));
    }
}

/// Told once: an export has them everywhere.
void check_keys(const Import& import, rule::Findings& findings) {
    for (const auto& object : import.objects()) {
        const auto key = object.entry.find("identifiers").find("pk");
        if (key && key.tag().empty() && !object.is_deleted) {
            findings.add(rule::finding(k_primary_key_written,
                                       "other installations do not have an object with this primary key", key.place(),
                                       "write a field that every installation has, such as a name or a slug"));
            return;
        }
    }
}

void check_mapping(const Object& mapping, rule::Findings& findings) {
    const auto* const expression = mapping.find("expression");
    const bool is_text = expression != nullptr && expression->is(Kind::text) && !expression->has_hole;
    const auto returned = is_text ? lang::python::returned_by(expression->text) : lang::python::Returned{};
    for (const auto& item : returned.items) {
        if (item.name == "sub") {
            findings.add(rule::finding(k_subject_overwritten, "this mapping replaces the claim sub",
                                       expression->at.place(), "do not return sub"));
        } else if (item.may_be_none && item.name.find("quota") != std::string::npos) {
            findings.add(rule::finding(
                k_quota_may_be_none,
                util::words("people without a quota get None as {}, which may mean no limit", util::outside(item.name)),
                expression->at.place(), "leave the claim out when there is no value"));
        }
    }
}

void check_objects(const Import& import, rule::Findings& findings) {
    for (const auto& object : import.objects()) {
        if (object.is_deleted) {
            continue;
        }
        if (object.model == k_mapping) {
            check_mapping(object, findings);
        }
        if (object.model == k_provider) {
            check_dots(object, findings);
            check_application(import, object, findings);
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

void check_clients(const Import& import, const oidc::Provider& provider, rule::Findings& findings) {
    for (const auto& client : provider.registrations) {
        check_redirects(client, findings);
    }
    check_objects(import, findings);
    check_keys(import, findings);
    check_name(*provider.place.document, findings);
}

} // namespace oidcgen::providers::authentik
