#include "oidc/login/attempt.hpp"
#include "oidc/login/rules.hpp"
#include "util/text.hpp"
#include "util/url.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <utility>

#include <fmt/format.h>

namespace oidcgen::oidc {

namespace {

using namespace std::string_view_literals;

constexpr std::array k_immich_oauth{
    "https://docs.immich.app/administration/oauth"sv,
    "https://github.com/immich-app/immich/blob/main/server/src/repositories/oauth.repository.ts"sv};
constexpr std::array k_discovery{"https://openid.net/specs/openid-connect-discovery-1_0.html#ProviderConfig"sv,
                                 "https://docs.immich.app/administration/oauth"sv};
constexpr std::array k_insecure{"https://github.com/immich-app/immich/pull/27844"sv};
constexpr std::array k_strict_issuer{"https://github.com/authelia/authelia/pull/11685"sv,
                                     "https://www.authelia.com/configuration/session/introduction/#authelia_url"sv};
constexpr std::array k_metadata_signature{
    "https://www.authelia.com/configuration/identity-providers/openid-connect/provider/#discovery_signed_response_alg"sv};
constexpr std::array k_timeout{"https://github.com/panva/openid-client/blob/main/docs/interfaces/ClientMetadata.md"sv,
                               "https://nodejs.org/api/timers.html#settimeoutcallback-delay-args"sv};

} // namespace

const rule::Rule k_oauth_disabled{
    .code = "OG3009",
    .name = "oauth-disabled",
    .consequence = rule::Consequence::login_fails,
    .summary = "OAuth is switched off in the application",
    .why = "With `enabled: false` the login page has no button for the provider, and the app is refused. The other "
           "settings have no effect.",
    .bad = "{\"oauth\": {\"enabled\": false}}",
    .good = "{\"oauth\": {\"enabled\": true}}",
    .ignore = "while the login is switched off on purpose",
    .sources = k_immich_oauth,
};

const rule::Rule k_client_id_empty{
    .code = "OG3010",
    .name = "client-id-empty",
    .consequence = rule::Consequence::login_fails,
    .summary = "the application has no client id",
    .why = "Immich 3 starts with an empty client id, but its OpenID Connect library refuses to make a request without "
           "one.",
    .bad = "{\"oauth\": {\"enabled\": true, \"clientId\": \"\"}}",
    .good = "{\"oauth\": {\"enabled\": true, \"clientId\": \"immich\"}}",
    .ignore = {},
    .sources = k_immich_oauth,
};

const rule::Rule k_timeout_out_of_range{
    .code = "OG3008",
    .name = "timeout-out-of-range",
    .consequence = rule::Consequence::login_fails,
    .summary = "the timeout is longer than a timer can count",
    .why = "The value is handed on as seconds, although the settings page speaks of milliseconds. More than 2147483 "
           "seconds overflow the timer, so that every request ends at once; more than 4294967 are refused.",
    .bad = "{\"oauth\": {\"timeout\": 3000000}}",
    .good = "{\"oauth\": {\"timeout\": 30}}",
    .ignore = {},
    .sources = k_timeout,
};

const rule::Rule k_issuer_unusable{
    .code = "OG3003",
    .name = "issuer-unusable",
    .consequence = rule::Consequence::login_fails,
    .summary = "the issuer URL is no http or https address",
    .why =
        "The application reads the provider's metadata from this address. Without a scheme, or with another one, there "
        "is nothing to ask.",
    .bad = "{\"oauth\": {\"issuerUrl\": \"auth.example.com\"}}",
    .good = "{\"oauth\": {\"issuerUrl\": \"https://auth.example.com\"}}",
    .ignore = {},
    .sources = k_discovery,
};

const rule::Rule k_issuer_insecure{
    .code = "OG3004",
    .name = "issuer-insecure",
    .consequence = rule::Consequence::login_fails,
    .summary = "the issuer URL starts with http",
    .why =
        "Authelia is reached by https. Its http address redirects or does not answer, and Immich follows no redirect "
        "when it reads the metadata. From version 3 Immich does not even ask unless allowInsecureRequests is set.",
    .bad = "{\"oauth\": {\"issuerUrl\": \"http://auth.example.com\"}}",
    .good = "{\"oauth\": {\"issuerUrl\": \"https://auth.example.com\"}}",
    .ignore = {},
    .sources = k_insecure,
};

const rule::Rule k_issuer_elsewhere{
    .code = "OG3005",
    .name = "issuer-elsewhere",
    .consequence = rule::Consequence::login_fails,
    .summary = "the issuer URL is not the provider's address",
    .why =
        "From 4.39.17 Authelia answers only under the addresses that its session cookies name, and refuses requests "
        "under every other name, internal ones too. An address that is the application's own answers with its pages.",
    .bad = "{\"oauth\": {\"issuerUrl\": \"http://authelia:9091\"}}",
    .good = "{\"oauth\": {\"issuerUrl\": \"https://auth.example.com\"}}",
    .ignore = {},
    .sources = k_strict_issuer,
};

const rule::Rule k_issuer_path_wrong{
    .code = "OG3006",
    .name = "issuer-path-wrong",
    .consequence = rule::Consequence::login_fails,
    .summary = "the issuer URL has a path or query that is not the issuer's",
    .why = "Metadata stands at the issuer followed by /.well-known/openid-configuration, and nowhere else. From 1.132 "
           "Immich also compares the issuer in the metadata with the configured one, unless that already names the "
           "metadata.",
    .bad = "{\"oauth\": {\"issuerUrl\": \"https://auth.example.com/api/oidc/authorization\"}}",
    .good = "{\"oauth\": {\"issuerUrl\": \"https://auth.example.com\"}}",
    .ignore = {},
    .sources = k_discovery,
};

const rule::Rule k_metadata_unavailable{
    .code = "OG3007",
    .name = "metadata-unavailable",
    .consequence = rule::Consequence::login_fails,
    .summary = "the provider cannot publish its metadata",
    .why = "Authelia 4.38 signs its metadata as RS256 whatever key it is told to use. With a key on an elliptic curve "
           "that "
           "fails, and the metadata address answers with an error.",
    .bad = "identity_providers:\n  oidc:\n    discovery_signed_response_alg: ES256",
    .good = "identity_providers:\n  oidc:\n    discovery_signed_response_alg: none",
    .ignore = {},
    .sources = k_metadata_signature,
};

namespace {

constexpr std::string_view k_well_known = "/.well-known/";

/// What the issuer URL should be.
std::string proposal(const Attempt& attempt) {
    const auto& provider = attempt.provider_system();
    const auto& url = attempt.circumstances.provider_url;
    const auto name = setting_name(attempt.party.issuer_url.place, "the issuer");
    if (url.empty()) {
        return fmt::format("set {} to the address of the provider, as people open it", name);
    }
    const auto issuer = provider.issuer == nullptr ? url : provider.issuer(attempt.provider, attempt.registration, url);
    return fmt::format("set {} to {}", name, issuer);
}

/// The provider's path, without final slash; empty at the root.
std::string base_path(const util::Url& provider) {
    auto path = provider.path;
    while (path.ends_with('/')) {
        path.pop_back();
    }
    return path;
}

/// Reads the metadata that the configured address leads to. False when it leads to none, or to another issuer's.
bool read_metadata(Attempt& attempt, const util::Url& configured, const util::Url& provider) {
    const auto& url = attempt.circumstances.provider_url;
    const auto asked = attempt.app_system().metadata_path(configured.path);
    const auto base = base_path(provider);
    if (!asked.starts_with(base)) {
        return false;
    }
    auto metadata = attempt.provider_system().metadata(attempt.provider, attempt.registration, url,
                                                       std::string_view(asked).substr(base.size()));
    if (!metadata) {
        return false;
    }
    attempt.metadata = std::move(*metadata);
    if (!attempt.party.behaviour.checks_issuer || configured.path.find(k_well_known) != std::string::npos) {
        return true;
    }
    const auto issuer = util::parse_url(attempt.metadata.issuer);
    return issuer && issuer->path == configured.path && configured.query.empty();
}

Step check_settings(Attempt& attempt) {
    const auto& party = attempt.party;
    if (!party.enabled.value && !party.enabled.is_unknown()) {
        return attempt.fail(Stage::config_app,
                            rule::finding(k_oauth_disabled, "OAuth is switched off", party.enabled.place,
                                          fmt::format("set {} to true", setting_name(party.enabled.place, "it"))));
    }
    if (party.client_id.value.empty() && !party.client_id.is_unknown()) {
        const auto name = setting_name(party.client_id.place, "client_id");
        return attempt.fail(Stage::discovery,
                            rule::finding(k_client_id_empty, "the client id is empty", party.client_id.place,
                                          attempt.registration == nullptr
                                              ? fmt::format("set {} to the id of the provider's client", name)
                                              : fmt::format("set {} to {}", name,
                                                            util::quoted(attempt.registration->client_id.value))));
    }
    if (!party.timeout.is_unknown() && party.timeout.value > party.behaviour.longest_timeout) {
        return attempt.fail(Stage::discovery,
                            rule::finding(k_timeout_out_of_range,
                                          fmt::format("the timeout of {} counts as seconds, more than a timer can hold",
                                                      party.timeout.value),
                                          party.timeout.place,
                                          fmt::format("set {} to 30", setting_name(party.timeout.place, "it"))));
    }
    return Step::goes_on;
}

/// The issuer URL has another origin than the provider.
Step check_origin(Attempt& attempt, const util::Url& issuer, const util::Url& provider) {
    const auto& place = attempt.party.issuer_url.place;
    const bool same_host = issuer.origin->host == provider.origin->host;
    if (issuer.scheme == "http" && same_host && provider.scheme == "https") {
        return attempt.fail(
            Stage::discovery,
            rule::finding(k_issuer_insecure,
                          fmt::format("the issuer URL starts with http, and what answers there redirects or is not {}",
                                      attempt.provider_title()),
                          place, proposal(attempt)));
    }
    const bool is_application = to_string(*issuer.origin) == attempt.circumstances.address;
    if (!is_application && !attempt.provider.behaviour.issuer_is_configured) {
        // It answers under any name that reaches it; whether this one does is not in the files.
        attempt.cannot_know(place, rule::Doubt::address);
        return Step::goes_on;
    }
    auto finding =
        rule::finding(k_issuer_elsewhere,
                      is_application ? std::string("the issuer URL is the application's own address")
                                     : fmt::format("the issuer URL is not where the provider answers, which is {}",
                                                   attempt.circumstances.provider_url),
                      place, proposal(attempt));
    const auto own =
        std::ranges::find_if(attempt.provider.issuers, [](const Text& it) { return static_cast<bool>(it.place); });
    if (own != attempt.provider.issuers.end()) {
        finding.notes.push_back({"the provider's address is set here", own->place});
    }
    return attempt.fail(Stage::discovery, std::move(finding));
}

Step check_issuer(Attempt& attempt) {
    const auto& party = attempt.party;
    const auto& text = party.issuer_url.value;
    if (party.issuer_url.is_unknown()) {
        attempt.cannot_know(party.issuer_url.place);
        return Step::goes_on;
    }
    const auto issuer = util::parse_url(text);
    if (!issuer || (issuer->scheme != "http" && issuer->scheme != "https") || !issuer->origin) {
        return attempt.fail(Stage::discovery, rule::finding(k_issuer_unusable,
                                                            fmt::format("the issuer URL {} is no http or https address",
                                                                        util::quoted(text)),
                                                            party.issuer_url.place, proposal(attempt)));
    }
    attempt.trace(Stage::discovery, fmt::format("{} asks {} for the provider's metadata", attempt.app_release(), text));
    if (issuer->scheme == "http" && party.behaviour.refuses_http && !party.allow_insecure_requests.value &&
        !party.allow_insecure_requests.is_unknown()) {
        return attempt.fail(
            Stage::discovery,
            rule::finding(k_issuer_insecure,
                          fmt::format("the issuer URL starts with http, which {} refuses", attempt.app_release()),
                          party.issuer_url.place, proposal(attempt)));
    }
    const auto provider = util::parse_url(attempt.circumstances.provider_url);
    if (!provider || !provider->origin) {
        attempt.cannot_know(party.issuer_url.place, rule::Doubt::provider_url);
        return Step::goes_on;
    }
    if (*issuer->origin != *provider->origin) {
        return check_origin(attempt, *issuer, *provider);
    }
    if (!read_metadata(attempt, *issuer, *provider)) {
        return attempt.fail(Stage::discovery,
                            rule::finding(k_issuer_path_wrong,
                                          fmt::format("the issuer URL {} does not lead to the metadata of {}",
                                                      util::quoted(text), attempt.circumstances.provider_url),
                                          party.issuer_url.place, proposal(attempt)));
    }
    return Step::goes_on;
}

} // namespace

Step discover(Attempt& attempt) {
    if (check_settings(attempt) == Step::stops || check_issuer(attempt) == Step::stops) {
        return Step::stops;
    }
    if (attempt.provider.metadata_fails) {
        return attempt.fail(
            Stage::discovery,
            rule::finding(k_metadata_unavailable,
                          fmt::format("this {} cannot sign its metadata with such a key", attempt.provider_title()),
                          attempt.provider.metadata_fails, "remove this setting"));
    }
    attempt.trace(Stage::discovery, fmt::format("the provider answers with its addresses and its name, {}",
                                                attempt.circumstances.provider_url));
    return Step::goes_on;
}

} // namespace oidcgen::oidc
