#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace oidcgen::lang::python {

enum class PatternFault : std::uint8_t {
    none,
    invalid,  ///< `re.compile` refuses it
    unjudged, ///< it has something that is not looked at here: lookarounds, references, flags
};

/// What `re.compile` makes of a pattern.
[[nodiscard]] PatternFault check_pattern(std::string_view pattern);

/// `re.fullmatch(pattern, text) is not None`; nothing for a pattern that is invalid or not judged. Cost is linear in
/// the product of the two lengths.
[[nodiscard]] std::optional<bool> full_match(std::string_view pattern, std::string_view text);

} // namespace oidcgen::lang::python
