#include "util/url.hpp"

#include "util/ascii.hpp"
#include "util/text.hpp"

#include <algorithm>
#include <charconv>
#include <cstdlib>
#include <memory>
#include <system_error>

#include <arpa/inet.h>
#include <fmt/format.h>
#include <idn2.h>

namespace oidcgen::util {

namespace {

constexpr int k_http_port = 80;
constexpr int k_https_port = 443;
constexpr int k_last_port = 65535;

/// The C library would take the text up to a NUL byte for all of it.
bool ends_early(std::string_view text) { return text.find('\0') != std::string_view::npos; }

bool is_ipv4(std::string_view text) {
    in_addr address{};
    return !ends_early(text) && ::inet_pton(AF_INET, std::string(text).c_str(), &address) == 1;
}

/// The shortest form of an IPv6 address (RFC 5952), without brackets; nothing when it is none.
std::optional<std::string> ipv6(std::string_view text) {
    in6_addr address{};
    if (ends_early(text) || ::inet_pton(AF_INET6, std::string(text).c_str(), &address) != 1) {
        return std::nullopt;
    }
    std::string shortest(INET6_ADDRSTRLEN, '\0');
    ::inet_ntop(AF_INET6, &address, shortest.data(), static_cast<socklen_t>(shortest.size()));
    shortest.resize(shortest.find('\0'));
    return shortest;
}

/// ASCII, and neither letter, digit, hyphen nor dot.
bool is_forbidden(char c) {
    const auto byte = static_cast<unsigned char>(c);
    const bool letter = (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z');
    return byte < 0x80 && !letter && !(byte >= '0' && byte <= '9') && c != '-' && c != '.';
}

bool looks_like_scheme(std::string_view text) { return text.find("://") != std::string_view::npos; }

} // namespace

std::string to_string(const Origin& origin) {
    auto result = fmt::format("{}://{}", origin.scheme, origin.host);
    if (origin.port != 0) {
        result += fmt::format(":{}", origin.port);
    }
    return result;
}

bool is_ip_address(std::string_view text) {
    if (text.starts_with('[') && text.ends_with(']')) {
        text = text.substr(1, text.size() - 2);
    }
    return is_ipv4(text) || ipv6(text);
}

bool is_ip6_with_zone(std::string_view text) {
    return text.find(':') != std::string_view::npos && is_ip_address(text.substr(0, text.find('%')));
}

Expected<std::string> host_name(std::string_view text) {
    if (text.ends_with('.')) {
        text.remove_suffix(1);
    }
    if (text.empty()) {
        return failure("is empty");
    }
    constexpr std::size_t k_longest_name = 253; // RFC 1035 section 2.3.4, as text without the final dot
    if (text.size() > 4 * k_longest_name) {     // no international name of that length is short in punycode
        return failure(words("has {} bytes, far more than a host name can have", text.size()));
    }
    if (looks_like_scheme(text)) {
        return failure("has a scheme, where only a name is expected");
    }
    if (text.find('/') != std::string_view::npos) {
        return failure("has a path, where only a name is expected");
    }
    if (is_ip_address(text)) {
        return failure("is an IP address, where a name is expected");
    }
    if (text.find(':') != std::string_view::npos) {
        return failure("has a port, where only a name is expected");
    }
    // libidn2 drops ASCII characters that a name cannot have, where a browser refuses them.
    if (std::ranges::any_of(text, is_forbidden)) {
        return failure("has characters that a host name cannot have");
    }
    char* converted = nullptr;
    const int status = ::idn2_to_ascii_8z(std::string(text).c_str(), &converted, IDN2_NONTRANSITIONAL);
    const std::unique_ptr<char, void (*)(void*)> owner(converted, &std::free);
    if (status != IDN2_OK) {
        return failure(words("is not a host name ({})", ::idn2_strerror(status)));
    }
    std::string name = lowered(converted);
    if (std::ranges::any_of(name, is_forbidden)) { // a wide blank becomes a blank, for one
        return failure("has characters that a host name cannot have");
    }
    if (name.size() > k_longest_name) {
        return failure(words("has {} characters, where a host name has at most {}", name.size(), k_longest_name));
    }
    for (const auto label : split(name, '.')) {
        if (label.empty()) {
            return failure("has an empty part between two dots");
        }
        if (label.starts_with('-') || label.ends_with('-')) {
            return failure("has a part that starts or ends with a hyphen");
        }
    }
    return name;
}

std::string scheme_of(std::string_view text) {
    const auto end = text.find(':');
    if (end == std::string_view::npos) {
        return {};
    }
    auto scheme = lowered(text.substr(0, end));
    const bool is_scheme = !scheme.empty() && is_letter(scheme.front()) && std::ranges::all_of(scheme, is_scheme_byte);
    return is_scheme ? scheme : std::string();
}

bool is_scheme_byte(char byte) { return is_alphanumeric(byte) || byte == '+' || byte == '-' || byte == '.'; }

std::optional<char> escaped_byte(std::string_view text) {
    if (text.size() < 3 || text.front() != '%') {
        return std::nullopt;
    }
    const auto high = hex_value(text[1]);
    const auto low = hex_value(text[2]);
    return high && low ? std::optional(static_cast<char>(*high << 4U | *low)) : std::nullopt;
}

std::string percent_decoded(std::string_view text) {
    std::string result;
    while (!text.empty()) {
        const auto byte = escaped_byte(text);
        result += byte.value_or(text.front());
        text.remove_prefix(byte ? 3 : 1);
    }
    return result;
}

std::optional<std::uint16_t> port_number(std::string_view text) {
    std::uint16_t port = 0;
    const bool fits =
        std::ranges::all_of(text, is_digit) &&
        std::from_chars(text.data(), text.data() + text.size(), port).ec != std::errc::result_out_of_range;
    return fits ? std::optional(port) : std::nullopt;
}

std::string_view UrlView::userinfo() const {
    const auto at = authority.rfind('@');
    return at == std::string_view::npos ? std::string_view() : authority.substr(0, at);
}

std::string_view UrlView::host() const {
    const auto user = userinfo();
    const auto rest = user.empty() && !authority.starts_with('@') ? authority : authority.substr(user.size() + 1);
    const auto bracket = rest.rfind(']');
    const auto colon = rest.rfind(':');
    const bool has_port = colon != std::string_view::npos && (bracket == std::string_view::npos || colon > bracket);
    return has_port ? rest.substr(0, colon) : rest;
}

std::optional<UrlView> split_url(std::string_view text) {
    const auto scheme = text.find("://");
    if (scheme == std::string_view::npos) {
        return std::nullopt;
    }
    UrlView result;
    result.scheme = text.substr(0, scheme);
    text.remove_prefix(scheme + 3);
    result.authority = text.substr(0, text.find_first_of("/?#"));
    text.remove_prefix(result.authority.size());
    result.path = text.substr(0, text.find_first_of("?#"));
    result.query = text.substr(result.path.size());
    return result;
}

std::optional<Url> parse_url(std::string_view text) {
    text = trimmed(text);
    Url url;
    url.scheme = scheme_of(text);
    if (url.scheme.empty()) {
        return std::nullopt;
    }
    auto rest = text.substr(text.find(':') + 1);
    rest.remove_prefix(std::min(rest.find_first_not_of("/\\"), rest.size()));
    const auto authority = rest.substr(0, rest.find_first_of("/?#\\"));
    rest.remove_prefix(authority.size());
    if (auto origin = parse_origin(fmt::format("{}://{}", url.scheme, authority))) {
        url.origin = std::move(*origin);
    }
    url.path = rest.substr(0, rest.find_first_of("?#"));
    url.query = rest.substr(url.path.size());
    if (url.path.empty()) {
        url.path = "/";
    }
    return url;
}

std::string_view without_final_slashes(std::string_view text) {
    const auto last = text.find_last_not_of('/');
    return text.substr(0, last == std::string_view::npos ? 0 : last + 1);
}

std::string_view origin_part(std::string_view url) {
    const auto host = url.find("://");
    return host == std::string_view::npos ? url : url.substr(0, url.find_first_of("/?#", host + 3));
}

Expected<Origin> parse_origin(std::string_view text) {
    text = trimmed(text);
    const auto scheme_end = text.find("://");
    if (scheme_end == std::string_view::npos) {
        return failure("has no scheme, write it as https://host");
    }
    Origin origin;
    origin.scheme = lowered(text.substr(0, scheme_end));
    if (origin.scheme != "https" && origin.scheme != "http") {
        return failure("must start with https:// or http://");
    }
    text.remove_prefix(scheme_end + 3);
    const auto authority = text.substr(0, text.find_first_of("/?#\\"));
    const auto rest = text.substr(authority.size());
    if (rest.find_first_of("?#") != std::string_view::npos) {
        return failure("must not have a query or fragment");
    }
    if (!rest.empty() && rest != "/") {
        return failure("must not have a path: the application is at the root of its address");
    }
    if (authority.find('@') != std::string_view::npos) {
        return failure("must not have a user name or password");
    }
    auto host = authority;
    // A colon behind the bracket of an IPv6 address, or the only colon there is, starts the port.
    const auto colon = authority.rfind(':');
    const auto bracket = authority.rfind(']');
    if (colon != std::string_view::npos && (bracket == std::string_view::npos || colon > bracket)) {
        host = authority.substr(0, colon);
        const auto digits = authority.substr(colon + 1);
        const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), origin.port);
        if (error != std::errc() || end != digits.data() + digits.size() || origin.port < 1 ||
            origin.port > k_last_port) {
            return failure(words("has a port that is not a number from 1 to {}", k_last_port));
        }
    }
    if (host.starts_with('[')) {
        const auto address = host.ends_with(']') ? ipv6(host.substr(1, host.size() - 2)) : std::nullopt;
        if (!address) {
            return failure("has brackets around something that is not an IPv6 address");
        }
        origin.host = fmt::format("[{}]", *address);
    } else if (is_ipv4(host)) {
        origin.host = std::string(host);
    } else {
        auto name = host_name(host);
        if (!name) {
            return failure(host.empty() ? "has no host" : "has a host that " + name.error().message);
        }
        origin.host = std::move(*name);
    }
    if (origin.port == (origin.scheme == "https" ? k_https_port : k_http_port)) {
        origin.port = 0;
    }
    return origin;
}

} // namespace oidcgen::util
