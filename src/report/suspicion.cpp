#include "report/suspicion.hpp"

#include "util/ascii.hpp"
#include "util/text.hpp"
#include "util/url.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <utility>

namespace oidcgen::report {

namespace {

using namespace std::string_view_literals;

constexpr std::array k_secret_words{"secret"sv,      "password"sv,   "passphrase"sv,     "passwd"sv, "hmac"sv,
                                    "private_key"sv, "privatekey"sv, "encryption_key"sv, "digest"sv};
/// Words that are compared with a typing mistake allowed.
constexpr std::array k_misspelt_words{"secret"sv, "password"sv};
constexpr std::array k_secret_endings{"token"sv, "api_key"sv, "api-key"sv, "apikey"sv, "credential"sv, "credentials"sv};
/// Settings about tokens and passwords: lists of claims, durations, a section.
constexpr std::array k_about_secrets{"id_token"sv, "access_token"sv, "refresh_token"sv, "reset_password"sv};

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
           std::ranges::any_of(k_secret_endings, [&](std::string_view word) { return lowered.ends_with(word); }) ||
           std::ranges::any_of(k_misspelt_words, [&](std::string_view word) { return holds_nearly(lowered, word); });
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
    return digits >= k_fewest_digits && letters >= k_fewest_letters && changes * 3 >= text.size();
}

bool is_random(std::string_view text) {
    const auto host = text.substr(0, text.find_first_of(":/"));
    if (util::is_ip_address(host)) {
        const auto behind = text.substr(host.size());
        text = behind.substr(std::min(behind.find_first_not_of(":0123456789"), behind.size()));
    }
    return looks_random(text);
}

std::string_view userinfo_in(std::string_view text) {
    const auto scheme = text.find("://");
    if (scheme == std::string_view::npos) {
        return {};
    }
    const auto authority = text.substr(scheme + 3, text.find_first_of("/?#", scheme + 3) - (scheme + 3));
    const auto at = authority.rfind('@');
    return at == std::string_view::npos ? std::string_view() : authority.substr(0, at);
}

std::string without_secrets(std::string_view text) {
    constexpr std::string_view k_ends = " \t\r\n\"'`,;()<>";
    std::string result;
    while (!text.empty()) {
        const auto size = std::min(text.find_first_of(k_ends), text.size());
        const auto word = text.substr(0, size);
        const auto user = userinfo_in(word);
        if (!user.empty()) {
            const auto start = static_cast<std::size_t>(user.data() - word.data());
            result += word.substr(0, start);
            result += k_mask;
            result += word.substr(start + user.size());
        } else {
            // Digests in our own texts begin with $; those of users stand in quotes, which were looked at.
            const bool is_shown = word.starts_with('$') || word.find("://") != std::string_view::npos;
            result += !is_shown && is_random(word) ? k_mask : word;
        }
        result += text.substr(size, 1);
        text.remove_prefix(std::min(size + 1, text.size()));
    }
    return result;
}

bool is_hidden_value(std::string_view key, std::string_view value) {
    return is_random(value) && value.find(' ') == std::string_view::npos &&
           value.find("://") == std::string_view::npos && !util::lowered(key).ends_with("id");
}

bool is_no_file_name(std::string_view value) {
    return value.find('/') == std::string_view::npos &&
           (value.find('.') == std::string_view::npos || looks_random(value));
}

bool is_about_secrets(std::string_view key, const document::Node& value) {
    constexpr std::size_t k_longest_duration = 24;
    const bool is_duration = value.kind == document::NodeKind::scalar && value.text.size() <= k_longest_duration &&
                             !value.text.empty() && util::is_digit(value.text.front());
    return std::ranges::find(k_about_secrets, key) != k_about_secrets.end() &&
           (is_duration || value.kind == document::NodeKind::sequence || value.kind == document::NodeKind::mapping);
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
