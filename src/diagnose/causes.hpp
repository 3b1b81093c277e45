#pragma once

#include <array>
#include <span>
#include <string_view>

namespace oidcgen::diagnose {

/// Why a login fails although the files may be right. Code and name are never used again for another.
struct Cause {
    std::string_view code; ///< `OG6001`
    std::string_view name; ///< kebab case
    std::string_view what; ///< what happened, a clause in lower case
    std::string_view help; ///< what to do, a clause
    /// `help` when the line names the host or address that it is about, which goes in place of `{0}`.
    std::string_view advice{};
    std::array<std::string_view, 3> else_it{}; ///< what else it can be, the likeliest first
};

/// All, ordered by code.
[[nodiscard]] std::span<const Cause> causes();

/// The cause of that name or code; null when there is none.
[[nodiscard]] const Cause* find_cause(std::string_view name);

/// That a login failed is all that is known.
inline constexpr std::string_view k_unknown_cause = "cause-unknown";

} // namespace oidcgen::diagnose
