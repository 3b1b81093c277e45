#include "apps/immich/changes.hpp"

#include <array>

namespace oidcgen::apps::immich {

namespace {

using document::Place;
using oidc::ChangeOfMeaning;
using oidc::RelyingParty;

const Place* sent_back_to_the_app(const RelyingParty& it) {
    return it.mobile_override.is_unknown() || it.mobile_override.value ? nullptr : &it.mobile_redirect_uri.place;
}

const Place* secret(const RelyingParty& it) { return &it.client_secret.place; }

const Place* issuer(const RelyingParty& it) { return it.issuer_url.value.empty() ? nullptr : &it.issuer_url.place; }

const Place* other_auth_method(const RelyingParty& it) {
    const auto& method = it.token_endpoint_auth_method;
    return method.is_given() && method.value != oidc::AuthMethod::client_secret_post ? &method.place : nullptr;
}

const Place* zero_quota(const RelyingParty& it) {
    const auto& quota = it.default_storage_quota;
    return quota.is_given() && quota.value == 0 ? &quota.place : nullptr;
}

const Place* role_claim(const RelyingParty& it) {
    const auto& claim = it.role_claim;
    return claim.is_unknown() || claim.value.empty() ? nullptr : &claim.place;
}

const Place* any_login(const RelyingParty& it) { return &it.place; }

const Place* http_issuer(const RelyingParty& it) {
    const auto& allowed = it.allow_insecure_requests;
    const bool is_refused = !allowed.is_unknown() && !allowed.value;
    return is_refused && it.issuer_url.value.starts_with("http://") ? &it.issuer_url.place : nullptr;
}

/// The same releases as in behaviour.cpp, with the same sources.
constexpr std::array k_changes{
    ChangeOfMeaning{{1, 113, 0},
                    "the provider sent the app back to app.immich:/",
                    "it sends the app back to app.immich:///oauth-callback",
                    sent_back_to_the_app},
    ChangeOfMeaning{{1, 132, 0},
                    "the secret was sent with client_secret_basic, and PKCE was not used",
                    "the secret is sent with client_secret_post, and PKCE is used",
                    secret},
    ChangeOfMeaning{{1, 132, 0},
                    "the provider's metadata could name another issuer",
                    "the issuer in the provider's metadata must be the address in issuerUrl",
                    issuer},
    ChangeOfMeaning{{1, 133, 0},
                    "the secret was always sent with client_secret_post",
                    "it is sent with this method",
                    other_auth_method},
    ChangeOfMeaning{{1, 135, 0}, "a quota of 0 was unlimited", "it is a quota of zero bytes", zero_quota},
    ChangeOfMeaning{{1, 136, 0},
                    "the provider did not say who administers Immich",
                    "the claim in roleClaim says it when the account is created",
                    role_claim},
    ChangeOfMeaning{{2, 6, 0},
                    "claims came from the userinfo endpoint",
                    "if the ID token has an email claim, the userinfo endpoint is not asked",
                    any_login},
    ChangeOfMeaning{
        {3, 0, 0}, "an http issuer was accepted", "it is accepted only with allowInsecureRequests", http_issuer},
};

} // namespace

std::span<const ChangeOfMeaning> changes() { return k_changes; }

} // namespace oidcgen::apps::immich
