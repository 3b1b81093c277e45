#pragma once

#include <array>
#include <compare>
#include <cstddef>
#include <limits>
#include <optional>
#include <string>
#include <string_view>

namespace oidcgen::util {

/// A release number of three parts, with or without a candidate: `major.minor.patch`, `major.minor.patch-rc.N`.
struct Version {
    static constexpr int k_final = std::numeric_limits<int>::max();

    int major = 0;
    int minor = 0;
    int patch = 0;
    int candidate = k_final; ///< number after `-rc.`; k_final for a finished release, which sorts behind its candidates

    friend constexpr auto operator<=>(const Version&, const Version&) = default;
};

/// In that form.
[[nodiscard]] std::string to_string(const Version& version);

/// What a person wrote: only the first parts, or all, with or without a `v` in front. Parts that were left out are
/// nothing.
struct VersionRequest {
    int major = 0;
    std::optional<int> minor;
    std::optional<int> patch;
    std::optional<int> candidate;

    /// True when the version has every part that was written, and is no candidate unless one was asked for.
    [[nodiscard]] bool covers(const Version& version) const;
};

/// Nothing when the text is not of that form. White space around it is ignored.
[[nodiscard]] std::optional<VersionRequest> parse_version_request(std::string_view text);

/// Where something holds: from `since` (inclusive) to `until` (exclusive).
struct VersionRange {
    Version since{};
    Version until{Version::k_final, 0, 0, 0};

    [[nodiscard]] constexpr bool holds(const Version& version) const { return since <= version && version < until; }
};

/// What a release changed.
template <class State>
struct Change {
    VersionRange versions;
    void (*apply)(State&);
};

/// What holds in a release: the rows that hold in it, applied in their order.
template <class State, std::size_t Size>
[[nodiscard]] State changed(const std::array<Change<State>, Size>& rows, const Version& version) {
    State result;
    for (const auto& row : rows) {
        if (row.versions.holds(version)) {
            row.apply(result);
        }
    }
    return result;
}

} // namespace oidcgen::util
