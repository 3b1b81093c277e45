#include "report/redact.hpp"
#include "report/report.hpp"

#include <array>

#include <fmt/format.h>

namespace oidcgen::report {

namespace {

/// What a stage is about, in words for people who have never seen OAuth.
constexpr std::array<std::string_view, 10> k_titles{
    "provider starts", "application starts", "finding the provider", "asking at the provider", "agreeing",
    "coming back",     "proving the client", "checking the person",  "asking for the profile", "entering the account"};
constexpr std::size_t k_title_width = 22;

std::string title(oidc::Stage stage, const Login& login) {
    return stage == oidc::Stage::config_app ? fmt::format("{} starts", login.app_title)
                                            : std::string(k_titles.at(static_cast<std::size_t>(stage)));
}

/// A line of the trace: what it is about, in a column of its own, and what happens.
util::Words row(std::string_view title, const util::Words& text) {
    return util::words("  {}  {}\n", util::own(fmt::format("{:<{}}", title, k_title_width)), text);
}

util::Words ending(const Login& login) {
    switch (login.outcome) {
    case oidc::Outcome::works:
        return "the login works";
    case oidc::Outcome::unknown:
        return "whether the login works cannot be known";
    case oidc::Outcome::fails:
        break;
    }
    return util::words("the login fails at {}", util::own(to_string(*login.stage)));
}

/// Why a side does not even start.
util::Shown refusal(const Report& report, const Login& login, Redactors& redactors) {
    constexpr std::size_t k_most = 3;
    const bool is_provider = *login.stage == oidc::Stage::config_provider;
    const auto& path = is_provider ? login.provider : login.app;
    const auto consequence = is_provider ? rule::Consequence::provider_refuses : rule::Consequence::app_refuses;
    auto result = shown(row(title(*login.stage, login), "it does not"));
    std::size_t told = 0;
    std::size_t left = 0;
    for (const auto& finding : report.findings) {
        if (finding.consequence != consequence || !finding.place || finding.place.document->source().name() != path) {
            continue;
        }
        if (told == k_most) {
            ++left;
            continue;
        }
        ++told;
        const auto line = finding.place.document->source().line_of(finding.place.span.start);
        const auto message = util::words("{}, line {}: {}", util::path(path), line, finding.whole_message());
        result += redactors.shown(row("", message), finding.place);
        if (!finding.help.empty()) {
            result += redactors.shown(row("", util::words("to mend it: {}", finding.help)), finding.place);
        }
    }
    if (left > 0) {
        result += shown(row("", util::words("and {} more", left)));
    }
    return result;
}

} // namespace

util::Shown to_trace(const Report& report) {
    Redactors redactors(report.names);
    util::Shown result;
    for (const auto& login : report.logins) {
        const auto address = login.address.empty() ? util::Words("an unknown address") : util::bare(login.address);
        result +=
            shown(util::words("\n{} login at {}, client {}\n", login.device, address, util::outside(login.client)));
        std::string before;
        for (const auto& step : login.trace) {
            const auto name = title(step.stage, login);
            result += redactors.shown(row(name == before ? std::string() : name, step.text), step.place);
            before = name;
        }
        if (login.trace.empty() && login.stage) {
            result += refusal(report, login, redactors);
        }
        result += shown(row("in the end", ending(login)));
    }
    return result;
}

} // namespace oidcgen::report
