#include "report/formats.hpp"

#include <algorithm>
#include <array>

namespace oidcgen::report {

namespace {

constexpr std::array k_formats{
    Format{.name = "text", .written = to_text, .has_trace = true, .has_statistics = true},
    Format{.name = "concise", .written = to_concise},
    Format{.name = "json", .written = to_json, .tells_failure = true, .has_trace = true, .has_statistics = true},
    Format{.name = "sarif", .written = to_sarif, .tells_failure = true},
    Format{.name = "github", .written = to_github},
    Format{.name = "gitlab", .written = to_gitlab},
    Format{.name = "junit", .written = to_junit, .tells_failure = true},
};

constexpr auto k_names = [] {
    std::array<std::string_view, k_formats.size()> result;
    std::ranges::transform(k_formats, result.begin(), &Format::name);
    return result;
}();

} // namespace

std::span<const Format> formats() { return k_formats; }

std::span<const std::string_view> format_names() { return k_names; }

const Format* find_format(std::string_view name) {
    const auto* const found = std::ranges::find(k_formats, name, &Format::name);
    return found == k_formats.end() ? nullptr : found;
}

} // namespace oidcgen::report
