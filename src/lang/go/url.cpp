#include "lang/go/url.hpp"

#include "util/ascii.hpp"
#include "util/text.hpp"
#include "util/url.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include <arpa/inet.h>
#include <fmt/format.h>

namespace oidcgen::lang::go {

namespace {

using util::Expected;
using util::is_alphanumeric;
using util::is_digit;
using util::is_letter;

/// Which part of an address a text is, which decides what may be escaped there.
enum class Part : std::uint8_t { user, host, zone, path, fragment };

constexpr std::size_t k_escape_length = 3; // %XX

bool is_ascii(char byte) { return static_cast<unsigned char>(byte) < 0x80; }

bool may_stand_in_host(char byte) {
    constexpr std::string_view k_marks = "-_.~!$&'()*+,;=:[]<>\"";
    return is_alphanumeric(byte) || k_marks.find(byte) != std::string_view::npos;
}

Expected<std::string> unescaped(std::string_view text, Part part) {
    std::string result;
    result.reserve(text.size());
    for (std::size_t at = 0; at < text.size(); ++at) {
        const char byte = text[at];
        if (byte != '%') {
            const bool is_in_host = part == Part::host || part == Part::zone;
            if (is_in_host && is_ascii(byte) && !may_stand_in_host(byte)) {
                return util::failure("invalid character in the host name");
            }
            result += byte;
            continue;
        }
        const auto value = util::escaped_byte(text.substr(at));
        const bool is_percent = text.substr(at, k_escape_length) == "%25";
        const bool refused =
            !value || (part == Part::host && is_ascii(*value) && !is_percent) ||
            (part == Part::zone && is_ascii(*value) && !is_percent && *value != ' ' && !may_stand_in_host(*value));
        if (refused) {
            return util::failure("a percent sign without two hexadecimal digits that are allowed here");
        }
        result += *value;
        at += k_escape_length - 1;
    }
    return result;
}

/// A path as Go writes it.
std::string escaped_path(std::string_view path) {
    constexpr std::string_view k_marks = "-_.~$&+,/:;=@";
    std::string result;
    for (const char byte : path) {
        if (is_alphanumeric(byte) || k_marks.find(byte) != std::string_view::npos) {
            result += byte;
        } else {
            result += fmt::format("%{:02X}", static_cast<unsigned char>(byte));
        }
    }
    return result;
}

bool is_port(std::string_view text) {
    return text.empty() || (text.front() == ':' && std::ranges::all_of(text.substr(1), is_digit));
}

/// An IPv6 address, with a zone after a percent sign or without.
bool is_ipv6(std::string_view text) {
    const std::size_t percent = text.find('%');
    if (percent != std::string_view::npos && percent + 1 == text.size()) {
        return false;
    }
    const std::string address(text.substr(0, percent));
    std::array<unsigned char, sizeof(in6_addr)> bytes{};
    // The C library would take the text up to a NUL byte for all of it.
    return address.find('\0') == std::string::npos && inet_pton(AF_INET6, address.c_str(), bytes.data()) == 1;
}

Expected<std::string> bracketed_host(std::string_view host) {
    const std::size_t close = host.rfind(']');
    if (close == std::string_view::npos) {
        return util::failure("a [ in the host without its ]");
    }
    if (!is_port(host.substr(close + 1))) {
        return util::failure("the port is not a number");
    }
    const auto inside = host.substr(1, close - 1);
    const std::size_t zone = inside.find("%25");
    auto address = unescaped(inside.substr(0, zone), Part::host);
    if (address && zone != std::string_view::npos) {
        const auto zone_text = unescaped(inside.substr(zone), Part::zone);
        if (!zone_text) {
            return tl::unexpected(zone_text.error());
        }
        *address += *zone_text;
    }
    if (!address) {
        return address;
    }
    if (!is_ipv6(*address)) {
        return util::failure("the brackets in the host are not around an IPv6 address");
    }
    return "[" + *address + "]" + std::string(host.substr(close + 1));
}

Expected<std::string> parse_host(std::string_view scheme, std::string_view host, HostColons colons) {
    const std::size_t open = host.rfind('[');
    if (open == 0) {
        return bracketed_host(host);
    }
    if (open != std::string_view::npos) {
        return util::failure("a [ inside the host");
    }
    if (const std::size_t first = host.find(':'); first != std::string_view::npos) {
        const bool is_strict = colons == HostColons::strict && (scheme == "http" || scheme == "https");
        if (!is_port(host.substr(is_strict ? first : host.rfind(':')))) {
            return util::failure(is_strict && host.rfind(':') != first
                                     ? "more than one colon in the host; an IPv6 address needs brackets"
                                     : "the port is not a number");
        }
    }
    return unescaped(host, Part::host);
}

bool may_stand_in_user(char byte) {
    constexpr std::string_view k_marks = "-._:~!$&'()*+,;=%@";
    return is_alphanumeric(byte) || k_marks.find(byte) != std::string_view::npos;
}

/// The user before the last @, and the host after it.
Expected<void> parse_authority(std::string_view authority, HostColons colons, Url& url) {
    const std::size_t at = authority.rfind('@');
    const bool has_user = at != std::string_view::npos;
    auto host = parse_host(url.scheme, has_user ? authority.substr(at + 1) : authority, colons);
    if (!host) {
        return tl::unexpected(host.error());
    }
    url.host = std::move(*host);
    if (!has_user) {
        return {};
    }
    const auto user = authority.substr(0, at);
    if (!std::ranges::all_of(user, may_stand_in_user)) {
        return util::failure("invalid character in the user name or password");
    }
    const std::size_t colon = user.find(':');
    auto name = unescaped(user.substr(0, colon), Part::user);
    if (!name) {
        return tl::unexpected(name.error());
    }
    url.has_user = true;
    url.user_name = std::move(*name);
    if (colon != std::string_view::npos) {
        url.has_password = true;
        if (const auto password = unescaped(user.substr(colon + 1), Part::user); !password) {
            return tl::unexpected(password.error());
        }
    }
    return {};
}

/// Takes the scheme off the front; without one, everything stays.
Expected<std::string_view> parse_scheme(std::string_view text, Url& url) {
    constexpr std::string_view k_marks = "+-.";
    for (std::size_t at = 0; at < text.size(); ++at) {
        const char byte = text[at];
        if (byte == ':') {
            if (at == 0) {
                return util::failure("a colon without a scheme before it");
            }
            url.scheme = util::lowered(text.substr(0, at));
            return text.substr(at + 1);
        }
        const bool fits =
            is_letter(byte) || (at > 0 && (is_digit(byte) || k_marks.find(byte) != std::string_view::npos));
        if (!fits) {
            break;
        }
    }
    return text;
}

/// Cuts off everything after the first separator.
std::string_view cut(std::string_view& text, char separator) {
    const std::size_t at = text.find(separator);
    if (at == std::string_view::npos) {
        return {};
    }
    const auto behind = text.substr(at + 1);
    text = text.substr(0, at);
    return behind;
}

Expected<void> parse_without_fragment(std::string_view text, HostColons colons, Url& url) {
    const auto is_control = [](char byte) { return static_cast<unsigned char>(byte) < 0x20 || byte == 0x7F; };
    if (std::ranges::any_of(text, is_control)) {
        return util::failure("a line break, a tab or another control character");
    }
    if (text == "*") {
        url.path = "*";
        return {};
    }
    const auto behind_scheme = parse_scheme(text, url);
    if (!behind_scheme) {
        return tl::unexpected(behind_scheme.error());
    }
    std::string_view rest = *behind_scheme;
    url.query = cut(rest, '?');
    if (!rest.starts_with('/')) {
        if (!url.scheme.empty()) {
            url.opaque = rest;
            return {};
        }
        if (rest.substr(0, rest.find('/')).find(':') != std::string_view::npos) {
            return util::failure("a colon in the first segment, and no scheme before it");
        }
    }
    const bool has_authority = rest.starts_with("//") && (!url.scheme.empty() || !rest.starts_with("///"));
    if (has_authority) {
        const std::size_t end = std::min(rest.find('/', 2), rest.size());
        if (auto done = parse_authority(rest.substr(2, end - 2), colons, url); !done) {
            return done;
        }
        rest = rest.substr(end);
    }
    auto path = unescaped(rest, Part::path);
    if (!path) {
        return tl::unexpected(path.error());
    }
    url.path = std::move(*path);
    url.has_raw_path = escaped_path(url.path) != rest;
    return {};
}

} // namespace

bool Url::has_anything() const {
    return has_user ||
           !(scheme.empty() && opaque.empty() && host.empty() && path.empty() && query.empty() && fragment.empty());
}

Expected<Url> parse_url(std::string_view text, HostColons colons) {
    Url url;
    const auto fragment = cut(text, '#');
    if (auto done = parse_without_fragment(text, colons, url); !done) {
        return tl::unexpected(done.error());
    }
    auto decoded = unescaped(fragment, Part::fragment);
    if (!decoded) {
        return tl::unexpected(decoded.error());
    }
    url.fragment = std::move(*decoded);
    return url;
}

} // namespace oidcgen::lang::go
