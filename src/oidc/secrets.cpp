#include "oidc/secrets.hpp"

#include "oidc/login/login.hpp"
#include "oidc/login/rules.hpp"
#include "secret/diagnosis.hpp"
#include "secret/secret.hpp"
#include "secret/strength.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <iterator>
#include <set>
#include <string>
#include <utility>

namespace oidcgen::oidc {

namespace {

using namespace std::string_view_literals;
using rule::Consequence;
using secret::Weakness;

constexpr std::array k_impersonation_sources{"https://www.rfc-editor.org/rfc/rfc6749#section-10.2"sv};
constexpr std::array k_strength_sources{"https://www.rfc-editor.org/rfc/rfc6749#section-10.10"sv};
constexpr std::array k_secret_sources{"https://www.rfc-editor.org/rfc/rfc6749#section-2.3.1"sv};

} // namespace

const rule::Rule k_documentation_sample{
    .code = "OG4001",
    .name = "documentation-sample",
    .consequence = Consequence::risk,
    .is_told_always = true,
    .summary = "the secret or the digest is a sample from public documentation",
    .why = "Whoever has read the page can pretend to be this client and redeem codes that were meant for it.",
    .bad = "client_secret: insecure_secret",
    .good = "client_secret: (72 characters from `oidcgen hash --generate`)",
    .ignore = "in a trial that nobody else can reach",
    .sources = k_impersonation_sources,
};

const rule::Rule k_secret_filler{
    .code = "OG4002",
    .name = "secret-filler",
    .consequence = Consequence::risk,
    .is_told_always = true,
    .summary = "the secret is a dummy value that was meant to be replaced",
    .why = "Words that mark the place of a secret, one repeated character, and sequences like 12345678 are the first "
           "things that an attacker tries.",
    .bad = "client_secret: my-super-secret-password",
    .good = "client_secret: (72 characters from `oidcgen hash --generate`)",
    .ignore = "when something fills in the real secret before the file is read",
    .sources = k_strength_sources,
};

const rule::Rule k_secret_is_client_id{
    .code = "OG4003",
    .name = "secret-is-client-id",
    .consequence = Consequence::risk,
    .is_told_always = true,
    .summary = "the secret is the client id",
    .why = "The client id is part of the address of every login, where everybody can read it.",
    .bad = "client_id: photos\nclient_secret: photos",
    .good = "client_id: photos\nclient_secret: (72 characters from `oidcgen hash --generate`)",
    .sources = k_strength_sources,
};

const rule::Rule k_secret_too_short{
    .code = "OG4004",
    .name = "secret-too-short",
    .consequence = Consequence::risk,
    .is_told_always = true,
    .summary = "the secret has fewer than 22 characters",
    .why = "Nobody must be able to guess the secret. That takes 128 bits: 22 random characters, or many more if a "
           "person made it up.",
    .bad = "client_secret: Summer-2025",
    .good = "client_secret: (72 characters from `oidcgen hash --generate`)",
    .sources = k_strength_sources,
};

const rule::Rule k_digest_as_secret{
    .code = "OG4005",
    .name = "digest-as-secret",
    .consequence = Consequence::risk,
    .summary = "the application has a digest where it needs the secret itself",
    .why = "The application sends its secret to the provider, which compares it with the digest. A digest in both "
           "places never matches itself.",
    .bad = "client_secret: $pbkdf2-sha512$310000$…",
    .good = "client_secret: (the secret that the digest was made of)",
    .ignore = "when the provider really was given this text as a secret",
    .sources = k_secret_sources,
};

namespace {

void add(const rule::Rule& rule, std::string_view message, const document::Place& place, std::string_view help,
         const Text& client_id, rule::Findings& findings) {
    auto found = rule::finding(rule, util::own(message), place, util::own(help));
    found.client = client_id.is_unknown() ? std::string() : client_id.value;
    findings.add(std::move(found));
}

const rule::Rule& rule_of(Weakness weakness) {
    switch (weakness) {
    case Weakness::sample:
        return k_documentation_sample;
    case Weakness::same_as_client:
        return k_secret_is_client_id;
    case Weakness::filler:
        return k_secret_filler;
    case Weakness::too_short:
        break;
    }
    return k_secret_too_short;
}

/// What `${NAME:-text}` or `${NAME-text}` falls back to.
std::string_view variable_fallback(std::string_view text) {
    const auto start = text.find("${");
    const auto end = text.find('}', std::min(start, text.size()));
    if (end == std::string_view::npos) {
        return {};
    }
    const auto inner = text.substr(start + 2, end - start - 2);
    const auto dash = inner.find('-');
    return dash == std::string_view::npos ? std::string_view() : inner.substr(dash + 1);
}

/// What `default "text"` falls back to, in a template whose quotes may be escaped.
std::string_view template_fallback(std::string_view text) {
    constexpr std::string_view k_word = "default";
    const auto action = text.find("{{");
    const auto word = action == std::string_view::npos ? action : text.find(k_word, action);
    if (word == std::string_view::npos) {
        return {};
    }
    auto rest = text.substr(word + k_word.size());
    const auto quote = rest.find_first_not_of(" (\\");
    if (quote == std::string_view::npos || quote == 0 ||
        std::string_view("\"'`").find(rest[quote]) == std::string_view::npos) {
        return {};
    }
    const char mark = rest[quote];
    rest.remove_prefix(quote + 1);
    const auto end = rest.find_first_of(std::string{mark, '\\'});
    return end == std::string_view::npos ? std::string_view() : rest.substr(0, end);
}

void check(const RelyingParty& party, std::span<const std::string_view> names, rule::Findings& findings) {
    const auto& sent = party.client_secret;
    if (sent.is_unknown()) {
        check_fallback(sent.place, party.client_id, names, findings);
        return;
    }
    if (sent.value.empty()) {
        return;
    }
    if (!secret::looks_like_digest(sent.value)) {
        check_strength(sent.value, sent.place, party.client_id, names, findings);
        return;
    }
    add(k_digest_as_secret, k_digest_as_secret.summary, sent.place,
        "put the secret itself here, the one that the digest was made of; if it is lost, `oidcgen hash --generate` "
        "makes a "
        "new secret with its digest",
        party.client_id, findings);
}

} // namespace

std::span<const rule::Rule* const> secret_rules() {
    static constexpr std::array k_rules{&k_documentation_sample, &k_secret_filler, &k_secret_is_client_id,
                                        &k_secret_too_short, &k_digest_as_secret};
    return k_rules;
}

void check_strength(std::string_view text, const document::Place& place, const Text& client_id,
                    std::span<const std::string_view> names, rule::Findings& findings) {
    const secret::Secret secret(text);
    if (const auto weakness = secret::weakness(
            secret, client_id.is_unknown() ? std::string_view() : std::string_view(client_id.value), names)) {
        add(rule_of(*weakness), message(*weakness), place, k_make_another_secret, client_id, findings);
    }
}

void check_fallback(const document::Place& place, const Text& client_id, std::span<const std::string_view> names,
                    rule::Findings& findings) {
    if (!place || place.kind != document::PlaceKind::value) {
        return;
    }
    const auto written = place.document->source().text(place.span);
    const auto variable = variable_fallback(written);
    const auto fallback = variable.empty() ? template_fallback(written) : variable;
    if (fallback.empty() || secret::looks_like_digest(fallback)) {
        return;
    }
    const auto weakness =
        secret::weakness(secret::Secret(fallback),
                         client_id.is_unknown() ? std::string_view() : std::string_view(client_id.value), names);
    if (!weakness) {
        return;
    }
    auto found = rule::finding(rule_of(*weakness),
                               util::words("if nothing is filled in here, {}", util::own(message(*weakness))), place,
                               "remove the default, so that a missing secret is noticed");
    found.client = client_id.is_unknown() ? std::string() : client_id.value;
    findings.add(std::move(found));
}

SecretVerdict verify_plain(std::string_view kept, const secret::Secret& secret, secret::Budget& /*budget*/) {
    return {.match = secret.equals(kept) ? SecretMatch::match : SecretMatch::mismatch, .is_digest = false};
}

void check_secrets(std::span<const KeptClient> clients, std::span<const RelyingParty* const> parties,
                   std::span<const std::string_view> names, rule::Findings& findings) {
    for (const auto& [system, registration] : clients) {
        if (system->check_secret != nullptr) {
            system->check_secret(*registration, names, findings);
        }
    }
    for (const auto* const party : parties) {
        check(*party, names, findings);
    }
}

} // namespace oidcgen::oidc
