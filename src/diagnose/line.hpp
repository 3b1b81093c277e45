#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace oidcgen::diagnose {

/// A time as a line has it.
struct Moment {
    std::int64_t clock = 0;            ///< what the clock shows, in seconds since 1970
    std::optional<std::int64_t> ahead; ///< seconds that this clock is ahead of UTC; nothing: the line does not say
    bool has_year = true;
};

/// The text of a line as its program meant it: without colours, and with the escapes of JSON, of quoted fields and of
/// addresses resolved. Bytes that are not text stay as they are.
[[nodiscard]] std::string plain(std::string_view line);

/// The first time that a plain line has, in the forms of RFC 3339, of `1/2/2026, 3:04:05 PM`, of syslog and of a JSON
/// number.
[[nodiscard]] std::optional<Moment> time_in(std::string_view line);

/// As `2026-01-02T15:04:05Z`.
[[nodiscard]] std::string to_text(std::int64_t seconds);

} // namespace oidcgen::diagnose
