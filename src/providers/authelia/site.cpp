#include "providers/authelia/site.hpp"

#include "oidc/system.hpp"
#include "oidc/wished_client.hpp"
#include "providers/authelia/authelia.hpp"
#include "providers/authelia/behaviour.hpp"
#include "util/text.hpp"

#include <algorithm>
#include <array>
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>

namespace oidcgen::providers::authelia {

namespace {

using oidc::ClientWish;
using oidc::given;
using oidc::SiteField;
using oidc::SiteFields;
using oidc::SiteValue;
using oidc::SiteView;
using util::Version;
using namespace std::string_view_literals;

constexpr std::array k_fields{
    SiteField{"policy", "NAME", "Authelia's authorization policy for the client", "two_factor"},
};

/// The characters of RFC 3986 section 2.3, which are all that Authelia takes in a client id.
constexpr std::string_view k_unreserved = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~";
constexpr std::size_t k_longest_client_id = 100;

/// Claims that belong to the protocol itself and that Authelia lets nobody define, less those that scopes deliver.
constexpr std::array k_reserved_claims{"jti"sv, "azp"sv,       "client_id"sv, "scope"sv,  "scp"sv,   "iss"sv,
                                       "aud"sv, "sid"sv,       "s_hash"sv,    "c_hash"sv, "iat"sv,   "nbf"sv,
                                       "exp"sv, "auth_time"sv, "acr"sv,       "amr"sv,    "nonce"sv, "at_hash"sv};

/// So that people are not asked at every login.
constexpr auto k_consent_kept_for = "1 year"sv;

const Version& version_of(const SiteView& site) { return site.provider_target.used; }

std::string policy_of(const SiteFields& fields) { return fields.text("policy", "two_factor"); }

/// The first release after the target that has what the target lacks, as the end of an advice; else nothing.
util::Words or_release(const SiteView& site, std::string_view advice, std::string_view last,
                       const std::function<bool(const Version&)>& has) {
    const auto release = oidc::first_release(k_system, has, version_of(site));
    return release ? util::words("{} Authelia {} {} newer", util::own(advice), to_string(*release), util::own(last))
                   : util::Words();
}

bool takes_http(const Version& version) { return behaviour(version).takes_http_redirect_uris; }

bool has_claims_policies(const Version& version) { return behaviour(version).has_claims_policies; }

/// Which http addresses count as local to Authelia's OAuth 2.0 library.
bool is_local(const util::Origin& origin) {
    return origin.host == "localhost" || origin.host.ends_with(".localhost") || origin.host == "127.0.0.1" ||
           origin.host == "[::1]";
}

void check_scheme(const SiteView& site, const SiteValue& value, std::string_view field, const SiteFields& fields) {
    const auto origin = util::parse_origin(value.text);
    if (origin && origin->scheme == "http" && !is_local(*origin) && !takes_http(version_of(site))) {
        fields.problem(
            value, field,
            util::words("starts with http, which Authelia {} accepts only for localhost", to_string(version_of(site))),
            util::Words("use https") + or_release(site, ", or", "and", takes_http));
    }
}

void check_addresses(const SiteView& site, const SiteFields& fields) {
    const auto* const auth_host = fields.find("auth_host");
    if (auth_host != nullptr && util::is_ip_address(site.provider_origin.host)) {
        fields.problem(*auth_host, "auth_host", "is an IP address, but must be a name",
                       "write the name at which Authelia is reached, like auth.example.org");
    }
    for (const auto field : {"address"sv, "other_addresses"sv}) {
        for (const auto& value : fields.all(field)) {
            check_scheme(site, value, field, fields);
        }
    }
}

void check_client_id(const SiteFields& fields) {
    const auto* const client_id = fields.find("client_id");
    if (client_id == nullptr) {
        return;
    }
    const auto& text = client_id->text;
    if (text.find_first_not_of(k_unreserved) != std::string::npos) {
        fields.problem(*client_id, "client_id", "has characters that Authelia does not allow",
                       "use only letters, digits, hyphen, dot, underscore and tilde");
    } else if (text.size() > k_longest_client_id) {
        fields.problem(*client_id, "client_id", util::words("has {} characters", text.size()),
                       util::words("Authelia allows at most {}", k_longest_client_id));
    }
}

void check_policy(const SiteFields& fields) {
    constexpr auto k_help = "use one_factor, two_factor or the name of an authorization policy";
    const auto* const policy = fields.find("policy");
    if (policy == nullptr) {
        return;
    }
    if (policy->text == "deny") {
        fields.problem(*policy, "policy", "lets nobody in", k_help);
    } else if (util::invalid_utf8(policy->text) ||
               std::ranges::any_of(policy->text, [](unsigned char c) { return c <= ' '; })) {
        fields.problem(*policy, "policy", "is not the name of a policy", k_help);
    }
}

/// Names that can be keys in Authelia's configuration.
bool is_claim_name(std::string_view claim) {
    constexpr std::string_view k_inner = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789/_.:~-";
    constexpr std::string_view k_outer = k_inner.substr(0, k_inner.find('/'));
    return claim.find_first_not_of(k_inner) == std::string_view::npos &&
           k_outer.find(claim.front()) != std::string_view::npos &&
           k_outer.find(claim.back()) != std::string_view::npos;
}

bool sends(const Version& version, std::string_view standard_claim) {
    const auto sent = behaviour(version).standard_claims;
    return sent.empty() || std::ranges::find(sent, standard_claim) != sent.end();
}

void check_claim(const SiteView& site, const oidc::WantedClaim& claim, const SiteFields& fields) {
    const auto* const value = fields.find_even_empty(claim.field);
    if (value == nullptr) {
        return;
    }
    const auto field = claim.field;
    const auto version = to_string(version_of(site));
    if (oidc::scope_of_claim(claim.name)) {
        const auto sends_it = [&](const Version& it) { return sends(it, claim.name); };
        if (!sends_it(version_of(site))) {
            fields.problem(*value, field, util::words("is not sent by Authelia {}", version),
                           util::Words("use preferred_username") + or_release(site, ", or", "or", sends_it));
        }
    } else if (std::ranges::find(k_reserved_claims, claim.name) != k_reserved_claims.end()) {
        fields.problem(*value, field, "is reserved for the protocol",
                       util::words("use a name of your own, like {}", claim.example));
    } else if (!is_claim_name(claim.name)) {
        fields.problem(*value, field, "is not a name that Authelia accepts for a claim",
                       "use only letters, digits and / _ . : ~ -, with a letter or digit at both ends");
    } else if (!has_claims_policies(version_of(site))) {
        fields.problem(*value, field, util::words("cannot be sent by Authelia {}", version),
                       util::Words("leave it out") + or_release(site, ", or use", "or", has_claims_policies));
    }
}

} // namespace

std::span<const SiteField> site_fields() { return k_fields; }

void check_site(const SiteView& site, const ClientWish& wish, const SiteFields& fields) {
    check_addresses(site, fields);
    check_client_id(fields);
    check_policy(fields);
    for (const auto& claim : wish.claims) {
        check_claim(site, claim, fields);
    }
}

oidc::Provider describe(const SiteView& site, const ClientWish& wish, std::string_view digest) {
    auto scopes = wish.scopes;
    std::vector<std::string> own_claims; // which no standard scope delivers
    for (const auto& claim : wish.claims) {
        const auto scope = oidc::scope_of_claim(claim.name);
        if (!scope) {
            oidc::add_once(own_claims, claim.name);
        } else if (!scope->empty()) {
            oidc::add_once(scopes, *scope);
        }
    }
    const std::string own_name(site.application->name); // of the claims policy, and of the scope

    if (!own_claims.empty()) {
        oidc::add_once(scopes, own_name);
    }
    auto client = oidc::wished_client(site, wish, digest, scopes);
    oidc::Provider result;
    result.issuers.push_back(given(to_string(site.provider_origin)));
    if (!own_claims.empty()) {
        client.claim_rules_name = given(own_name);
        oidc::ClaimRules policy;
        policy.name = given(own_name);
        for (const auto& claim : own_claims) {
            policy.own_claims.push_back({given(claim), given(claim), {}});
        }
        result.claim_rules.push_back(std::move(policy));
        result.scopes.push_back({given(own_name), oidc::given_texts(own_claims)});
    }
    client.token_endpoint_auth_method = given(wish.auth_method);
    client.code_challenge_required = given(wish.uses_pkce);
    client.code_challenge_method =
        given(wish.uses_pkce ? std::optional(oidc::CodeChallengeMethod::s256) : std::nullopt);
    client.id_token_signed_response_alg = given(wish.id_token_alg);
    client.userinfo_signed_response_alg = given(wish.userinfo_alg);
    client.access_token_signing_alg = given(oidc::SigningAlgorithm{"none"});
    client.consent_kept_for = given(std::string(k_consent_kept_for));
    client.access_policy = given(policy_of(SiteFields(site.values)));
    result.registrations.push_back(std::move(client));
    return result;
}

} // namespace oidcgen::providers::authelia
