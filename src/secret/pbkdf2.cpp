// The compression function is declared deprecated since OpenSSL 3.0, in favour of calls that cost more than it does.
#define OPENSSL_SUPPRESS_DEPRECATED

#include "secret/pbkdf2.hpp"

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/sha.h>

#include <algorithm>
#include <array>
#include <bit>
#include <climits>
#include <cstring>

namespace oidcgen::secret {
namespace {

#ifdef OIDCGEN_HAS_SHA512_TRANSFORM

constexpr std::size_t k_block_bytes = 128;
constexpr std::size_t k_digest_bytes = 64;
constexpr std::size_t k_words = 8;
using Block = std::array<unsigned char, k_block_bytes>;

/// Words in the byte order of the hash, most significant byte first.
inline void store(unsigned char* to, const SHA_LONG64* words) {
    for (std::size_t i = 0; i < k_words; ++i) {
        SHA_LONG64 word = words[i];
        if constexpr (std::endian::native == std::endian::little) {
            word = __builtin_bswap64(word);
        }
        std::memcpy(to + i * sizeof word, &word, sizeof word);
    }
}

/// HMAC-SHA-512 with one key. Both padded keys fill a block each, so their states are computed once (RFC 2104 section
/// 4); a message of one digest fits in the block that follows, together with its padding.
class HmacSha512 {
  public:
    explicit HmacSha512(std::string_view key) {
        Block padded{};
        if (key.size() > k_block_bytes) {
            SHA512(reinterpret_cast<const unsigned char*>(key.data()), key.size(), padded.data());
        } else {
            std::ranges::copy(key, padded.begin());
        }
        start(m_inner, padded, 0x36);
        start(m_outer, padded, 0x36 ^ 0x5c);
        OPENSSL_cleanse(padded.data(), padded.size());
        // What follows the digest in its block: the end mark and the length in bits of key block and digest.
        constexpr std::size_t k_message_bits = (k_block_bytes + k_digest_bytes) * 8;
        m_block[k_digest_bytes] = 0x80;
        m_block[k_block_bytes - 2] = k_message_bits >> 8U;
        m_block[k_block_bytes - 1] = k_message_bits & 0xffU;
    }
    HmacSha512(const HmacSha512&) = delete;
    HmacSha512& operator=(const HmacSha512&) = delete;
    ~HmacSha512() { OPENSSL_cleanse(this, sizeof *this); }

    /// The code of a message of any length, as words.
    void begin(std::string_view salt, std::uint32_t number) {
        const std::array<unsigned char, 4> index{
            static_cast<unsigned char>(number >> 24U), static_cast<unsigned char>(number >> 16U),
            static_cast<unsigned char>(number >> 8U), static_cast<unsigned char>(number)};
        m_state = m_inner;
        SHA512_Update(&m_state, salt.data(), salt.size());
        SHA512_Update(&m_state, index.data(), index.size());
        SHA512_Final(m_block.data(), &m_state);
        finish();
    }

    /// The code of the last code: two compressions and nothing else.
    void next() {
        store(m_block.data(), m_state.h);
        std::ranges::copy(m_inner.h, m_state.h);
        SHA512_Transform(&m_state, m_block.data());
        store(m_block.data(), m_state.h);
        finish();
    }

    [[nodiscard]] const SHA_LONG64* words() const { return m_state.h; }

  private:
    static void start(SHA512_CTX& state, Block& padded, unsigned char mask) {
        for (unsigned char& byte : padded) {
            byte ^= mask;
        }
        SHA512_Init(&state);
        SHA512_Update(&state, padded.data(), padded.size());
    }

    void finish() {
        std::ranges::copy(m_outer.h, m_state.h);
        SHA512_Transform(&m_state, m_block.data());
    }

    SHA512_CTX m_inner{};
    SHA512_CTX m_outer{};
    SHA512_CTX m_state{};
    Block m_block{};
};

std::string pbkdf2_sha512(std::string_view secret, std::string_view salt, std::uint32_t iterations,
                          std::size_t length) {
    std::string key;
    HmacSha512 hmac(secret);
    std::array<SHA_LONG64, k_words> sum{};
    std::array<unsigned char, k_digest_bytes> bytes{};
    key.reserve(length + k_digest_bytes);
    for (std::uint32_t number = 1; key.size() < length; ++number) {
        hmac.begin(salt, number);
        std::copy_n(hmac.words(), k_words, sum.begin());
        for (std::uint32_t i = 1; i < iterations; ++i) {
            hmac.next();
            for (std::size_t word = 0; word < k_words; ++word) {
                sum[word] ^= hmac.words()[word];
            }
        }
        store(bytes.data(), sum.data());
        key.append(reinterpret_cast<const char*>(bytes.data()), bytes.size());
    }
    OPENSSL_cleanse(sum.data(), sizeof sum);
    OPENSSL_cleanse(bytes.data(), bytes.size());
    OPENSSL_cleanse(key.data() + length, key.size() - length);
    key.resize(length);
    return key;
}

#endif

const EVP_MD* method(Hash hash) {
    switch (hash) {
    case Hash::sha1:
        return EVP_sha1();
    case Hash::sha224:
        return EVP_sha224();
    case Hash::sha256:
        return EVP_sha256();
    case Hash::sha384:
        return EVP_sha384();
    case Hash::sha512:
        break;
    }
    return EVP_sha512();
}

} // namespace

std::size_t hash_bytes(Hash hash) {
    constexpr std::array<std::size_t, 5> k_bytes{20, 28, 32, 48, 64};
    return k_bytes.at(static_cast<std::size_t>(hash));
}

std::optional<std::string> pbkdf2_of_library(Hash hash, std::string_view secret, std::string_view salt,
                                             std::uint32_t iterations, std::size_t length) {
    if (secret.size() > INT_MAX || salt.size() > INT_MAX || iterations > INT_MAX || length > INT_MAX) {
        return std::nullopt;
    }
    std::string key(length, '\0');
    // A null pointer means "no secret" to OpenSSL, even for a length of zero.
    if (PKCS5_PBKDF2_HMAC(secret.empty() ? "" : secret.data(), static_cast<int>(secret.size()),
                          reinterpret_cast<const unsigned char*>(salt.empty() ? "" : salt.data()),
                          static_cast<int>(salt.size()), static_cast<int>(iterations), method(hash),
                          static_cast<int>(length), reinterpret_cast<unsigned char*>(key.data())) != 1) {
        return std::nullopt;
    }
    return key;
}

std::optional<std::string> pbkdf2(Hash hash, std::string_view secret, std::string_view salt, std::uint32_t iterations,
                                  std::size_t length) {
#ifdef OIDCGEN_HAS_SHA512_TRANSFORM
    if (hash == Hash::sha512) {
        return pbkdf2_sha512(secret, salt, iterations, length);
    }
#endif
    return pbkdf2_of_library(hash, secret, salt, iterations, length);
}

} // namespace oidcgen::secret
