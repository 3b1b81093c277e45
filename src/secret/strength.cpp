#include "secret/strength.hpp"

#include "secret/digest.hpp"

#include <algorithm>
#include <array>
#include <bitset>

namespace oidcgen::secret {
namespace {

/// Words that people put where a secret belongs. A secret that is made of them alone, whatever is between them, is not
/// a secret.
constexpr std::array<std::string_view, 71> k_fillers{
    "abc",    "admin",       "app",      "auth",      "bar",    "change",  "changed", "changeit", "changeme",
    "client", "clientid",    "code",     "default",   "demo",   "dummy",   "enter",   "example",  "fixme",
    "foo",    "from",        "generate", "generated", "google", "here",    "hunter",  "id",       "insecure",
    "insert", "is",          "key",      "letmein",   "long",   "me",      "my",      "new",      "none",
    "not",    "null",        "oauth",    "oidc",      "openid", "pass",    "passwd",  "password", "paste",
    "photos", "placeholder", "put",      "qwerty",    "random", "replace", "sample",  "secret",   "secure",
    "some",   "string",      "super",    "test",      "the",    "this",    "todo",    "token",    "undefined",
    "use",    "value",       "very",     "welcome",   "with",   "xxx",     "you",     "your"};

char lower(char character) {
    return character >= 'A' && character <= 'Z' ? static_cast<char>(character - 'A' + 'a') : character;
}

bool is_letter(char character) { return character >= 'a' && character <= 'z'; }

Secret lowered(std::string_view text) {
    Secret copy(text);
    std::ranges::transform(copy.bytes(), copy.bytes().begin(), lower);
    return copy;
}

/// Whether fillers, digits and punctuation cover the whole text, with at least one filler.
bool is_made_of_fillers(std::string_view text, std::span<const std::string_view> names) {
    constexpr std::size_t k_longest = 200;
    if (text.size() > k_longest || std::ranges::none_of(text, is_letter)) {
        return false;
    }
    std::bitset<k_longest + 1> reached;
    reached.set(0);
    for (std::size_t at = 0; at < text.size(); ++at) {
        if (!reached.test(at)) {
            continue;
        }
        const std::string_view rest = text.substr(at);
        if (!is_letter(rest.front()) && static_cast<unsigned char>(rest.front()) < 0x80) {
            reached.set(at + 1);
        }
        const auto take = [&](std::string_view filler) {
            if (rest.starts_with(filler)) {
                reached.set(at + filler.size());
            }
        };
        std::ranges::for_each(k_fillers, take);
        std::ranges::for_each(names, take);
    }
    return reached.test(text.size());
}

/// `xxxxxxxx`, `12345678`, `fedcba`: each character as far from the one before.
bool is_run(std::string_view text) {
    if (text.size() < 2) {
        return true;
    }
    const auto step_at = [&](std::size_t at) {
        const int step = text[at] - text[at - 1];
        return (text[at - 1] == '9' && text[at] == '0') ? 1 : (text[at - 1] == '0' && text[at] == '9') ? -1 : step;
    };
    const int step = step_at(1);
    if (step < -1 || step > 1) {
        return false;
    }
    for (std::size_t at = 2; at < text.size(); ++at) {
        if (step_at(at) != step) {
            return false;
        }
    }
    return true;
}

/// One short text over and over: `abcabcabc`.
bool is_repetition(std::string_view text) {
    constexpr std::size_t k_longest = 4;
    for (std::size_t period = 1; period <= k_longest && period * 2 <= text.size(); ++period) {
        if (std::equal(text.begin() + static_cast<std::ptrdiff_t>(period), text.end(), text.begin())) {
            return true;
        }
    }
    return false;
}

} // namespace

std::optional<Weakness> weakness(const Secret& secret, std::string_view client_id,
                                 std::span<const std::string_view> names) {
    if (is_documentation_sample(secret)) {
        return Weakness::sample;
    }
    const Secret folded = lowered(secret.reveal());
    const std::string_view text = folded.reveal();
    if (!client_id.empty() && std::ranges::equal(text, client_id, {}, {}, lower)) {
        return Weakness::same_as_client;
    }
    if (is_made_of_fillers(text, names) || is_run(text) || is_repetition(text)) {
        return Weakness::filler;
    }
    if (secret.size() < k_fewest_characters) {
        return Weakness::too_short;
    }
    return std::nullopt;
}

std::string_view message(Weakness weakness) {
    switch (weakness) {
    case Weakness::sample:
        return "the secret is a sample from public documentation, which everybody can read";
    case Weakness::same_as_client:
        return "the secret is the client id, which everybody can read in the address of the login";
    case Weakness::filler:
        return "the secret is a dummy value that was meant to be replaced";
    case Weakness::too_short:
        break;
    }
    return "the secret has fewer than 22 characters, too few to withstand guessing";
}

} // namespace oidcgen::secret
