#include "secret/diagnosis.hpp"

#include "secret/base64.hpp"
#include "secret/digest.hpp"
#include "secret/pbkdf2.hpp"
#include "util/text.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <utility>

namespace oidcgen::secret {
namespace {

struct Text {
    Mistake mistake;
    std::string_view message;
};

constexpr std::array<Text, 21> k_messages{{
    {Mistake::sample, "this is the digest of a sample secret in public documentation, which everybody can read"},
    {Mistake::blank, "the digest has white space before or after it"},
    {Mistake::quote, "the digest has an extra quotation mark before or after it"},
    {Mistake::label, "the label that the hash command prints (`digest:`) was copied with the digest"},
    {Mistake::doubled_dollar, "its dollar signs are doubled, as a Compose file needs them"},
    {Mistake::ldap_prefix, "an LDAP prefix in braces is in front of the digest"},
    {Mistake::missing_dollar, "the first dollar sign of the digest is missing"},
    {Mistake::base64_whole, "the whole digest was encoded as base64"},
    {Mistake::base64_marker, "$base64$ is in the schema, but nothing can read it"},
    {Mistake::swallowed, "this looks like what is left of a digest after a shell or Compose replaced its dollar signs"},
    {Mistake::misspelt_identifier, "the identifier between the first two dollar signs is misspelt"},
    {Mistake::unknown_scheme, "the identifier between the first two dollar signs is not a known scheme"},
    {Mistake::missing_part, "a part of the digest is missing; all its dollar signs belong to it"},
    {Mistake::extra_part, "the digest has one part too many"},
    {Mistake::hex, "salt and key are in hexadecimal instead of base64"},
    {Mistake::standard_base64, "salt and key are in standard base64, but here + must be . and = must be removed"},
    {Mistake::url_base64, "salt and key are in URL-safe base64, but here - must be . and _ must be /"},
    {Mistake::padding, "its base64 ends with =, which must be removed"},
    {Mistake::cut_short, "the end of the digest is missing"},
    {Mistake::other_hash, "the key is longer than the hash in the identifier makes it"},
    {Mistake::few_iterations, "the digest has fewer than 100000 iterations"},
}};
static_assert(k_fewest_iterations == 100'000);

constexpr std::array<std::string_view, 20> k_identifiers{"argon2id",
                                                         "argon2i",
                                                         "argon2d",
                                                         "2b",
                                                         "2a",
                                                         "2x",
                                                         "2y",
                                                         "bcrypt-sha256",
                                                         "pbkdf2",
                                                         "pbkdf2-sha1",
                                                         "pbkdf2-sha224",
                                                         "pbkdf2-sha256",
                                                         "pbkdf2-sha384",
                                                         "pbkdf2-sha512",
                                                         "scrypt",
                                                         "y",
                                                         "5",
                                                         "6",
                                                         "plaintext",
                                                         "base64"};

bool is_identifier(std::string_view text) { return std::ranges::find(k_identifiers, text) != k_identifiers.end(); }

/// The identifier of a text that begins `$NAME$`; empty without one.
std::string_view identifier_of(std::string_view text) {
    if (!text.starts_with('$')) {
        return {};
    }
    text.remove_prefix(1);
    const std::size_t end = text.find('$');
    return end == std::string_view::npos ? std::string_view() : text.substr(0, end);
}

/// Of another program: short, and made of what identifiers are made of.
bool may_be_identifier(std::string_view text) {
    constexpr std::size_t k_longest = 24;
    return !text.empty() && text.size() <= k_longest &&
           text.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_") ==
               std::string_view::npos;
}

/// `PBKDF2_SHA512`, `pbkdf2sha512`, `pbkdf2-sha521`, `argon2`.
bool is_misspelt(std::string_view identifier) {
    const auto bare = [](std::string_view text) {
        std::string letters = util::lowered(text);
        std::erase_if(letters, [](char character) { return character == '-' || character == '_'; });
        return letters;
    };
    const std::string written = bare(identifier);
    return std::ranges::any_of(k_identifiers, [&](std::string_view known) {
        constexpr std::size_t k_long = 6; // the short ones are near to everything
        return bare(known) == written || (known.size() >= k_long && util::edit_distance(identifier, known, 2) <= 2);
    });
}

/// The text without what does not belong around a digest.
struct Unwrapped {
    std::string core;
    std::vector<Mistake> mistakes;
};

void strip_blanks(Unwrapped& text) {
    // Line breaks after it do no harm to the schemes that people use: a block scalar has one.
    std::string_view view = text.core;
    while (view.ends_with('\n') || view.ends_with('\r')) {
        view.remove_suffix(1);
    }
    const std::string_view trimmed = util::trimmed(view);
    if (trimmed.size() != view.size()) {
        text.mistakes.push_back(Mistake::blank);
    }
    text.core = std::string(trimmed);
}

void strip_quotes(Unwrapped& text) {
    constexpr std::string_view k_quotes = "\"'`";
    const std::size_t begin = text.core.find_first_not_of(k_quotes);
    if (begin == std::string::npos) {
        return;
    }
    const std::size_t end = text.core.find_last_not_of(k_quotes) + 1;
    if (begin != 0 || end != text.core.size()) {
        text.mistakes.push_back(Mistake::quote);
        text.core = text.core.substr(begin, end - begin);
    }
}

void strip_label(Unwrapped& text) {
    constexpr std::string_view k_label = "digest:";
    if (util::lowered(std::string_view(text.core).substr(0, k_label.size())) == k_label) {
        text.mistakes.push_back(Mistake::label);
        text.core = std::string(util::trimmed(std::string_view(text.core).substr(k_label.size())));
    }
}

void strip_dollars(Unwrapped& text) {
    if (!text.core.starts_with("$$")) {
        return;
    }
    text.mistakes.push_back(Mistake::doubled_dollar);
    std::string single;
    for (std::size_t i = 0; i < text.core.size(); ++i) {
        single += text.core[i];
        i += text.core.compare(i, 2, "$$") == 0 ? 1 : 0;
    }
    text.core = std::move(single);
}

void strip_ldap(Unwrapped& text) {
    if (!text.core.starts_with('{')) {
        return;
    }
    const std::size_t end = text.core.find('}');
    if (end == std::string::npos || !may_be_identifier(std::string_view(text.core).substr(1, end - 1))) {
        return;
    }
    const std::string_view rest = std::string_view(text.core).substr(end + 1);
    if (parse_digest(text.core, ReadBy::command) || is_identifier(identifier_of(rest))) {
        text.mistakes.push_back(Mistake::ldap_prefix);
        text.core = std::string(rest);
    }
}

void add_dollar(Unwrapped& text) {
    const std::size_t end = text.core.find('$');
    if (end == 0 || end == std::string::npos) {
        return;
    }
    const std::string_view identifier = std::string_view(text.core).substr(0, end);
    // A secret may well hold a dollar sign: the short identifiers alone prove nothing.
    constexpr std::size_t k_long = 6;
    constexpr std::size_t k_shortest_digest = 46; // `$5$`, an empty salt and 43 characters of key
    const std::string completed = "$" + text.core;
    if (is_identifier(identifier) &&
        (identifier.size() >= k_long || (completed.size() > k_shortest_digest && parse_digest(completed)))) {
        text.mistakes.push_back(Mistake::missing_dollar);
        text.core = completed;
    }
}

void decode_base64(Unwrapped& text) {
    std::string_view encoded = text.core;
    while (encoded.ends_with('=')) {
        encoded.remove_suffix(1);
    }
    const auto decoded = from_base64(encoded, k_standard_alphabet);
    if (decoded && is_identifier(identifier_of(util::trimmed(*decoded)))) {
        text.mistakes.push_back(Mistake::base64_whole);
        text.core = std::string(util::trimmed(*decoded));
    }
}

Unwrapped unwrapped(std::string_view written) {
    Unwrapped text{std::string(written), {}};
    strip_blanks(text);
    strip_quotes(text);
    strip_label(text);
    strip_quotes(text);
    strip_dollars(text);
    strip_ldap(text);
    add_dollar(text);
    decode_base64(text);
    return text;
}

/// How many parts a digest of that scheme has after its first `$`.
std::pair<std::size_t, std::size_t> parts_of(std::string_view identifier) {
    if (identifier.starts_with("argon2")) {
        return {5, 5};
    }
    if (identifier.starts_with('2')) {
        return {3, 3};
    }
    if (identifier == "5" || identifier == "6") {
        return {3, 4};
    }
    return {4, 4};
}

bool is_hex(std::string_view text) {
    constexpr std::size_t k_shortest = 16;
    return text.size() >= k_shortest && text.size() % 2 == 0 &&
           text.find_first_not_of("0123456789abcdefABCDEF") == std::string_view::npos;
}

std::size_t bytes_of(std::string_view identifier) {
    constexpr std::array<std::pair<std::string_view, Hash>, 4> k_hashes{{{"pbkdf2-sha224", Hash::sha224},
                                                                         {"pbkdf2-sha256", Hash::sha256},
                                                                         {"pbkdf2-sha384", Hash::sha384},
                                                                         {"pbkdf2-sha512", Hash::sha512}}};
    for (const auto& [name, hash] : k_hashes) {
        if (name == identifier) {
            return hash_bytes(hash);
        }
    }
    return hash_bytes(Hash::sha1);
}

void diagnose_pbkdf2(const std::vector<std::string_view>& parts, std::vector<Mistake>& mistakes) {
    const std::string_view salt = parts[3];
    const std::string_view key = parts[4];
    const auto either = [&](std::string_view characters) {
        return salt.find_first_of(characters) != std::string_view::npos ||
               key.find_first_of(characters) != std::string_view::npos;
    };
    if (is_hex(salt) && is_hex(key)) {
        mistakes.push_back(Mistake::hex);
    } else if (either("+=")) {
        mistakes.push_back(Mistake::standard_base64);
    } else if (either("-_")) {
        mistakes.push_back(Mistake::url_base64);
    } else {
        const std::size_t wanted = bytes_of(parts[1]);
        // A single character at the end is not a whole byte: it shows where the text was cut.
        std::size_t characters = 0;
        for (const char character : key) {
            characters += character == '\n' || character == '\r' ? 0 : 1;
        }
        const std::size_t bytes = characters * 3 / 4;
        if (bytes < wanted) {
            mistakes.push_back(Mistake::cut_short);
        } else if (bytes > wanted) {
            mistakes.push_back(Mistake::other_hash);
        }
    }
}

/// What is left of `$pbkdf2-sha512$310000$…` or `$argon2id$v=19$m=…` when names after dollar signs were replaced like
/// variables without a value (`-sha51210000…`, `=19=65536,t=3…`), or when the dollar signs were simply lost.
bool is_left_of_digest(std::string_view text) {
    constexpr std::size_t k_shortest = 20; // less is never left of what people use
    constexpr std::size_t k_fewest_digits = 3;
    constexpr std::array<std::string_view, 4> k_starts{"-sha", "pbkdf2-sha", "bkdf2-sha", "pbkdf2"};
    constexpr std::string_view k_rest = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ./$";
    const bool has_dollar = text.find('$') != std::string_view::npos;
    if (text.size() < k_shortest || text.find(' ') != std::string_view::npos || (has_dollar && text.front() != '-')) {
        return false; // with dollar signs and its identifier, only the first sign is missing
    }
    for (const auto start : k_starts) {
        const auto rest = text.starts_with(start) ? text.substr(start.size()) : std::string_view();
        if (rest.find_first_not_of("0123456789") != std::string_view::npos &&
            rest.find_first_not_of("0123456789") >= k_fewest_digits &&
            rest.find_first_not_of(k_rest) == std::string_view::npos) {
            return true;
        }
    }
    const bool is_of_argon2 = text.starts_with("=19") || text.starts_with("argon2");
    return is_of_argon2 && text.find(",t=") != std::string_view::npos && text.find(",p=") != std::string_view::npos;
}

} // namespace

std::vector<Mistake> diagnose(std::string_view text) {
    if (is_left_of_digest(text)) {
        return {Mistake::swallowed};
    }
    Unwrapped unwrapped_text = unwrapped(text);
    std::vector<Mistake>& mistakes = unwrapped_text.mistakes;
    const std::string& core = unwrapped_text.core;
    const std::string_view identifier = identifier_of(core);
    if (identifier.empty() || identifier == "plaintext" || !may_be_identifier(identifier)) {
        // Blanks and quotes around what is not a digest are reported elsewhere.
        return {};
    }
    if (identifier == "base64") {
        mistakes.push_back(Mistake::base64_marker);
        return mistakes;
    }
    if (!is_identifier(identifier)) {
        mistakes.push_back(is_misspelt(identifier) ? Mistake::misspelt_identifier : Mistake::unknown_scheme);
        return mistakes;
    }
    const std::vector<std::string_view> parts = util::split(core, '$');
    const auto [fewest, most] = parts_of(identifier);
    if (parts.size() - 1 < fewest) {
        mistakes.push_back(Mistake::missing_part);
        return mistakes;
    }
    if (parts.size() - 1 > most) {
        mistakes.push_back(Mistake::extra_part);
        return mistakes;
    }
    if (is_documentation_sample(core)) {
        mistakes.insert(mistakes.begin(), Mistake::sample);
    }
    constexpr std::size_t k_bcrypt = 53;
    if (identifier.starts_with("pbkdf2")) {
        diagnose_pbkdf2(parts, mistakes);
    } else if (identifier.starts_with('2') && parts.back().size() < k_bcrypt) {
        mistakes.push_back(Mistake::cut_short);
    } else if ((identifier == "5" && parts.back().size() < 43) || (identifier == "6" && parts.back().size() < 86)) {
        mistakes.push_back(Mistake::cut_short);
    }
    const bool padded = identifier.starts_with("argon2") || identifier == "scrypt";
    if (padded && (parts.back().ends_with('=') || parts[parts.size() - 2].ends_with('='))) {
        mistakes.push_back(Mistake::padding);
    }
    const auto digest = parse_digest(core);
    if (digest && digest->scheme == Scheme::pbkdf2 && digest->iterations < k_fewest_iterations) {
        mistakes.push_back(Mistake::few_iterations);
    }
    return mistakes;
}

std::string_view message(Mistake mistake) {
    const auto* found = std::ranges::find(k_messages, mistake, &Text::mistake);
    return found == k_messages.end() ? std::string_view() : found->message;
}

bool looks_like_digest(std::string_view text) {
    const Unwrapped unwrapped_text = unwrapped(text);
    if (parse_digest(unwrapped_text.core)) {
        return true;
    }
    // The short identifiers (`$6$`) may begin a secret by chance.
    constexpr std::size_t k_long = 6;
    const std::string_view identifier = identifier_of(unwrapped_text.core);
    return identifier.size() >= k_long && is_identifier(identifier);
}

} // namespace oidcgen::secret
