#include "apps/immich/urls.hpp"

#include "lang/js/text.hpp"
#include "util/ascii.hpp"
#include "util/assert.hpp"
#include "util/text.hpp"
#include "util/url.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <vector>

namespace oidcgen::apps::immich {

namespace {

using lang::js::code_points;
using lang::js::CodePoint;
using lang::js::utf16_length;
using util::is_alphanumeric;
using util::is_digit;
using util::is_letter;
using util::is_scheme_byte;
using util::VersionRange;

constexpr std::size_t k_nowhere = std::string_view::npos;

/// How validator.js looks for the scheme.
enum class SchemeRule : std::uint8_t {
    slashes,           ///< the part before `://`
    colon,             ///< the part before the first colon, except for `user:password@host`
    colon_not_port,    ///< the same, and `host:8080` is not a scheme
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

/// What is left after the scheme; nothing when the address is refused because of it.
using Rest = std::optional<std::string_view>;

Rest after_slashes(std::string_view text, Addresses addresses) {
    const std::size_t slashes = text.find("://");
    if (slashes != k_nowhere) {
        return is_taken_scheme(text.substr(0, slashes), addresses) ? Rest(text.substr(slashes + 3)) : std::nullopt;
    }
    return addresses == Addresses::web_only || text.starts_with("//") ? std::nullopt : Rest(text);
}

/// `user:password` in front of a host, or a port after one, rather than a scheme.
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
        return is_alphanumeric(byte) || std::string_view("-_.%:").find(byte) != k_nowhere;
    });
    bool is_encoded = false;
    for (std::size_t sign = password.find('%'); sign != k_nowhere; sign = password.find('%', sign + 1)) {
        is_encoded = is_encoded || util::escaped_byte(password.substr(sign));
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
    const bool is_punycode =
        lower.size() >= 4 && lower.starts_with("xn") &&
        std::all_of(lower.begin(), lower.end(), [](char byte) { return is_alphanumeric(byte) || byte == '-'; });
    return (is_word && units >= 2) || is_punycode;
}

bool is_label(std::string_view label) {
    if (label.empty() || utf16_length(label) > 63 || label.starts_with('-') || label.ends_with('-')) {
        return false;
    }
    const auto points = code_points(label);
    return std::all_of(points.begin(), points.end(), [](const CodePoint& point) {
        const std::uint32_t value = point.value;
        const bool is_ascii = value < 0x80 && (is_alphanumeric(static_cast<char>(value)) || value == '-');
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
    return !util::is_digits(last) && std::all_of(labels.begin(), labels.end(), is_label);
}

bool is_validator_port(std::string_view text) { return text.empty() || util::port_number(text).value_or(0) > 0; }

bool is_host_and_port(std::string_view text, Addresses addresses) {
    if (text.starts_with('[')) {
        const std::size_t close = text.find(']');
        const std::string_view behind = close == k_nowhere ? text : text.substr(close + 1);
        if (close != k_nowhere && close > 1 && (behind.empty() || behind.starts_with(':'))) {
            const bool has_empty_port = behind == ":";
            return !has_empty_port && is_validator_port(behind.empty() ? behind : behind.substr(1)) &&
                   util::is_ip6_with_zone(text.substr(1, close - 1));
        }
    }
    const std::size_t colon = std::min(text.find(':'), text.size());
    const std::string_view host = text.substr(0, colon);
    const bool is_port = colon == text.size() || is_validator_port(text.substr(colon + 1));
    return is_port && (util::is_ip_address(host) || is_domain(host, addresses));
}

} // namespace

bool is_validator_url(std::string_view text, Addresses addresses, const util::Version& immich) {
    const auto points = code_points(text);
    const bool has_blank = std::any_of(points.begin(), points.end(), [](const CodePoint& point) {
        return lang::js::is_space(point.value) || point.value == '<' || point.value == '>';
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

} // namespace oidcgen::apps::immich
