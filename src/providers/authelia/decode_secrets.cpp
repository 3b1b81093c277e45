#include "document/placeholder.hpp"
#include "lang/go/values.hpp"
#include "providers/authelia/check/filters.hpp"
#include "providers/authelia/check/secret.hpp"
#include "providers/authelia/decode.hpp"
#include "providers/authelia/rules.hpp"
#include "secret/digest.hpp"

#include <array>
#include <string>
#include <utility>

#include <fmt/format.h>

namespace oidcgen::providers::authelia {

namespace {

using document::Cursor;
using document::PlaceholderUse;
using oidc::Known;
using namespace std::string_view_literals;

constexpr std::array k_key_sources{
    "https://www.authelia.com/configuration/identity-providers/openid-connect/provider/#key"sv};
constexpr std::array k_digest_sources{
    "https://www.authelia.com/reference/guides/passwords/"sv,
    "https://www.authelia.com/integration/openid-connect/frequently-asked-questions/#client-secret"sv};

} // namespace

const rule::Rule k_key_unreadable{
    .code = "OG1107",
    .name = "key-unreadable",
    .consequence = rule::Consequence::provider_refuses,
    .summary = "a key is not a PEM block that Authelia can read",
    .why = "A key is one PEM block with its line breaks kept and nothing after it. Folded lines, a passphrase, a "
           "second block or an empty line at the end make it unreadable.",
    .bad = "key: rsa.2048.key",
    .good = "key: |\n  -----BEGIN PRIVATE KEY-----\n  …\n  -----END PRIVATE KEY-----",
    .ignore = {},
    .sources = k_key_sources,
};

const rule::Rule k_certificates_unreadable{
    .code = "OG1108",
    .name = "certificates-unreadable",
    .consequence = rule::Consequence::provider_refuses,
    .summary = "a certificate chain has something in it that is not a readable certificate",
    .why = "The chain is a sequence of PEM blocks. A block that is not a certificate, or text after the last one, "
           "stops Authelia while it reads the file.",
    .bad = "certificate_chain: /config/chain.pem",
    .good = "certificate_chain: |\n  -----BEGIN CERTIFICATE-----\n  …\n  -----END CERTIFICATE-----",
    .ignore = {},
    .sources = k_key_sources,
};

const rule::Rule k_digest_unreadable{
    .code = "OG1109",
    .name = "digest-unreadable",
    .consequence = rule::Consequence::provider_refuses,
    .summary = "the digest of a client secret is not one that Authelia can read",
    .why = "A secret that begins with $ is read as a digest. One that was cut off, mangled by a shell or by Compose, "
           "or made by another program stops Authelia while it reads the file.",
    .bad = "client_secret: $pbkdf2-sha512$310000$only-a-salt",
    .good = "client_secret: '$pbkdf2-sha512$310000$…$…' # as authelia crypto hash generate pbkdf2 prints it",
    .ignore = {},
    .sources = k_digest_sources,
};

std::optional<Cursor> Decoder::held(const Cursor& at) const {
    if (m_form != oidc::Form::chart_values || !at.is_mapping()) {
        return at;
    }
    const auto has = [&](std::string_view name) {
        const auto member = at.find(name);
        return member && !member.is_null() && !member.text().empty();
    };
    const auto disabled = at.find("disabled");
    const bool is_disabled = disabled.is_scalar() && lang::go::to_bool(disabled.scalar()).value_or(true);
    // Without any of them the chart makes a secret.
    return is_disabled || has("path") || has("secret_name") || !has("value") ? std::nullopt
                                                                             : std::optional(at.find("value"));
}

template <class T>
Decoder::Kind Decoder::start(Setting<T>& setting, Cursor& at) {
    const auto inner = held(at);
    if (!inner) {
        setting.at = at;
        setting.known = Known::unknown;
        return Kind::placeholder;
    }
    at = *inner;
    const auto kind = kind_at(at, PlaceholderUse::secret_or_address);
    setting.at = at;
    setting.known = kind == Kind::placeholder ? Known::unknown : known_at(at);
    return kind;
}

void Decoder::read(SecretSetting& setting, const Cursor& from) {
    auto at = from;
    switch (start(setting, at)) {
    case Kind::placeholder:
        setting.value.is_action = m_has_plain_actions && at.text().find("{{") != std::string_view::npos;
        return;
    case Kind::null:
        return;
    case Kind::structure:
        setting.value.kind = m_release.has_empty_secrets ? SecretKind::empty : SecretKind::hollow;
        return;
    case Kind::scalar:
        if (m_form == oidc::Form::chart_values) { // the chart makes text of it
            setting.known = Known::unknown;
            return;
        }
        [[fallthrough]];
    case Kind::other:
        refuse(k_value_of_wrong_type, at, util::words("the secret must be text, but this is {}", kind_of(at)),
               "put it in quotes");
        setting.known = Known::unknown;
        return;
    case Kind::text:
        break;
    }
    auto text = text_of(at, at.scalar());
    if (m_filters && has_filter(*m_filters, k_expand_filter) && text.starts_with('$')) {
        const auto left = without_variables(text);
        setting.value.is_expanded = left.is_changed;
        text = at.document().keep(left.text);
    }
    setting.value.text = text;
    if (text.empty()) {
        const bool is_null = setting.value.is_expanded && at.style() == document::Style::plain;
        setting.value.kind = m_release.has_empty_secrets && !is_null ? SecretKind::empty : SecretKind::none;
        return;
    }
    if (!text.starts_with('$')) {
        setting.value.kind = SecretKind::plaintext;
        return;
    }
    const auto digest = secret::parse_digest(text);
    const bool is_known = digest && (digest->scheme != secret::Scheme::yescrypt || m_release.takes_yescrypt);
    const bool starts = digest ? is_known : digest.error().when_checked;
    if (!starts) {
        if (setting.value.is_expanded) {
            auto found = digest_expanded(at.place(), *m_filters);
            rule::set_consequence(found, rule::Consequence::provider_refuses);
            found.client = m_client;
            m_findings.add(std::move(found));
            setting.value.is_expanded = false;
            setting.known = Known::unknown;
            return;
        }
        const auto mistake = digest ? DigestMistake{} : mistake_in(text);
        refuse(k_digest_unreadable, at,
               digest ? util::Words("this version of Authelia does not know yescrypt digests")
               : mistake.message.empty()
                   ? util::words("Authelia cannot read this digest: {}", util::own(digest.error().message))
                   : util::words("Authelia cannot read this digest: {}", util::own(mistake.message)),
               mistake.remedy.empty()
                   ? util::Words("make it again with `authelia crypto hash generate pbkdf2` or `oidcgen hash`")
                   : util::own(mistake.remedy));
        setting.known = Known::unknown;
        return;
    }
    const bool is_plaintext = digest && digest->scheme == secret::Scheme::plaintext;
    setting.value.kind = is_plaintext ? SecretKind::plaintext : SecretKind::digest;
}

void Decoder::read_secret_text(TextSetting& setting, const Cursor& at) {
    if (const auto inner = held(at)) {
        read(setting, *inner);
        return;
    }
    setting.at = at;
    setting.known = Known::unknown;
}

void Decoder::read(KeySetting& setting, const Cursor& from) {
    auto at = from;
    switch (start(setting, at)) {
    case Kind::placeholder:
    case Kind::null:
        return;
    case Kind::structure:
    case Kind::scalar:
    case Kind::other:
        setting.is_no_text = true;
        return;
    case Kind::text:
        break;
    }
    auto key = parse_key(at.text(), m_release.symmetric_keys, m_release.text_behind_key);
    if (!key) {
        refuse(k_key_unreadable, at, key.error().message, "put the whole PEM block here, indented below `key: |`");
        setting.known = Known::unknown;
        return;
    }
    setting.value = std::move(*key);
}

void Decoder::read_rsa_key(KeySetting& setting, const Cursor& from) {
    auto at = from;
    switch (start(setting, at)) {
    case Kind::placeholder:
    case Kind::null:
        return;
    case Kind::structure:
        setting.is_no_text = true; // a key without numbers
        return;
    case Kind::scalar:
    case Kind::other:
        refuse_type(at, "a PEM block");
        setting.known = Known::unknown;
        return;
    case Kind::text:
        break;
    }
    if (at.text().empty()) {
        return;
    }
    auto key = parse_key(at.text(), SymmetricKeys::refused, m_release.text_behind_key);
    if (key && key->kind == KeyKind::rsa_private) {
        setting.value = std::move(*key);
        return;
    }
    refuse(k_key_unreadable, at, key ? util::Words("this must be a private RSA key") : key.error().message,
           "put the whole PEM block here, indented below `issuer_private_key: |`");
    setting.known = Known::unknown;
}

void Decoder::read(Setting<Chain>& setting, const Cursor& from) {
    auto at = from;
    switch (start(setting, at)) {
    case Kind::placeholder:
    case Kind::null:
    case Kind::structure:
        return;
    case Kind::scalar:
    case Kind::other:
        refuse_type(at, "PEM blocks");
        setting.known = Known::unknown;
        return;
    case Kind::text:
        break;
    }
    auto chain = parse_chain(at.text(), m_now);
    if (!chain) {
        refuse(k_certificates_unreadable, at, chain.error().message);
        setting.known = Known::unknown;
        return;
    }
    setting.value = std::move(*chain);
}

} // namespace oidcgen::providers::authelia
