#include "oidc/login/attempt.hpp"
#include "oidc/login/rules.hpp"

#include <array>
#include <string>
#include <string_view>

#include <fmt/format.h>

namespace oidcgen::oidc {

namespace {

using namespace std::string_view_literals;

constexpr std::array k_mobile_override_not_forwarding_sources{"https://www.rfc-editor.org/rfc/rfc8252#section-7"sv};

} // namespace

const rule::Rule k_mobile_override_not_forwarding{
    .code = "OG3021",
    .name = "mobile-override-not-forwarding",
    .consequence = rule::Consequence::login_fails,
    .summary = "the mobile override does not lead back into the app",
    .why = "The mobile override is an https address that the provider returns to instead of the app's own scheme (RFC "
           "8252, section 7). Whatever answers there must forward the browser to the app, with the code.",
    .sources = k_mobile_override_not_forwarding_sources,
};

// Once fixed: the browser comes back into the application, with the code.

Step call_back(Attempt& attempt) {
    if (attempt.redirect.uri.empty()) {
        return Step::goes_on; // it is not known where the browser comes back
    }
    const auto arrival = attempt.app_system().arrival(attempt.party, attempt.redirect, attempt.circumstances.address);
    // What arrives at another address than the application's is not known, so its own one was recognised.
    const bool is_assumed = attempt.redirect.setting && arrival.verdict != Arrival::Verdict::unknown &&
                            attempt.take_for_alike(attempt.sent(), attempt.redirect.setting, attempt.address(),
                                                   attempt.circumstances.address_place);
    switch (arrival.verdict) {
    case Arrival::Verdict::arrives:
        attempt.trace(Stage::callback,
                      util::words("the browser comes back to {}{}", attempt.redirect.uri,
                                  arrival.message.empty() ? util::Words(" with a code") : arrival.message));
        return Step::goes_on;
    case Arrival::Verdict::unknown:
        attempt.cannot_know(attempt.redirect.setting, rule::Doubt::address);
        return Step::goes_on;
    case Arrival::Verdict::lost:
        break;
    }
    attempt.is_redirect_settled = true;
    auto finding =
        rule::finding(k_mobile_override_not_forwarding, arrival.message, attempt.redirect.setting, arrival.help);
    finding.is_assumed = is_assumed;
    return attempt.fail(Stage::callback, std::move(finding));
}

} // namespace oidcgen::oidc
