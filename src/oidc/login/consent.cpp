#include "oidc/login/attempt.hpp"
#include "oidc/login/checks.hpp"
#include "oidc/login/rules.hpp"
#include "util/text.hpp"
#include "util/words.hpp"

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

constexpr std::array k_prompt_unknown_sources{"https://openid.net/specs/openid-connect-core-1_0.html#AuthRequest"sv};
constexpr std::array k_prompt_not_satisfied_sources{
    "https://openid.net/specs/openid-connect-core-1_0.html#AuthRequest"sv};

constexpr std::array k_consent_sources{"https://openid.net/specs/openid-connect-core-1_0.html#Consent"sv};

} // namespace

const rule::Rule k_prompt_unknown{
    .code = "OG3019",
    .name = "prompt-unknown",
    .consequence = rule::Consequence::login_fails,
    .summary = "the application asks for a prompt that the provider does not know",
    .why = "OpenID Connect defines none, login, consent and select_account. A provider may refuse any other prompt.",
    .bad = "prompt: create",
    .good = "prompt: login",
    .sources = k_prompt_unknown_sources,
};

const rule::Rule k_prompt_not_satisfied{
    .code = "OG3020",
    .name = "prompt-not-satisfied",
    .consequence = rule::Consequence::login_fails,
    .summary = "the prompt that the application asks for cannot be satisfied",
    .why = "With `none` the provider may show no page, so only people who are already signed in get through. Others "
           "get an error, as with every prompt that the provider cannot satisfy.",
    .bad = "prompt: none",
    .good = "prompt: login",
    .ignore = "when everybody is signed in at the provider before opening the application",
    .sources = k_prompt_not_satisfied_sources,
};

const rule::Rule k_consent_asked_each_time{
    .code = "OG3047",
    .name = "consent-asked-each-time",
    .consequence = rule::Consequence::advice,
    .summary = "the provider asks for consent at every login",
    .why = "The person has to agree that the application may have the name and mail address, each time anew, although "
           "both belong to the same site. Most providers can remember the answer, or do without the question.",
    .ignore = "when people are to be asked every time",
    .sources = k_consent_sources,
};

namespace {

/// The prompts that the provider knows.
std::span<const Prompt> prompts_of(const Attempt& attempt) {
    const auto own = attempt.provider.behaviour.prompts;
    return own.empty() ? standard_prompts() : own;
}

/// The first word of the application's prompt with that effect; empty when there is none.
std::string_view word_with(const Attempt& attempt, PromptEffect effect) {
    const auto prompts = prompts_of(attempt);
    for (const auto word : util::split(attempt.party.prompt.value, ' ')) {
        const auto known = std::ranges::find(prompts, word, &Prompt::word);
        if (known != prompts.end() && known->effect == effect) {
            return word;
        }
    }
    return {};
}

/// Tells why the person is asked again at every login.
void advise_of_consent(Attempt& attempt) {
    const auto asked_again = attempt.provider_system().asked_again;
    if (asked_again == nullptr || attempt.registration == nullptr) {
        return;
    }
    static const std::vector<std::string> k_no_scopes;
    const auto& prompt = attempt.party.prompt;
    const auto& scope = attempt.party.scope;
    const auto answer =
        asked_again(*attempt.registration, attempt.scopes_known ? attempt.scopes : k_no_scopes, prompt.value);
    const auto add = [&](util::Words message, const document::Place& place, util::Words help) {
        attempt.advise(rule::finding(k_consent_asked_each_time, std::move(message), place, std::move(help)));
    };
    switch (answer.cause) {
    case AskedAgain::Cause::none:
        break;
    case AskedAgain::Cause::setting:
        add(util::words("{} asks for consent at every login with this client", attempt.provider_title()),
            answer.setting, answer.help);
        break;
    case AskedAgain::Cause::scope:
        add(util::words("because of the scope {}, {} asks for consent at every login", answer.word,
                        attempt.provider_title()),
            scope.place, util::words("remove {} from {}", answer.word, setting_name(scope.place, "scope")));
        break;
    case AskedAgain::Cause::prompt:
        add(util::words("because of the prompt {}, {} asks for consent at every login", answer.word,
                        attempt.provider_title()),
            prompt.place, util::words("leave {} empty", setting_name(prompt.place, "prompt")));
        break;
    }
}

} // namespace

std::span<const Prompt> standard_prompts() {
    static constexpr std::array k_prompts{Prompt{"none", PromptEffect::needs_session}, Prompt{"login"},
                                          Prompt{"consent"}, Prompt{"select_account"}};
    return k_prompts;
}

// Once fixed: the application asks for no prompt.

namespace {

/// Whether the application asks for one of these alone.
Step check_prompt_among(Attempt& attempt, const std::vector<std::string_view>& known) {
    const auto& prompt = attempt.party.prompt;
    if (attempt.is_prompt_settled) {
        return Step::goes_on;
    }
    if (prompt.is_unknown()) {
        attempt.cannot_know(prompt.place);
        return Step::goes_on;
    }
    for (const auto word : util::split(prompt.value, ' ')) {
        if (word.empty() || std::ranges::find(known, word) != known.end()) {
            continue;
        }
        auto finding =
            rule::finding(k_prompt_unknown,
                          util::words("{} does not know the prompt {}", attempt.provider_title(), util::outside(word)),
                          prompt.place, util::words("use {}, or leave it empty", util::own(util::alternatives(known))));
        finding.suggestion = util::did_you_mean(word, known);
        return attempt.fail(Stage::authorize, std::move(finding));
    }
    return Step::goes_on;
}

} // namespace

Step check_prompt(Attempt& attempt) {
    std::vector<std::string_view> known;
    std::ranges::transform(prompts_of(attempt), std::back_inserter(known), &Prompt::word);
    return check_prompt_among(attempt, known);
}

Step check_listed_prompt(Attempt& attempt) {
    const auto& saved = attempt.provider.saved_metadata;
    if (!saved || !saved->prompt_values_supported.is_given()) {
        return Step::goes_on;
    }
    std::vector<std::string_view> known;
    std::ranges::transform(saved->prompt_values_supported.value, std::back_inserter(known),
                           [](const Text& it) { return std::string_view(it.value); });
    return check_prompt_among(attempt, known);
}

Step consent(Attempt& attempt) {
    const auto& prompt = attempt.party.prompt;
    if (prompt.is_unknown()) {
        return Step::goes_on; // said with the answer
    }
    const auto name = setting_name(prompt.place, "prompt");
    attempt.is_prompt_settled = true;
    if (const auto word = word_with(attempt, PromptEffect::needs_session); !word.empty()) {
        const bool comes_back =
            attempt.provider.behaviour.sends_errors_to_apps || RedirectUri{attempt.redirect.uri}.is_web();
        return attempt.fail(
            comes_back ? Stage::consent : Stage::authorize,
            rule::finding(
                k_prompt_not_satisfied,
                util::words("the prompt {} only lets in people who are already signed in at the provider", word),
                prompt.place, util::words("leave {} empty", name)),
            "people who are not signed in at the provider");
    }
    if (const auto word = word_with(attempt, PromptEffect::fails); !word.empty()) {
        const auto update = or_else(update_advice(
            attempt.provider, +[](const ProviderBehaviour& it) {
                return std::ranges::find(it.prompts, PromptEffect::fails, &Prompt::effect) == it.prompts.end();
            }));
        return attempt.fail(Stage::consent, rule::finding(k_prompt_not_satisfied,
                                                          util::words("the prompt {} always fails with this {}", word,
                                                                      attempt.provider_title()),
                                                          prompt.place, util::words("leave {} empty{}", name, update)));
    }
    attempt.is_prompt_settled = false;
    advise_of_consent(attempt);
    attempt.trace(Stage::consent, "the person agrees that the application gets what it asked for");
    return Step::goes_on;
}

} // namespace oidcgen::oidc
