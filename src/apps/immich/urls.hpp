#pragma once

#include "util/version.hpp"

#include <cstdint>
#include <string_view>

namespace oidcgen::apps::immich {

/// Which addresses validator.js is asked to take.
enum class Addresses : std::uint8_t {
    any_dotted, ///< its defaults: http, https, ftp or no scheme; a host with a dot and a word at the end, or an IP
    web_only,   ///< http or https, written out; any host
};

/// What isURL of validator.js says, in the release of that library which this version of Immich uses.
[[nodiscard]] bool is_validator_url(std::string_view text, Addresses addresses, const util::Version& immich);

} // namespace oidcgen::apps::immich
