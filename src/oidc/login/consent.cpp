#include "oidc/login/attempt.hpp"
#include "oidc/login/rules.hpp"
#include "util/text.hpp"

#include <algorithm>
#include <array>
#include <string_view>

#include <fmt/format.h>

namespace oidcgen::oidc {

namespace {

using namespace std::string_view_literals;

constexpr std::array k_prompt_not_satisfied_sources{
    "https://openid.net/specs/openid-connect-core-1_0.html#AuthRequest"sv};

} // namespace

const rule::Rule k_prompt_not_satisfied{
    .code = "OG3020",
    .name = "prompt-not-satisfied",
    .consequence = rule::Consequence::login_fails,
    .summary = "the prompt that the application asks for cannot be satisfied",
    .why = "With `none` the provider may show no page, so only people who are signed in already get through. Others "
           "get an error, as with every prompt that the provider cannot carry out.",
    .bad = "prompt: none",
    .good = "prompt: login",
    .ignore = "when everybody is signed in at the provider before they open the application",
    .sources = k_prompt_not_satisfied_sources,
};

Step consent(Attempt& attempt) {
    const auto& prompt = attempt.party.prompt;
    if (prompt.is_unknown()) {
        return Step::goes_on; // said with the answer
    }
    const auto words = util::split(prompt.value, ' ');
    const auto asks = [&](std::string_view word) { return std::ranges::find(words, word) != words.end(); };
    if (asks("none")) {
        return attempt.fail(
            Stage::consent,
            rule::finding(k_prompt_not_satisfied,
                          "the prompt none lets only people in who are signed in at the provider already", prompt.place,
                          "leave prompt empty"));
    }
    if (asks("login") && !attempt.provider.behaviour.prompt_login_works) {
        return attempt.fail(Stage::consent,
                            rule::finding(k_prompt_not_satisfied, "the prompt login always fails with this Authelia",
                                          prompt.place, "leave prompt empty, or update Authelia to 4.39"));
    }
    attempt.trace(Stage::consent, "the person agrees that the application gets what it asked for");
    return Step::goes_on;
}

} // namespace oidcgen::oidc
