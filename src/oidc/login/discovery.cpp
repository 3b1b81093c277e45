#include "oidc/login/attempt.hpp"
#include "oidc/login/rules.hpp"
#include "util/text.hpp"
#include "util/url.hpp"

#include <array>
#include <optional>
#include <string>
#include <string_view>

#include <fmt/format.h>

namespace oidcgen::oidc {

namespace {

using namespace std::string_view_literals;

constexpr std::array k_oauth_disabled_sources{"https://openid.net/specs/openid-connect-core-1_0.html#CodeFlowSteps"sv};
constexpr std::array k_client_id_empty_sources{"https://www.rfc-editor.org/rfc/rfc6749#section-4.1.1"sv};
constexpr std::array k_timeout_out_of_range_sources{
    "https://nodejs.org/api/timers.html#settimeoutcallback-delay-args"sv};
constexpr std::array k_discovery{"https://openid.net/specs/openid-connect-discovery-1_0.html#ProviderConfig"sv};
constexpr std::array k_issuer_insecure_sources{
    "https://openid.net/specs/openid-connect-discovery-1_0.html#ProviderMetadata"sv};
constexpr std::array k_metadata_unavailable_sources{"https://www.rfc-editor.org/rfc/rfc8414#section-2.1"sv};

} // namespace

const rule::Rule k_oauth_disabled{
    .code = "OG3009",
    .name = "oauth-disabled",
    .consequence = rule::Consequence::login_fails,
    .summary = "OAuth is switched off in the application",
    .why = "While the login through the provider is switched off, the application offers none, and its other settings "
           "about the provider have no effect.",
    .ignore = "while the login is switched off on purpose",
    .sources = k_oauth_disabled_sources,
};

const rule::Rule k_client_id_empty{
    .code = "OG3010",
    .name = "client-id-empty",
    .consequence = rule::Consequence::login_fails,
    .summary = "the application has no client id",
    .why = "Every request of a login carries the client id (RFC 6749, section 4.1.1). Without one the provider cannot "
           "tell who is asking.",
    .sources = k_client_id_empty_sources,
};

const rule::Rule k_timeout_out_of_range{
    .code = "OG3008",
    .name = "timeout-out-of-range",
    .consequence = rule::Consequence::login_fails,
    .summary = "the timeout is longer than a timer can count",
    .why = "A timer that cannot hold the value ends every request at once or is refused, so no answer of the provider "
           "ever arrives.",
    .sources = k_timeout_out_of_range_sources,
};

const rule::Rule k_issuer_unusable{
    .code = "OG3003",
    .name = "issuer-unusable",
    .consequence = rule::Consequence::login_fails,
    .summary = "the issuer URL is no http or https address",
    .why = "The application reads the provider's metadata from this address. Without a scheme, or with one other than "
           "http and https, there is nothing to ask.",
    .sources = k_discovery,
};

const rule::Rule k_issuer_insecure{
    .code = "OG3004",
    .name = "issuer-insecure",
    .consequence = rule::Consequence::login_fails,
    .summary = "the issuer URL starts with http",
    .why = "An issuer is an https address (OpenID Connect Discovery, section 3). A provider that is reached by https "
           "redirects from its http address or does not answer there, and an application may follow no redirect to "
           "metadata, or not even ask over http.",
    .sources = k_issuer_insecure_sources,
};

const rule::Rule k_issuer_elsewhere{
    .code = "OG3005",
    .name = "issuer-elsewhere",
    .consequence = rule::Consequence::login_fails,
    .summary = "the issuer URL is not the provider's address",
    .why =
        "Metadata comes from the provider, so the issuer URL has to be an address under which the provider answers. "
        "It may refuse requests under any other name, internal ones too, and at the application's own address only its "
        "own pages answer.",
    .sources = k_discovery,
};

const rule::Rule k_issuer_path_wrong{
    .code = "OG3006",
    .name = "issuer-path-wrong",
    .consequence = rule::Consequence::login_fails,
    .summary = "the issuer URL has a path or query that is not the issuer's",
    .why = "Metadata is published at the issuer followed by /.well-known/openid-configuration, and nowhere else. The "
           "issuer in it must be the one that was asked for (OpenID Connect Discovery, section 4.3).",
    .sources = k_discovery,
};

const rule::Rule k_metadata_unavailable{
    .code = "OG3007",
    .name = "metadata-unavailable",
    .consequence = rule::Consequence::login_fails,
    .summary = "the provider cannot publish its metadata",
    .why = "A provider may sign its metadata (RFC 8414, section 2.1). If it has no key for the algorithm it signs "
           "with, the metadata address answers with an error, and no login gets past its first request.",
    .sources = k_metadata_unavailable_sources,
};

namespace {

constexpr std::string_view k_well_known = "/.well-known/";
constexpr std::string_view k_openid_configuration = "/.well-known/openid-configuration";
constexpr std::string_view k_oauth_metadata = "/.well-known/oauth-authorization-server";
constexpr std::int64_t k_most_timer_seconds = 2'147'483; // 2^31 milliseconds

/// The parts of a configured address, as a URL parser takes them. White space around it is dropped.
struct Address {
    std::string scheme;
    std::optional<util::Origin> origin;
    std::string path;  ///< at least `/`
    std::string query; ///< and fragment, with their marks
};

std::optional<Address> parse(std::string_view text) {
    text = util::trimmed(text);
    const auto colon = text.find(':');
    const auto scheme = RedirectUri{std::string(text)}.scheme();
    if (scheme.empty() || colon == std::string_view::npos) {
        return std::nullopt;
    }
    Address address;
    address.scheme = scheme;
    auto rest = text.substr(colon + 1);
    rest.remove_prefix(std::min(rest.find_first_not_of("/\\"), rest.size()));
    const auto authority = rest.substr(0, rest.find_first_of("/?#\\"));
    rest.remove_prefix(authority.size());
    if (const auto origin = util::parse_origin(fmt::format("{}://{}", scheme, authority))) {
        address.origin = *origin;
    }
    const auto path_end = std::min(rest.find_first_of("?#"), rest.size());
    address.path = rest.substr(0, path_end);
    if (address.path.empty()) {
        address.path = "/";
    }
    address.query = rest.substr(path_end);
    return address;
}

/// The provider's path, without final slash; empty at the root.
std::string base_path(const Address& provider) {
    auto path = provider.path;
    while (path.ends_with('/')) {
        path.pop_back();
    }
    return path;
}

/// What the issuer URL should be.
std::string proposal(const Attempt& attempt) {
    const auto& url = attempt.circumstances.provider_url;
    return url.empty() ? std::string("set issuerUrl to the address of the provider, as people open it")
                       : fmt::format("set issuerUrl to {}", url);
}

/// Where the configured path leads: the metadata, or an error.
bool reaches_metadata(Attempt& attempt, const Address& issuer, const Address& provider) {
    const auto base = base_path(provider);
    if (issuer.path.find(k_well_known) != std::string::npos) {
        attempt.has_userinfo_endpoint = issuer.path != base + std::string(k_oauth_metadata);
        return !attempt.has_userinfo_endpoint || issuer.path == base + std::string(k_openid_configuration);
    }
    // Both libraries add the suffix behind one final slash or none.
    if (issuer.path != base + "/" && issuer.path != base) {
        return false;
    }
    if (!attempt.party.behaviour.checks_issuer) {
        return true;
    }
    const bool same_path = issuer.path == (base.empty() ? "/" : base);
    return same_path && issuer.query.empty();
}

Step check_settings(Attempt& attempt) {
    const auto& party = attempt.party;
    if (!party.enabled.value && !party.enabled.is_unknown()) {
        return attempt.fail(Stage::config_app, rule::finding(k_oauth_disabled, "OAuth is switched off",
                                                             party.enabled.place, "set enabled to true"));
    }
    if (party.client_id.value.empty() && !party.client_id.is_unknown()) {
        return attempt.fail(Stage::discovery,
                            rule::finding(k_client_id_empty, "the client id is empty", party.client_id.place,
                                          attempt.registration == nullptr
                                              ? std::string("set clientId to the id of the provider's client")
                                              : fmt::format("set clientId to {}",
                                                            util::quoted(attempt.registration->client_id.value))));
    }
    if (!party.timeout.is_unknown() && party.timeout.value > k_most_timer_seconds) {
        return attempt.fail(Stage::discovery,
                            rule::finding(k_timeout_out_of_range,
                                          fmt::format("the timeout of {} counts as seconds, more than a timer can hold",
                                                      party.timeout.value),
                                          party.timeout.place, "set timeout to 30"));
    }
    return Step::goes_on;
}

Step check_issuer(Attempt& attempt) {
    const auto& party = attempt.party;
    const auto& text = party.issuer_url.value;
    if (party.issuer_url.is_unknown()) {
        attempt.cannot_know(party.issuer_url.place);
        return Step::goes_on;
    }
    const auto issuer = parse(text);
    if (!issuer || (issuer->scheme != "http" && issuer->scheme != "https") || !issuer->origin) {
        return attempt.fail(Stage::discovery, rule::finding(k_issuer_unusable,
                                                            fmt::format("the issuer URL {} is no http or https address",
                                                                        util::quoted(text)),
                                                            party.issuer_url.place, proposal(attempt)));
    }
    attempt.trace(Stage::discovery, fmt::format("{} asks {} for the provider's metadata", party.version, text));
    const bool insecure = issuer->scheme == "http";
    if (insecure && party.behaviour.refuses_http && !party.allow_insecure_requests.value &&
        !party.allow_insecure_requests.is_unknown()) {
        return attempt.fail(
            Stage::discovery,
            rule::finding(k_issuer_insecure,
                          fmt::format("the issuer URL starts with http, which {} refuses", party.version),
                          party.issuer_url.place, proposal(attempt)));
    }
    const auto provider = parse(attempt.circumstances.provider_url);
    if (!provider || !provider->origin) {
        attempt.cannot_know(party.issuer_url.place, "provider-url");
        return Step::goes_on;
    }
    if (*issuer->origin != *provider->origin) {
        const bool same_host = issuer->origin->host == provider->origin->host;
        if (insecure && same_host && provider->scheme == "https") {
            return attempt.fail(
                Stage::discovery,
                rule::finding(k_issuer_insecure,
                              "the issuer URL starts with http, and what answers there redirects or is not Authelia",
                              party.issuer_url.place, proposal(attempt)));
        }
        const bool is_application = to_string(*issuer->origin) == attempt.circumstances.address;
        if (is_application || attempt.provider.behaviour.issuer_is_configured) {
            auto finding = rule::finding(
                k_issuer_elsewhere,
                is_application ? std::string("the issuer URL is the application's own address")
                               : fmt::format("the issuer URL is not where the provider answers, which is {}",
                                             attempt.circumstances.provider_url),
                party.issuer_url.place, proposal(attempt));
            for (const auto& own : attempt.provider.issuers) {
                if (own.place) {
                    finding.notes.push_back({"the provider's address is set here", own.place});
                    break;
                }
            }
            return attempt.fail(Stage::discovery, std::move(finding));
        }
        // An older Authelia answers under any name that reaches it; whether this one does is not in the files.
        attempt.cannot_know(party.issuer_url.place, "address");
        return Step::goes_on;
    }
    if (!reaches_metadata(attempt, *issuer, *provider)) {
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
    if (check_settings(attempt) == Step::fails || check_issuer(attempt) == Step::fails) {
        return Step::fails;
    }
    if (attempt.provider.metadata_fails) {
        return attempt.fail(Stage::discovery, rule::finding(k_metadata_unavailable,
                                                            "this Authelia cannot sign its metadata with such a key",
                                                            attempt.provider.metadata_fails, "remove this setting"));
    }
    attempt.trace(Stage::discovery, fmt::format("the provider answers with its addresses and its name, {}",
                                                attempt.circumstances.provider_url));
    return Step::goes_on;
}

} // namespace oidcgen::oidc
