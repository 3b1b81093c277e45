#include "providers/authelia/pem.hpp"

#include "lang/go/pem.hpp"
#include "util/base64.hpp"

#include <algorithm>
#include <array>
#include <memory>
#include <optional>
#include <vector>

#include <fmt/format.h>
#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/evp.h>
#include <openssl/sha.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

namespace oidcgen::providers::authelia {

namespace {

using util::Expected;
using util::failure;

template <class T, void (*Free)(T*)>
struct Freeing {
    void operator()(T* it) const { Free(it); }
};

using PKey = std::unique_ptr<EVP_PKEY, Freeing<EVP_PKEY, EVP_PKEY_free>>;
using Certificate = std::unique_ptr<X509, Freeing<X509, X509_free>>;
using Request = std::unique_ptr<X509_REQ, Freeing<X509_REQ, X509_REQ_free>>;
using Revocations = std::unique_ptr<X509_CRL, Freeing<X509_CRL, X509_CRL_free>>;
using Number = std::unique_ptr<BIGNUM, Freeing<BIGNUM, BN_clear_free>>;
using Numbers = std::unique_ptr<BN_CTX, Freeing<BN_CTX, BN_CTX_free>>;

const unsigned char* bytes_of(const std::string& text) {
    return reinterpret_cast<const unsigned char*>(text.data()); // OpenSSL's bytes are unsigned
}

template <class Write, class T>
std::string der_of(Write write, T* it) {
    unsigned char* bytes = nullptr;
    const int length = write(it, &bytes);
    if (length <= 0) {
        return {};
    }
    std::string result(reinterpret_cast<const char*>(bytes), static_cast<std::size_t>(length));
    OPENSSL_free(bytes);
    return result;
}

Number number_of(const EVP_PKEY& key, const char* name) {
    BIGNUM* number = nullptr;
    EVP_PKEY_get_bn_param(&key, name, &number);
    return Number(number);
}

std::string base64url(const BIGNUM& number, int least_bytes) {
    const int length = std::max(BN_num_bytes(&number), least_bytes);
    std::string bytes(static_cast<std::size_t>(length), '\0');
    BN_bn2binpad(&number, reinterpret_cast<unsigned char*>(bytes.data()), length);
    return util::to_base64(bytes, util::k_url_alphabet);
}

std::string thumbprint_of(const std::string& members) {
    std::array<unsigned char, SHA256_DIGEST_LENGTH> digest{};
    SHA256(bytes_of(members), members.size(), digest.data());
    return fmt::format("{:02x}{:02x}{:02x}", digest[0], digest[1], digest[2]);
}

/// Modulus and exponents belong together, as Go checks before it takes a private key. Primality is left out: it would
/// cost more than everything else, and a damaged number is found without it.
bool is_consistent(const EVP_PKEY& key) {
    const auto n = number_of(key, OSSL_PKEY_PARAM_RSA_N);
    const auto e = number_of(key, OSSL_PKEY_PARAM_RSA_E);
    const auto d = number_of(key, OSSL_PKEY_PARAM_RSA_D);
    const auto p = number_of(key, OSSL_PKEY_PARAM_RSA_FACTOR1);
    const auto q = number_of(key, OSSL_PKEY_PARAM_RSA_FACTOR2);
    const Numbers context(BN_CTX_new());
    const Number product(BN_new());
    if (!n || !e || !d || !p || !q || !context || !product) {
        return false;
    }
    if (BN_mul(product.get(), p.get(), q.get(), context.get()) != 1 || BN_cmp(product.get(), n.get()) != 0) {
        return false;
    }
    for (auto* const prime : {p.get(), q.get()}) {
        if (BN_sub_word(prime, 1) != 1 || BN_is_zero(prime) != 0 ||
            BN_mod_mul(product.get(), d.get(), e.get(), prime, context.get()) != 1 || BN_is_one(product.get()) != 1) {
            return false;
        }
    }
    return true;
}

struct Curve {
    std::string_view openssl;
    std::string_view name;
    int bytes = 0; ///< of a coordinate
};

/// The curves that Go knows.
constexpr std::array k_curves{
    Curve{"secp224r1", "P-224", 28},
    Curve{"prime256v1", "P-256", 32},
    Curve{"secp384r1", "P-384", 48},
    Curve{"secp521r1", "P-521", 66},
};

Expected<void> describe_ec(const EVP_PKEY& key, Key& result) {
    std::array<char, 80> group{};
    std::size_t length = 0;
    EVP_PKEY_get_utf8_string_param(&key, OSSL_PKEY_PARAM_GROUP_NAME, group.data(), group.size(), &length);
    const auto* const curve = std::ranges::find(k_curves, std::string_view(group.data(), length), &Curve::openssl);
    if (curve == k_curves.end()) {
        return failure("the key is on a curve that Authelia does not know");
    }
    result.curve = curve->name;
    const auto x = number_of(key, OSSL_PKEY_PARAM_EC_PUB_X);
    const auto y = number_of(key, OSSL_PKEY_PARAM_EC_PUB_Y);
    if (x && y) {
        result.thumbprint = thumbprint_of(fmt::format(R"({{"crv":"{}","kty":"EC","x":"{}","y":"{}"}})", curve->name,
                                                      base64url(*x, curve->bytes), base64url(*y, curve->bytes)));
    }
    return {};
}

void describe_ed25519(const EVP_PKEY& key, Key& result) {
    std::string point(32, '\0');
    std::size_t length = point.size();
    if (EVP_PKEY_get_raw_public_key(&key, reinterpret_cast<unsigned char*>(point.data()), &length) == 1) {
        result.thumbprint = thumbprint_of(
            fmt::format(R"({{"crv":"Ed25519","kty":"OKP","x":"{}"}})", util::to_base64(point, util::k_url_alphabet)));
    }
}

enum class Half : std::uint8_t { private_key, public_key };

/// What a key is, for one that OpenSSL could read.
Expected<Key> described(const EVP_PKEY& key, Half half) {
    const bool is_private = half == Half::private_key;
    Key result;
    result.public_key = der_of(i2d_PUBKEY, &key);
    switch (EVP_PKEY_get_base_id(&key)) {
    case EVP_PKEY_RSA: {
        if (is_private && !is_consistent(key)) {
            return failure("the RSA key is damaged: its numbers do not belong together");
        }
        const auto n = number_of(key, OSSL_PKEY_PARAM_RSA_N);
        const auto e = number_of(key, OSSL_PKEY_PARAM_RSA_E);
        result.kind = is_private ? KeyKind::rsa_private : KeyKind::rsa_public;
        result.bits = n ? BN_num_bits(n.get()) : 0;
        if (n && e) {
            result.thumbprint =
                thumbprint_of(fmt::format(R"({{"e":"{}","kty":"RSA","n":"{}"}})", base64url(*e, 1), base64url(*n, 1)));
        }
        return result;
    }
    case EVP_PKEY_EC:
        result.kind = is_private ? KeyKind::ec_private : KeyKind::ec_public;
        if (const auto done = describe_ec(key, result); !done) {
            return tl::unexpected(done.error());
        }
        return result;
    case EVP_PKEY_ED25519:
        result.kind = KeyKind::ed25519;
        describe_ed25519(key, result);
        return result;
    case EVP_PKEY_X25519:
    case EVP_PKEY_DSA:
        result.kind = KeyKind::other;
        return result;
    default:
        break;
    }
    return failure("Authelia does not know this kind of key");
}

Expected<Key> private_key(int type, const std::string& der) {
    const unsigned char* at = bytes_of(der);
    const auto length = static_cast<long>(der.size());
    const PKey key(d2i_PrivateKey(type, nullptr, &at, length));
    if (!key) {
        return failure("the PEM block does not contain a readable private key");
    }
    return described(*key, Half::private_key);
}

Expected<Key> pkcs8_key(const std::string& der) {
    const unsigned char* at = bytes_of(der);
    std::unique_ptr<PKCS8_PRIV_KEY_INFO, Freeing<PKCS8_PRIV_KEY_INFO, PKCS8_PRIV_KEY_INFO_free>> info(
        d2i_PKCS8_PRIV_KEY_INFO(nullptr, &at, static_cast<long>(der.size())));
    const PKey key(info ? EVP_PKCS82PKEY(info.get()) : nullptr);
    if (!key) {
        return failure("the PEM block does not contain a readable private key");
    }
    return described(*key, Half::private_key);
}

Expected<Key> public_key(const std::string& der, EVP_PKEY* (*read)(EVP_PKEY**, const unsigned char**, long)) {
    const unsigned char* at = bytes_of(der);
    const PKey key(read(nullptr, &at, static_cast<long>(der.size())));
    if (!key) {
        return failure("the PEM block does not contain a readable public key");
    }
    return described(*key, Half::public_key);
}

EVP_PKEY* read_rsa_public_key(EVP_PKEY** key, const unsigned char** at, long length) {
    return d2i_PublicKey(EVP_PKEY_RSA, key, at, length);
}

Certificate certificate_of(const std::string& der) {
    const unsigned char* at = bytes_of(der);
    return Certificate(d2i_X509(nullptr, &at, static_cast<long>(der.size())));
}

bool is_request(const std::string& der) {
    const unsigned char* at = bytes_of(der);
    return Request(d2i_X509_REQ(nullptr, &at, static_cast<long>(der.size()))) != nullptr;
}

bool is_revocation_list(const std::string& der) {
    const unsigned char* at = bytes_of(der);
    return Revocations(d2i_X509_CRL(nullptr, &at, static_cast<long>(der.size()))) != nullptr;
}

Expected<Key> key_of(const lang::go::PemBlock& block) {
    if (block.type == "RSA PRIVATE KEY") {
        return private_key(EVP_PKEY_RSA, block.bytes);
    }
    if (block.type == "EC PRIVATE KEY") {
        return private_key(EVP_PKEY_EC, block.bytes);
    }
    if (block.type == "PRIVATE KEY") {
        return pkcs8_key(block.bytes);
    }
    if (block.type == "RSA PUBLIC KEY") {
        return public_key(block.bytes, read_rsa_public_key);
    }
    if (block.type == "PUBLIC KEY") {
        return public_key(block.bytes, d2i_PUBKEY);
    }
    Key result;
    result.kind = KeyKind::certificate;
    if ((block.type == "CERTIFICATE" && certificate_of(block.bytes)) ||
        (block.type == "CERTIFICATE REQUEST" && is_request(block.bytes)) ||
        (block.type == "X509 CRL" && is_revocation_list(block.bytes))) {
        return result;
    }
    if (block.type == "ENCRYPTED PRIVATE KEY") {
        return failure("the private key has a passphrase, so Authelia cannot read it");
    }
    return failure("the PEM block does not contain a key that Authelia can read");
}

/// Seconds since 1970; nothing for a time that cannot be read.
std::optional<std::int64_t> seconds_of(const ASN1_TIME& time) {
    tm parts{};
    if (ASN1_TIME_to_tm(&time, &parts) != 1) {
        return std::nullopt;
    }
    return timegm(&parts);
}

/// Why the certificate is not signed by that one, according to Go's CheckSignatureFrom; empty when it is.
std::string_view signature_fault(X509& certificate, X509& parent) {
    constexpr int k_version_3 = 2;
    const std::uint32_t flags = X509_get_extension_flags(&parent);
    const bool has_constraints = (flags & EXFLAG_BCONS) != 0;
    if ((X509_get_version(&parent) == k_version_3 && !has_constraints) ||
        (has_constraints && (flags & EXFLAG_CA) == 0)) {
        return "which is not the certificate of an authority";
    }
    if ((flags & EXFLAG_KUSAGE) != 0 && (X509_get_key_usage(&parent) & KU_KEY_CERT_SIGN) == 0) {
        return "which may not sign certificates";
    }
    int digest = NID_undef;
    X509_get_signature_info(&certificate, &digest, nullptr, nullptr, nullptr);
    if (digest == NID_sha1 || digest == NID_md5 || digest == NID_md2) {
        return "with a hash that is no longer accepted";
    }
    auto* const key = X509_get0_pubkey(&parent);
    if (key == nullptr || X509_verify(&certificate, key) != 1) {
        return "whose key did not make its signature";
    }
    return {};
}

std::string chain_fault(const std::vector<Certificate>& certificates, std::int64_t now) {
    for (std::size_t at = 0; at < certificates.size(); ++at) {
        auto& certificate = *certificates[at];
        const auto since = seconds_of(*X509_get0_notBefore(&certificate));
        const auto until = seconds_of(*X509_get0_notAfter(&certificate));
        if (since && *since > now) {
            return fmt::format("certificate {} is not valid yet", at + 1);
        }
        if (until && *until < now) {
            return fmt::format("certificate {} has expired", at + 1);
        }
        if (at + 1 < certificates.size()) {
            const auto fault = signature_fault(certificate, *certificates[at + 1]);
            if (!fault.empty()) {
                return fmt::format("certificate {} is not signed by certificate {}, {}", at + 1, at + 2, fault);
            }
        }
    }
    return {};
}

} // namespace

Expected<Key> parse_key(std::string_view text, SymmetricKeys symmetric, TextBehind behind) {
    auto rest = text;
    const auto block = lang::go::next_pem_block(rest);
    auto key =
        !block ? Expected<Key>(failure("this is not a PEM block, which begins with -----BEGIN and ends with -----END"))
        : rest.empty() || behind == TextBehind::taken
            ? key_of(*block)
            : Expected<Key>(failure("there is more text after the PEM block"));
    const bool may_be_symmetric =
        symmetric == SymmetricKeys::taken && text.find('\n') == std::string_view::npos && !text.starts_with("-----");
    if (!key && may_be_symmetric) {
        if (const auto bytes = lang::go::from_padded_base64(text, util::k_url_alphabet)) {
            Key result;
            result.kind = KeyKind::symmetric;
            result.bytes = bytes->size();
            return result;
        }
    }
    return key;
}

Expected<Chain> parse_chain(std::string_view text, std::int64_t now) {
    std::vector<Certificate> certificates;
    while (!text.empty()) {
        const auto block = lang::go::next_pem_block(text);
        if (!block || block->bytes.empty()) {
            return failure("this is not a PEM block, or there is more text after the last one");
        }
        if (block->type != "CERTIFICATE") {
            return failure("a PEM block is not a certificate");
        }
        auto certificate = certificate_of(block->bytes);
        if (!certificate) {
            return failure("a certificate cannot be read");
        }
        certificates.push_back(std::move(certificate));
    }
    Chain result;
    result.count = certificates.size();
    if (!certificates.empty()) {
        if (auto* const key = X509_get0_pubkey(certificates.front().get())) {
            result.public_key = der_of(i2d_PUBKEY, key);
        }
        result.fault = chain_fault(certificates, now);
    }
    return result;
}

} // namespace oidcgen::providers::authelia
