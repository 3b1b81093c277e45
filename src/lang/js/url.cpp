#include "lang/js/url.hpp"

#include "lang/js/text.hpp"
#include "util/ascii.hpp"
#include "util/text.hpp"
#include "util/url.hpp"

#include <utf8proc.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace oidcgen::lang::js {

namespace {

using util::is_digit;
using util::is_letter;
using util::is_scheme_byte;

constexpr std::size_t k_nowhere = std::string_view::npos;

// URL Standard, https://url.spec.whatwg.org/#concept-basic-url-parser

bool is_forbidden_in_host(unsigned char byte) {
    constexpr std::string_view k_forbidden = "\t\n\r #/:<>?@[\\]^|";
    return byte == 0 || k_forbidden.find(static_cast<char>(byte)) != k_nowhere;
}

bool is_forbidden_in_domain(unsigned char byte) {
    return is_forbidden_in_host(byte) || byte < 0x20 || byte == '%' || byte == 0x7F;
}

/// International names as UTS 46 maps them, near enough: compatibility forms and case.
std::optional<std::string> mapped(const std::string& domain) {
    const bool is_ascii =
        std::all_of(domain.begin(), domain.end(), [](char byte) { return static_cast<unsigned char>(byte) < 0x80; });
    // The order of many marks on one letter takes a time that grows with their square; no real name is as long.
    constexpr std::size_t k_longest_mapped = 4096;
    if (is_ascii || domain.size() > k_longest_mapped) {
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
    unsigned base = 10;
    if (text.starts_with("0x") || text.starts_with("0X")) {
        text.remove_prefix(2);
        base = 16;
    } else if (text.size() > 1 && text.front() == '0') {
        text.remove_prefix(1);
        base = 8;
    }
    const bool fits = std::all_of(text.begin(), text.end(), [&](char byte) {
        return base == 16 ? util::hex_value(byte).has_value() : is_digit(byte) && (base == 10 || byte < '8');
    });
    if (!fits) {
        return std::nullopt;
    }
    constexpr std::uint64_t k_enough = std::uint64_t{1} << 40U;
    std::uint64_t number = 0;
    for (const char byte : text) {
        number = std::min(number * base + util::hex_value(byte).value_or(0), k_enough);
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
        return text.ends_with(']') && text.find('%') == k_nowhere &&
               util::is_ip6_with_zone(text.substr(1, text.size() - 2));
    }
    const auto domain = mapped(util::percent_decoded(text));
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
    const bool is_number = util::is_digits(last) || (last.starts_with("0x") && ip4_number(last).has_value());
    return !is_number || is_ip4(labels);
}

bool is_opaque_host(std::string_view text) {
    if (text.starts_with('[')) {
        return text.ends_with(']') && text.find('%') == k_nowhere &&
               util::is_ip6_with_zone(text.substr(1, text.size() - 2));
    }
    return std::none_of(text.begin(), text.end(),
                        [](char byte) { return is_forbidden_in_host(static_cast<unsigned char>(byte)); });
}

bool is_whatwg_port(std::string_view text) { return util::port_number(text).has_value(); }

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

bool is_url(std::string_view text) {
    text = trimmed(text);
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

} // namespace oidcgen::lang::js
