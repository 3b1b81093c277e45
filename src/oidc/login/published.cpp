#include "oidc/login/attempt.hpp"
#include "oidc/login/checks.hpp"
#include "oidc/login/rules.hpp"
#include "util/text.hpp"

#include <algorithm>
#include <array>
#include <string_view>
#include <vector>

namespace oidcgen::oidc {

namespace {

using namespace std::string_view_literals;

constexpr std::array k_sources{"https://www.rfc-editor.org/rfc/rfc8414#section-2"sv,
                               "https://openid.net/specs/openid-connect-discovery-1_0.html#ProviderMetadata"sv};

} // namespace

const rule::Rule k_scope_not_listed{
    .code = "OG3052",
    .name = "scope-not-listed",
    .consequence = rule::Consequence::advice,
    .summary = "the provider's metadata does not list a scope that the application asks for",
    .why =
        "A provider lists the scopes that it knows in scopes_supported. It may leave some out, so a scope that is not "
        "there can still work; more often it is misspelt, or has to be set up at the provider first.",
    .bad = "# scopes_supported: openid, email, profile\nscope: openid email profle",
    .good = "# scopes_supported: openid, email, profile\nscope: openid email profile",
    .ignore = "when the provider knows the scope and does not list it",
    .sources = k_sources,
};

bool lacks(const Texts& list, std::string_view word) {
    return list.is_given() &&
           std::ranges::none_of(list.value, [&](const Text& it) { return it.is_unknown() || it.value == word; });
}

Step check_listed_scopes(Attempt& attempt) {
    const auto& saved = attempt.provider.saved_metadata;
    const auto& scope = attempt.party.scope;
    if (!saved || !attempt.scopes_known) {
        return Step::goes_on;
    }
    const auto& listed = saved->scopes_supported;
    std::vector<std::string_view> words;
    std::ranges::transform(listed.value, std::back_inserter(words),
                           [](const Text& it) { return std::string_view(it.value); });
    for (const auto& word : attempt.scopes) {
        if (!lacks(listed, word)) {
            continue;
        }
        auto finding = between(
            k_scope_not_listed,
            word == "openid" ? util::Words("the provider does not list the scope openid, so it may not know OpenID "
                                           "Connect")
                             : util::words("the provider does not list the scope {}", util::outside(word)),
            scope.place, "the scopes that it knows are listed here", listed.place,
            word == "openid" ? util::Words("check that the metadata is that of the right provider")
                             : util::words("check that the provider has it, or remove it from {}",
                                           setting_name(scope.place, "scope")));
        finding.suggestion = util::did_you_mean(word, words);
        attempt.advise(std::move(finding));
    }
    return Step::goes_on;
}

} // namespace oidcgen::oidc
