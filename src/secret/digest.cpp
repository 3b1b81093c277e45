#include "secret/digest.hpp"

#include "secret/base64.hpp"
#include "secret/derive.hpp"
#include "secret/digest_parts.hpp"
#include "secret/pbkdf2.hpp"
#include "util/text.hpp"

#include <algorithm>
#include <array>
#include <new>
#include <system_error>
#include <thread>
#include <utility>

#include <fmt/format.h>
#include <openssl/crypto.h>
#include <openssl/rand.h>

namespace oidcgen::secret {
namespace {

using util::Expected;
using util::failure;

struct Decoder {
    std::string_view identifier;
    Scheme scheme;
    Parsed (*parse)(Digest, const Parts&);
};

constexpr std::array<Decoder, 18> k_decoders{{
    {"argon2id", Scheme::argon2, parse_argon2},
    {"argon2i", Scheme::argon2, parse_argon2},
    {"argon2d", Scheme::argon2, parse_argon2},
    {"2b", Scheme::bcrypt, parse_bcrypt},
    {"2a", Scheme::bcrypt, parse_bcrypt},
    {"2x", Scheme::bcrypt, parse_bcrypt},
    {"2y", Scheme::bcrypt, parse_bcrypt},
    {"bcrypt-sha256", Scheme::bcrypt_sha256, parse_bcrypt_sha256},
    {"pbkdf2", Scheme::pbkdf2, parse_pbkdf2},
    {"pbkdf2-sha1", Scheme::pbkdf2, parse_pbkdf2},
    {"pbkdf2-sha224", Scheme::pbkdf2, parse_pbkdf2},
    {"pbkdf2-sha256", Scheme::pbkdf2, parse_pbkdf2},
    {"pbkdf2-sha384", Scheme::pbkdf2, parse_pbkdf2},
    {"pbkdf2-sha512", Scheme::pbkdf2, parse_pbkdf2},
    {"scrypt", Scheme::scrypt, parse_scrypt},
    {"y", Scheme::yescrypt, parse_yescrypt},
    {"5", Scheme::sha2_crypt, parse_sha2_crypt},
    {"6", Scheme::sha2_crypt, parse_sha2_crypt},
}};

/// LDAP's prefixes as the command takes them: `{CRYPT}$…`, `{ARGON2}$…`, `{PBKDF2-SHA512}1000$…`.
std::string without_ldap_prefix(std::string_view text) {
    for (const std::string_view prefix : {"{CRYPT}", "{ARGON2}"}) {
        if (text.starts_with(prefix)) {
            return std::string(text.substr(prefix.size()));
        }
    }
    const std::size_t end = text.find('}');
    if (end != std::string_view::npos && text.starts_with("{PBKDF2")) {
        std::string_view hash = text.substr(0, end);
        hash.remove_prefix(std::string_view("{PBKDF2").size());
        const std::string_view rest = text.substr(end + 1);
        const std::size_t dollar = rest.find('$');
        const auto digits = [](std::string_view part) {
            return !part.empty() && part.find_first_not_of("0123456789") == std::string_view::npos;
        };
        if (dollar != std::string_view::npos && digits(rest.substr(0, dollar)) &&
            (hash.empty() || (hash.starts_with("-SHA") && digits(hash.substr(4))))) {
            return fmt::format("$pbkdf2{}{}${}", hash.empty() ? "" : "-sha", hash.empty() ? hash : hash.substr(4),
                               rest);
        }
    }
    return std::string(text);
}

Expected<std::string> pbkdf2_key(const Digest& digest, const Secret& secret) {
    const auto iterations = static_cast<std::uint32_t>(std::max<std::int64_t>(digest.iterations, 1));
    auto key = pbkdf2(hash_of(digest.variant), secret.reveal(), digest.salt, iterations, digest.key.size());
    if (!key) {
        return failure("OpenSSL refuses its parameters");
    }
    return *std::move(key);
}

constexpr std::string_view k_sample_secret = "insecure_secret";
constexpr std::string_view k_sample_salt = "c8p78n7pUMln0jzvd4aK4Q";
constexpr std::string_view k_sample_key =
    "JNRBzwAo0ek5qKn50cFzzvE9RXV88h1wJn5KGiHrD0YKtZaR/nCb2CJPOsKaPK0hjf.9yHxzQGZziziccp6Yng";

} // namespace

Parsed parse_digest(std::string_view text, ReadBy reader) {
    const std::string whole = reader == ReadBy::command ? without_ldap_prefix(text) : std::string(text);
    if (!whole.starts_with('$')) {
        return fault("it does not start with $");
    }
    Parts parts = util::split(whole, '$');
    if (parts.size() < 3) {
        return fault("it has fewer than two parts that begin with $");
    }
    Digest digest;
    digest.variant = parts[1];
    digest.text = text;
    if (parts[1] == "plaintext" && reader == ReadBy::configuration) {
        if (whole.size() == std::string_view("$plaintext$").size()) {
            return fault("it marks a plaintext secret that is empty");
        }
        digest.scheme = Scheme::plaintext;
        return digest;
    }
    const auto* decoder = std::ranges::find(k_decoders, parts[1], &Decoder::identifier);
    if (decoder == k_decoders.end()) {
        return fault("its identifier, the text between the first two $, is not a known scheme");
    }
    digest.scheme = decoder->scheme;
    return decoder->parse(std::move(digest), parts);
}

Verdict verify(const Digest& digest, const Secret& secret) {
    Budget budget{.left = k_dearest_cost, .memory = k_most_memory};
    return verify(digest, secret, budget);
}

Verdict verify(const Digest& digest, const Secret& secret, Budget& budget, util::Words* obstacle) {
    if (digest.scheme == Scheme::plaintext) {
        const std::string_view text = digest.text;
        return secret.equals(text.substr(std::string_view("$plaintext$").size())) ? Verdict::match : Verdict::mismatch;
    }
    const std::uint64_t cost = sum(digest.cost, extra_cost(digest, secret.size()));
    if (cost > budget.left || digest.memory > budget.memory) {
        return Verdict::too_dear;
    }
    budget.left -= cost;
    auto key = digest.scheme == Scheme::pbkdf2 ? pbkdf2_key(digest, secret) : derive(digest, secret);
    if (!key) {
        if (obstacle != nullptr) {
            *obstacle = std::move(key.error().message);
        }
        return Verdict::unable;
    }
    const bool same =
        key->size() == digest.key.size() && CRYPTO_memcmp(key->data(), digest.key.data(), key->size()) == 0;
    OPENSSL_cleanse(key->data(), key->size());
    return same ? Verdict::match : Verdict::mismatch;
}

Expected<std::string> make_digest(const Secret& secret, std::uint32_t iterations) {
    if (iterations < k_fewest_iterations || iterations > k_most_iterations) {
        return failure(util::words("a digest takes between {} and {} iterations, not {}", k_fewest_iterations,
                                   k_most_iterations, iterations));
    }
    std::string salt(k_salt_bytes, '\0');
    if (RAND_bytes(reinterpret_cast<unsigned char*>(salt.data()), static_cast<int>(salt.size())) != 1) {
        return failure("the system gave no random bytes");
    }
    const auto key = pbkdf2(Hash::sha512, secret.reveal(), salt, iterations, hash_bytes(Hash::sha512));
    if (!key) {
        return failure("OpenSSL refused to compute the digest");
    }
    return fmt::format("$pbkdf2-sha512${}${}${}", iterations, to_base64(salt, k_pbkdf2_alphabet),
                       to_base64(*key, k_pbkdf2_alphabet));
}

Expected<std::vector<std::string>> make_digests(std::span<const Secret> secrets, std::uint32_t iterations,
                                                std::atomic<std::size_t>* done) {
    std::vector<Expected<std::string>> made(secrets.size());
    std::atomic<std::size_t> next = 0;
    const auto work = [&] {
        for (std::size_t i = next++; i < secrets.size(); i = next++) {
            try {
                made[i] = make_digest(secrets[i], iterations);
            } catch (const std::bad_alloc&) {
                made[i] = failure("there is not enough memory");
            }
            if (done != nullptr) {
                ++*done;
            }
        }
    };
    {
        const std::size_t processors = std::max(1U, std::thread::hardware_concurrency());
        std::vector<std::jthread> others;
        for (std::size_t i = 1; i < std::min(processors, secrets.size()); ++i) {
            try {
                others.emplace_back(work);
            } catch (const std::system_error&) {
                break; // no more threads to be had: those that run do the work
            }
        }
        work();
    }
    std::vector<std::string> digests;
    for (auto& digest : made) {
        OIDCGEN_TRY(auto text, std::move(digest));
        digests.push_back(std::move(text));
    }
    return digests;
}

bool is_documentation_sample(const Secret& secret) { return secret.equals(k_sample_secret); }

bool is_documentation_sample(std::string_view digest) {
    const auto parsed = parse_digest(digest, ReadBy::command);
    return parsed && parsed->scheme == Scheme::pbkdf2 &&
           parsed->salt == from_base64(k_sample_salt, k_pbkdf2_alphabet) &&
           parsed->key == from_base64(k_sample_key, k_pbkdf2_alphabet);
}

} // namespace oidcgen::secret
