#include "apps/immich/urls.hpp"

#include "util/assert.hpp"
#include "util/text.hpp"
#include "util/url.hpp"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <memory>
#include <optional>
#include <string>
#include <utf8proc.h>
#include <vector>

namespace oidcgen::apps::immich {

namespace {

using util::VersionRange;

constexpr std::size_t k_nowhere = std::string_view::npos;

bool is_digit(char byte) { return byte >= '0' && byte <= '9'; }
bool is_letter(char byte) { return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z'); }
bool is_scheme_byte(char byte) {
    return is_letter(byte) || is_digit(byte) || byte == '+' || byte == '-' || byte == '.';
}
bool is_hex(char byte) { return is_digit(byte) || ((byte | 0x20) >= 'a' && (byte | 0x20) <= 'f'); }

/// The code point at the front of a text, and its length in bytes.
struct CodePoint {
    std::uint32_t value = 0;
    std::size_t bytes = 1;

    [[nodiscard]] std::size_t utf16_units() const { return value > 0xFFFF ? 2 : 1; }
};

CodePoint first_code_point(std::string_view text) {
    utf8proc_int32_t value = 0;
    const auto* const bytes = reinterpret_cast<const utf8proc_uint8_t*>(text.data());
    const auto length = utf8proc_iterate(bytes, static_cast<utf8proc_ssize_t>(text.size()), &value);
    return length > 0 ? CodePoint{static_cast<std::uint32_t>(value), static_cast<std::size_t>(length)}
                      : CodePoint{0xFFFD, 1};
}

std::vector<CodePoint> code_points(std::string_view text) {
    std::vector<CodePoint> result;
    while (!text.empty()) {
        result.push_back(first_code_point(text));
        text.remove_prefix(result.back().bytes);
    }
    return result;
}

std::size_t utf16_length(std::string_view text) {
    std::size_t result = 0;
    for (const auto& point : code_points(text)) {
        result += point.utf16_units();
    }
    return result;
}

/// What `\s` and trim() take for white space in JavaScript.
bool is_js_space(std::uint32_t point) {
    return (point >= 0x09 && point <= 0x0D) || point == 0x20 || point == 0xA0 || point == 0x1680 ||
           (point >= 0x2000 && point <= 0x200A) || point == 0x2028 || point == 0x2029 || point == 0x202F ||
           point == 0x205F || point == 0x3000 || point == 0xFEFF;
}

/// How validator.js looks for the scheme.
enum class SchemeRule : std::uint8_t {
    slashes,           ///< what stands before `://`
    colon,             ///< what stands before the first colon, but for `user:password@host`
    colon_not_port,    ///< the same, and `host:8080` is no scheme
    colon_not_encoded, ///< the same, and `user:p%20w@host` is a scheme again
};

struct ValidatorRelease {
    VersionRange immich;
    SchemeRule scheme_rule;
    std::size_t most_characters;
};

/// https://github.com/validatorjs/validator.js/blob/master/src/lib/isURL.js and its history; which release Immich
/// uses is in server/package-lock.json and pnpm-lock.yaml.
constexpr std::array k_releases{
    ValidatorRelease{{{}, {1, 131, 2}}, SchemeRule::slashes, 2082},
    ValidatorRelease{{{1, 131, 2}, {2, 3, 0}}, SchemeRule::slashes, 2084},
    ValidatorRelease{{{2, 3, 0}, {2, 4, 0}}, SchemeRule::colon, 2084},
    ValidatorRelease{{{2, 4, 0}, {2, 5, 0}}, SchemeRule::colon_not_port, 2084},
    ValidatorRelease{{{2, 5, 0}}, SchemeRule::colon_not_encoded, 2084},
};

const ValidatorRelease& validator_release(const util::Version& immich) {
    const auto* const found =
        std::ranges::find_if(k_releases, [&](const ValidatorRelease& it) { return it.immich.holds(immich); });
    OIDCGEN_ASSERT(found != k_releases.end());
    return *found;
}

bool is_taken_scheme(std::string_view scheme, Addresses addresses) {
    const std::string lower = util::lowered(scheme);
    return lower == "http" || lower == "https" || (addresses == Addresses::any_dotted && lower == "ftp");
}

/// What is left behind the scheme; nothing when the address is refused because of it.
using Rest = std::optional<std::string_view>;

Rest after_slashes(std::string_view text, Addresses addresses) {
    const std::size_t slashes = text.find("://");
    if (slashes != k_nowhere) {
        return is_taken_scheme(text.substr(0, slashes), addresses) ? Rest(text.substr(slashes + 3)) : std::nullopt;
    }
    return addresses == Addresses::web_only || text.starts_with("//") ? std::nullopt : Rest(text);
}

/// `user:password` in front of a host, or a port behind one, rather than a scheme.
bool is_no_scheme(std::string_view after_colon, SchemeRule rule) {
    if (after_colon.starts_with("//")) {
        return false;
    }
    const std::string_view authority = after_colon.substr(0, after_colon.find('/'));
    const std::size_t at = authority.find('@');
    if (at == k_nowhere) {
        return rule != SchemeRule::colon && !after_colon.empty() && is_digit(after_colon.front());
    }
    const std::string_view password = authority.substr(0, at);
    const bool is_plain = std::all_of(password.begin(), password.end(), [](char byte) {
        return is_letter(byte) || is_digit(byte) || std::string_view("-_.%:").find(byte) != k_nowhere;
    });
    bool is_encoded = false;
    for (std::size_t sign = password.find('%'); sign != k_nowhere; sign = password.find('%', sign + 1)) {
        is_encoded =
            is_encoded || (sign + 2 < password.size() && is_hex(password[sign + 1]) && is_hex(password[sign + 2]));
    }
    return is_plain && !(is_encoded && rule == SchemeRule::colon_not_encoded);
}

Rest after_colon(std::string_view text, Addresses addresses, SchemeRule rule) {
    const auto* const end = std::find_if_not(text.begin(), text.end(), is_scheme_byte);
    const auto length = static_cast<std::size_t>(end - text.begin());
    const bool has_colon = length > 0 && is_letter(text.front()) && length < text.size() && text[length] == ':';
    if (!has_colon || is_no_scheme(text.substr(length + 1), rule)) {
        return addresses == Addresses::web_only || text.starts_with("//") ? std::nullopt : Rest(text);
    }
    if (!is_taken_scheme(text.substr(0, length), addresses)) {
        return std::nullopt;
    }
    text.remove_prefix(length + 1);
    if (text.starts_with("//")) {
        text.remove_prefix(2);
    }
    return text;
}

bool is_top_level(std::string_view label) {
    const auto points = code_points(label);
    std::size_t units = 0;
    const bool is_word = std::all_of(points.begin(), points.end(), [&](const CodePoint& point) {
        const std::uint32_t value = point.value;
        units += point.utf16_units();
        const bool is_ascii = value < 0x80 && is_letter(static_cast<char>(value));
        return is_ascii || (value >= 0xA1 && value <= 0xA8) || (value >= 0xAA && value <= 0xD7FF) ||
               (value >= 0xF900 && value <= 0xFDCF) || (value >= 0xFDF0 && value <= 0xFFEF);
    });
    const std::string lower = util::lowered(label);
    const bool is_punycode = lower.size() >= 4 && lower.starts_with("xn") &&
                             std::all_of(lower.begin(), lower.end(),
                                         [](char byte) { return is_letter(byte) || is_digit(byte) || byte == '-'; });
    return (is_word && units >= 2) || is_punycode;
}

bool is_label(std::string_view label) {
    if (label.empty() || utf16_length(label) > 63 || label.starts_with('-') || label.ends_with('-')) {
        return false;
    }
    const auto points = code_points(label);
    return std::all_of(points.begin(), points.end(), [](const CodePoint& point) {
        const std::uint32_t value = point.value;
        const bool is_ascii =
            value < 0x80 && (is_letter(static_cast<char>(value)) || is_digit(static_cast<char>(value)) || value == '-');
        return is_ascii || (value >= 0xA1 && !(value >= 0xFF01 && value <= 0xFF5E));
    });
}

/// isFQDN of validator.js.
bool is_domain(std::string_view host, Addresses addresses) {
    const auto labels = util::split(host, '.');
    const std::string_view last = labels.back();
    if (addresses == Addresses::any_dotted && (labels.size() < 2 || !is_top_level(last))) {
        return false;
    }
    const bool is_number = !last.empty() && std::all_of(last.begin(), last.end(), is_digit);
    return !is_number && std::all_of(labels.begin(), labels.end(), is_label);
}

/// Ports of more digits than this are refused in any case.
constexpr std::size_t k_port_digits = 18;

bool is_validator_port(std::string_view text) {
    if (text.empty()) {
        return true;
    }
    if (!std::all_of(text.begin(), text.end(), is_digit)) {
        return false;
    }
    const std::string_view digits = text.substr(std::min(text.find_first_not_of('0'), text.size()));
    const std::uint64_t port = digits.empty() || digits.size() > k_port_digits ? 0 : std::stoull(std::string(digits));
    return port > 0 && port <= 65535;
}

bool is_ip6(std::string_view text) {
    return text.find(':') != k_nowhere && util::is_ip_address(text.substr(0, text.find('%')));
}

bool is_host_and_port(std::string_view text, Addresses addresses) {
    if (text.starts_with('[')) {
        const std::size_t close = text.find(']');
        const std::string_view behind = close == k_nowhere ? text : text.substr(close + 1);
        if (close != k_nowhere && close > 1 && (behind.empty() || behind.starts_with(':'))) {
            const bool has_empty_port = behind == ":";
            return !has_empty_port && is_validator_port(behind.empty() ? behind : behind.substr(1)) &&
                   is_ip6(text.substr(1, close - 1));
        }
    }
    const std::size_t colon = std::min(text.find(':'), text.size());
    const std::string_view host = text.substr(0, colon);
    const bool is_port = colon == text.size() || is_validator_port(text.substr(colon + 1));
    return is_port && (util::is_ip_address(host) || is_domain(host, addresses));
}

// URL Standard, https://url.spec.whatwg.org/#concept-basic-url-parser

bool is_forbidden_in_host(unsigned char byte) {
    constexpr std::string_view k_forbidden = "\t\n\r #/:<>?@[\\]^|";
    return byte == 0 || k_forbidden.find(static_cast<char>(byte)) != k_nowhere;
}

bool is_forbidden_in_domain(unsigned char byte) {
    return is_forbidden_in_host(byte) || byte < 0x20 || byte == '%' || byte == 0x7F;
}

std::string percent_decoded(std::string_view text) {
    std::string result;
    const auto worth = [](char byte) { return is_digit(byte) ? byte - '0' : (byte | 0x20) - 'a' + 10; };
    for (std::size_t at = 0; at < text.size(); ++at) {
        if (text[at] == '%' && at + 2 < text.size() && is_hex(text[at + 1]) && is_hex(text[at + 2])) {
            result += static_cast<char>(worth(text[at + 1]) * 16 + worth(text[at + 2]));
            at += 2;
        } else {
            result += text[at];
        }
    }
    return result;
}

/// International names as UTS 46 maps them, near enough: compatibility forms and case.
std::optional<std::string> mapped(const std::string& domain) {
    const bool is_ascii =
        std::all_of(domain.begin(), domain.end(), [](char byte) { return static_cast<unsigned char>(byte) < 0x80; });
    if (is_ascii) {
        return util::lowered(domain);
    }
    utf8proc_uint8_t* raw = nullptr;
    const auto length = utf8proc_map(
        reinterpret_cast<const utf8proc_uint8_t*>(domain.data()), static_cast<utf8proc_ssize_t>(domain.size()), &raw,
        static_cast<utf8proc_option_t>(UTF8PROC_STABLE | UTF8PROC_COMPOSE | UTF8PROC_COMPAT | UTF8PROC_IGNORE |
                                       UTF8PROC_CASEFOLD | UTF8PROC_REJECTNA));
    const std::unique_ptr<utf8proc_uint8_t, void (*)(void*)> owner(raw, std::free);
    if (length < 0) {
        return std::nullopt;
    }
    return std::string(reinterpret_cast<const char*>(raw), static_cast<std::size_t>(length));
}

std::optional<std::uint64_t> ip4_number(std::string_view text) {
    int base = 10;
    if (text.starts_with("0x") || text.starts_with("0X")) {
        text.remove_prefix(2);
        base = 16;
    } else if (text.size() > 1 && text.front() == '0') {
        text.remove_prefix(1);
        base = 8;
    }
    const bool fits = std::all_of(text.begin(), text.end(), [&](char byte) {
        return base == 16 ? is_hex(byte) : is_digit(byte) && (base == 10 || byte < '8');
    });
    if (!fits) {
        return std::nullopt;
    }
    constexpr std::uint64_t k_enough = std::uint64_t{1} << 40U;
    std::uint64_t number = 0;
    for (const char byte : text) {
        const int worth = is_digit(byte) ? byte - '0' : (byte | 0x20) - 'a' + 10;
        number = std::min(number * static_cast<std::uint64_t>(base) + static_cast<std::uint64_t>(worth), k_enough);
    }
    return number;
}

bool is_ip4(std::vector<std::string_view> parts) {
    if (parts.size() > 4) {
        return false;
    }
    for (std::size_t part = 0; part < parts.size(); ++part) {
        const auto number = parts[part].empty() ? std::nullopt : ip4_number(parts[part]);
        const bool is_last = part + 1 == parts.size();
        const std::uint64_t limit = is_last ? std::uint64_t{1} << (8 * (5 - parts.size())) : 256;
        if (!number || *number >= limit) {
            return false;
        }
    }
    return true;
}

bool is_special_host(std::string_view text) {
    if (text.starts_with('[')) {
        return text.ends_with(']') && text.find('%') == k_nowhere && is_ip6(text.substr(1, text.size() - 2));
    }
    const auto domain = mapped(percent_decoded(text));
    if (!domain || domain->empty()) {
        return false;
    }
    if (std::any_of(domain->begin(), domain->end(),
                    [](char byte) { return is_forbidden_in_domain(static_cast<unsigned char>(byte)); })) {
        return false;
    }
    auto labels = util::split(*domain, '.');
    if (std::any_of(labels.begin(), labels.end(), [](std::string_view label) {
            return label.starts_with("xn--") && !util::host_name(label).has_value();
        })) {
        return false;
    }
    if (labels.size() > 1 && labels.back().empty()) {
        labels.pop_back();
    }
    const std::string_view last = labels.back();
    const bool is_number = !last.empty() && (std::all_of(last.begin(), last.end(), is_digit) ||
                                             (last.starts_with("0x") && ip4_number(last).has_value()));
    return !is_number || is_ip4(labels);
}

bool is_opaque_host(std::string_view text) {
    if (text.starts_with('[')) {
        return text.ends_with(']') && text.find('%') == k_nowhere && is_ip6(text.substr(1, text.size() - 2));
    }
    return std::none_of(text.begin(), text.end(),
                        [](char byte) { return is_forbidden_in_host(static_cast<unsigned char>(byte)); });
}

bool is_whatwg_port(std::string_view text) {
    if (!std::all_of(text.begin(), text.end(), is_digit)) {
        return false;
    }
    const std::string_view digits = text.substr(std::min(text.find_first_not_of('0'), text.size()));
    return digits.empty() || (digits.size() < k_port_digits && std::stoull(std::string(digits)) <= 65535);
}

enum class Scheme : std::uint8_t { special, file, other };

bool is_authority(std::string_view text, Scheme scheme) {
    const std::size_t at = text.rfind('@');
    const bool has_credentials = at != k_nowhere;
    if (has_credentials) {
        text.remove_prefix(at + 1);
    }
    const std::size_t bracket = text.starts_with('[') ? std::min(text.find(']'), text.size()) : 0;
    const std::size_t colon = text.find(':', bracket);
    const std::string_view host = text.substr(0, colon);
    if (host.empty()) {
        return scheme == Scheme::other && !has_credentials && colon == k_nowhere;
    }
    const bool is_host = scheme == Scheme::special ? is_special_host(host) : is_opaque_host(host);
    return is_host && (colon == k_nowhere || is_whatwg_port(text.substr(colon + 1)));
}

Scheme scheme_of(std::string_view name) {
    constexpr std::array<std::string_view, 5> k_special{"http", "https", "ws", "wss", "ftp"};
    const std::string lower = util::lowered(name);
    if (std::find(k_special.begin(), k_special.end(), lower) != k_special.end()) {
        return Scheme::special;
    }
    return lower == "file" ? Scheme::file : Scheme::other;
}

} // namespace

std::string_view js_trimmed(std::string_view text) {
    while (!text.empty()) {
        const CodePoint point = first_code_point(text);
        if (!is_js_space(point.value)) {
            break;
        }
        text.remove_prefix(point.bytes);
    }
    while (!text.empty()) {
        std::size_t start = text.size() - 1;
        while (start > 0 && (static_cast<unsigned char>(text[start]) & 0xC0U) == 0x80U) {
            --start;
        }
        if (!is_js_space(first_code_point(text.substr(start)).value)) {
            break;
        }
        text.remove_suffix(text.size() - start);
    }
    return text;
}

bool is_validator_url(std::string_view text, Addresses addresses, const util::Version& immich) {
    const auto points = code_points(text);
    const bool has_blank = std::any_of(points.begin(), points.end(), [](const CodePoint& point) {
        return is_js_space(point.value) || point.value == '<' || point.value == '>';
    });
    const ValidatorRelease& release = validator_release(immich);
    if (text.empty() || has_blank || text.starts_with("mailto:") || utf16_length(text) > release.most_characters) {
        return false;
    }
    text = text.substr(0, text.find('#'));
    text = text.substr(0, text.find('?'));
    const Rest rest = release.scheme_rule == SchemeRule::slashes ? after_slashes(text, addresses)
                                                                 : after_colon(text, addresses, release.scheme_rule);
    if (!rest || rest->empty()) {
        return false;
    }
    std::string_view authority = rest->substr(0, rest->find('/'));
    const std::size_t at = authority.find('@');
    if (at != k_nowhere) {
        const std::string_view user = authority.substr(0, at);
        if (user.empty() || user == ":" || std::count(user.begin(), user.end(), ':') > 1) {
            return false;
        }
        authority.remove_prefix(at + 1);
    }
    return is_host_and_port(authority, addresses);
}

bool is_whatwg_url(std::string_view text) {
    text = js_trimmed(text);
    while (!text.empty() && static_cast<unsigned char>(text.front()) <= 0x20) {
        text.remove_prefix(1);
    }
    while (!text.empty() && static_cast<unsigned char>(text.back()) <= 0x20) {
        text.remove_suffix(1);
    }
    std::string clean(text);
    std::erase_if(clean, [](char byte) { return byte == '\t' || byte == '\n' || byte == '\r'; });
    std::string_view rest = clean;
    const auto* const end = std::find_if_not(rest.begin(), rest.end(), is_scheme_byte);
    const auto length = static_cast<std::size_t>(end - rest.begin());
    if (length == 0 || !is_letter(rest.front()) || length == rest.size() || rest[length] != ':') {
        return false;
    }
    const Scheme scheme = scheme_of(rest.substr(0, length));
    rest.remove_prefix(length + 1);
    const std::string_view slashes = scheme == Scheme::other ? "/" : "/\\";
    if (scheme == Scheme::special) {
        rest.remove_prefix(std::min(rest.find_first_not_of(slashes), rest.size()));
    } else {
        const bool has_authority =
            rest.size() >= 2 && slashes.find(rest[0]) != k_nowhere && slashes.find(rest[1]) != k_nowhere;
        if (!has_authority) {
            return true;
        }
        rest.remove_prefix(2);
    }
    const std::string_view authority = rest.substr(0, rest.find_first_of(scheme == Scheme::other ? "/?#" : "/\\?#"));
    if (scheme == Scheme::file) {
        const bool is_drive =
            authority.size() == 2 && is_letter(authority[0]) && (authority[1] == ':' || authority[1] == '|');
        return authority.empty() || is_drive || is_special_host(authority);
    }
    return is_authority(authority, scheme);
}

} // namespace oidcgen::apps::immich
