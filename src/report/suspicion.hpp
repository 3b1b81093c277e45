#pragma once

#include "document/document.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace oidcgen::report {

/// What stands in the place of everything that is not shown.
inline constexpr std::string_view k_mask = "********";

/// True for names of settings whose values nobody else may see, also nearly so spelt: `client_secret`, `clientSecert`,
/// `password`, `api_key`.
[[nodiscard]] bool names_secret(std::string_view name);

/// True for names of sections about secrets, which hold none themselves: the word for one is not their last
/// (`passwordLogin`, `password_policy`), or another comes before it (`reset_password`).
[[nodiscard]] bool names_section(std::string_view name);

/// What names of settings are made of; bytes of other than ASCII letters too.
[[nodiscard]] bool is_word_byte(char byte);

/// Text that nobody gave as a name: long, of small and capital letters and digits in no order.
[[nodiscard]] bool looks_random(std::string_view text);

/// The same without the IPv4 address and port that the text may begin with.
[[nodiscard]] bool is_random(std::string_view text);

/// An IP address, or a host name of letters, digits, hyphens and dots, no part of which looks random.
[[nodiscard]] bool is_plain_host(std::string_view text);

/// How long the origin is that the text begins with, which is shown whatever looks random in it: `http://` or
/// `https://` and such a host, or an IP address alone, with a port or without. 0 for none, or with a user.
[[nodiscard]] std::size_t plain_origin_size(std::string_view text);

/// What may be a secret in a text that holds addresses, in order and apart from each other: users and passwords (up to
/// the last `@`, whatever stands before it), values of parameters whose names say that they are one, and what looks
/// random in a port, query or fragment. An address begins with a scheme of the web, or has `//`. Offsets are bytes.
[[nodiscard]] std::vector<document::Span> secrets_in_addresses(std::string_view text);

/// The same, what stands before the `@` of an address without scheme, and words that look random: what is hidden of a
/// text that stands at no place of its own.
[[nodiscard]] std::vector<document::Span> suspicious_in(std::string_view text);

[[nodiscard]] inline document::Span span_of(std::size_t start, std::size_t end) {
    return {static_cast<std::uint32_t>(start), static_cast<std::uint32_t>(end)};
}

/// In order, and joined where they touch.
[[nodiscard]] std::vector<document::Span> apart(std::vector<document::Span> spans);

/// The text with a mask in place of each span.
[[nodiscard]] std::string masked(std::string_view text, const std::vector<document::Span>& spans);

/// A key that is a secret, or one with its value: `api_secret=…`.
[[nodiscard]] bool is_hidden_name(std::string_view name);

/// The name of a setting that holds an identifier, which may be random and is no secret.
[[nodiscard]] bool is_identifier(std::string_view key);

/// A value that somebody may have put below the wrong key. Identifiers are random, too, and no secrets.
[[nodiscard]] bool is_hidden_value(std::string_view key, std::string_view value);

/// The value of a setting that names a file, which is no name of a file.
[[nodiscard]] bool is_no_file_name(std::string_view value);

/// A list, a section, or a duration: nothing that is a secret by itself, below the name of one.
[[nodiscard]] bool is_about_secrets(std::string_view key, const document::Node& value);

} // namespace oidcgen::report
