#include "providers/other/login.hpp"

#include "oidc/login/attempt.hpp"
#include "oidc/login/checks.hpp"
#include "providers/other/read.hpp"
#include "util/url.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace oidcgen::providers::other {

namespace {

using namespace std::string_view_literals;
using oidc::Known;
using oidc::Provider;
using oidc::Registration;

/// How the issuers of well-known providers look that others do not have: Keycloak, Kanidm, Auth0, Okta, Entra ID.
constexpr std::array k_marks{"/realms/"sv, "/oauth2/openid/"sv, ".auth0.com"sv, ".okta.com"sv,
                             "login.microsoftonline.com"sv};

std::vector<std::string> texts_of(const oidc::Texts& list) {
    std::vector<std::string> result;
    for (const auto& it : list.value) {
        if (!it.is_unknown()) {
            result.push_back(it.value);
        }
    }
    return result;
}

/// The first listed word for which it holds; null when there is none.
template <class Holds>
const oidc::Text* first_listed(const oidc::Texts& list, Holds holds) {
    const auto found = std::ranges::find_if(list.value, [&](const oidc::Text& it) { return holds(it.value); });
    return found == list.value.end() ? nullptr : &*found;
}

/// The client authenticates with a method that the provider lists.
void adapt_method(Registration& client, const oidc::SavedMetadata& saved, const oidc::RelyingParty& party) {
    auto& method = client.token_endpoint_auth_method;
    const auto& listed = saved.token_endpoint_auth_methods_supported;
    const bool is_public = party.client_secret.value.empty() && !party.client_secret.is_unknown() &&
                           party.behaviour.empty_secret_is_public;
    if (is_public && listed.is_given() && !oidc::lacks(listed, "none")) {
        method = {oidc::AuthMethod::none, listed.place, Known::given};
        client.is_public = oidc::given(true);
        return;
    }
    if (method.is_unknown() || !oidc::lacks(listed, to_string(method.value))) {
        return;
    }
    const auto can = [&](std::string_view word) {
        const auto parsed = oidc::parse_auth_method(word);
        return parsed && std::ranges::find(party.behaviour.auth_methods, *parsed) != party.behaviour.auth_methods.end();
    };
    const auto* chosen = first_listed(listed, can);
    chosen = chosen != nullptr ? chosen : first_listed(listed, [](std::string_view word) {
        return oidc::parse_auth_method(word).has_value();
    });
    if (chosen != nullptr) {
        method = {*oidc::parse_auth_method(chosen->value), listed.place, Known::given};
    }
}

} // namespace

bool owns_issuer(std::string_view issuer_url) {
    return std::ranges::any_of(k_marks,
                               [&](std::string_view mark) { return issuer_url.find(mark) != std::string_view::npos; });
}

void adapt(Provider& provider, const oidc::RelyingParty& party) {
    if (!provider.saved_metadata) {
        return;
    }
    const auto& saved = *provider.saved_metadata;
    auto& client = provider.registrations.front();
    client.metadata_fault = fault_of(saved);
    adapt_method(client, saved, party);
    auto& id_token = client.id_token_signed_response_alg;
    const auto& id_token_algs = saved.id_token_signing_alg_values_supported;
    const auto* const first = first_listed(id_token_algs, [](std::string_view it) { return it != "none"; });
    if (!id_token.is_unknown() && first != nullptr && oidc::lacks(id_token_algs, id_token.value.name)) {
        id_token = {oidc::SigningAlgorithm{first->value}, id_token_algs.place, Known::given};
        provider.keys.clear(); // whatever it signs with
    }
    auto& userinfo = client.userinfo_signed_response_alg;
    const auto& userinfo_algs = saved.userinfo_signing_alg_values_supported;
    if (!userinfo.is_unknown() && !userinfo.value.is_none() && oidc::lacks(userinfo_algs, userinfo.value.name)) {
        userinfo = {oidc::SigningAlgorithm{"none"}, userinfo_algs.place, Known::given};
    }
}

std::optional<oidc::Metadata> metadata(const Provider& provider, const Registration* /*client*/, std::string_view base,
                                       std::string_view path) {
    constexpr std::array k_paths{"/.well-known/openid-configuration"sv, "/.well-known/oauth-authorization-server"sv};
    if (std::ranges::find(k_paths, path) == k_paths.end()) {
        return std::nullopt;
    }
    oidc::Metadata result{.issuer = issuer(provider, nullptr, base)};
    if (provider.saved_metadata) {
        result.has_userinfo_endpoint = provider.saved_metadata->has_userinfo_endpoint;
        result.id_token_signing_alg_values_supported =
            texts_of(provider.saved_metadata->id_token_signing_alg_values_supported);
    }
    return result;
}

std::string issuer(const Provider& provider, const Registration* /*client*/, std::string_view base) {
    const bool is_known = provider.saved_metadata && !provider.saved_metadata->issuer.value.empty();
    return is_known ? provider.saved_metadata->issuer.value : std::string(base);
}

bool redirect_matches(const oidc::RedirectUri& registered, std::string_view sent) { return registered.text == sent; }

oidc::Delivery deliver(const Provider& /*provider*/, const Registration& client, const std::vector<std::string>& scopes,
                       std::string_view claim, oidc::Carrier carrier) {
    const auto scope = oidc::scope_of_claim(claim);
    const bool is_asked = !scope || scope->empty() || std::ranges::find(scopes, *scope) != scopes.end();
    // Whether the ID token has what userinfo has is the provider's own affair.
    const bool is_carried = carrier == oidc::Carrier::userinfo || client.claim_rules_name.is_unknown();
    return {.arrives = claim == "sub" || (is_asked && is_carried)};
}

util::Words how_to_send(std::string_view claim, oidc::Carrier /*carrier*/) {
    return util::words("let the provider send {}", claim);
}

util::Words how_to_sign(const Registration& client, std::string_view algorithm) {
    return util::words("let the provider sign with {}, or let the application expect {}", algorithm,
                       client.id_token_signed_response_alg.value.name);
}

namespace {

/// Without openid a request is none of OpenID Connect, and what comes of it is not known.
oidc::Step check_openid(oidc::Attempt& attempt) {
    if (attempt.scopes_known && !attempt.asks_for("openid")) {
        attempt.cannot_know(attempt.party.scope.place, rule::Doubt::network);
    }
    return oidc::Step::goes_on;
}

} // namespace

std::span<const oidc::Check> request_checks() {
    static constexpr std::array<oidc::Check, 5> k_checks{oidc::check_client, oidc::check_redirect_uri,
                                                         oidc::grant_scopes, oidc::check_listed_scopes, check_openid};
    return k_checks;
}

std::span<const oidc::Check> answer_checks() {
    static constexpr std::array<oidc::Check, 1> k_checks{oidc::check_listed_prompt};
    return k_checks;
}

std::span<const oidc::Check> token_checks() {
    static constexpr std::array<oidc::Check, 3> k_checks{oidc::check_auth_method, oidc::check_secret,
                                                         oidc::check_redirect_again};
    return k_checks;
}

} // namespace oidcgen::providers::other
