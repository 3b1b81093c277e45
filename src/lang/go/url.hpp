#pragma once

#include "util/error.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace oidcgen::lang::go {

/// How many colons a host without brackets may hold: from Go 1.26 on http and https addresses take one, before the
/// port.
enum class HostColons : std::uint8_t { any, strict };

/// An address as Go's net/url takes it apart (https://pkg.go.dev/net/url#Parse).
struct Url {
    std::string scheme;        ///< lower case
    std::string opaque;        ///< what follows the scheme when that is not a slash
    std::string host;          ///< with its port
    std::string path;          ///< decoded
    bool has_raw_path = false; ///< the path is written in another way than Go would write it
    std::string query;
    std::string fragment; ///< decoded
    bool has_user = false;
    std::string user_name;
    bool has_password = false;

    /// False for the empty address.
    [[nodiscard]] bool has_anything() const;
};

/// The address of a text. The error says what Go refuses, without repeating the text.
[[nodiscard]] util::Expected<Url> parse_url(std::string_view text, HostColons colons);

} // namespace oidcgen::lang::go
