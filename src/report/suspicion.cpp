#include "report/suspicion.hpp"

#include "util/ascii.hpp"
#include "util/text.hpp"
#include "util/url.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <utility>

namespace oidcgen::report {

namespace {

using namespace std::string_view_literals;
using document::Span;

constexpr std::array k_secret_words{"secret"sv,      "password"sv,   "passphrase"sv,     "passwd"sv, "hmac"sv,
                                    "private_key"sv, "privatekey"sv, "encryption_key"sv, "digest"sv};
/// Words that are compared with a typing mistake allowed.
constexpr std::array k_misspelt_words{"secret"sv, "password"sv};
constexpr std::array k_secret_endings{"token"sv, "api_key"sv, "api-key"sv, "apikey"sv, "credential"sv, "credentials"sv};
/// Units of durations in configurations.
constexpr std::array k_units{"ms"sv,   "s"sv,     "second"sv, "seconds"sv, "m"sv,    "minute"sv, "minutes"sv, "h"sv,
                             "hour"sv, "hours"sv, "d"sv,      "day"sv,     "days"sv, "w"sv,      "week"sv,    "weeks"sv,
                             "M"sv,    "month"sv, "months"sv, "y"sv,       "year"sv, "years"sv};
/// Words that say it when they are the whole name, or one of the words that the name consists of.
constexpr std::array k_whole_words{"pass"sv, "pwd"sv, "psk"sv};
constexpr std::string_view k_section_about_secrets = "reset_password";
/// How names of secrets end, in small letters and without anything else.
constexpr std::array k_bare_endings{"key"sv,        "keys"sv,        "secret"sv, "secrets"sv,
                                    "password"sv,   "passphrase"sv,  "token"sv,  "digest"sv,
                                    "credential"sv, "credentials"sv, "hash"sv};
/// The same where the word must begin with a capital letter or behind a mark: `user_pin`, `userPin`.
constexpr std::array k_last_words{"pin"sv, "pass"sv, "pwd"sv, "psk"sv};
/// Such endings of names that everybody may know: public keys, keys on a keyboard, and hashes that a token holds.
constexpr std::array k_open_endings{"publickey"sv, "publickeys"sv, "pubkey"sv, "pubkeys"sv, "passkey"sv, "passkeys"sv,
                                    "hotkey"sv,    "hotkeys"sv,    "athash"sv, "chash"sv,   "shash"sv};

/// A name of a secret, in small letters and without anything else, and how many mistakes it is known by.
struct Misspelt {
    std::string_view name;
    std::size_t mistakes = 2;
    bool is_whole = false; ///< it is short, so nothing else stands before it
};
constexpr auto k_misspelt_names = std::to_array<Misspelt>({
    {"encryptionkey"},
    {"privatekey"},
    {"signingkey"},
    {"clientsecret"},
    {"hmacsecret"},
    {"jwtsecret"},
    {"passphrase"},
    {"credential"},
    {"credentials"},
    {"password"},
    {"accesstoken"},
    {"secret", 2, true},
    {"apikey", 1},
    {"token", 1, true},
});
/// What is near to one of them and is another word.
constexpr std::array k_other_words{"secure"sv, "taken"sv};
/// Settings about tokens: lists of claims, durations.
constexpr std::array k_about_secrets{"id_token"sv, "access_token"sv, "refresh_token"sv};

bool is_name(std::string_view text) {
    constexpr std::size_t k_longest = 64;
    return text.size() <= k_longest && std::ranges::all_of(text, is_word_byte);
}

/// At most one letter inserted, left out, replaced, or swapped with its neighbour.
bool is_nearly(std::string_view text, std::string_view word) {
    std::size_t at = 0;
    while (at < text.size() && at < word.size() && text[at] == word[at]) {
        ++at;
    }
    const auto text_rest = text.substr(at);
    const auto word_rest = word.substr(at);
    if (text_rest.empty() || word_rest.empty()) {
        return text_rest.size() + word_rest.size() <= 1;
    }
    const bool swapped = text_rest.size() >= 2 && word_rest.size() >= 2 && text_rest[0] == word_rest[1] &&
                         text_rest[1] == word_rest[0] && text_rest.substr(2) == word_rest.substr(2);
    return swapped || text_rest.substr(1) == word_rest.substr(1) || text_rest.substr(1) == word_rest ||
           text_rest == word_rest.substr(1);
}

bool holds_nearly(std::string_view name, std::string_view word) {
    for (std::size_t start = 0; start + word.size() <= name.size() + 1; ++start) {
        for (const auto size : {word.size() - 1, word.size(), word.size() + 1}) {
            if (start + size <= name.size() && is_nearly(name.substr(start, size), word)) {
                return true;
            }
        }
    }
    return false;
}

/// Few kinds of characters for its length, as text that stands in for something and no secret has.
bool is_monotonous(std::string_view text) {
    constexpr std::size_t k_most_kinds = 4;
    std::array<bool, 256> seen{};
    std::size_t kinds = 0;
    for (const char byte : text) {
        kinds += std::exchange(seen.at(static_cast<unsigned char>(byte)), true) ? 0U : 1U;
    }
    return kinds <= k_most_kinds;
}

/// Many hexadecimal digits of as many kinds as random bytes have.
bool is_hexadecimal(std::string_view text) {
    constexpr std::size_t k_shortest = 24;
    return text.size() >= k_shortest && !is_monotonous(text) &&
           std::ranges::all_of(text, [](char byte) { return util::hex_value(byte).has_value(); });
}

/// One of the words of a name in small letters with `_`, `-`, `.` or `[` between them.
bool has_word(std::string_view name, std::string_view word) {
    const auto is_end = [&](std::size_t at) { return at >= name.size() || !util::is_alphanumeric(name[at]); };
    for (auto at = name.find(word); at != std::string_view::npos; at = name.find(word, at + 1)) {
        if ((at == 0 || is_end(at - 1)) && is_end(at + word.size())) {
            return true;
        }
    }
    return false;
}

/// The letters of a name, small.
std::string bare(std::string_view name) {
    std::string result;
    for (const char byte : name) {
        if (util::is_letter(byte)) {
            result += static_cast<char>(byte | 0x20);
        }
    }
    return result;
}

/// The last word of a name: `Pin` of `userPin`, `PIN` of `USER_PIN2`.
std::string_view last_word(std::string_view name) {
    while (!name.empty() && !util::is_letter(name.back())) {
        name.remove_suffix(1);
    }
    auto start = name.size();
    while (start > 0 && util::is_letter(name[start - 1])) {
        --start;
        if (start > 0 && util::is_capital_letter(name[start]) && !util::is_capital_letter(name[start - 1])) {
            break;
        }
    }
    return name.substr(start);
}

/// Which letters a text of small letters has, a bit each.
constexpr std::uint32_t letters_of(std::string_view text) {
    std::uint32_t letters = 0;
    for (const char byte : text) {
        letters |= 1U << static_cast<unsigned>(byte - 'a');
    }
    return letters;
}

/// The text is that name, with so many mistakes at most.
bool is_misspelt(std::string_view text, const Misspelt& known) {
    // A letter that is replaced changes two bits at most.
    const auto differing = std::popcount(letters_of(text) ^ letters_of(known.name));
    return static_cast<std::size_t>(differing) <= 2 * known.mistakes &&
           util::edit_distance(text, known.name, known.mistakes) <= known.mistakes;
}

/// A word that ends as the name of a secret, in whatever way it is written, with a mistake or two in it.
bool word_ends_as_secret(std::string_view name) {
    const auto letters = bare(name);
    const std::string_view whole = letters;
    const auto ends = [&](std::string_view ending) { return whole.ends_with(ending); };
    if (whole == "keys" || std::ranges::any_of(k_open_endings, ends) ||
        std::ranges::find(k_other_words, whole) != k_other_words.end()) {
        return false;
    }
    const auto is_near = [&](const Misspelt& known) {
        const auto longest = std::min(whole.size(), known.name.size() + known.mistakes);
        const auto shortest = known.is_whole ? whole.size() : known.name.size() - known.mistakes;
        for (auto size = shortest; size <= longest; ++size) {
            if (is_misspelt(whole.substr(whole.size() - size), known)) {
                return true;
            }
        }
        return false;
    };
    return std::ranges::any_of(k_bare_endings, ends) || std::ranges::any_of(k_misspelt_names, is_near) ||
           std::ranges::find(k_last_words, util::lowered(last_word(name))) != k_last_words.end();
}

/// The same of a name. Of one with its value (`encryptionkey=…`), and of other text, it is one of the words, which is
/// more than that ending.
bool ends_as_secret(std::string_view name) {
    const auto is_part = [](char byte) { return is_word_byte(byte) || byte == '.'; };
    std::size_t words = 0;
    bool is_found = false;
    for (auto at = name.begin(); at != name.end();) {
        const auto start = std::find_if(at, name.end(), is_part);
        at = std::find_if_not(start, name.end(), is_part);
        const std::string_view word(start, at);
        words += word.empty() ? 0U : 1U;
        const bool is_ending = std::ranges::find(k_bare_endings, bare(word)) != k_bare_endings.end() ||
                               std::ranges::find(k_last_words, bare(word)) != k_last_words.end();
        if (word_ends_as_secret(word)) {
            if (!is_ending) {
                return true;
            }
            is_found = true;
        }
    }
    return words == 1 && is_found;
}

/// A few numbers, each with a unit: `1h30m`, `15 minutes`.
bool is_plain_duration(std::string_view text) {
    constexpr std::size_t k_longest = 24;
    if (text.empty() || text.size() > k_longest || !util::is_digit(text.front())) {
        return false;
    }
    while (!text.empty()) {
        const auto letters = text.find_first_not_of("0123456789., ");
        const auto word = text.substr(std::min(letters, text.size()));
        const auto unit = word.substr(0, word.find_first_of("0123456789., "));
        if (!unit.empty() && std::ranges::find(k_units, unit) == k_units.end()) {
            return false;
        }
        text = word.substr(unit.size());
    }
    return true;
}

/// Where the authority of an address begins that has no `://`: behind a scheme of the web and slashes.
std::size_t authority_start(std::string_view text) {
    auto start = std::min(text.find_first_not_of(" \t\"'"), text.size());
    for (const auto scheme : {"https:"sv, "http:"sv}) {
        if (text.substr(start).starts_with(scheme)) {
            start += scheme.size();
            break;
        }
    }
    return std::min(text.find_first_not_of('/', start), text.size());
}

/// How long the IPv6 address in brackets is that the text begins with.
std::size_t ip6_size(std::string_view text) {
    const auto end = text.starts_with('[') ? text.find(']') : std::string_view::npos;
    return end != std::string_view::npos && util::is_ip_address(text.substr(0, end + 1)) ? end + 1 : 0;
}

/// Whether `user:password@host` counts as an address.
enum class Schemeless : std::uint8_t { no, too };

/// Users and passwords. A password may hold whatever its writer forgot to escape, so it goes on to the last `@` of its
/// address; the next one begins with the scheme before its `://`.
void add_users(std::string_view text, Schemeless schemeless, std::vector<Span>& found) {
    constexpr auto k_none = std::string_view::npos;
    constexpr std::string_view k_slashes = "://";
    std::size_t start = authority_start(text);
    const auto first = text.find(k_slashes);
    if (first != k_none && text.find('@') > first) {
        start = first + k_slashes.size();
    }
    while (start < text.size()) {
        const auto next = text.find(k_slashes, start);
        const auto part = text.substr(start, next == k_none ? k_none : next - start);
        const auto at = part.rfind('@');
        if (at != k_none && at > 0) {
            const auto user = part.substr(0, at);
            const auto colon = user.find(':');
            const auto slash = user.find('/');
            const bool is_address = start > 0 || (schemeless == Schemeless::too && colon != k_none);
            if (is_address && !text.starts_with("mailto:") && (slash == k_none || colon < slash)) {
                found.push_back(span_of(start, start + at));
            }
        }
        start = next == k_none ? text.size() : next + k_slashes.size();
    }
}

/// Values of parameters, and what looks random in a query, a fragment or a port.
void add_parameters(std::string_view text, std::vector<Span>& found) {
    constexpr std::string_view k_delimiters = "?&;#/";
    constexpr std::string_view k_ends = "&;# \t\r\n\"'<>";
    for (auto at = text.find_first_of("?#"); at < text.size();) {
        const auto start = at + 1;
        const auto end = std::min(text.find_first_of("?&;#/ \t\r\n\"'<>", start), text.size());
        const auto equals = text.substr(start, end - start).find('=');
        if (equals != std::string_view::npos && names_secret(util::percent_decoded(text.substr(start, equals)))) {
            const auto value = start + equals + 1;
            found.push_back(span_of(value, std::min(text.find_first_of(k_ends, value), text.size())));
        } else {
            const auto value = equals == std::string_view::npos ? start : start + equals + 1;
            if (is_random(text.substr(value, end - value))) {
                found.push_back(span_of(value, end));
            }
        }
        at = text.find_first_of(k_delimiters, end);
    }
    const auto scheme = text.find("://");
    if (scheme == std::string_view::npos) {
        return;
    }
    const auto authority_end = std::min(text.find_first_of("/?#", scheme + 3), text.size());
    const auto user = text.substr(0, authority_end).rfind('@');
    const auto host = user == std::string_view::npos ? scheme + 3 : std::max(user, scheme + 3);
    const auto port = text.find(':', std::min(host + ip6_size(text.substr(host)), text.size()));
    if (port < authority_end && is_random(text.substr(port + 1, authority_end - port - 1))) {
        found.push_back(span_of(port + 1, authority_end));
    }
}

} // namespace

bool names_secret(std::string_view name) {
    constexpr std::size_t k_longest = 200;
    if (name.size() > k_longest) {
        return true; // no setting is called so
    }
    const auto lowered = util::lowered(name);
    if (lowered == "key" || lowered == "value") { // of a signing key, and of the Helm chart's client_secret
        return true;
    }
    return std::ranges::any_of(k_secret_words,
                               [&](std::string_view word) { return lowered.find(word) != std::string::npos; }) ||
           std::ranges::any_of(k_whole_words, [&](std::string_view word) { return has_word(lowered, word); }) ||
           std::ranges::any_of(k_secret_endings, [&](std::string_view word) { return lowered.ends_with(word); }) ||
           std::ranges::any_of(k_misspelt_words, [&](std::string_view word) { return holds_nearly(lowered, word); }) ||
           ends_as_secret(name);
}

bool names_section(std::string_view name) {
    const auto lowered = util::lowered(name);
    const std::string_view whole = lowered;
    const auto ends = [&](std::string_view word) {
        return whole.ends_with(word) || (whole.ends_with('s') && whole.substr(0, whole.size() - 1).ends_with(word));
    };
    const auto nearly_ends = [&](std::string_view word) {
        return holds_nearly(whole.substr(whole.size() - std::min(whole.size(), word.size() + 1)), word);
    };
    const bool ends_in_secret = std::ranges::any_of(k_secret_words, ends) ||
                                std::ranges::any_of(k_secret_endings, ends) ||
                                std::ranges::any_of(k_whole_words, ends) || ends("key") || whole == "value" ||
                                std::ranges::any_of(k_misspelt_words, nearly_ends) || ends_as_secret(name);
    return name == k_section_about_secrets || !ends_in_secret;
}

bool is_word_byte(char byte) {
    return util::is_alphanumeric(byte) || byte == '_' || byte == '-' || static_cast<unsigned char>(byte) >= 0x80;
}

bool looks_random(std::string_view text) {
    constexpr std::size_t k_shortest = 16;
    constexpr int k_fewest_digits = 3;
    if (text.size() < k_shortest) {
        return false;
    }
    const auto kind = [](char byte) {
        return util::is_digit(byte) ? 1 : util::is_small_letter(byte) ? 2 : util::is_capital_letter(byte) ? 3 : 0;
    };
    constexpr int k_fewest_letters = 3;
    int digits = 0;
    int letters = 0;
    std::size_t changes = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        digits += kind(text[i]) == 1 ? 1 : 0;
        letters += kind(text[i]) > 1 ? 1 : 0;
        changes += i > 0 && kind(text[i]) != kind(text[i - 1]) ? 1U : 0U;
    }
    return (digits >= k_fewest_digits && letters >= k_fewest_letters && changes * 3 >= text.size()) ||
           is_hexadecimal(text);
}

bool is_random(std::string_view text) {
    const auto host = text.substr(0, text.find_first_of(":/"));
    if (util::is_ip_address(host)) {
        const auto behind = text.substr(host.size());
        text = behind.substr(std::min(behind.find_first_not_of(":0123456789"), behind.size()));
    }
    return looks_random(text);
}

bool is_plain_host(std::string_view text) {
    constexpr std::size_t k_longest_label = 63; // RFC 1035 section 2.3.4
    return util::is_ip_address(text) || std::ranges::all_of(util::split(text, '.'), [](std::string_view label) {
               return !label.empty() && label.size() <= k_longest_label && !is_random(label) &&
                      std::ranges::all_of(label, [](char byte) { return util::is_alphanumeric(byte) || byte == '-'; });
           });
}

std::size_t plain_origin_size(std::string_view text) {
    constexpr std::size_t k_longest_port = 5;
    std::size_t start = 0;
    for (const auto scheme : {"https://"sv, "http://"sv}) {
        start = text.starts_with(scheme) ? scheme.size() : start;
    }
    const auto ip6 = ip6_size(text.substr(start));
    const auto host_end = ip6 > 0 ? start + ip6 : std::min(text.find_first_of(":/?#", start), text.size());
    const auto host = text.substr(start, host_end - start);
    if (start > 0 ? !is_plain_host(host) : !util::is_ip_address(host)) {
        return 0;
    }
    const auto end = std::min(text.find_first_of("/?#", host_end), text.size());
    const auto port = text.substr(host_end, end - host_end);
    const bool is_port = port.size() <= k_longest_port + 1 && port.starts_with(':') && util::is_digits(port.substr(1));
    return port.empty() || is_port ? end : 0;
}

std::vector<Span> apart(std::vector<Span> spans) {
    std::ranges::sort(spans, {}, &Span::start);
    std::vector<Span> result;
    for (const auto& one : spans) {
        if (!result.empty() && one.start <= result.back().end) {
            result.back().end = std::max(result.back().end, one.end);
        } else {
            result.push_back(one);
        }
    }
    return result;
}

std::vector<Span> secrets_in_addresses(std::string_view text) {
    std::vector<Span> found;
    add_users(text, Schemeless::no, found);
    add_parameters(text, found);
    return apart(std::move(found));
}

std::vector<Span> suspicious_in(std::string_view text) {
    constexpr std::string_view k_ends = " \t\r\n\"'`,;()<>[]{}=";
    std::vector<Span> found;
    add_users(text, Schemeless::too, found);
    add_parameters(text, found);
    for (std::size_t at = 0; at < text.size();) {
        const auto word = text.substr(at, std::min(text.find_first_of(k_ends, at), text.size()) - at);
        const bool is_address = word.find("://") != std::string_view::npos; // its parts were looked at
        if (is_address) {
            at += word.size();
            const auto ip6 = ip6_size(text.substr(at)); // its bracket ends a word
            at = ip6 > 0 ? std::min(text.find_first_of(k_ends, at + ip6), text.size()) : at + 1;
            continue;
        }
        if (is_random(word)) {
            found.push_back(span_of(at, at + word.size()));
        }
        at += word.size() + 1;
    }
    return apart(std::move(found));
}

std::string masked(std::string_view text, const std::vector<Span>& spans) {
    std::string result;
    std::size_t done = 0;
    for (const auto& hidden : spans) {
        result += text.substr(done, hidden.start - done);
        result += k_mask;
        done = hidden.end;
    }
    return result.append(text.substr(done));
}

bool is_identifier(std::string_view key) { return util::lowered(key).ends_with("id"); }

bool is_hidden_value(std::string_view key, std::string_view value) {
    return is_random(value) && value.find(' ') == std::string_view::npos &&
           value.find("://") == std::string_view::npos && !is_identifier(key);
}

bool is_no_file_name(std::string_view value) {
    return value.find('/') == std::string_view::npos &&
           (value.find('.') == std::string_view::npos || looks_random(value));
}

bool is_about_secrets(std::string_view key, const document::Node& value) {
    const bool is_duration = value.kind == document::NodeKind::scalar && is_plain_duration(value.text);
    return std::ranges::find(k_about_secrets, key) != k_about_secrets.end() &&
           (is_duration || value.kind == document::NodeKind::sequence);
}

bool is_hidden_name(std::string_view name) {
    constexpr std::size_t k_longest = 200; // no setting is called so
    if (name.size() > k_longest) {
        return !is_monotonous(name);
    }
    if (is_random(name) && name.find("://") == std::string_view::npos && name.find(' ') == std::string_view::npos) {
        return true;
    }
    // Marks and blanks around a name say nothing; behind one that stands inside may be the value.
    while (!name.empty() && !is_word_byte(name.front())) {
        name.remove_prefix(1);
    }
    while (!name.empty() && !is_word_byte(name.back())) {
        name.remove_suffix(1);
    }
    if (is_name(name) || !names_secret(name)) {
        return false;
    }
    // Names joined by dots are still names.
    const auto parts = util::split(name, '.');
    return !std::ranges::all_of(parts, is_name);
}

} // namespace oidcgen::report
