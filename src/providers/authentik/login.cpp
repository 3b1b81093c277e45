#include "providers/authentik/login.hpp"

#include "lang/python/pattern.hpp"
#include "oidc/login/attempt.hpp"
#include "oidc/login/checks.hpp"
#include "util/ascii.hpp"
#include "util/text.hpp"

#include <algorithm>
#include <array>
#include <charconv>

#include <fmt/format.h>

namespace oidcgen::providers::authentik {

namespace {

using namespace std::string_view_literals;
using oidc::Attempt;
using oidc::Carrier;
using oidc::Delivery;
using oidc::Provider;
using oidc::Registration;
using oidc::Step;

constexpr std::string_view k_applications = "/application/o/";
constexpr std::string_view k_metadata = "/.well-known/openid-configuration";

} // namespace

std::string published_issuer(const Registration& client, std::string_view base) {
    return client.has_own_issuer.value ? fmt::format("{}{}{}/", base, k_applications, client.application.value)
                                       : fmt::format("{}/", base);
}

bool owns_issuer(std::string_view issuer_url) { return issuer_url.find(k_applications) != std::string_view::npos; }

void adapt(Provider& provider, const oidc::RelyingParty& party) {
    auto& client = provider.registrations.front();
    const std::string_view url = party.issuer_url.value;
    const auto at = url.find(k_applications);
    client.has_own_issuer = oidc::given(true);
    if (at == std::string_view::npos) {
        client.application.known = oidc::Known::unknown;
        return;
    }
    const auto slug = url.substr(at + k_applications.size());
    client.application = oidc::given(std::string(slug.substr(0, slug.find('/'))));
    provider.issuers.front() = oidc::given(std::string(url.substr(0, at)));
}

std::optional<oidc::Metadata> metadata(const Provider& provider, const Registration* client, std::string_view base,
                                       std::string_view path) {
    if (!path.starts_with(k_applications) || !path.ends_with(k_metadata) ||
        path.size() < k_applications.size() + k_metadata.size()) {
        return std::nullopt;
    }
    const auto slug = path.substr(k_applications.size(), path.size() - k_applications.size() - k_metadata.size());
    const auto& clients = provider.registrations;
    const auto found = std::ranges::find_if(clients, [&](const Registration& it) {
        return !it.application.is_unknown() && !it.application.value.empty() && it.application.value == slug;
    });
    if (found != clients.end()) {
        return oidc::Metadata{.issuer = published_issuer(*found, base)};
    }
    // The application may be made elsewhere, under any name.
    const bool may_be_any = std::ranges::any_of(
        clients, [](const Registration& it) { return it.application.is_unknown() || it.application.value.empty(); });
    if (!may_be_any) {
        return std::nullopt;
    }
    const bool is_global = client != nullptr && !client->has_own_issuer.value;
    return oidc::Metadata{.issuer = is_global ? fmt::format("{}/", base)
                                              : fmt::format("{}{}{}/", base, k_applications, slug)};
}

std::string issuer(const Provider& provider, const Registration* client, std::string_view base) {
    if (client == nullptr && provider.registrations.size() == 1) {
        client = &provider.registrations.front();
    }
    const bool has_slug = client != nullptr && !client->application.value.empty();
    const auto own = fmt::format("{}{}{}/", base, k_applications, has_slug ? client->application.value : "SLUG");
    return client == nullptr || client->has_own_issuer.value ? own : fmt::format("{}{}", own, k_metadata.substr(1));
}

bool redirect_matches(const oidc::RedirectUri& registered, std::string_view sent) {
    return registered.is_pattern ? lang::python::full_match(registered.text, sent).value_or(false)
                                 : registered.text == sent;
}

oidc::Admission admission(const Provider& provider, const Registration& client) {
    const auto& policies = provider.access_policies;
    const auto found = std::ranges::find_if(policies, [&](const oidc::AccessPolicy& it) {
        return !client.access_policy.value.empty() && it.name.value == client.access_policy.value;
    });
    if (found == policies.end()) {
        return {};
    }
    const auto denies = [](const oidc::AccessPolicy::Rule& it) { return it.access == oidc::Access::deny; };
    const auto denial = std::ranges::find_if(found->rules, denies);
    if (denial != found->rules.end()) {
        return {.verdict = oidc::Admission::Verdict::nobody,
                .place = denial->place,
                .help = "bind a group of the people who may log in to the application"};
    }
    const auto subjects = std::ranges::find_if(found->rules, &oidc::AccessPolicy::Rule::names_subjects);
    if (subjects != found->rules.end()) {
        return {.verdict = oidc::Admission::Verdict::unknown, .place = subjects->place, .doubt = rule::Doubt::person};
    }
    return {};
}

namespace {

/// What a claim of a mapping always is; nothing when that depends on the person.
std::optional<oidc::Constant> constant_of(std::string_view text) {
    if (text == "none") {
        return oidc::NullConstant{};
    }
    if (text == "list") {
        return oidc::ListConstant{};
    }
    if (text == "true" || text == "false") {
        return text == "true";
    }
    constexpr std::string_view k_text = "text ";
    constexpr std::string_view k_number = "number ";
    if (text.starts_with(k_text)) {
        return std::string(text.substr(k_text.size()));
    }
    if (text.starts_with(k_number)) {
        const auto digits = text.substr(k_number.size());
        double number = 0;
        const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
        if (error == std::errc() && end == digits.data() + digits.size()) {
            return number;
        }
    }
    return std::nullopt;
}

bool is_text_claim(std::string_view claim) { return claim != "email_verified" && claim != "groups"; }

} // namespace

Delivery deliver(const Provider& provider, const Registration& client, const std::vector<std::string>& scopes,
                 std::string_view claim, Carrier carrier) {
    Delivery result;
    result.is_text = is_text_claim(claim);
    const auto* const rules = oidc::policy_of(provider, client);
    if (claim == "sub" || rules == nullptr) {
        result.arrives = claim == "sub";
        return result;
    }
    const bool is_open =
        client.scopes.is_unknown() || std::ranges::any_of(client.scopes.value, &oidc::Text::is_unknown);
    const bool is_carried =
        carrier == Carrier::userinfo || !rules->id_token.value.empty() || rules->id_token.is_unknown();
    for (const auto& it : rules->own_claims) {
        const bool is_asked = std::ranges::find(scopes, it.scope) != scopes.end();
        const bool is_it = it.name.is_unknown() || it.name.value == claim;
        if (!is_it) {
            continue;
        }
        result.arrives = result.arrives || (is_asked && is_carried);
        if (!it.name.is_unknown() && !it.expression.value.empty() && (is_asked || result.custom == nullptr)) {
            result.custom = &it; // the last one wins
            result.constant = constant_of(it.expression.value);
        }
    }
    result.arrives = result.arrives || (is_open && is_carried);
    return result;
}

util::Words how_to_send(std::string_view claim, Carrier carrier) {
    if (carrier == Carrier::id_token) {
        return util::words(
            "let a scope mapping in property_mappings return {}, and set include_claims_in_id_token to true", claim);
    }
    return util::words("let a scope mapping in property_mappings return {}, and let the application ask for its scope",
                       claim);
}

util::Words how_to_register(const Registration& /*client*/, std::string_view uri) {
    return util::words("add an item with matching_mode: strict and url: {} to redirect_uris", uri);
}

util::Words how_to_sign(const Registration& client, std::string_view algorithm) {
    const auto name = oidc::setting_name(client.id_token_signed_response_alg.place, "signing_key");
    if (algorithm == "RS256") {
        return util::words("set {} to !Find [authentik_crypto.certificatekeypair, [name, authentik Self-signed "
                           "Certificate]]",
                           name);
    }
    return algorithm == "HS256" ? util::words("remove {}", name)
                                : util::words("set {} to a certificate whose key signs with {}", name, algorithm);
}

bool may_be_generated(std::string_view secret) {
    constexpr std::size_t k_length = 128;
    return secret.size() == k_length && std::ranges::all_of(secret, util::is_alphanumeric);
}

namespace {

/// A key on an elliptic curve encrypts no token, an RSA key encrypts one that nobody decrypts.
Step check_encryption(Attempt& attempt) {
    const auto& encryption = attempt.registration->id_token_encrypted_response_alg;
    if (encryption.is_unknown()) {
        attempt.cannot_know(encryption.place, rule::Doubt::settings);
    }
    return Step::goes_on;
}

} // namespace

// authentik/providers/oauth2/views/authorize.py, token.py

std::span<const oidc::Check> request_checks() {
    static constexpr std::array<oidc::Check, 5> k_checks{oidc::check_client, oidc::check_redirect_uri,
                                                         oidc::check_grant_type, oidc::grant_scopes,
                                                         oidc::check_admission};
    return k_checks;
}

std::span<const oidc::Check> answer_checks() {
    // A prompt that it does not know is passed over.
    static constexpr std::array<oidc::Check, 1> k_checks{oidc::check_code_challenge};
    return k_checks;
}

std::span<const oidc::Check> token_checks() {
    static constexpr std::array<oidc::Check, 6> k_checks{oidc::check_token_endpoint, oidc::check_any_auth_method,
                                                         oidc::check_basic_coding,   oidc::check_secret,
                                                         oidc::check_redirect_again, check_encryption};
    return k_checks;
}

} // namespace oidcgen::providers::authentik
