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
    .summary = "the provider requires PKCE, which this version of the application does not use",
    .why = "A provider that requires PKCE refuses a request without a code challenge (RFC 7636, section 4.4.1), and an "
           "application that does not know PKCE sends none.",
    .sources = k_pkce_demanded_sources,
};

const rule::Rule k_code_challenge_method_unusable{
    .code = "OG3017",
    .name = "code-challenge-method-unusable",
    .consequence = rule::Consequence::login_fails,
    .summary = "the client requires a code challenge method that the application does not use",
    .why = "A code challenge is made with plain or with S256 (RFC 7636, section 4.2). The provider refuses one that "
           "was made with another method than the client's.",
    .sources = k_code_challenge_method_unusable_sources,
};

namespace {

// Once fixed: the client demands no code challenge, or the one that the application makes.

/// A setting because of which PKCE is demanded, and what to do about it.
struct Demand {
    document::Place place;
    util::Words help;
};

/// All of them, since each demands it by itself.
std::vector<Demand> demands_of(const Attempt& attempt) {
    const auto& registration = *attempt.registration;
    std::vector<Demand> demands;
    if (const auto& required = registration.code_challenge_required; required.value && !required.is_unknown()) {
        demands.push_back(
            {required.place, util::words("set {} to false", setting_name(required.place, "the demand for PKCE"))});
    }
    if (const auto& method = registration.code_challenge_method; method.value && !method.is_unknown()) {
        demands.push_back({method.place, util::words("set {} to ''", setting_name(method.place, "the method"))});
    }
    const auto& enforced = attempt.provider.code_challenge_demand;
    if (enforced.is_unknown()) {
        return demands;
    }
    if (enforced.value == CodeChallengeDemand::always) {
        demands.push_back(
            {enforced.place, util::words("set {} to never", setting_name(enforced.place, "the demand for PKCE"))});
    } else if (enforced.value == CodeChallengeDemand::public_clients_only && registration.is_public.value) {
        demands.push_back({registration.is_public.place, "make the client a confidential one, with a secret"});
    }
    return demands;
}

/// The application sends no code challenge.
Step check_demand(Attempt& attempt) {
    const auto& registration = *attempt.registration;
    const auto demands = demands_of(attempt);
    if (demands.empty() &&
        (registration.code_challenge_required.is_unknown() || attempt.provider.code_challenge_demand.is_unknown())) {
        attempt.cannot_know(registration.code_challenge_required.place);
    }
    const auto update = or_else(update_advice(
        attempt.party, +[](const ClientBehaviour& it) { return it.sends_pkce; }));
    for (const auto& demand : demands) {
        attempt.fail(Stage::authorize,
                     rule::finding(k_pkce_demanded,
                                   util::words("PKCE is required here, and {} does not use it", attempt.app_release()),
                                   demand.place, demand.help + update));
    }
    return Step::goes_on;
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
            util::words("the client requires the code challenge method plain, and {} uses S256", attempt.app()),
            method.place, util::words("set {} to S256", setting_name(method.place, "code_challenge_method"))));
}

} // namespace oidcgen::oidc
