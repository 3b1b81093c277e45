#include "secret/secret.hpp"
#include "apps/immich/check/check.hpp"
#include "secret/diagnosis.hpp"
#include "secret/strength.hpp"
#include "util/text.hpp"

#include <fmt/format.h>

#include <array>

namespace oidcgen::apps::immich {

namespace {

using namespace std::string_view_literals;

constexpr std::array k_sources{
    "https://www.authelia.com/integration/openid-connect/frequently-asked-questions/#how-do-i-generate-a-client-identifier-or-client-secret"sv,
    "https://docs.immich.app/administration/oauth"sv};
constexpr std::array k_blank_sources{"https://yaml.org/spec/1.2.2/#8112-block-chomping-indicator"sv};
constexpr std::array k_strength_sources{"https://www.rfc-editor.org/rfc/rfc6749#section-10.10"sv};

} // namespace

const rule::Rule k_secret_is_digest{
    .code = "OG2001",
    .name = "secret-is-digest",
    .consequence = rule::Consequence::login_fails,
    .summary = "the application's client secret is a digest of a secret",
    .why =
        "The provider keeps a digest of the secret so that nobody can read it there. The application has to send the "
        "secret itself; with the digest in its place the provider answers invalid_client.",
    .bad = "{\"oauth\": {\"clientSecret\": \"$pbkdf2-sha512$310000$…\"}}",
    .good = "{\"oauth\": {\"clientSecret\": \"the secret that the digest was made of\"}}",
    .ignore = {},
    .sources = k_sources,
};

const rule::Rule k_secret_with_blank{
    .code = "OG2002",
    .name = "secret-with-blank",
    .consequence = rule::Consequence::risk,
    .summary = "the client secret begins or ends with white space",
    .why = "White space is part of the secret that is sent, and hardly ever part of the one that the digest was made "
           "of. A YAML block after | keeps its final line break.",
    .bad = "clientSecret: |\n  the-secret",
    .good = "clientSecret: the-secret",
    .ignore = "when the digest was made of the secret with its white space",
    .sources = k_blank_sources,
};

const rule::Rule k_secret_weak{
    .code = "OG2003",
    .name = "secret-weak",
    .consequence = rule::Consequence::risk,
    .summary = "the client secret can be guessed",
    .why = "Whoever knows the client id and guesses the secret can act as the application. A secret is made once and "
           "never typed, so nothing speaks against a long random one.",
    .bad = "{\"oauth\": {\"clientId\": \"immich\", \"clientSecret\": \"immich\"}}",
    .good = "a secret made by `oidcgen hash --generate`",
    .ignore = "on a test installation",
    .sources = k_strength_sources,
};

void check_secret(const Settings& settings, rule::Findings& findings) {
    constexpr std::string_view k_key = "clientSecret";
    const JsValue* value = settings.find(k_oauth, k_key);
    if (value == nullptr || !value->is_given || !value->is(JsValue::Type::text) || value->text.empty() ||
        settings.is_unknown(k_key, *value)) {
        return;
    }
    const auto place = settings.place(k_oauth, k_key);
    if (secret::looks_like_digest(value->text)) {
        findings.add(rule::finding(k_secret_is_digest, "this is a digest; Immich needs the secret itself", place,
                                   "put the secret here that the digest was made of, or make both anew with "
                                   "`oidcgen hash --generate`"));
        return;
    }
    if (util::trimmed(value->text).size() != value->text.size()) {
        findings.add(rule::finding(k_secret_with_blank, "the client secret begins or ends with white space", place,
                                   value->text.ends_with('\n') ? "write it on the line of its key, or after |-"
                                                               : "remove the white space"));
    }
    const JsValue* client = settings.find(k_oauth, "clientId");
    const std::string_view client_id = client == nullptr ? std::string_view() : client->text;
    if (const auto weakness = secret::weakness(secret::Secret(value->text), client_id)) {
        findings.add(rule::finding(k_secret_weak, std::string(secret::message(*weakness)), place,
                                   "make a new one with `oidcgen hash --generate`"));
    }
}

} // namespace oidcgen::apps::immich
