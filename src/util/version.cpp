#include "util/version.hpp"

#include "util/text.hpp"

#include <charconv>

#include <fmt/format.h>

namespace oidcgen::util {

namespace {

/// Takes a decimal number without sign or leading zeros from the front of the text.
std::optional<int> take_number(std::string_view& text) {
    int number = 0;
    const auto* const end = text.data() + text.size();
    const auto [rest, error] = std::from_chars(text.data(), end, number);
    const auto digits = static_cast<std::size_t>(rest - text.data());
    if (error != std::errc() || text.front() == '-' || (digits > 1 && text.front() == '0')) {
        return std::nullopt;
    }
    text.remove_prefix(digits);
    return number;
}

bool take(std::string_view& text, std::string_view prefix) {
    if (!text.starts_with(prefix)) {
        return false;
    }
    text.remove_prefix(prefix.size());
    return true;
}

} // namespace

std::string to_string(const Version& version) {
    auto result = fmt::format("{}.{}.{}", version.major, version.minor, version.patch);
    if (version.candidate != Version::k_final) {
        result += fmt::format("-rc.{}", version.candidate);
    }
    return result;
}

bool VersionRequest::covers(const Version& version) const {
    if (version.major != major || (minor && version.minor != *minor) || (patch && version.patch != *patch)) {
        return false;
    }
    return version.candidate == candidate.value_or(Version::k_final);
}

std::optional<VersionRequest> parse_version_request(std::string_view text) {
    text = trimmed(text);
    take(text, "v");
    VersionRequest request;
    const auto major = take_number(text);
    if (!major) {
        return std::nullopt;
    }
    request.major = *major;
    if (take(text, ".")) {
        request.minor = take_number(text);
        if (!request.minor) {
            return std::nullopt;
        }
        if (take(text, ".")) {
            request.patch = take_number(text);
            if (!request.patch) {
                return std::nullopt;
            }
            if (take(text, "-rc.")) {
                request.candidate = take_number(text);
                if (!request.candidate) {
                    return std::nullopt;
                }
            }
        }
    }
    return text.empty() ? std::optional(request) : std::nullopt;
}

} // namespace oidcgen::util
