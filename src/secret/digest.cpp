#include "secret/digest.hpp"

#include "secret/base64.hpp"
#include "secret/derive.hpp"
#include "secret/pbkdf2.hpp"
#include "util/text.hpp"

#include <fmt/format.h>
#include <openssl/crypto.h>
#include <openssl/rand.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <limits>
#include <new>
#include <optional>
#include <system_error>
#include <thread>
#include <utility>

namespace oidcgen::secret {
namespace {

using util::Expected;
using util::failure;
using Parsed = tl::expected<Digest, DigestFault>;
using Parts = std::vector<std::string_view>;

tl::unexpected<DigestFault> fault(std::string message) {
    return tl::unexpected(DigestFault{.message = std::move(message)});
}

/// For what the library reads without complaint and cannot compute.
tl::unexpected<DigestFault> fault_when_checked(std::string message) {
    return tl::unexpected(DigestFault{.message = std::move(message), .when_checked = true});
}

/// The whole text as decimal number without sign.
template <class Number>
std::optional<Number> to_number(std::string_view text) {
    Number number = 0;
    const char* end = text.data() + text.size();
    const auto [rest, error] = std::from_chars(text.data(), end, number);
    if (error != std::errc() || rest != end || text.empty()) {
        return std::nullopt;
    }
    return number;
}

/// The same with an optional sign.
std::optional<std::int64_t> to_signed(std::string_view text) {
    if (text.starts_with('+')) {
        text.remove_prefix(1);
        if (text.starts_with('-')) {
            return std::nullopt;
        }
    }
    return to_number<std::int64_t>(text);
}

struct Parameter {
    std::string_view key;
    std::string_view value;
};

/// `m=65536,t=3,p=4`. Nothing when a part has no equals sign, an empty text included.
std::optional<std::vector<Parameter>> to_parameters(std::string_view text) {
    std::vector<Parameter> parameters;
    for (const std::string_view part : util::split(text, ',')) {
        const std::size_t equals = part.find('=');
        if (equals == std::string_view::npos) {
            return std::nullopt;
        }
        parameters.push_back({part.substr(0, equals), part.substr(equals + 1)});
    }
    return parameters;
}

constexpr std::string_view k_no_parameters = "its parameters are not written as name=value, separated by commas";
constexpr std::string_view k_strange_parameter = "it has a parameter that its scheme does not know";
constexpr std::string_view k_bad_salt = "its salt is not base64 without padding";
constexpr std::string_view k_bad_key = "its key is not base64 without padding";
constexpr std::string_view k_no_key = "it has no key";

std::string not_a_number(std::string_view parameter) { return fmt::format("its {} is not a number", parameter); }

std::uint64_t product(std::uint64_t left, std::uint64_t right) {
    std::uint64_t result = 0;
    return __builtin_mul_overflow(left, right, &result) ? std::numeric_limits<std::uint64_t>::max() : result;
}

std::uint64_t sum(std::uint64_t left, std::uint64_t right) {
    std::uint64_t result = 0;
    return __builtin_add_overflow(left, right, &result) ? std::numeric_limits<std::uint64_t>::max() : result;
}

struct Pbkdf2Variant {
    std::string_view identifier;
    Hash hash;
};

constexpr std::array<Pbkdf2Variant, 6> k_pbkdf2_variants{{
    {"pbkdf2", Hash::sha1},
    {"pbkdf2-sha1", Hash::sha1},
    {"pbkdf2-sha224", Hash::sha224},
    {"pbkdf2-sha256", Hash::sha256},
    {"pbkdf2-sha384", Hash::sha384},
    {"pbkdf2-sha512", Hash::sha512},
}};

Hash hash_of(std::string_view variant) {
    const auto* found = std::ranges::find(k_pbkdf2_variants, variant, &Pbkdf2Variant::identifier);
    return found == k_pbkdf2_variants.end() ? Hash::sha512 : found->hash;
}

Parsed parse_pbkdf2(Digest digest, const Parts& parts) {
    if (parts.size() != 5) {
        return fault("it does not have the four parts $pbkdf2-…$ITERATIONS$SALT$KEY");
    }
    const auto iterations = to_signed(parts[2]);
    if (!iterations) {
        return fault(not_a_number("number of iterations"));
    }
    auto salt = from_base64(parts[3], k_pbkdf2_alphabet);
    if (!salt) {
        return fault("its salt is not base64 with the characters . and /, without padding");
    }
    auto key = from_base64(parts[4], k_pbkdf2_alphabet);
    if (!key) {
        return fault("its key is not base64 with the characters . and /, without padding");
    }
    if (key->empty()) {
        return fault(std::string(k_no_key));
    }
    digest.iterations = *iterations;
    digest.salt = *std::move(salt);
    digest.key = *std::move(key);
    constexpr std::uint64_t k_block = 64; // of the smaller hashes; their compressions cost about as much
    const std::size_t size = hash_bytes(hash_of(digest.variant));
    const std::uint64_t keys = (digest.key.size() + size - 1) / size;
    const auto rounds = static_cast<std::uint64_t>(std::max<std::int64_t>(*iterations, 1));
    digest.cost = product(keys, sum(product(rounds, 2), digest.salt.size() / k_block));
    return digest;
}

Parsed parse_argon2(Digest digest, const Parts& parts) {
    if (parts.size() != 6) {
        return fault(
            fmt::format("it does not have the five parts ${}$v=19$m=MEMORY,t=TIME,p=LANES$SALT$KEY", digest.variant));
    }
    constexpr std::uint32_t k_default_memory = 32 * 1024;
    constexpr std::uint32_t k_default_lanes = 4;
    std::uint32_t memory = 0;
    std::uint32_t time = 0;
    std::uint32_t lanes = 0;
    // The library reads both parts as one list, the second first; so a list without version passes.
    const std::string list = fmt::format("{},{}", parts[3], parts[2]);
    const auto parameters = to_parameters(list);
    if (!parameters) {
        return fault(std::string(k_no_parameters));
    }
    for (const auto& [key, value] : *parameters) {
        const auto number = to_number<std::uint32_t>(value);
        if (!number) {
            return fault(not_a_number("parameter"));
        }
        if (key == "v") {
            if (*number != 19) {
                return fault("its version is not 19, the only one that can be computed");
            }
        } else if (key == "m") {
            memory = *number;
        } else if (key == "t") {
            time = *number;
        } else if (key == "p") {
            lanes = *number;
        } else if (key != "k") {
            return fault(std::string(k_strange_parameter));
        }
    }
    auto salt = from_base64(parts[4], k_standard_alphabet);
    if (!salt) {
        return fault(std::string(k_bad_salt));
    }
    auto key = from_base64(parts[5], k_standard_alphabet);
    if (!key) {
        return fault(std::string(k_bad_key));
    }
    if (key->empty()) {
        return fault(std::string(k_no_key));
    }
    digest.iterations = time == 0 ? 1 : time;
    digest.block_size = memory == 0 ? k_default_memory : memory;
    digest.parallelism = lanes == 0 ? k_default_lanes : lanes;
    digest.salt = *std::move(salt);
    digest.key = *std::move(key);
    constexpr std::uint64_t k_per_block = 3;
    const std::uint64_t blocks = std::max<std::uint64_t>(digest.block_size, product(8, digest.parallelism));
    digest.memory = product(blocks, 1024);
    digest.cost = sum(product(product(blocks, static_cast<std::uint64_t>(digest.iterations)), k_per_block),
                      digest.key.size() / 32);
    return digest;
}

/// Bcrypt's cost as the library takes it: below the least it computes with its default.
Parsed with_bcrypt_cost(Digest digest, std::int64_t cost) {
    constexpr std::int64_t k_least = 4;
    constexpr std::int64_t k_most = 31;
    constexpr std::int64_t k_default = 10;
    if (cost > k_most) {
        return fault_when_checked(fmt::format("its cost is beyond {}", k_most));
    }
    digest.iterations = cost < k_least ? k_default : cost;
    constexpr std::uint64_t k_per_round = 200;
    digest.cost = (std::uint64_t{1} << static_cast<unsigned>(digest.iterations)) * k_per_round;
    return digest;
}

/// Salt and key as they are written; the salt has to be 22 characters that stand for 16 bytes.
Parsed with_bcrypt_text(Digest digest, std::string_view salt, std::string_view key) {
    constexpr std::size_t k_bytes = 16;
    const auto bytes = from_base64(salt, k_bcrypt_alphabet);
    if (!bytes || bytes->size() != k_bytes) {
        return fault("its salt is not 22 characters of bcrypt's base64");
    }
    digest.salt = to_base64(*bytes, k_bcrypt_alphabet);
    digest.key = key;
    return digest;
}

Parsed parse_bcrypt(Digest digest, const Parts& parts) {
    constexpr std::size_t k_salt = 22;
    constexpr std::size_t k_both = 53;
    if (parts.size() != 4) {
        return fault(fmt::format("it does not have the three parts ${}$COST$SALT-AND-KEY", digest.variant));
    }
    const auto cost = to_signed(parts[2]);
    if (!cost) {
        return fault(not_a_number("cost"));
    }
    if (parts[3].size() != k_both) {
        return fault(fmt::format("its salt and key have {} characters instead of {}", parts[3].size(), k_both));
    }
    auto read = with_bcrypt_text(std::move(digest), parts[3].substr(0, k_salt), parts[3].substr(k_salt));
    return read ? with_bcrypt_cost(*std::move(read), *cost) : read;
}

Parsed parse_bcrypt_sha256(Digest digest, const Parts& parts) {
    constexpr std::size_t k_key = 31;
    if (parts.size() != 5) {
        return fault("it does not have the four parts $bcrypt-sha256$v=2,t=2b,r=COST$SALT$KEY");
    }
    const auto parameters = to_parameters(parts[2]);
    if (!parameters) {
        return fault(std::string(k_no_parameters));
    }
    std::int64_t cost = 0;
    for (const auto& [key, value] : *parameters) {
        if (key == "r") {
            const auto number = to_signed(value);
            if (!number) {
                return fault(not_a_number("cost"));
            }
            cost = *number;
        } else if (key != "v" && key != "t") {
            return fault(std::string(k_strange_parameter));
        }
    }
    if (parts[4].size() != k_key) {
        return fault(fmt::format("its key has {} characters instead of {}", parts[4].size(), k_key));
    }
    auto read = with_bcrypt_text(std::move(digest), parts[3], parts[4]);
    return read ? with_bcrypt_cost(*std::move(read), cost) : read;
}

/// Cost and memory of N = 2^ln blocks of 128 r bytes, p times one after the other.
void set_scrypt_cost(Digest& digest) {
    const std::uint64_t blocks =
        product(std::uint64_t{1} << static_cast<unsigned>(digest.iterations), digest.block_size);
    digest.memory = product(blocks, 128);
    digest.cost = sum(product(product(blocks, digest.parallelism), 2), digest.key.size() / 32);
}

Parsed parse_scrypt(Digest digest, const Parts& parts) {
    if (parts.size() != 5) {
        return fault("it does not have the four parts $scrypt$ln=LOG,r=SIZE,p=LANES$SALT$KEY");
    }
    const auto parameters = to_parameters(parts[2]);
    if (!parameters) {
        return fault(std::string(k_no_parameters));
    }
    std::int64_t logarithm = 16;
    std::int64_t block_size = 8;
    std::int64_t lanes = 1;
    for (const auto& [key, value] : *parameters) {
        const auto number = to_signed(value);
        if (key == "ln") {
            logarithm = number.value_or(0);
        } else if (key == "r") {
            block_size = number.value_or(0);
        } else if (key == "p") {
            lanes = number.value_or(0);
        } else {
            return fault(std::string(k_strange_parameter));
        }
        if (!number) {
            return fault(not_a_number("parameter"));
        }
    }
    auto salt = from_base64(parts[3], k_standard_alphabet);
    if (!salt) {
        return fault(std::string(k_bad_salt));
    }
    auto key = from_base64(parts[4], k_standard_alphabet);
    if (!key) {
        return fault(std::string(k_bad_key));
    }
    if (key->empty()) {
        return fault(std::string(k_no_key));
    }
    if (logarithm < 1 || logarithm > 62) {
        return fault_when_checked("its parameter ln is not between 1 and 62");
    }
    constexpr std::int64_t k_most_product = (1 << 30) - 1;
    if (block_size < 1 || lanes < 1 || block_size > k_most_product / lanes) {
        return fault_when_checked("its parameters r and p are below 1 or their product is 2^30 or more");
    }
    if ((std::int64_t{1} << logarithm) > std::numeric_limits<std::int64_t>::max() / 128 / block_size) {
        return fault_when_checked("its parameters ask for more memory than there can be");
    }
    digest.iterations = logarithm;
    digest.block_size = static_cast<std::uint32_t>(block_size);
    digest.parallelism = static_cast<std::uint32_t>(lanes);
    digest.salt = *std::move(salt);
    digest.key = *std::move(key);
    set_scrypt_cost(digest);
    return digest;
}

Parsed parse_yescrypt(Digest digest, const Parts& parts) {
    if (parts.size() != 5 || parts[2].size() != 3 || parts[2][0] != 'j') {
        return fault("it does not have the four parts $y$jXX$SALT$KEY");
    }
    auto key = from_crypt_base64(parts[4]);
    if (!key || key->empty()) {
        return fault("its key is not base64 of crypt(3)");
    }
    const std::size_t logarithm = k_crypt_alphabet.find(parts[2][1]);
    const std::size_t block_size = k_crypt_alphabet.find(parts[2][2]);
    // A character outside the alphabet counts 64 there; two to the power of 63 and more does not fit.
    if (logarithm > 61) {
        return fault_when_checked("its parameters ask for more memory than there can be");
    }
    digest.iterations = static_cast<std::int64_t>(logarithm) + 1;
    digest.block_size = block_size == std::string_view::npos ? 65 : static_cast<std::uint32_t>(block_size) + 1;
    digest.parallelism = 1;
    if ((std::int64_t{1} << digest.iterations) > std::numeric_limits<std::int64_t>::max() / 128 / digest.block_size) {
        return fault_when_checked("its parameters ask for more memory than there can be");
    }
    // A salt that cannot be read counts as empty.
    digest.salt = from_crypt_base64(parts[3]).value_or("");
    digest.key = *std::move(key);
    set_scrypt_cost(digest);
    return digest;
}

Parsed parse_sha2_crypt(Digest digest, const Parts& parts) {
    if (parts.size() != 4 && parts.size() != 5) {
        return fault(fmt::format("it does not have the parts ${}$rounds=ROUNDS$SALT$KEY", digest.variant));
    }
    std::uint32_t rounds = 5000;
    if (parts.size() == 5) {
        const auto parameters = to_parameters(parts[2]);
        if (!parameters) {
            return fault(std::string(k_no_parameters));
        }
        for (const auto& [key, value] : *parameters) {
            const auto number = to_number<std::uint32_t>(value);
            if (key != "rounds") {
                return fault(std::string(k_strange_parameter));
            }
            if (!number) {
                return fault(not_a_number("number of rounds"));
            }
            rounds = *number;
        }
    }
    if (parts.back().empty()) {
        return fault(std::string(k_no_key));
    }
    digest.iterations = rounds;
    digest.salt = parts[parts.size() - 2];
    digest.key = parts.back();
    constexpr std::uint64_t k_per_round = 3; // up to two compressions, and the library's call
    digest.cost = product(std::uint64_t{rounds} + 300, k_per_round + digest.salt.size() / 16);
    return digest;
}

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
        return fault("it has fewer than two parts that are marked with $");
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
        return fault("its identifier, the text between the first two $, names no known scheme");
    }
    digest.scheme = decoder->scheme;
    return decoder->parse(std::move(digest), parts);
}

Verdict verify(const Digest& digest, const Secret& secret) {
    Budget budget{k_dearest_cost};
    return verify(digest, secret, budget);
}

Verdict verify(const Digest& digest, const Secret& secret, Budget& budget) {
    if (digest.scheme == Scheme::plaintext) {
        const std::string_view text = digest.text;
        return secret.equals(text.substr(std::string_view("$plaintext$").size())) ? Verdict::match : Verdict::mismatch;
    }
    const std::uint64_t cost = sum(digest.cost, extra_cost(digest, secret.size()));
    if (cost > std::min(budget.left, k_dearest_cost) || digest.memory > k_most_memory) {
        return Verdict::too_dear;
    }
    budget.left -= cost;
    std::optional<std::string> key;
    if (digest.scheme == Scheme::pbkdf2) {
        const auto iterations = static_cast<std::uint32_t>(std::max<std::int64_t>(digest.iterations, 1));
        key = pbkdf2(hash_of(digest.variant), secret.reveal(), digest.salt, iterations, digest.key.size());
    } else {
        key = derive(digest, secret);
    }
    if (!key) {
        return Verdict::unable;
    }
    const bool same =
        key->size() == digest.key.size() && CRYPTO_memcmp(key->data(), digest.key.data(), key->size()) == 0;
    OPENSSL_cleanse(key->data(), key->size());
    return same ? Verdict::match : Verdict::mismatch;
}

Expected<std::string> make_digest(const Secret& secret, std::uint32_t iterations) {
    if (iterations < k_fewest_iterations || iterations > k_most_iterations) {
        return failure(fmt::format("a digest takes between {} and {} iterations, not {}", k_fewest_iterations,
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
