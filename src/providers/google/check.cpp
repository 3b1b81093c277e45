#include "providers/google/check.hpp"

#include "providers/google/rules.hpp"
#include "util/ascii.hpp"
#include "util/text.hpp"
#include "util/url.hpp"

#include <algorithm>
#include <string>

namespace oidcgen::providers::google {

namespace {

using namespace std::string_view_literals;

constexpr std::array k_validation{
    "https://developers.google.com/identity/protocols/oauth2/web-server#uri-validation"sv};

/// Names at the end of hosts that no public list has.
constexpr std::array k_local{"local"sv, "lan"sv,     "home"sv,    "internal"sv,  "intranet"sv, "private"sv, "corp"sv,
                             "test"sv,  "example"sv, "invalid"sv, "localhost"sv, "arpa"sv,     "onion"sv};

bool is_loopback(std::string_view host) { return host == "localhost" || host == "127.0.0.1" || host == "[::1]"; }

bool is_public_name(std::string_view host) {
    const auto dot = host.rfind('.');
    if (dot == std::string_view::npos) {
        return false;
    }
    const auto last = host.substr(dot + 1);
    const bool is_word = last.starts_with("xn--") || std::ranges::all_of(last, util::is_letter);
    return is_word && !last.empty() && std::ranges::find(k_local, last) == k_local.end();
}

Judgement no(util::Words why) { return {Allowed::no, std::move(why)}; }

} // namespace

const rule::Rule k_redirect_uri_not_allowed{
    .code = "OG1304",
    .name = "redirect-uri-not-allowed",
    .consequence = rule::Consequence::login_fails,
    .explains = "redirect-uri-unregistered",
    .summary = "a redirect URI is one that the console refuses, so the client does not have it",
    .why =
        "Redirect URIs of web applications have to be https addresses with a public host name. IP addresses, schemes "
        "of apps, wildcards, fragments and user names are refused; http is allowed for localhost alone.",
    .bad = R"("redirect_uris": ["app.photos:///callback"])",
    .good = R"("redirect_uris": ["https://photos.example.com/auth/login"])",
    .sources = k_validation,
};

const rule::Rule k_redirect_uri_doubtful{
    .code = "OG1305",
    .name = "redirect-uri-doubtful",
    .consequence = rule::Consequence::risk,
    .summary = "a redirect URI is one that the console will probably refuse",
    .why =
        "The host of a redirect URI has to end in a public suffix, such as .com. Names of a home network are refused, "
        "even if they work there. A public name that leads to a private address is allowed.",
    .bad = R"("redirect_uris": ["https://photos.lan/auth/login"])",
    .good = R"("redirect_uris": ["https://photos.example.com/auth/login"])",
    .ignore = "when the console took it",
    .sources = k_validation,
};

Judgement judge_redirect_uri(std::string_view uri) {
    const oidc::RedirectUri parsed{std::string(uri)};
    if (!parsed.is_web()) {
        return no("opens an app");
    }
    if (uri.find('#') != std::string_view::npos) {
        return no("has a fragment");
    }
    if (uri.find('*') != std::string_view::npos) {
        return no("has a wildcard");
    }
    const auto view = util::split_url(uri);
    const auto url = util::parse_url(uri);
    if (!view || !url || !url->origin) {
        return no("is not an address");
    }
    if (!view->userinfo().empty()) {
        return no("has a user name in it");
    }
    const auto path = util::percent_decoded(view->path);
    if (path.find("/..") != std::string::npos || path.find("\\..") != std::string::npos) {
        return no("has .. in its path");
    }
    const auto& host = url->origin->host;
    if (is_loopback(host)) {
        return {};
    }
    if (util::is_ip_address(host)) {
        return no("has an IP address as its host");
    }
    if (url->scheme != "https") {
        return no("does not start with https");
    }
    return is_public_name(host) ? Judgement{}
                                : Judgement{Allowed::probably_not, "has a host that does not end in a public suffix"};
}

void check_redirect_uris(const oidc::Registration& client, rule::Findings& findings) {
    for (const auto& uri : client.redirect_uris.value) {
        if (uri.is_unknown()) {
            continue;
        }
        auto judgement = judge_redirect_uri(uri.value.text);
        if (judgement.allowed == Allowed::no) {
            findings.add(rule::finding(k_redirect_uri_not_allowed,
                                       util::words("Google refuses this redirect URI: it {}", judgement.why), uri.place,
                                       "write an https address with a public host name"));
        } else if (judgement.allowed == Allowed::probably_not) {
            findings.add(
                rule::finding(k_redirect_uri_doubtful,
                              util::words("Google will probably refuse this redirect URI: it {}", judgement.why),
                              uri.place, "use a public name that leads to the same machine"));
        }
    }
}

void complete(oidc::Registration& client) {
    client.is_public = oidc::given(false);
    client.scopes = oidc::given_texts({k_scopes.begin(), k_scopes.end()});
    client.response_types = oidc::given_texts({"code"});
    client.grant_types = oidc::given_texts({"authorization_code"});
    client.token_endpoint_auth_method = oidc::given(oidc::AuthMethod::client_secret_post);
    client.id_token_signed_response_alg = oidc::given(oidc::SigningAlgorithm{"RS256"});
    client.userinfo_signed_response_alg = oidc::given(oidc::SigningAlgorithm{"none"});
}

} // namespace oidcgen::providers::google
