#include "rule/rule.hpp"

#include "util/assert.hpp"

#include <algorithm>
#include <array>
#include <utility>

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
};

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

std::string_view to_string(Consequence consequence) { return row(consequence).name; }

Severity severity_of(Consequence consequence) { return row(consequence).severity; }

std::vector<Consequence> consequences_of(const Rule& rule) {
    std::vector<Consequence> result{rule.consequence};
    for (const auto& row : k_rows) {
        if (row.consequence != rule.consequence && rule.also.holds(row.consequence)) {
            result.push_back(row.consequence);
        }
    }
    return result;
}

Finding finding(const Rule& rule, std::string message, document::Place place, std::string help) {
    Finding result;
    result.rule = &rule;
    result.message = std::move(message);
    result.place = place;
    result.help = std::move(help);
    set_consequence(result, rule.consequence);
    return result;
}

void set_consequence(Finding& finding, Consequence consequence) {
    OIDCGEN_ASSERT(finding.rule != nullptr);
    OIDCGEN_ASSERT(consequence == finding.rule->consequence || finding.rule->also.holds(consequence));
    finding.consequence.m_value = consequence;
}

bool Findings::has(Consequence consequence) const {
    return std::ranges::any_of(findings, [&](const Finding& it) { return it.consequence == consequence; });
}

} // namespace oidcgen::rule
