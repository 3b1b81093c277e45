#include "providers/authelia/inspection.hpp"

#include "util/text.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include <fmt/format.h>

namespace oidcgen::providers::authelia {

using namespace std::string_view_literals;

void Inspection::add(const rule::Rule& rule, std::string message, document::Place place, std::string help) {
    auto found = rule::finding(rule, std::move(message), place, std::move(help));
    found.client = client;
    findings.add(std::move(found));
}

void Inspection::add_finding(rule::Finding finding) { findings.add(std::move(finding)); }

bool is_signing_algorithm(std::string_view name) {
    constexpr std::array k_families{"HS"sv, "RS"sv, "ES"sv, "PS"sv};
    constexpr std::array k_sizes{"256"sv, "384"sv, "512"sv};
    return name.size() > 2 && std::ranges::find(k_families, name.substr(0, 2)) != k_families.end() &&
           std::ranges::find(k_sizes, name.substr(2)) != k_sizes.end();
}

void Inspection::add_unknown(const rule::Rule& rule, std::string_view value, std::string_view what,
                             std::span<const std::string_view> allowed, document::Place place) {
    // Another algorithm is no typing mistake, and one choice needs no second mention.
    const bool is_suggested = allowed.size() > 1 && !is_signing_algorithm(value);
    add(rule,
        fmt::format("{} is no {}; {} can stand here{}", util::quoted(value), what, util::alternatives(allowed),
                    is_suggested ? util::did_you_mean(value, allowed) : std::string()),
        place);
}

} // namespace oidcgen::providers::authelia
