#include "oidc/login/attempt.hpp"
#include "oidc/login/rules.hpp"
#include "util/text.hpp"
#include "util/url.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>

#include <fmt/format.h>

namespace oidcgen::oidc {

namespace {

using namespace std::string_view_literals;

constexpr std::array k_mobile_override_not_forwarding_sources{"https://www.rfc-editor.org/rfc/rfc8252#section-7"sv};
constexpr std::string_view k_forwarder = "/api/oauth/mobile-redirect";

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

Step call_back(Attempt& attempt) {
    if (!attempt.overrides_redirect_uri) {
        attempt.trace(Stage::callback, fmt::format("the browser comes back to {} with a code", attempt.redirect_uri));
        return Step::goes_on;
    }
    const std::string_view uri = attempt.redirect_uri;
    const auto help = fmt::format("set mobileRedirectUri to {}{}", attempt.circumstances.address, k_forwarder);
    const auto fail = [&](std::string message) {
        return attempt.fail(Stage::callback, rule::finding(k_mobile_override_not_forwarding, std::move(message),
                                                           attempt.party.mobile_redirect_uri.place, help));
    };
    if (!RedirectUri{attempt.redirect_uri}.is_web()) {
        return Step::goes_on; // the app's own scheme brings it back
    }
    const auto path_start = std::min(uri.find('/', uri.find("://") + 3), uri.size());
    const auto query_start = std::min(uri.find_first_of("?#", path_start), uri.size());
    if (query_start != uri.size() && attempt.party.behaviour.normalises_redirect_uri) {
        return fail("the mobile override has a query, with which the code does not arrive");
    }
    const auto origin = util::parse_origin(uri.substr(0, path_start));
    if (!origin || to_string(*origin) != attempt.circumstances.address) {
        attempt.cannot_know(attempt.party.mobile_redirect_uri.place, "address");
        return Step::goes_on;
    }
    auto path = util::lowered(uri.substr(path_start, query_start - path_start));
    if (path.size() > 1 && path.ends_with('/')) {
        path.pop_back();
    }
    if (path != k_forwarder) {
        return fail("nothing at the mobile override forwards to the app");
    }
    attempt.trace(Stage::callback, fmt::format("the browser comes back to {}, which opens the app with a code", uri));
    return Step::goes_on;
}

} // namespace oidcgen::oidc
