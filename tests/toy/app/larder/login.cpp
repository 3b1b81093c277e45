#include "app/larder/login.hpp"

#include <array>

namespace oidcgen::toy::larder {

namespace {

using oidc::RelyingParty;

constexpr std::array k_methods{oidc::AuthMethod::client_secret_basic};
constexpr std::array k_ways{
    oidc::LoginWay{.name = "browser", .return_words = "the sign-in page returns to"},
};
constexpr util::VersionRange k_uses_pkce{.since = {1, 1, 0}};

} // namespace

oidc::ClientBehaviour behaviour(const util::Version& version) {
    oidc::ClientBehaviour result;
    result.auth_methods = k_methods;
    result.auth_method_is_setting = false;
    result.empty_secret_is_public = false;
    result.sends_pkce = k_uses_pkce.holds(version);
    result.userinfo_alg_is_setting = false;
    return result;
}

std::span<const oidc::LoginWay> ways() { return k_ways; }

std::string redirect_uri_at(std::string_view address) { return std::string(address) + "/sign-in/done"; }

std::string metadata_path(std::string_view configured) {
    return std::string(configured == "/" ? "" : configured) + "/.well-known/openid-configuration";
}

oidc::RedirectRequest redirect(const RelyingParty& /*party*/, const oidc::LoginWay& /*way*/, std::string_view address) {
    return {.uri = redirect_uri_at(address)};
}

std::string token_redirect(const RelyingParty& /*party*/, const oidc::RedirectRequest& request) { return request.uri; }

oidc::Arrival arrival(const RelyingParty& /*party*/, const oidc::RedirectRequest& /*request*/,
                      std::string_view /*address*/) {
    return {};
}

oidc::SigningAlgorithm id_token_alg(const RelyingParty& /*party*/, const oidc::Metadata& /*metadata*/) {
    return {"RS256"};
}

} // namespace oidcgen::toy::larder
