#pragma once

#include "util/error.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace oidcgen::util {

/// scheme://host:port, as a browser writes it: lower case, international names in punycode, no default port.
struct Origin {
    std::string scheme; ///< `http` or `https`
    std::string host;   ///< an IPv6 address with its brackets
    int port = 0;       ///< 0 for the scheme's own port

    friend bool operator==(const Origin&, const Origin&) = default;
};

[[nodiscard]] std::string to_string(const Origin& origin);

/// The parts of an address as they stand in its text (RFC 3986 section 3); nothing is decoded or normalised.
struct UrlView {
    std::string_view scheme;    ///< without `:`
    std::string_view authority; ///< user, host and port
    std::string_view path;
    std::string_view query; ///< and fragment, from the first `?` or `#` on

    [[nodiscard]] std::string_view userinfo() const; ///< without `@`
    [[nodiscard]] std::string_view host() const;     ///< an IPv6 address with its brackets
};

/// Of a text with `://`; nothing for any other.
[[nodiscard]] std::optional<UrlView> split_url(std::string_view text);

/// An address as a browser's parser takes it: white space around it is dropped, and any number of slashes or
/// backslashes may follow the scheme.
struct Url {
    std::string scheme;           ///< in lower case
    std::optional<Origin> origin; ///< nothing when it is not an http or https address with a host
    std::string path;             ///< at least `/`
    std::string query;            ///< and fragment, from the first `?` or `#` on
};

/// Nothing when the text has no scheme.
[[nodiscard]] std::optional<Url> parse_url(std::string_view text);

/// The scheme in lower case; empty when there is none (RFC 3986 section 3.1).
[[nodiscard]] std::string scheme_of(std::string_view text);

/// What may stand in a scheme behind its first letter.
[[nodiscard]] bool is_scheme_byte(char byte);

/// The byte that `%XX` at the front of a text stands for (RFC 3986 section 2.1); nothing without two such digits.
[[nodiscard]] std::optional<char> escaped_byte(std::string_view text);

/// With every `%XX` as the byte that it stands for; other percent signs stay as they are.
[[nodiscard]] std::string percent_decoded(std::string_view text);

/// A port in decimal digits, with zeros in front or without; 0 for no digits, nothing for what is no port.
[[nodiscard]] std::optional<std::uint16_t> port_number(std::string_view text);

/// An address or path without the slashes at its end.
[[nodiscard]] std::string_view without_final_slashes(std::string_view text);

/// Scheme, host and port of an address, without path, query and fragment; the whole text when it has no `://`.
[[nodiscard]] std::string_view origin_part(std::string_view url);

/// An http or https address without path (a single `/` is dropped), query, fragment or user; its host in the form a
/// browser uses. The error says what is wrong with it, without repeating the text.
[[nodiscard]] Expected<Origin> parse_origin(std::string_view text);

/// A DNS name in the form a browser sends (RFC 5891, UTS 46): lower case, punycode, no final dot.
/// The error says what is wrong with it, without repeating the text.
[[nodiscard]] Expected<std::string> host_name(std::string_view text);

/// IPv4 in four decimal parts, or IPv6 with or without brackets.
[[nodiscard]] bool is_ip_address(std::string_view text);

/// IPv6 without brackets, with a zone (`%eth0`) or without.
[[nodiscard]] bool is_ip6_with_zone(std::string_view text);

} // namespace oidcgen::util
