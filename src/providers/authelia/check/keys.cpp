#include "providers/authelia/check/key_rules.hpp"
#include "providers/authelia/lists.hpp"
#include "providers/authelia/rules.hpp"
#include "util/ascii.hpp"
#include "util/text.hpp"
#include "util/words.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>

namespace oidcgen::providers::authelia {

namespace {

using document::Cursor;
using rule::Consequence;
using namespace std::string_view_literals;

constexpr std::array k_sources{
    "https://www.authelia.com/configuration/identity-providers/openid-connect/provider/#jwks"sv,
    "https://github.com/authelia/authelia/blob/master/internal/configuration/validator/identity_providers.go"sv};

constexpr std::string_view k_rs256 = "RS256";
constexpr std::size_t k_longest_key_id = 100;
constexpr int k_least_rsa_bytes = 256;
constexpr int k_bits_in_byte = 8;

/// Letters, digits and the four marks that need no escape, none of the marks at either end.
bool is_key_id(std::string_view text) {
    constexpr std::string_view k_marks = "._~-";
    return text.empty() || (util::is_alphanumeric(text.front()) && util::is_alphanumeric(text.back()) &&
                            std::ranges::all_of(text, [&](char byte) {
                                return util::is_alphanumeric(byte) || k_marks.find(byte) != std::string_view::npos;
                            }));
}

std::string default_key_id(const Key& key, std::string_view algorithm, const Release& release) {
    if (key.kind == KeyKind::symmetric) {
        return {};
    }
    std::string suffix = util::lowered(algorithm);
    if (!release.encryption_key_algorithms.empty()) {
        std::ranges::replace(suffix, '+', '.');
    }
    return suffix.empty() ? key.thumbprint : fmt::format("{}-{}", key.thumbprint, suffix);
}

/// Checks one key after the other and keeps what clients can refer to.
class KeyCheck {
  public:
    explicit KeyCheck(Inspection& inspection)
        : m_inspection(inspection)
        , m_keys(inspection.names.keys) {}

    void entry(const KeyEntry& entry);
    void finish(const Cursor& jwks);

  private:
    void check_id(const KeyEntry& entry, const std::string& key_id);
    /// The use and algorithm that hold.
    void check_use(const KeyEntry& entry, const KeyProperties& properties, KeyTable::Entry& result);
    void check_algorithm(const KeyEntry& entry, KeyTable::Entry& result, std::span<const std::string_view> allowed);

    Inspection& m_inspection;
    KeyTable& m_keys;
    std::unordered_set<std::string> m_encryption_key_ids;
};

void KeyCheck::entry(const KeyEntry& entry) {
    KeyTable::Entry result;
    result.place = entry.at.place();
    result.key_id = entry.key_id.value;
    result.use = entry.use.value;
    result.algorithm = entry.algorithm.value;
    const bool is_open =
        entry.key.is_unknown() || entry.key_id.is_unknown() || entry.use.is_unknown() || entry.algorithm.is_unknown();
    m_keys.is_open = m_keys.is_open || is_open;
    if (!entry.key.is_unknown() && entry.key.value.kind == KeyKind::none && !entry.key.is_no_text) {
        m_inspection.add(k_key_missing, "this entry has no key", place_of(entry.key, entry.at, "key"),
                         "add `key` with the private key as a PEM block");
        if (m_inspection.release.registers_missing_keys) {
            check_id(entry, result.key_id);
            check_use(entry, {}, result);
        }
        m_keys.entries.push_back(std::move(result));
        return;
    }
    const auto properties = properties_of(entry.key, entry.use.value, m_inspection.release);
    if (!entry.key.is_unknown() && !properties.is_usable) {
        m_inspection.add(k_key_unusable, "Authelia cannot sign with this: it is not a private RSA or EC key",
                         place_of(entry.key, entry.at, "key"), "put a private RSA or EC key here as a PEM block");
        m_keys.entries.push_back(std::move(result));
        return;
    }
    result.key = entry.key.value;
    const auto algorithm = entry.algorithm.value.empty() ? properties.algorithm : entry.algorithm.value;
    if (result.key_id.empty() && !is_open) {
        result.key_id = default_key_id(result.key, algorithm, m_inspection.release);
    }
    if (!entry.key_id.is_unknown()) {
        check_id(entry, result.key_id);
    }
    if (!entry.use.is_unknown()) {
        check_use(entry, properties, result);
    }
    if (!entry.key.is_unknown()) {
        check_key_pair(m_inspection, entry, KeyHalf::private_key);
    }
    m_keys.entries.push_back(std::move(result));
}

void KeyCheck::check_id(const KeyEntry& entry, const std::string& key_id) {
    const auto place = place_of(entry.key_id, entry.at, "key_id");
    if (key_id.size() > k_longest_key_id) {
        m_inspection.add(
            k_key_id_invalid,
            util::words("the key id has {} characters, but at most {} are allowed", key_id.size(), k_longest_key_id),
            place);
    }
    const bool is_for_encryption = entry.use.value == "enc" && !m_inspection.release.encryption_key_algorithms.empty();
    auto& known = is_for_encryption ? m_encryption_key_ids : m_keys.signing_key_ids;
    const auto& of_other_use = is_for_encryption ? m_keys.signing_key_ids : m_encryption_key_ids;
    const bool is_taken = m_inspection.release.has_unique_key_ids && of_other_use.contains(key_id);
    if (!key_id.empty() && (!known.insert(key_id).second || is_taken)) {
        m_inspection.add(k_key_id_repeated,
                         entry.key_id.value.empty()
                             ? util::Words("this key is listed a second time, so it has the same key id")
                             : util::words("key id {} already belongs to another key", util::outside(key_id)),
                         place, "give each key its own key_id");
    }
    if (!is_key_id(key_id)) {
        m_inspection.add(
            k_key_id_invalid,
            util::words("key id {} must have only letters, digits and - . _ ~, and a letter or digit at both ends",
                        util::outside(key_id)),
            place);
    }
}

void KeyCheck::check_use(const KeyEntry& entry, const KeyProperties& properties, KeyTable::Entry& result) {
    const bool has_encryption = !m_inspection.release.encryption_key_algorithms.empty();
    const auto allowed = m_inspection.keys.allowed("jwks[].use");
    if (result.use.empty() && !entry.key.is_unknown()) {
        result.use = properties.use;
    } else if (result.use.empty()) {
        result.use = "sig";
    }
    const bool is_known = holds(allowed, result.use);
    if (!is_known && (has_encryption || !entry.use.value.empty())) {
        m_inspection.add_unknown(k_key_use_unknown, result.use, "a key use", allowed,
                                 place_of(entry.use, entry.at, "use"));
    }
    if (entry.algorithm.is_unknown() || (!is_known && has_encryption)) {
        return;
    }
    if (result.algorithm.empty()) {
        result.algorithm = properties.algorithm;
    }
    if (result.use == "enc" && has_encryption) {
        check_algorithm(entry, result, m_inspection.release.encryption_key_algorithms);
        return;
    }
    check_algorithm(entry, result, m_inspection.keys.allowed("jwks[].algorithm"));
    if (!result.algorithm.empty() &&
        std::ranges::find(m_keys.signing_algs, result.algorithm) == m_keys.signing_algs.end()) {
        m_keys.signing_algs.push_back(result.algorithm);
    }
}

void KeyCheck::check_algorithm(const KeyEntry& entry, KeyTable::Entry& result,
                               std::span<const std::string_view> allowed) {
    if (!entry.algorithm.value.empty() && !holds(allowed, result.algorithm)) {
        m_inspection.add_unknown(k_key_algorithm_unknown, result.algorithm, "an algorithm for such a key", allowed,
                                 entry.algorithm.at.place());
    }
}

void KeyCheck::finish(const Cursor& jwks) {
    const auto& algorithms = m_keys.signing_algs;
    if (m_keys.is_open || algorithms.empty() || std::ranges::find(algorithms, k_rs256) != algorithms.end()) {
        return;
    }
    const std::vector<std::string_view> shown(algorithms.begin(), algorithms.end());
    m_inspection.add(k_rs256_key_missing,
                     util::words("jwks has no key for RS256, only for {}", util::own(util::alternatives(shown))),
                     jwks.place(), "add a private RSA key to jwks");
}

/// The key of before 4.38, as the one entry of a list.
KeyEntry former_entry(const ProviderSettings& provider) {
    KeyEntry entry;
    entry.at = provider.issuer_private_key.at;
    entry.use.value = "sig";
    entry.algorithm.value = k_rs256;
    entry.key = provider.issuer_private_key;
    entry.chain = provider.issuer_certificate_chain;
    return entry;
}

void check_metadata_signature(Inspection& inspection) {
    const auto& provider = inspection.provider;
    const auto& keys = inspection.names.keys;
    if (provider.discovery_signed_response_alg.is_unknown() || provider.discovery_signed_response_key_id.is_unknown() ||
        keys.is_open) {
        return;
    }
    const auto resolved = resolve_algorithm(keys, provider.discovery_signed_response_alg.value,
                                            provider.discovery_signed_response_key_id.value, {});
    if (!resolved.key_id.empty()) {
        if (!keys.signing_key_ids.contains(resolved.key_id)) {
            inspection.add(
                k_signing_key_id_unknown,
                util::words("jwks has no signing key with the id {}", util::outside(resolved.key_id)),
                place_of(provider.discovery_signed_response_key_id, provider.at, "discovery_signed_response_key_id"));
        }
        return;
    }
    constexpr std::array k_always{""sv, "none"sv, k_rs256};
    if (holds(k_always, resolved.algorithm) ||
        std::ranges::find(keys.signing_algs, resolved.algorithm) != keys.signing_algs.end()) {
        return;
    }
    std::vector<std::string_view> shown(keys.signing_algs.begin(), keys.signing_algs.end());
    shown.emplace_back("none");
    inspection.add(k_signing_algorithm_unavailable,
                   util::words("jwks has no key for {}; use {}", util::outside(resolved.algorithm),
                               util::own(util::alternatives(shown))),
                   provider.discovery_signed_response_alg.at.place());
}

} // namespace

const rule::Rule k_signing_key_missing{
    .code = "OG1113",
    .name = "signing-key-missing",
    .consequence = Consequence::provider_refuses,
    .also = {Consequence::advice},
    .summary = "the provider has no signing key",
    .why = "Authelia signs every ID token and does not start without at least one key: those in jwks, or one in "
           "issuer_private_key, which an environment variable can give. This is only a note if other secrets are not "
           "in the file either.",
    .bad = "oidc:\n  clients: [{client_id: immich, …}]",
    .good = "oidc:\n  jwks:\n    - key: {{ secret \"/config/rsa.pem\" | mindent 10 \"|\" | msquote }}",
    .ignore = "when the keys are in another file of the same configuration",
    .sources = k_sources,
};

const rule::Rule k_signing_keys_twice{
    .code = "OG1114",
    .name = "signing-keys-twice",
    .consequence = Consequence::provider_refuses,
    .summary = "keys are given both in jwks and in issuer_private_key or issuer_certificate_chain",
    .why = "jwks replaced the older settings in Authelia 4.38. With both, Authelia does not start.",
    .bad = "issuer_private_key: |\n  …\njwks:\n  - key: |\n      …",
    .good = "jwks:\n  - key: |\n      …",
    .ignore = {},
    .sources = k_sources,
};

const rule::Rule k_rs256_key_missing{
    .code = "OG1115",
    .name = "rs256-key-missing",
    .consequence = Consequence::provider_refuses,
    .summary = "none of the provider's keys signs with RS256",
    .why = "OpenID Connect requires RS256, so Authelia wants at least one RSA key for it, whatever the clients use.",
    .bad = "jwks:\n  - algorithm: ES256\n    key: |\n      …",
    .good = "jwks:\n  - algorithm: RS256\n    key: |\n      …\n  - algorithm: ES256\n    key: |\n      …",
    .ignore = {},
    .sources = k_sources,
};

const rule::Rule k_key_missing{
    .code = "OG1116",
    .name = "key-missing",
    .consequence = Consequence::provider_refuses,
    .summary = "an entry of jwks has no key",
    .why = "An id or an algorithm alone is not a key. An empty value often comes from a file that was not found or a "
           "filter that was not switched on.",
    .bad = "jwks:\n  - key_id: main",
    .good = "jwks:\n  - key_id: main\n    key: |\n      -----BEGIN PRIVATE KEY-----\n      …",
    .ignore = {},
    .sources = k_sources,
};

const rule::Rule k_key_unusable{
    .code = "OG1117",
    .name = "key-unusable",
    .consequence = Consequence::provider_refuses,
    .summary = "a key is of a kind that cannot be used here",
    .why = "The provider signs with private RSA and EC keys, and knows its clients by their public RSA and EC keys. "
           "Authelia refuses a certificate, the other half of the pair, Ed25519 and raw bytes.",
    .bad = "jwks:\n  - key: |\n      -----BEGIN PUBLIC KEY-----\n      …",
    .good = "jwks:\n  - key: |\n      -----BEGIN PRIVATE KEY-----\n      …",
    .ignore = {},
    .sources = k_sources,
};

const rule::Rule k_key_too_small{
    .code = "OG1118",
    .name = "key-too-small",
    .consequence = Consequence::provider_refuses,
    .summary = "an RSA key has fewer than 2048 bits",
    .why = "Shorter RSA keys can be broken, and Authelia refuses them.",
    .bad = "openssl genrsa 1024",
    .good = "openssl genrsa 2048",
    .ignore = {},
    .sources = k_sources,
};

const rule::Rule k_key_id_invalid{
    .code = "OG1119",
    .name = "key-id-invalid",
    .consequence = Consequence::provider_refuses,
    .summary = "a key id is too long or has characters that are not allowed",
    .why = "A key id has at most 100 letters, digits and - . _ ~, and begins and ends with a letter or digit.",
    .bad = "key_id: keys/main",
    .good = "key_id: main",
    .ignore = {},
    .sources = k_sources,
};

const rule::Rule k_key_id_repeated{
    .code = "OG1120",
    .name = "key-id-repeated",
    .consequence = Consequence::provider_refuses,
    .summary = "two keys of the same use have the same id",
    .why = "An application finds the key of a token by its id. Without key_id the id is derived from the key itself, "
           "so the same key listed twice has the same id.",
    .bad = "jwks:\n  - key_id: main\n    key: …\n  - key_id: main\n    key: …",
    .good = "jwks:\n  - key_id: main\n    key: …\n  - key_id: next\n    key: …",
    .ignore = {},
    .sources = k_sources,
};

const rule::Rule k_key_use_unknown{
    .code = "OG1121",
    .name = "key-use-unknown",
    .consequence = Consequence::provider_refuses,
    .also = {Consequence::advice},
    .summary = "a key has a use that Authelia does not know",
    .why = "A key is for signatures (sig) or, from Authelia 4.39 on, for encryption (enc).",
    .bad = "use: signing",
    .good = "use: sig",
    .ignore = {},
    .sources = k_sources,
};

const rule::Rule k_key_algorithm_unknown{
    .code = "OG1122",
    .name = "key-algorithm-unknown",
    .consequence = Consequence::provider_refuses,
    .also = {Consequence::advice},
    .summary = "a key has an algorithm that Authelia does not know",
    .why = "Names of algorithms are compared letter by letter. Without this setting Authelia takes the algorithm that "
           "fits the key.",
    .bad = "algorithm: rs256",
    .good = "algorithm: RS256",
    .ignore = {},
    .sources = k_sources,
};

const rule::Rule k_certificate_mismatch{
    .code = "OG1123",
    .name = "certificate-mismatch",
    .consequence = Consequence::provider_refuses,
    .summary = "the first certificate of a chain does not belong to the key beside it",
    .why = "The chain begins with the certificate of the key, followed by the certificates that signed it. Authelia "
           "refuses another order, and the chain of another key.",
    .bad = "certificate_chain: # the authority first\n  …",
    .good = "certificate_chain: # the key's own certificate first\n  …",
    .ignore = {},
    .sources = k_sources,
};

const rule::Rule k_certificate_chain_invalid{
    .code = "OG1124",
    .name = "certificate-chain-invalid",
    .consequence = Consequence::provider_refuses,
    .summary = "a certificate of a chain has expired, is not valid yet, or is not signed by the next one",
    .why = "Authelia checks the dates of every certificate and each signature when it starts.",
    .bad = "certificate_chain: # expired last year\n  …",
    .good = "certificate_chain: # renewed\n  …",
    .ignore = {},
    .sources = k_sources,
};

const rule::Rule k_signing_algorithm_unavailable{
    .code = "OG1125",
    .name = "signing-algorithm-unavailable",
    .consequence = Consequence::provider_refuses,
    .summary = "a response is signed with an algorithm for which the provider has no key",
    .why = "Authelia signs with the keys in jwks. It refuses an algorithm that none of them has, or one that is "
           "spelled differently. An ID token is always signed.",
    .bad = "id_token_signed_response_alg: ES256 # with an RSA key only",
    .good = "id_token_signed_response_alg: RS256",
    .ignore = {},
    .sources = k_sources,
};

const rule::Rule k_signing_key_id_unknown{
    .code = "OG1126",
    .name = "signing-key-id-unknown",
    .consequence = Consequence::provider_refuses,
    .summary = "a response is signed with a key that the provider does not have",
    .why = "A key id names one of the signing keys in jwks. Without it Authelia takes the first key for the algorithm.",
    .bad = "userinfo_signed_response_key_id: mian",
    .good = "userinfo_signed_response_key_id: main",
    .ignore = {},
    .sources = k_sources,
};

KeyProperties properties_of(const KeySetting& key, std::string_view use, const Release& release) {
    struct CurveAlgorithm {
        std::string_view curve;
        std::string_view algorithm;
    };
    constexpr std::array k_curves{CurveAlgorithm{"P-256", "ES256"}, CurveAlgorithm{"P-384", "ES384"},
                                  CurveAlgorithm{"P-521", "ES512"}};
    const bool encrypts = use == "enc" && !release.encryption_key_algorithms.empty();
    switch (key.value.kind) {
    case KeyKind::rsa_private:
    case KeyKind::rsa_public:
        return encrypts ? KeyProperties{"enc", "RSA-OAEP-256"} : KeyProperties{"sig", k_rs256};
    case KeyKind::ec_private:
    case KeyKind::ec_public: {
        if (encrypts) {
            return {"enc", "ECDH-ES+A256KW"};
        }
        const auto* const curve = std::ranges::find(k_curves, key.value.curve, &CurveAlgorithm::curve);
        return {"sig", curve == k_curves.end() ? std::string_view() : curve->algorithm};
    }
    case KeyKind::ed25519:
        return {};
    case KeyKind::symmetric: {
        struct Size {
            std::size_t bytes;
            std::string_view algorithm;
        };
        constexpr std::array k_sizes{Size{128, "A128GCMKW"}, Size{192, "A192GCMKW"}, Size{256, "A256GCMKW"}};
        constexpr std::size_t k_most_direct = 32;
        if (const auto* const size = std::ranges::find(k_sizes, key.value.bytes, &Size::bytes); size != k_sizes.end()) {
            return {"enc", size->algorithm, encrypts};
        }
        return {"enc", "dir", encrypts && key.value.bytes <= k_most_direct};
    }
    case KeyKind::none:
        return {{}, {}, !key.is_no_text};
    case KeyKind::certificate:
    case KeyKind::other:
        break;
    }
    return {{}, {}, false};
}

void check_key_pair(Inspection& inspection, const KeyEntry& entry, KeyHalf half) {
    const auto& key = entry.key.value;
    const bool is_private = half == KeyHalf::private_key;
    const bool is_rsa = key.kind == (is_private ? KeyKind::rsa_private : KeyKind::rsa_public);
    const bool is_ec = key.kind == (is_private ? KeyKind::ec_private : KeyKind::ec_public);
    const bool is_small = is_rsa && (key.bits + k_bits_in_byte - 1) / k_bits_in_byte < k_least_rsa_bytes;
    if (is_small) {
        inspection.add(k_key_too_small, util::words("the RSA key has {} bits, but at least 2048 are needed", key.bits),
                       entry.key.at.place());
    } else if (!is_rsa && !is_ec) {
        inspection.add(k_key_unusable,
                       util::words("this must be a {} RSA or EC key", is_private ? "private" : "public"),
                       entry.key.at.place());
    }
    if (entry.chain.is_unknown() || entry.chain.value.count == 0) {
        return;
    }
    if ((is_rsa || is_ec) && !is_small && entry.chain.value.public_key != key.public_key) {
        inspection.add(k_certificate_mismatch, "the first certificate does not belong to this key",
                       entry.chain.at.place(), "put the key's own certificate first");
    }
    if (!entry.chain.value.fault.empty()) {
        inspection.add(k_certificate_chain_invalid, util::own(entry.chain.value.fault), entry.chain.at.place());
    }
}

ResolvedAlgorithm resolve_algorithm(const KeyTable& keys, std::string_view algorithm, std::string_view key_id,
                                    std::string_view default_algorithm) {
    ResolvedAlgorithm result{std::string(algorithm), std::string(key_id)};
    if (algorithm.empty() && key_id.empty()) {
        result.algorithm = default_algorithm;
    }
    if (result.algorithm.empty() == result.key_id.empty()) {
        return result;
    }
    if (result.key_id.empty()) {
        const auto found = std::ranges::find(keys.entries, result.algorithm, &KeyTable::Entry::algorithm);
        result.key_id = found == keys.entries.end() ? std::string() : found->key_id;
    } else {
        const auto found = std::ranges::find(keys.entries, result.key_id, &KeyTable::Entry::key_id);
        result.algorithm = found == keys.entries.end() ? std::string() : found->algorithm;
    }
    return result;
}

void check_provider_keys(Inspection& inspection) {
    const auto& provider = inspection.provider;
    auto& keys = inspection.names.keys;
    keys.is_open = inspection.is_snippet || provider.jwks.is_unknown;
    const auto& former = provider.issuer_private_key;
    const bool has_former_key = former.value.kind != KeyKind::none || former.is_no_text || former.is_unknown();
    const bool has_former_chain = provider.issuer_certificate_chain.value.count != 0;
    const bool has_keys = !provider.jwks.entries.empty();
    if (has_keys && (has_former_key || has_former_chain)) {
        if (!provider.issuer_private_key.is_unknown()) {
            inspection.add(k_signing_keys_twice,
                           util::words("keys are given here and in {}, but only one is allowed",
                                       has_former_key ? "issuer_private_key" : "issuer_certificate_chain"),
                           provider.jwks.at.place(), "remove issuer_private_key and issuer_certificate_chain");
        }
        for (const auto& entry : provider.jwks.entries) {
            keys.entries.push_back({entry.at.place(),
                                    std::string(entry.key_id.value),
                                    std::string(entry.use.value),
                                    std::string(entry.algorithm.value),
                                    {}});
        }
        return;
    }
    if (!has_keys && !has_former_key) {
        if (!keys.is_open && inspection.has_secrets_elsewhere) {
            keys.is_open = true;
            auto found = rule::finding(
                k_signing_key_missing,
                "this file has no signing key; other secrets are not in it either, so it may come from the environment",
                provider.jwks.at ? provider.jwks.at.place() : provider.at.missing("jwks"),
                "set AUTHELIA_IDENTITY_PROVIDERS_OIDC_ISSUER_PRIVATE_KEY_FILE to the file of a private RSA key, or add "
                "one under jwks");
            rule::set_consequence(found, Consequence::advice);
            inspection.add_finding(std::move(found));
        } else if (!keys.is_open) {
            inspection.add(k_signing_key_missing, "the provider has no signing key",
                           provider.jwks.at ? provider.jwks.at.place() : provider.at.missing("jwks"),
                           "add a private RSA key under jwks");
        }
        return;
    }
    KeyCheck check(inspection);
    if (has_former_key) {
        check.entry(former_entry(provider));
    }
    for (const auto& entry : provider.jwks.entries) {
        check.entry(entry);
    }
    check.finish(provider.jwks.at);
    check_metadata_signature(inspection);
}

} // namespace oidcgen::providers::authelia
