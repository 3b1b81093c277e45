#include "oidc/login/rules.hpp"
#include "providers/authelia/inspection.hpp"
#include "providers/authelia/lists.hpp"
#include "providers/authelia/login.hpp"
#include "providers/authelia/rules.hpp"
#include "util/ascii.hpp"
#include "util/text.hpp"
#include "util/url.hpp"
#include "util/words.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>

namespace oidcgen::providers::authelia {

namespace {

using rule::Consequence;
using namespace std::string_view_literals;

constexpr std::array k_redirect_sources{
    "https://www.authelia.com/configuration/identity-providers/openid-connect/clients/#redirect_uris"sv,
    "https://pkg.go.dev/net/url#Parse"sv};
constexpr std::array k_request_sources{
    "https://www.authelia.com/configuration/identity-providers/openid-connect/clients/#request_uris"sv};
constexpr std::array k_installed_sources{"https://www.rfc-editor.org/rfc/rfc8252"sv};

/// How an installed application used to say that it shows the code itself.
constexpr std::string_view k_installed_app = "urn:ietf:wg:oauth:2.0:oob";

/// What to do about an address that cannot be taken apart, or has no scheme.
std::string_view remedy(std::string_view text) {
    if (text.empty()) {
        return "remove it";
    }
    if (text.find_first_of("\r\n") != std::string_view::npos) {
        return "write it on one line: a block after | ends with a line break, one after |- does not";
    }
    if (text != util::trimmed(text)) {
        return "remove the blanks around it";
    }
    if (text.find("://") == std::string_view::npos) {
        return "begin it with https://, or with the app's own scheme";
    }
    return {};
}

/// Hosts that are reached without leaving the own network: private addresses, and names that no public DNS knows.
bool is_nearby(std::string_view host) {
    // RFC 1918, 3927, 6598, 4193 and 4291 in the forms that people write; RFC 6761, 6762, 8375 and the names of routers
    constexpr std::array k_prefixes{"10."sv,     "127."sv,    "192.168."sv, "169.254."sv, "172.16."sv,
                                    "172.17."sv, "172.18."sv, "172.19."sv,  "172.20."sv,  "172.21."sv,
                                    "172.22."sv, "172.23."sv, "172.24."sv,  "172.25."sv,  "172.26."sv,
                                    "172.27."sv, "172.28."sv, "172.29."sv,  "172.30."sv,  "172.31."sv,
                                    "100.64."sv, "[::1]"sv,   "[fc"sv,      "[fd"sv,      "[fe80"sv};
    constexpr std::array k_suffixes{".localhost"sv, ".local"sv, ".lan"sv,        ".internal"sv,
                                    ".home.arpa"sv, ".home"sv,  ".localdomain"sv};
    if (util::is_ip_address(host)) {
        return std::ranges::any_of(k_prefixes, [&](std::string_view prefix) { return host.starts_with(prefix); });
    }
    return host.find('.') == std::string_view::npos ||
           std::ranges::any_of(k_suffixes, [&](std::string_view suffix) { return host.ends_with(suffix); });
}

} // namespace

const rule::Rule k_redirect_uri_invalid{
    .code = "OG1165",
    .name = "redirect-uri-invalid",
    .consequence = Consequence::provider_refuses,
    .summary = "a redirect URI cannot be parsed, or has no scheme",
    .why =
        "A redirect URI is a complete address with its scheme: https://… for a browser, app.immich:///… for the app. "
        "Authelia compares it letter by letter later, so blanks and line breaks count.",
    .bad = "redirect_uris: [photos.example.com/auth/login]",
    .good = "redirect_uris: [https://photos.example.com/auth/login]",
    .ignore = {},
    .sources = k_redirect_sources,
};

const rule::Rule k_redirect_uri_installed_app{
    .code = "OG1166",
    .name = "redirect-uri-installed-app",
    .consequence = Consequence::provider_refuses,
    .summary = "a confidential client has the redirect URI of an installed application",
    .why = "urn:ietf:wg:oauth:2.0:oob shows the code to the person instead of sending it to an address. Only public "
           "clients may use it.",
    .bad = "public: false\nredirect_uris: ['urn:ietf:wg:oauth:2.0:oob']",
    .good = "public: false\nredirect_uris: [https://photos.example.com/auth/login]",
    .ignore = {},
    .sources = k_installed_sources,
};

const rule::Rule k_request_uri_invalid{
    .code = "OG1167",
    .name = "request-uri-invalid",
    .consequence = Consequence::provider_refuses,
    .summary = "a request URI is not an https address",
    .why = "Authelia fetches signed requests from these addresses, so each of them must be a complete https address.",
    .bad = "request_uris: [http://photos.example.com/request.jwt]",
    .good = "request_uris: [https://photos.example.com/request.jwt]",
    .ignore = {},
    .sources = k_request_sources,
};

void check_redirect_uris(Inspection& inspection, const Client& client) {
    const auto colons = inspection.release.host_colons;
    for (const auto& uri : client.redirect_uris.value) {
        if (uri.is_unknown) {
            continue;
        }
        if (uri.text == k_installed_app) {
            if (!client.is_public.is_unknown() && !client.is_public.value) {
                inspection.add(k_redirect_uri_installed_app, "only a public client can have this redirect URI",
                               uri.at.place());
            }
            continue;
        }
        const auto url = lang::go::parse_url(uri.text, colons);
        if (!url) {
            inspection.add(k_redirect_uri_invalid,
                           util::words("{} is not a valid address: {}", util::outside(uri.text), url.error().message),
                           uri.at.place(), util::own(remedy(uri.text)));
        } else if (url->scheme.empty()) {
            inspection.add(k_redirect_uri_invalid,
                           uri.text.empty() ? util::Words("the redirect URI is empty")
                                            : util::words("{} has no scheme", util::outside(uri.text)),
                           uri.at.place(), util::own(remedy(uri.text)));
        }
    }
    check_repeated(inspection, client.redirect_uris, {}, Consequence::provider_warns);
    for (const auto& uri : client.request_uris.value) {
        if (uri.is_unknown) {
            continue;
        }
        const auto url = lang::go::parse_url(uri.text, colons);
        if (!url) {
            inspection.add(k_request_uri_invalid,
                           util::words("{} is not a valid address: {}", util::outside(uri.text), url.error().message),
                           uri.at.place());
        } else if (url->scheme != "https") {
            inspection.add(k_request_uri_invalid,
                           uri.text.empty() ? util::Words("the request URI is empty")
                                            : util::words("{} does not begin with https://", util::outside(uri.text)),
                           uri.at.place(), uri.text.empty() ? "remove it" : "");
        }
    }
    check_repeated(inspection, client.request_uris, {}, Consequence::provider_refuses);
}

void check_http_redirects(Inspection& inspection, const oidc::Provider& provider,
                          const oidc::Registration& registration) {
    if (registration.is_public.is_unknown()) {
        return;
    }
    for (const auto& uri : registration.redirect_uris.value) {
        const auto url = uri.is_unknown() ? std::nullopt : util::split_url(uri.value.text);
        if (!url || util::lowered(url->scheme) != "http" || is_nearby(util::lowered(url->host())) ||
            !returns_to(provider, registration, uri.value.text)) {
            continue;
        }
        auto found = rule::finding(oidc::k_redirect_uri_insecure,
                                   "a login returns here without encryption, so others can read its code", uri.place,
                                   "begin it with https://, and open the application by https");
        rule::set_consequence(found, Consequence::risk);
        found.client = inspection.client;
        inspection.add_finding(std::move(found));
    }
}

} // namespace oidcgen::providers::authelia
