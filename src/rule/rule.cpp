#include "rule/rule.hpp"

#include "document/excerpt.hpp"
#include "util/assert.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace oidcgen::rule {

namespace {

struct Row {
    Consequence consequence;
    std::string_view name;
    Severity severity;
};

constexpr std::array k_rows{
    Row{Consequence::provider_refuses, "provider-refuses", Severity::error},
    Row{Consequence::app_refuses, "app-refuses", Severity::error},
    Row{Consequence::provider_warns, "provider-warns", Severity::warning},
    Row{Consequence::app_warns, "app-warns", Severity::warning},
    Row{Consequence::login_fails, "login-fails", Severity::error},
    Row{Consequence::feature_lost, "feature-lost", Severity::warning},
    Row{Consequence::risk, "risk", Severity::warning},
    Row{Consequence::advice, "advice", Severity::note},
    Row{Consequence::not_known, "not-known", Severity::warning},
};

struct DoubtRow {
    Doubt doubt;
    std::string_view name;
    std::string_view reason;
};

constexpr std::array k_doubts{
    DoubtRow{Doubt::placeholder, "placeholder", "this value is a placeholder"},
    DoubtRow{Doubt::network, "network", "the files do not say what answers at this address"},
    DoubtRow{Doubt::snippet, "snippet", "the provider's clients are not in these files"},
    DoubtRow{Doubt::cost, "cost", "it takes too long to compute"},
    DoubtRow{Doubt::syntax, "syntax", "the file cannot be read after this place"},
    DoubtRow{Doubt::not_recognised, "not-recognised", "the file is not recognised"},
    DoubtRow{Doubt::person, "person", "it depends on who signs in"},
    DoubtRow{Doubt::address, "address",
             "the files do not say whether this address can be reached, and what answers there"},
    DoubtRow{Doubt::address_unknown, "address-unknown",
             "the files do not say where the application is opened; --address does"},
    DoubtRow{Doubt::provider_url, "provider-url", "the files do not say where the provider is reached"},
    DoubtRow{Doubt::secret, "secret", "the secret was not compared with the digest"},
    DoubtRow{Doubt::settings, "settings", "it depends on settings that are not in these files"},
};

const DoubtRow& row(Doubt doubt) { return *std::ranges::find(k_doubts, doubt, &DoubtRow::doubt); }

const Row& row(Consequence consequence) { return *std::ranges::find(k_rows, consequence, &Row::consequence); }

} // namespace

std::string_view to_string(Severity severity) {
    switch (severity) {
    case Severity::error:
        return "error";
    case Severity::warning:
        return "warning";
    case Severity::note:
        break;
    }
    return "note";
}

std::string_view to_string(Doubt doubt) { return row(doubt).name; }

std::string_view reason(Doubt doubt) { return row(doubt).reason; }

util::Words Finding::whole_message() const {
    if (stops.empty() || consequence != Consequence::login_fails) {
        return message + suggestion;
    }
    const auto what =
        stops_all ? util::Words("every login") : util::words("the {} login", util::joined(stops, " and "));
    return util::words("{}; this stops {}{}", message, what, suggestion);
}

Identity identity(const Finding& finding) {
    const auto& place = finding.place;
    if (!place) {
        return {{}, place.span.start, finding.rule->code, finding.message.text(), place.span.end};
    }
    // The end in the document itself: of a text that was decoded, everything is at the same bytes of the file.
    const auto in_file = document::in_file(*place.document, place.span);
    return {in_file.source->name(), in_file.span.start, finding.rule->code, finding.message.text(), place.span.end};
}

bool is_same_place(const Finding& left, const Finding& right) {
    return left.place.document == right.place.document && left.place.span == right.place.span;
}

std::string_view to_string(Consequence consequence) { return row(consequence).name; }

Severity severity_of(Consequence consequence) { return row(consequence).severity; }

Severity severity_of(Consequence consequence, bool is_assumed) {
    const auto severity = severity_of(consequence);
    return is_assumed && severity == Severity::error ? Severity::warning : severity;
}

std::vector<Consequence> consequences_of(const Rule& rule) {
    std::vector<Consequence> result{rule.consequence};
    for (const auto& row : k_rows) {
        if (row.consequence != rule.consequence && rule.also.holds(row.consequence)) {
            result.push_back(row.consequence);
        }
    }
    return result;
}

Finding finding(const Rule& rule, util::Words message, document::Place place, util::Words help) {
    Finding result;
    result.rule = &rule;
    result.message = std::move(message);
    result.place = std::move(place);
    result.help = std::move(help);
    set_consequence(result, rule.consequence);
    return result;
}

void set_consequence(Finding& finding, Consequence consequence) {
    OIDCGEN_ASSERT(finding.rule != nullptr);
    OIDCGEN_ASSERT(consequence == finding.rule->consequence || finding.rule->also.holds(consequence));
    finding.consequence.m_value = consequence;
}

} // namespace oidcgen::rule
