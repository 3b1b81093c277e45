#include "secret/derive.hpp"

#include "secret/base64.hpp"

#include <argon2.h>
#include <crypt.h>
#include <fmt/format.h>
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <memory>
#include <span>
#include <string_view>
#include <thread>
#include <utility>

namespace oidcgen::secret {
namespace {

using util::Expected;
using util::failure;

constexpr std::string_view k_out_of_memory = "there is not enough memory";

const unsigned char* octets(std::string_view text) { return reinterpret_cast<const unsigned char*>(text.data()); }

/// Text that holds secret bytes for a moment, and is wiped.
class Wiped {
  public:
    explicit Wiped(std::string text)
        : m_text(std::move(text)) {}
    Wiped(const Wiped&) = delete;
    Wiped& operator=(const Wiped&) = delete;
    ~Wiped() { OPENSSL_cleanse(m_text.data(), m_text.size()); }

    [[nodiscard]] const std::string& text() const { return m_text; }

  private:
    std::string m_text;
};

/// What crypt(3) makes of a phrase with a setting.
Expected<std::string> crypt_text(std::string_view phrase, const std::string& setting) {
    if (phrase.size() >= CRYPT_MAX_PASSPHRASE_SIZE) {
        return failure(util::words("libxcrypt takes at most {} bytes of secret", CRYPT_MAX_PASSPHRASE_SIZE - 1));
    }
    if (phrase.find('\0') != std::string_view::npos) {
        return failure("libxcrypt does not take a secret with a NUL byte");
    }
    const auto data = std::make_unique<crypt_data>();
    const Wiped terminated{std::string(phrase)};
    const char* made = crypt_r(terminated.text().c_str(), setting.c_str(), data.get());
    const int number = errno;
    std::string text;
    if (made != nullptr && made[0] == '$') {
        text = made;
    }
    OPENSSL_cleanse(data.get(), sizeof(crypt_data));
    if (text.empty()) {
        return failure(
            util::own(number == ENOMEM ? k_out_of_memory : std::string_view("libxcrypt refuses its parameters")));
    }
    return text;
}

Expected<std::string> bcrypt(const Digest& digest, std::string_view phrase) {
    constexpr std::size_t k_used = 72; // bytes that bcrypt uses
    // 2a, 2x and 2y are the same to go-crypt; crypt(3) computes 2a and 2x otherwise when a byte has its high bit set.
    auto text = crypt_text(phrase.substr(0, k_used), fmt::format("$2b${:02}${}", digest.iterations, digest.salt));
    if (!text) {
        return text;
    }
    constexpr std::size_t k_before_key = 29;
    if (text->size() < k_before_key) {
        return failure("libxcrypt refuses its parameters");
    }
    std::string key = text->substr(k_before_key);
    OPENSSL_cleanse(text->data(), text->size());
    return key;
}

/// Bcrypt of the base64 of an HMAC, keyed with the salt as it is written.
Expected<std::string> bcrypt_sha256(const Digest& digest, std::string_view secret) {
    std::array<unsigned char, 32> code{};
    unsigned length = 0;
    if (HMAC(EVP_sha256(), digest.salt.data(), static_cast<int>(digest.salt.size()), octets(secret), secret.size(),
             code.data(), &length) == nullptr) {
        return failure("OpenSSL cannot compute HMAC with SHA-256");
    }
    std::array<unsigned char, 45> phrase{};
    EVP_EncodeBlock(phrase.data(), code.data(), static_cast<int>(code.size()));
    auto key = bcrypt(digest, reinterpret_cast<const char*>(phrase.data()));
    OPENSSL_cleanse(code.data(), code.size());
    OPENSSL_cleanse(phrase.data(), phrase.size());
    return key;
}

Expected<std::string> scrypt(const Digest& digest, std::string_view secret) {
    // Room for the library's own blocks beside the table.
    const std::uint64_t memory = digest.memory + 512ULL * digest.block_size * digest.parallelism + (1U << 20U);
    std::string key(digest.key.size(), '\0');
    if (EVP_PBE_scrypt(secret.empty() ? "" : secret.data(), secret.size(), octets(digest.salt), digest.salt.size(),
                       std::uint64_t{1} << static_cast<unsigned>(digest.iterations), digest.block_size,
                       digest.parallelism, memory, reinterpret_cast<unsigned char*>(key.data()), key.size()) != 1) {
        return failure(util::words("OpenSSL refuses its parameters, or cannot get the {} KiB of memory that they need",
                                   memory / 1024));
    }
    return key;
}

Expected<std::string> yescrypt(const Digest& digest, std::string_view secret) {
    // From here on crypt(3) reads a second character.
    constexpr std::int64_t k_most = 48;
    constexpr std::size_t k_key_bytes = 32;
    if (digest.iterations > k_most || digest.block_size > k_most || digest.key.size() > k_key_bytes) {
        return failure(
            util::words("libxcrypt computes yescrypt up to N=2^{0}, r={0} and keys of {1} bytes, and this one "
                        "has N=2^{2}, r={3} and a key of {4}",
                        k_most, k_key_bytes, digest.iterations, digest.block_size, digest.key.size()));
    }
    const std::string setting =
        fmt::format("$y$j{}{}${}$", k_crypt_alphabet[static_cast<std::size_t>(digest.iterations - 1)],
                    k_crypt_alphabet[digest.block_size - 1], to_crypt_base64(digest.salt));
    auto text = crypt_text(secret, setting);
    if (!text) {
        return text;
    }
    if (!text->starts_with(setting)) {
        return failure("libxcrypt reads its parameters differently");
    }
    auto key = from_crypt_base64(std::string_view(*text).substr(setting.size()));
    OPENSSL_cleanse(text->data(), text->size());
    // A shorter key is the start of the whole one.
    if (!key || key->size() < digest.key.size()) {
        return failure("libxcrypt gives a shorter key");
    }
    key->resize(digest.key.size());
    return *std::move(key);
}

std::string bytes_in_words(std::size_t count) { return fmt::format("{} byte{}", count, count == 1 ? "" : "s"); }

/// What libargon2 says in our words, as far as it depends on the parts of a digest.
util::Words argon2_obstacle(int code, const Digest& digest) {
    switch (code) {
    case ARGON2_MEMORY_ALLOCATION_ERROR:
        return util::words("{} for the {} KiB that it asks for", k_out_of_memory, digest.memory / 1024);
    case ARGON2_MEMORY_TOO_LITTLE:
        return util::words(
            "it asks for {} KiB of memory, and libargon2 computes with no less than 8 KiB for each of its "
            "{} lanes",
            digest.block_size, digest.parallelism);
    case ARGON2_SALT_TOO_SHORT:
        return util::words("its salt has {}, but libargon2 needs at least {}", bytes_in_words(digest.salt.size()),
                           ARGON2_MIN_SALT_LENGTH);
    case ARGON2_OUTPUT_TOO_SHORT:
        return util::words("its key has {}, but libargon2 computes at least {}", bytes_in_words(digest.key.size()),
                           ARGON2_MIN_OUTLEN);
    default:
        return util::words("libargon2 refuses it ({})", argon2_error_message(code));
    }
}

Expected<std::string> argon2(const Digest& digest, std::string_view secret) {
    const argon2_type type = digest.variant == "argon2d"   ? Argon2_d
                             : digest.variant == "argon2i" ? Argon2_i
                                                           : Argon2_id;
    std::string key(digest.key.size(), '\0');
    const Wiped phrase{std::string(secret)};
    std::string salt = digest.salt;
    argon2_context context{};
    context.out = reinterpret_cast<std::uint8_t*>(key.data());
    context.outlen = static_cast<std::uint32_t>(key.size());
    context.pwd = reinterpret_cast<std::uint8_t*>(const_cast<char*>(phrase.text().data()));
    context.pwdlen = static_cast<std::uint32_t>(phrase.text().size());
    context.salt = reinterpret_cast<std::uint8_t*>(salt.data());
    context.saltlen = static_cast<std::uint32_t>(salt.size());
    context.t_cost = static_cast<std::uint32_t>(digest.iterations);
    context.m_cost = digest.block_size;
    context.lanes = digest.parallelism;
    context.threads = std::min(digest.parallelism, std::max(1U, std::thread::hardware_concurrency()));
    context.version = ARGON2_VERSION_13;
    context.flags = ARGON2_DEFAULT_FLAGS;
    if (const int code = argon2_ctx(&context, type); code != ARGON2_OK) {
        return failure(argon2_obstacle(code, digest));
    }
    return key;
}

/// One hash after the other with one context.
class Hasher {
  public:
    explicit Hasher(const EVP_MD* method)
        : m_method(method)
        , m_context(EVP_MD_CTX_new(), EVP_MD_CTX_free) {
        m_good = m_context != nullptr && EVP_DigestInit_ex(m_context.get(), method, nullptr) == 1;
    }
    void add(std::string_view text) {
        m_good = m_good && EVP_DigestUpdate(m_context.get(), text.data(), text.size()) == 1;
    }
    /// The hash of what was added; begins the next one.
    void finish(std::string& result) {
        result.resize(static_cast<std::size_t>(EVP_MD_get_size(m_method)));
        m_good = m_good &&
                 EVP_DigestFinal_ex(m_context.get(), reinterpret_cast<unsigned char*>(result.data()), nullptr) == 1 &&
                 EVP_DigestInit_ex(m_context.get(), m_method, nullptr) == 1;
    }
    [[nodiscard]] bool good() const { return m_good; }

  private:
    const EVP_MD* m_method;
    std::unique_ptr<EVP_MD_CTX, void (*)(EVP_MD_CTX*)> m_context;
    bool m_good = false;
};

std::string repeated(std::string_view text, std::size_t length) {
    std::string result;
    result.reserve(length);
    while (result.size() < length) {
        result += text.substr(0, length - result.size());
    }
    return result;
}

/// The bytes of the hash in the order in which SHA-2 crypt writes them.
constexpr std::array<std::uint8_t, 32> k_order_sha256{20, 10, 0,  11, 1, 21, 2, 22, 12, 23, 13, 3,  14, 4, 24, 5,
                                                      25, 15, 26, 16, 6, 17, 7, 27, 8,  28, 18, 29, 19, 9, 30, 31};
constexpr std::array<std::uint8_t, 64> k_order_sha512{42, 21, 0,  1,  43, 22, 23, 2,  44, 45, 24, 3,  4,  46, 25, 26,
                                                      5,  47, 48, 27, 6,  7,  49, 28, 29, 8,  50, 51, 30, 9,  10, 52,
                                                      31, 32, 11, 53, 54, 33, 12, 13, 55, 34, 35, 14, 56, 57, 36, 15,
                                                      16, 58, 37, 38, 17, 59, 60, 39, 18, 19, 61, 40, 41, 20, 62, 63};

/// SHA-2 crypt (https://www.akkadia.org/drepper/SHA-crypt.txt) of any number of rounds, with a salt of any length and
/// any characters: go-crypt takes those, crypt(3) does not.
Expected<std::string> sha2_crypt(const Digest& digest, std::string_view secret) {
    const bool wide = digest.variant == "6";
    Hasher hasher(wide ? EVP_sha512() : EVP_sha256());
    const std::string_view salt = digest.salt;
    std::string state;
    std::string other;

    hasher.add(secret);
    hasher.add(salt);
    hasher.add(secret);
    hasher.finish(other);
    hasher.add(secret);
    hasher.add(salt);
    hasher.add(Wiped(repeated(other, secret.size())).text());
    for (std::size_t bits = secret.size(); bits > 0; bits >>= 1U) {
        hasher.add((bits & 1U) != 0 ? std::string_view(other) : secret);
    }
    hasher.finish(state);

    for (std::size_t i = 0; i < secret.size(); ++i) {
        hasher.add(secret);
    }
    hasher.finish(other);
    const Wiped secret_bytes(repeated(other, secret.size()));
    for (unsigned i = 0; i < 16U + static_cast<unsigned char>(state[0]); ++i) {
        hasher.add(salt);
    }
    hasher.finish(other);
    const std::string salt_bytes = repeated(other, salt.size());

    for (std::int64_t round = 0; round < digest.iterations; ++round) {
        const bool odd = (round & 1) != 0;
        hasher.add(odd ? secret_bytes.text() : state);
        if (round % 3 != 0) {
            hasher.add(salt_bytes);
        }
        if (round % 7 != 0) {
            hasher.add(secret_bytes.text());
        }
        hasher.add(odd ? state : secret_bytes.text());
        hasher.finish(state);
    }
    std::string key;
    if (hasher.good()) {
        other.clear();
        for (const std::size_t place : wide ? std::span<const std::uint8_t>(k_order_sha512) : k_order_sha256) {
            other += state[place];
        }
        key = to_crypt_base64(other);
    }
    OPENSSL_cleanse(state.data(), state.size());
    OPENSSL_cleanse(other.data(), other.size());
    if (key.empty()) {
        return failure("OpenSSL cannot compute SHA-2");
    }
    return key;
}

} // namespace

Expected<std::string> derive(const Digest& digest, const Secret& secret) {
    switch (digest.scheme) {
    case Scheme::sha2_crypt:
        return sha2_crypt(digest, secret.reveal());
    case Scheme::bcrypt:
        return bcrypt(digest, secret.reveal());
    case Scheme::bcrypt_sha256:
        return bcrypt_sha256(digest, secret.reveal());
    case Scheme::scrypt:
        return scrypt(digest, secret.reveal());
    case Scheme::yescrypt:
        return yescrypt(digest, secret.reveal());
    case Scheme::argon2:
        return argon2(digest, secret.reveal());
    case Scheme::pbkdf2:
    case Scheme::plaintext:
        break;
    }
    return failure("there is nothing to derive a key for");
}

std::uint64_t extra_cost(const Digest& digest, std::size_t secret_size) {
    constexpr std::uint64_t k_block = 64;
    const std::uint64_t blocks = secret_size / k_block;
    if (digest.scheme == Scheme::sha2_crypt) {
        // The secret is hashed as often as it has bytes, and up to twice in each round.
        return blocks * secret_size + blocks * 2 * static_cast<std::uint64_t>(digest.iterations);
    }
    return blocks;
}

} // namespace oidcgen::secret
