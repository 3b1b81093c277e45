#include "report/report.hpp"
#include "util/text.hpp"

#include <array>

#include <fmt/format.h>

namespace oidcgen::report {

namespace {

/// What a stage is about, in words for people who have never seen OAuth.
constexpr std::array<std::string_view, 10> k_titles{
    "provider starts", "Immich starts",      "finding the provider", "asking at the provider", "agreeing",
    "coming back",     "proving the client", "checking the person",  "asking for the profile", "entering the account"};
constexpr std::size_t k_title_width = 22;

std::string_view title(oidc::Stage stage) { return k_titles.at(static_cast<std::size_t>(stage)); }

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

} // namespace

std::string to_trace(const Report& report) {
    std::string result;
    for (const auto& login : report.logins) {
        result += fmt::format("\n{} login at {}, client {}\n", to_string(login.device), login.address,
                              util::quoted(login.client));
        std::string_view before;
        for (const auto& step : login.trace) {
            const auto name = title(step.stage);
            result +=
                fmt::format("  {:<{}}  {}\n", name == before ? std::string_view() : name, k_title_width, step.text);
            before = name;
        }
        if (login.trace.empty() && login.stage) {
            result += fmt::format("  {:<{}}  it does not, because of {}\n", title(*login.stage), k_title_width,
                                  login.because.front());
        }
        result += fmt::format("  {:<{}}  {}\n", "in the end", k_title_width, ending(login));
    }
    return result;
}

} // namespace oidcgen::report
