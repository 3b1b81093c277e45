#include "rule/rule.hpp"

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

Finding finding(const Rule& rule, std::string message, document::Place place, std::string help) {
    Finding result;
    result.rule = &rule;
    result.message = std::move(message);
    result.place = place;
    result.help = std::move(help);
    result.consequence = rule.consequence;
    return result;
}

bool Findings::has(Consequence consequence) const {
    return std::ranges::any_of(findings, [&](const Finding& it) { return it.consequence == consequence; });
}

} // namespace oidcgen::rule
