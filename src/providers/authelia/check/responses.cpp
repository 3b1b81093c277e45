#include "providers/authelia/check/key_rules.hpp"
#include "providers/authelia/inspection.hpp"
#include "providers/authelia/lists.hpp"
#include "providers/authelia/rules.hpp"
#include "util/text.hpp"
#include "util/words.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>

namespace oidcgen::providers::authelia {

namespace {

using rule::Consequence;
using namespace std::string_view_literals;

constexpr std::array k_encryption_sources{
    "https://www.authelia.com/configuration/identity-providers/openid-connect/clients/#id_token_encrypted_response_alg"sv,
    "https://www.rfc-editor.org/rfc/rfc7518#section-4.1"sv};

std::string setting_name(Response response, std::string_view rest) {
    return fmt::format("{}_{}", k_response_names[static_cast<std::size_t>(response)], rest);
}

/// The kind of private key that signs with one of Authelia's algorithms.
std::string_view key_for(std::string_view algorithm) {
    return algorithm == "ES256"   ? "an EC key on the curve P-256"
           : algorithm == "ES384" ? "an EC key on the curve P-384"
           : algorithm == "ES512" ? "an EC key on the curve P-521"
                                  : "an RSA key";
}

/// The algorithm that an answer is signed with.
struct SignedWith {
    bool is_known = false;
    std::string algorithm;
};

class ResponseCheck {
  public:
    ResponseCheck(Inspection& inspection, const Client& client)
        : m_inspection(inspection)
        , m_client(client) {}

    void check(Response response);

  private:
    SignedWith check_signature(Response response, const ResponseSettings& settings);
    void check_algorithm(Response response, const ResponseSettings& settings, const std::string& algorithm);
    void check_encryption(Response response, const ResponseSettings& settings, const SignedWith& signed_with);
    void demand_plaintext(std::string_view setting, std::string_view algorithm);

    Inspection& m_inspection;
    const Client& m_client;
};

void ResponseCheck::demand_plaintext(std::string_view setting, std::string_view algorithm) {
    const auto& secret = m_client.client_secret;
    if (secret.is_unknown() || secret.value.kind == SecretKind::plaintext) {
        return;
    }
    m_inspection.add(
        k_secret_not_plaintext,
        util::words("{} is {}, which needs the secret itself{}", setting, algorithm,
                    secret.value.kind == SecretKind::none ? ", and the client has none" : ", not its digest"),
        place_of(secret, m_client.at, "client_secret"),
        is_symmetric_encryption(algorithm) ? "encrypt with a public key of the client, for example with RSA-OAEP-256"
                                           : "sign with a key of the provider, for example with RS256");
}

void ResponseCheck::check_algorithm(Response response, const ResponseSettings& settings, const std::string& algorithm) {
    const auto& release = m_inspection.release;
    const auto& keys = m_inspection.names.keys;
    const bool may_be_none = response != Response::id_token &&
                             !(response == Response::authorization && release.refuses_unsigned_authorization);
    if (algorithm.empty() || algorithm == "RS256" || (algorithm == "none" && may_be_none)) {
        return;
    }
    const auto name = setting_name(response, "signed_response_alg");
    const auto place = place_of(settings.signed_alg, m_client.at, name);
    if (algorithm != "none" && release.has_symmetric_response_algs && holds(k_symmetric_algorithms, algorithm)) {
        demand_plaintext(name, algorithm);
        return;
    }
    if (std::ranges::find(keys.signing_algs, algorithm) != keys.signing_algs.end()) {
        return;
    }
    const auto known = m_inspection.keys.allowed("jwks[].algorithm");
    if (keys.is_open && holds(known, algorithm)) {
        return;
    }
    std::vector<std::string_view> shown(keys.signing_algs.begin(), keys.signing_algs.end());
    if (keys.is_open) {
        shown.assign(known.begin(), known.end());
    } else if (!holds(shown, "RS256")) {
        shown.insert(shown.begin(), "RS256");
    }
    if (may_be_none) {
        shown.push_back("none");
    }
    const auto choices = util::own(util::alternatives(shown));
    if (holds(known, algorithm)) {
        m_inspection.add(k_signing_algorithm_unavailable, util::words("jwks has no key for {}", algorithm), place,
                         util::words("add {} with `algorithm: {}` to jwks, or set {} to {}",
                                     util::own(key_for(algorithm)), algorithm, name, choices));
        return;
    }
    m_inspection.add(
        k_signing_algorithm_unavailable,
        util::words("{} is not allowed here; use {}{}", util::outside(algorithm), choices,
                    holds(k_signing_algorithms, algorithm) ? util::Words() : util::did_you_mean(algorithm, shown)),
        place);
}

SignedWith ResponseCheck::check_signature(Response response, const ResponseSettings& settings) {
    if (settings.signed_alg.is_unknown() || settings.signed_key_id.is_unknown()) {
        return {};
    }
    const auto& keys = m_inspection.names.keys;
    const auto default_alg = m_inspection.keys.default_of(k_signed_response_algs[static_cast<std::size_t>(response)]);
    auto resolved = resolve_algorithm(keys, settings.signed_alg.value, settings.signed_key_id.value, default_alg);
    if (resolved.key_id.empty()) {
        check_algorithm(response, settings, resolved.algorithm);
        return {true, std::move(resolved.algorithm)};
    }
    if (keys.signing_key_ids.contains(resolved.key_id)) {
        const auto key = std::ranges::find(keys.entries, resolved.key_id, &KeyTable::Entry::key_id);
        return {true, key == keys.entries.end() ? resolved.algorithm : key->algorithm};
    }
    if (keys.is_open) {
        return {};
    }
    const auto name = setting_name(response, "signed_response_key_id");
    const auto place = place_of(settings.signed_key_id, m_client.at, name);
    if (!m_inspection.findings.takes(k_signing_key_id_unknown, place)) {
        return {true, std::move(resolved.algorithm)};
    }
    std::vector<std::string_view> ids;
    for (const auto& key : keys.entries) {
        if (keys.signing_key_ids.contains(key.key_id)) {
            ids.push_back(key.key_id);
        }
    }
    m_inspection.add(k_signing_key_id_unknown,
                     ids.empty() ? util::words("jwks has no signing key {}", util::outside(resolved.key_id))
                                 : util::words("jwks has no signing key {}, only {}{}", util::outside(resolved.key_id),
                                               util::alternatives(ids), util::did_you_mean(resolved.key_id, ids)),
                     place);
    return {true, std::move(resolved.algorithm)};
}

void ResponseCheck::check_encryption(Response response, const ResponseSettings& settings,
                                     const SignedWith& signed_with) {
    const auto& alg = settings.encrypted_alg;
    const bool is_off = (alg.value.empty() || alg.value == "none") && settings.encrypted_key_id.value.empty();
    if (is_off || alg.is_unknown() || settings.encrypted_key_id.is_unknown()) {
        return;
    }
    const auto name = setting_name(response, "encrypted_response_alg");
    const auto place = place_of(alg, m_client.at, name);
    const auto algorithms = m_inspection.keys.allowed(fmt::format("clients[].{}", name));
    if (alg.value.empty()) {
        auto of_key_id = settings.encrypted_key_id.at.place();
        of_key_id.path = place.path;
        m_inspection.add(k_encryption_algorithm_unknown, util::words("a key id is set, but {} is not", name), of_key_id,
                         util::words("remove it, or add {}", name));
    } else if (!holds(algorithms, alg.value)) {
        m_inspection.add_unknown(k_encryption_algorithm_unknown, alg.value, "an encryption algorithm", algorithms,
                                 place);
    } else {
        const bool is_symmetric = is_symmetric_encryption(alg.value);
        const bool has_keys = m_client.jwks_uri.is_unknown() || m_client.jwks_uri.value.is_set ||
                              m_client.jwks.is_unknown || !m_client.jwks.entries.empty();
        if (is_symmetric) {
            demand_plaintext(name, alg.value);
        } else if (!has_keys) {
            m_inspection.add(k_encryption_without_keys, util::words("{} needs the client's public key", alg.value),
                             place, "add jwks or jwks_uri, or remove the setting");
        }
        if (signed_with.is_known && (signed_with.algorithm.empty() || signed_with.algorithm == "none")) {
            m_inspection.add(
                k_encryption_without_signature,
                "this response is not signed, and only signed responses can be encrypted", place,
                util::words("remove the setting, or set {}", setting_name(response, "signed_response_alg")));
        }
    }
    const auto& enc = settings.encrypted_enc;
    const auto enc_name = setting_name(response, "encrypted_response_enc");
    const auto encodings = m_inspection.keys.allowed(fmt::format("clients[].{}", enc_name));
    if (!enc.is_unknown() && !enc.value.empty() && !holds(encodings, enc.value)) {
        m_inspection.add_unknown(k_content_encryption_unknown, enc.value, "a content encryption", encodings,
                                 enc.at.place());
    }
}

void ResponseCheck::check(Response response) {
    const auto& settings = m_client.response(response);
    const auto signed_with = check_signature(response, settings);
    if (m_inspection.release.checks_response_encryption) {
        check_encryption(response, settings, signed_with);
    }
}

} // namespace

const rule::Rule k_encryption_algorithm_unknown{
    .code = "OG1170",
    .name = "encryption-algorithm-unknown",
    .consequence = Consequence::provider_refuses,
    .also = {Consequence::advice},
    .summary = "a response is encrypted with an algorithm that Authelia does not offer to clients",
    .why = "Names of algorithms are compared letter by letter. A key id without an algorithm is refused as well.",
    .bad = "userinfo_encrypted_response_alg: RSA",
    .good = "userinfo_encrypted_response_alg: RSA-OAEP-256",
    .ignore = {},
    .sources = k_encryption_sources,
};

const rule::Rule k_encryption_without_keys{
    .code = "OG1171",
    .name = "encryption-without-keys",
    .consequence = Consequence::provider_refuses,
    .summary = "a response is encrypted for a client whose keys are not known",
    .why = "Authelia encrypts with the client's public key, from jwks or jwks_uri.",
    .bad = "userinfo_encrypted_response_alg: RSA-OAEP-256",
    .good = "userinfo_encrypted_response_alg: RSA-OAEP-256\njwks_uri: https://photos.example.com/jwks.json",
    .ignore = {},
    .sources = k_encryption_sources,
};

const rule::Rule k_encryption_without_signature{
    .code = "OG1172",
    .name = "encryption-without-signature",
    .consequence = Consequence::provider_refuses,
    .summary = "a response is encrypted but not signed",
    .why = "Authelia encrypts only signed responses. By default, userinfo, introspection and access tokens are not "
           "signed.",
    .bad = "userinfo_encrypted_response_alg: RSA-OAEP-256",
    .good = "userinfo_signed_response_alg: RS256\nuserinfo_encrypted_response_alg: RSA-OAEP-256",
    .ignore = {},
    .sources = k_encryption_sources,
};

const rule::Rule k_content_encryption_unknown{
    .code = "OG1173",
    .name = "content-encryption-unknown",
    .consequence = Consequence::provider_refuses,
    .also = {Consequence::advice},
    .summary = "the content of a response is encrypted in a way that Authelia does not offer",
    .why = "Names of content encryptions are compared letter by letter.",
    .bad = "userinfo_encrypted_response_enc: A256",
    .good = "userinfo_encrypted_response_enc: A256GCM",
    .ignore = {},
    .sources = k_encryption_sources,
};

bool is_symmetric_encryption(std::string_view algorithm) {
    return algorithm.starts_with('A') || algorithm.starts_with("PBES2") || algorithm == "dir";
}

void check_responses(Inspection& inspection, const Client& client) {
    ResponseCheck check(inspection, client);
    for (std::size_t response = 0; response < k_response_count; ++response) {
        check.check(static_cast<Response>(response));
    }
}

} // namespace oidcgen::providers::authelia
