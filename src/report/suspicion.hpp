#pragma once

#include "document/document.hpp"

#include <string>
#include <string_view>

namespace oidcgen::report {

/// What stands in the place of everything that is not shown.
inline constexpr std::string_view k_mask = "********";

/// True for names of settings whose values nobody else may see, also nearly so spelt: `client_secret`, `clientSecert`,
/// `password`, `api_key`.
[[nodiscard]] bool names_secret(std::string_view name);

/// What names of settings are made of; bytes of other than ASCII letters too.
[[nodiscard]] bool is_word_byte(char byte);

/// Text that nobody gave as a name: long, of small and capital letters and digits in no order.
[[nodiscard]] bool looks_random(std::string_view text);

/// The same without the IPv4 address and port that the text may begin with.
[[nodiscard]] bool is_random(std::string_view text);

/// User name and password in an address: `x:y` of `https://x:y@host/`. Empty when there is none.
[[nodiscard]] std::string_view userinfo_in(std::string_view text);

/// Masks words that look like secrets, and the users and passwords of addresses.
[[nodiscard]] std::string without_secrets(std::string_view text);

/// A key that is a secret, or one with its value: `api_secret=…`.
[[nodiscard]] bool is_hidden_name(std::string_view name);

/// A value that somebody may have put below the wrong key. Identifiers are random, too, and no secrets.
[[nodiscard]] bool is_hidden_value(std::string_view key, std::string_view value);

/// The value of a setting that names a file, which is no name of a file.
[[nodiscard]] bool is_no_file_name(std::string_view value);

/// A list, a section, or a duration: nothing that is a secret by itself, below the name of one.
[[nodiscard]] bool is_about_secrets(std::string_view key, const document::Node& value);

} // namespace oidcgen::report
