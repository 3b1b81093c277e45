#include "oidc/login/attempt.hpp"
#include "oidc/login/checks.hpp"
#include "oidc/login/rules.hpp"
#include "util/text.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace oidcgen::oidc {

namespace {

using namespace std::string_view_literals;

constexpr std::array k_pkce_demanded_sources{"https://www.rfc-editor.org/rfc/rfc7636#section-4.4.1"sv};
constexpr std::array k_code_challenge_method_unusable_sources{"https://www.rfc-editor.org/rfc/rfc7636#section-4.2"sv};

} // namespace

const rule::Rule k_pkce_demanded{
    .code = "OG3016",
    .name = "pkce-demanded",
    .consequence = rule::Consequence::login_fails,
    .summary = "the provider demands PKCE, which this version of the application does not use",
    .why = "A provider that demands PKCE refuses a request without a code challenge (RFC 7636, section 4.4.1), and an "
           "application that does not know PKCE sends none.",
    .sources = k_pkce_demanded_sources,
};

const rule::Rule k_code_challenge_method_unusable{
    .code = "OG3017",
    .name = "code-challenge-method-unusable",
    .consequence = rule::Consequence::login_fails,
    .summary = "the client demands a code challenge method that the application does not use",
    .why = "A code challenge is made with plain or with S256 (RFC 7636, section 4.2). The provider refuses one that "
           "was made with another method than the client's.",
    .sources = k_code_challenge_method_unusable_sources,
};

namespace {

/// The setting because of which PKCE is demanded; nowhere when it is not.
document::Place demand_of(const Attempt& attempt) {
    const auto& registration = *attempt.registration;
    if (registration.code_challenge_required.value && !registration.code_challenge_required.is_unknown()) {
        return registration.code_challenge_required.place;
    }
    if (registration.code_challenge_method.value && !registration.code_challenge_method.is_unknown()) {
        return registration.code_challenge_method.place;
    }
    const auto& enforce = attempt.provider.code_challenge_demand;
    if (enforce.is_unknown()) {
        return {};
    }
    if (enforce.value == CodeChallengeDemand::always) {
        return enforce.place;
    }
    if (enforce.value == CodeChallengeDemand::public_clients_only && registration.is_public.value) {
        return registration.is_public.place;
    }
    return {};
}

/// The application sends no code challenge.
Step check_demand(Attempt& attempt) {
    const auto& registration = *attempt.registration;
    const auto demand = demand_of(attempt);
    if (!demand) {
        if (registration.code_challenge_required.is_unknown() || attempt.provider.code_challenge_demand.is_unknown()) {
            attempt.cannot_know(registration.code_challenge_required.place);
        }
        return Step::goes_on;
    }
    const bool method_too = registration.code_challenge_required.value && registration.code_challenge_method.value;
    const auto update = or_else(update_advice(
        attempt.party, +[](const ClientBehaviour& it) { return it.sends_pkce; }));
    const auto help = method_too
                          ? util::words("set {} to false and {} to ''{}",
                                        setting_name(registration.code_challenge_required.place, "the demand"),
                                        setting_name(registration.code_challenge_method.place, "its method"), update)
                          : util::words("demand no PKCE for this client{}", update);
    return attempt.fail(Stage::authorize, rule::finding(k_pkce_demanded,
                                                        util::words("PKCE is demanded here, and {} does not use it",
                                                                    attempt.app_release()),
                                                        demand, help));
}

} // namespace

Step check_code_challenge(Attempt& attempt) {
    if (!attempt.party.behaviour.sends_pkce) {
        return check_demand(attempt);
    }
    const auto& method = attempt.registration->code_challenge_method;
    if (method.is_unknown() || method.value != CodeChallengeMethod::plain) {
        return Step::goes_on;
    }
    return attempt.fail(
        Stage::authorize,
        rule::finding(
            k_code_challenge_method_unusable,
            util::words("the client demands the code challenge method plain, and {} uses S256", attempt.app()),
            method.place, util::words("set {} to S256", setting_name(method.place, "code_challenge_method"))));
}

} // namespace oidcgen::oidc
