#include "providers/authelia/inspection.hpp"

#include "util/text.hpp"

#include <utility>

#include <fmt/format.h>

namespace oidcgen::providers::authelia {

void Inspection::add(const rule::Rule& rule, std::string message, document::Place place, std::string help) {
    auto found = rule::finding(rule, std::move(message), place, std::move(help));
    found.client = client;
    findings.add(std::move(found));
}

void Inspection::add_finding(rule::Finding finding) { findings.add(std::move(finding)); }

void Inspection::add_unknown(const rule::Rule& rule, std::string_view value, std::string_view what,
                             std::span<const std::string_view> allowed, document::Place place) {
    add(rule,
        fmt::format("{} is no {}; {} can stand here{}", util::quoted(value), what, util::alternatives(allowed),
                    util::did_you_mean(value, allowed)),
        place);
}

} // namespace oidcgen::providers::authelia
