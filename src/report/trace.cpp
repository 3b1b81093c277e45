#include "report/redact.hpp"
#include "report/report.hpp"
#include "util/text.hpp"

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

std::string ending(const Login& login) {
    switch (login.outcome) {
    case oidc::Outcome::works:
        return "the login works";
    case oidc::Outcome::unknown:
        return "whether the login works cannot be known";
    case oidc::Outcome::fails:
        break;
    }
    return fmt::format("the login fails at {}", to_string(*login.stage));
}

/// Why a side does not even start.
std::string refusal(const Report& report, const Login& login, Redactors& redactors) {
    constexpr std::size_t k_most = 3;
    const bool is_provider = *login.stage == oidc::Stage::config_provider;
    const auto& path = is_provider ? login.provider : login.app;
    const auto consequence = is_provider ? rule::Consequence::provider_refuses : rule::Consequence::app_refuses;
    std::string result = fmt::format("  {:<{}}  it does not\n", title(*login.stage, login), k_title_width);
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
        result += fmt::format("  {:<{}}  {}, line {}: {}\n", "", k_title_width, path, line,
                              redactors.shown(finding.whole_message(), finding.place));
        if (!finding.help.empty()) {
            result += fmt::format("  {:<{}}  to mend it: {}\n", "", k_title_width,
                                  redactors.shown(finding.help, finding.place));
        }
    }
    if (left > 0) {
        result += fmt::format("  {:<{}}  and {} more\n", "", k_title_width, left);
    }
    return result;
}

} // namespace

std::string to_trace(const Report& report) {
    Redactors redactors;
    std::string result;
    for (const auto& login : report.logins) {
        result += fmt::format("\n{} login at {}, client {}\n", login.device,
                              login.address.empty() ? "an unknown address" : login.address, util::quoted(login.client));
        std::string before;
        for (const auto& step : login.trace) {
            const auto name = title(step.stage, login);
            result += fmt::format("  {:<{}}  {}\n", name == before ? std::string() : name, k_title_width,
                                  redactors.shown(step.text, step.place));
            before = name;
        }
        if (login.trace.empty() && login.stage) {
            result += refusal(report, login, redactors);
        }
        result += fmt::format("  {:<{}}  {}\n", "in the end", k_title_width, ending(login));
    }
    return result;
}

} // namespace oidcgen::report
