#include "providers/authelia/inspection.hpp"

#include "providers/authelia/lists.hpp"
#include "util/text.hpp"
#include "util/words.hpp"

#include <utility>

#include <fmt/format.h>

namespace oidcgen::providers::authelia {

void Inspection::add(const rule::Rule& rule, util::Words message, document::Place place, util::Words help) {
    auto found = rule::finding(rule, std::move(message), place, std::move(help));
    found.client = client;
    findings.add(std::move(found));
}

void Inspection::add_finding(rule::Finding finding) { findings.add(std::move(finding)); }

void Inspection::add_unknown(const rule::Rule& rule, std::string_view value, std::string_view what,
                             std::span<const std::string_view> allowed, document::Place place) {
    if (!findings.takes(rule, place)) {
        return;
    }
    // Another algorithm is not a typing mistake, and a single choice need not be mentioned twice.
    const bool is_suggested = allowed.size() > 1 && !holds(k_signing_algorithms, value);
    add(rule,
        util::words("{} is not {}; use {}{}", util::outside(value), util::own(what),
                    util::own(util::alternatives(allowed)),
                    is_suggested ? util::did_you_mean(value, allowed) : util::Words()),
        place);
}

} // namespace oidcgen::providers::authelia
