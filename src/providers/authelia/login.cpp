#include "providers/authelia/login.hpp"

#include "lang/cel/cel.hpp"
#include "oidc/login/checks.hpp"
#include "oidc/terms.hpp"
#include "providers/authelia/behaviour.hpp"
#include "providers/authelia/discovery.hpp"
#include "secret/digest.hpp"
#include "util/text.hpp"
#include "util/url.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>

namespace oidcgen::providers::authelia {

namespace {

using namespace std::string_view_literals;
using oidc::Admission;
using oidc::Carrier;
using oidc::Delivery;
using oidc::Provider;
using oidc::Registration;

/// The host of an http address whose port may differ (RFC 8252 section 7.3), as Authelia's OAuth 2.0 library has it.
bool is_loopback(const util::UrlView& url) {
    const auto host = url.host();
    return url.scheme == "http" && (host == "[::1]" || (host.starts_with("127.") && util::is_ip_address(host)));
}

bool is_local(std::string_view uri) {
    const auto url = util::split_url(uri);
    const auto host = url ? util::lowered(url->host()) : std::string();
    return host == "localhost" || host.ends_with(".localhost") || (url && is_loopback(*url));
}

bool holds(const oidc::Texts& texts, std::string_view word) {
    return std::ranges::any_of(texts.value, [&](const oidc::Text& text) { return text.value == word; });
}

} // namespace

bool redirect_matches(const oidc::RedirectUri& registered, std::string_view sent) {
    if (registered.text.find('#') != std::string::npos) {
        return false; // RFC 6749 section 3.1.2: no fragment; such an entry never matches
    }
    if (registered.text == sent) {
        return true;
    }
    const auto left = util::split_url(registered.text);
    const auto right = util::split_url(sent);
    return left && right && is_loopback(*left) && is_loopback(*right) && left->host() == right->host() &&
           left->path == right->path && left->query == right->query;
}

bool returns_to(const Provider& provider, const Registration& registration, std::string_view uri) {
    return is_local(uri) || (behaviour(provider.version).takes_http_redirect_uris && !registration.is_public.value);
}

Admission admission(const Provider& provider, const Registration& registration) {
    const auto& name = registration.access_policy;
    if (name.is_unknown()) {
        return {.verdict = Admission::Verdict::unknown, .place = name.place, .doubt = rule::Doubt::placeholder};
    }
    const auto& policies = provider.access_policies;
    const auto policy =
        std::ranges::find_if(policies, [&](const oidc::AccessPolicy& it) { return it.name.value == name.value; });
    if (policy == policies.end()) {
        constexpr std::array k_built_in{""sv, "one_factor"sv, "two_factor"sv};
        const bool is_elsewhere = provider.is_snippet && std::ranges::find(k_built_in, name.value) == k_built_in.end();
        return is_elsewhere ? Admission{.verdict = Admission::Verdict::unknown,
                                        .place = name.place,
                                        .doubt = rule::Doubt::snippet}
                            : Admission{};
    }
    bool may_pass = false;
    bool may_be_denied = false;
    const auto consider = [&](oidc::Access access) {
        (access == oidc::Access::deny ? may_be_denied : may_pass) = true;
    };
    bool decided = false;
    for (const auto& rule : policy->rules) {
        consider(rule.access);
        if (!rule.names_subjects && !rule.names_networks) {
            decided = true;
            break;
        }
    }
    if (!decided) {
        may_pass = may_pass || policy->otherwise.is_unknown();
        may_be_denied = may_be_denied || policy->otherwise.is_unknown();
        consider(policy->otherwise.value);
    }
    if (may_pass && may_be_denied) {
        return {.verdict = Admission::Verdict::unknown,
                .place = name.place ? name.place : policy->name.place,
                .doubt = rule::Doubt::person};
    }
    if (!may_be_denied) {
        return {};
    }
    return {.verdict = Admission::Verdict::nobody,
            .place = policy->otherwise.place ? policy->otherwise.place : policy->name.place,
            .help = "let a rule of the policy end with one_factor or two_factor"};
}

namespace {

/// Whether one of the scopes that are asked for has the claim.
bool is_in_scope(const Provider& provider, const Behaviour& behaves, const std::vector<std::string>& scopes,
                 std::string_view claim) {
    const auto asks_for = [&](std::string_view scope) { return std::ranges::find(scopes, scope) != scopes.end(); };
    const auto& sent = behaves.standard_claims;
    if (const auto scope = oidc::scope_of_claim(claim)) {
        const bool is_sent = sent.empty() || std::ranges::find(sent, claim) != sent.end();
        return is_sent && (scope->empty() || asks_for(*scope));
    }
    return std::ranges::any_of(provider.scopes, [&](const oidc::CustomScope& scope) {
        return asks_for(scope.name.value) && holds(scope.claims, claim);
    });
}

/// Standard claims that are not text.
bool is_text_claim(std::string_view claim) {
    constexpr std::array k_others{"email_verified"sv, "phone_number_verified"sv, "address"sv, "groups"sv,
                                  "updated_at"sv};
    return std::ranges::find(k_others, claim) == k_others.end();
}

std::optional<oidc::Constant> constant_of(const oidc::OwnClaim& claim) {
    const auto& expression = claim.expression;
    const auto value =
        expression.is_unknown() || expression.value.empty() ? std::nullopt : lang::cel::constant(expression.value);
    if (!value) {
        return std::nullopt;
    }
    if (const auto* const text = std::get_if<std::string>(&*value)) {
        return *text;
    }
    if (const auto* const number = std::get_if<double>(&*value)) {
        return *number;
    }
    if (const auto* const truth = std::get_if<bool>(&*value)) {
        return *truth;
    }
    return oidc::ListConstant{};
}

} // namespace

Delivery deliver(const Provider& provider, const Registration& registration, const std::vector<std::string>& scopes,
                 std::string_view claim, Carrier carrier) {
    Delivery result;
    const auto* const policy = oidc::policy_of(provider, registration);
    if (policy != nullptr) {
        const auto& custom = policy->own_claims;
        const auto found =
            std::ranges::find_if(custom, [&](const oidc::OwnClaim& it) { return it.name.value == claim; });
        result.custom = found == custom.end() ? nullptr : &*found;
    }
    if (result.custom != nullptr) {
        result.constant = constant_of(*result.custom);
        const auto& attribute = result.custom->attribute;
        result.is_text = attribute.is_unknown() || !result.custom->expression.value.empty() ||
                         result.custom->expression.is_unknown() ||
                         is_text_claim(attribute.value.empty() ? claim : std::string_view(attribute.value));
    } else if (!oidc::scope_of_claim(claim)) {
        return result;
    } else {
        result.is_text = is_text_claim(claim);
    }
    const auto behaves = behaviour(provider.version);
    if (carrier == Carrier::userinfo) {
        result.arrives = is_in_scope(provider, behaves, scopes, claim);
        return result;
    }
    const bool by_policy = policy != nullptr && holds(policy->id_token, claim);
    const bool always = claim == "sub" || behaves.id_token_has_profile_claims;
    result.arrives = by_policy || (always && is_in_scope(provider, behaves, scopes, claim));
    return result;
}

util::Words how_to_send(std::string_view claim, Carrier carrier) {
    if (carrier == Carrier::id_token) {
        return util::words("add {} to id_token of the client's claims policy, or take email out of it", claim);
    }
    return util::words(
        "let a claims policy of the client define {0}, a scope have it, and the application ask for that scope", claim);
}

oidc::SecretVerdict verify(std::string_view kept, const secret::Secret& secret, secret::Budget& budget) {
    using oidc::SecretMatch;
    const auto plain = [&](std::string_view text, bool is_digest) {
        return oidc::SecretVerdict{.match = secret.equals(text) ? SecretMatch::match : SecretMatch::mismatch,
                                   .is_digest = is_digest};
    };
    if (!kept.starts_with('$')) {
        return plain(kept, false);
    }
    const auto digest = secret::parse_digest(kept);
    if (!digest) {
        // A digest that the provider refuses to read is the provider's own finding.
        return digest.error().when_checked
                   ? oidc::SecretVerdict{.match = SecretMatch::mismatch, .fault = digest.error().message}
                   : oidc::SecretVerdict{};
    }
    if (digest->scheme == secret::Scheme::plaintext) {
        return plain(kept.substr(kept.find('$', 1) + 1), true);
    }
    switch (secret::verify(*digest, secret, budget)) {
    case secret::Verdict::match:
        return {.match = SecretMatch::match};
    case secret::Verdict::mismatch:
        return {.match = SecretMatch::mismatch};
    case secret::Verdict::too_dear:
    case secret::Verdict::unable:
        break;
    }
    return {.is_too_costly = true};
}

namespace {

/// The last two labels of a host; cookie domains have at least as many.
std::string_view parent_domain(std::string_view host) {
    const auto last = host.rfind('.');
    if (last == std::string_view::npos || last == 0) {
        return host;
    }
    const auto before = host.rfind('.', last - 1);
    return before == std::string_view::npos ? host : host.substr(before + 1);
}

std::string_view host_in(std::string_view text) {
    const auto url = util::split_url(text);
    return url ? url->host() : text.substr(0, text.find_first_of(":/?#"));
}

} // namespace

oidc::LogoutReturn logout(std::string_view end_session_endpoint, std::string_view base, std::string_view address) {
    const auto rd = end_session_endpoint.find("rd=");
    if (!end_session_endpoint.starts_with(std::string(base) + "/logout") || rd == std::string_view::npos) {
        return {};
    }
    const auto target =
        util::percent_decoded(end_session_endpoint.substr(rd + 3, end_session_endpoint.find('&', rd) - rd - 3));
    if (parent_domain(host_in(target)) == parent_domain(host_in(base))) {
        return {};
    }
    return {.is_refused = true,
            .host = std::string(host_in(target)),
            .proposal = fmt::format("{}/logout?rd={}/", base, address)};
}

oidc::AskedAgain asked_again(const Registration& registration, const std::vector<std::string>& scopes,
                             std::string_view prompt) {
    using Cause = oidc::AskedAgain::Cause;
    // Whatever the mode is, the person is asked before a refresh token is given, and when a prompt wants it so.
    constexpr std::array k_scopes{"offline_access"sv, "offline"sv};
    constexpr std::array k_prompts{"consent"sv, "login"sv};
    for (const auto scope : k_scopes) {
        if (std::ranges::find(scopes, scope) != scopes.end()) {
            return {.cause = Cause::scope, .word = scope};
        }
    }
    const auto prompts = util::split(prompt, ' ');
    for (const auto word : k_prompts) {
        if (std::ranges::find(prompts, word) != prompts.end()) {
            return {.cause = Cause::prompt, .word = word};
        }
    }
    const auto& mode = registration.consent;
    const auto& kept_for = registration.consent_kept_for;
    if (mode.is_unknown() || kept_for.is_unknown()) {
        return {};
    }
    if (mode.value == "explicit") {
        return {.cause = Cause::setting,
                .setting = mode.place,
                .help = "set consent_mode to pre-configured to let people have their answer remembered, or to implicit "
                        "to ask nobody"};
    }
    if ((mode.value.empty() || mode.value == "auto") && kept_for.value.empty()) {
        return {.cause = Cause::setting,
                .setting = kept_for.place,
                .help =
                    "set pre_configured_consent_duration to '1 year' to let people have their answer remembered, or "
                    "consent_mode to implicit to ask nobody"};
    }
    return {};
}

std::span<const oidc::Check> request_checks() {
    static constexpr std::array<oidc::Check, 7> k_checks{
        oidc::check_client,        oidc::check_pushed_request, oidc::check_redirect_uri, oidc::check_scope,
        oidc::check_response_type, oidc::check_state,          oidc::check_admission};
    return k_checks;
}

} // namespace oidcgen::providers::authelia
