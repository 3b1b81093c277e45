#include "oidc/advice.hpp"
#include "oidc/difference.hpp"
#include "oidc/hole_text.hpp"
#include "oidc/login/attempt.hpp"
#include "oidc/login/rules.hpp"
#include "util/text.hpp"
#include "util/url.hpp"
#include "util/words.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

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
    .why = "While the login through the provider is switched off, the application does not offer it, and its other "
           "settings for the provider do nothing.",
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
    .why =
        "If the timer cannot hold the value, every request times out at once or the value is refused, so an answer of "
        "the provider never arrives.",
    .sources = k_timeout_out_of_range_sources,
};

const rule::Rule k_issuer_unusable{
    .code = "OG3003",
    .name = "issuer-unusable",
    .consequence = rule::Consequence::login_fails,
    .summary = "the issuer URL is not an http or https address",
    .why =
        "The application reads the provider's metadata from this address. It can only do so if the address begins with "
        "https:// or http://.",
    .sources = k_discovery,
};

const rule::Rule k_issuer_insecure{
    .code = "OG3004",
    .name = "issuer-insecure",
    .consequence = rule::Consequence::login_fails,
    .summary = "the issuer URL starts with http",
    .why = "An issuer is an https address (OpenID Connect Discovery, section 3). A provider that is reached by https "
           "redirects from its http address or does not answer there, and an application may not follow a redirect "
           "to metadata, or refuse http altogether.",
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

/// What the issuer URL should be.
util::Words proposal(const Attempt& attempt) {
    const auto& url = attempt.circumstances.provider_url;
    const auto name = setting_name(attempt.party.issuer_url.place, "the issuer");
    if (url.empty()) {
        return util::words("set {} to the address of the provider, as people open it", name);
    }
    return util::words("set {} to {}", name, issuer_of(attempt.provider, attempt.registration, url));
}

/// The addresses of a login's discovery, taken apart with names in place of holes.
struct Addresses {
    document::HoleNames names;

    [[nodiscard]] std::optional<util::Url> taken_apart(const document::HoleText& text) {
        return util::parse_url(names.named(text));
    }
};

/// Reads the metadata that the configured address leads to. False when it leads to none, or to another issuer's.
bool read_metadata(Attempt& attempt, Addresses& addresses, const util::Url& configured, const util::Url& provider) {
    const auto& url = attempt.circumstances.provider_url;
    const auto asked = attempt.app_system().metadata_path(configured.path);
    const auto base = util::without_final_slashes(provider.path);
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
    const auto issuer =
        addresses.taken_apart(document::hole_text(attempt.metadata.issuer, !attempt.circumstances.are_literal));
    return issuer && issuer->path == configured.path && configured.query.empty();
}

// Once fixed: OAuth is on, the client id is that of the client, the timeout is one that a timer can hold, and the
// metadata is what the provider publishes at its own issuer.

/// Whether the application was ever set up: with the login off and no client id there is nothing to replay.
Step check_enabled(Attempt& attempt) {
    const auto& party = attempt.party;
    if (party.enabled.value || party.enabled.is_unknown()) {
        return Step::goes_on;
    }
    const auto& place = party.enabled.place;
    attempt.fail(Stage::config_app,
                 rule::finding(k_oauth_disabled,
                               party.enabled.is_given()
                                   ? util::Words("OAuth is switched off")
                                   : util::words("OAuth is off: {} is not set, and the default of {} is false",
                                                 setting_name(place, "the switch"), attempt.app_release()),
                               place, how_to_set(place, "it", "true", document::Quotes::no)));
    return party.client_id.value.empty() && !party.client_id.is_unknown() ? Step::stops : Step::goes_on;
}

Step check_settings(Attempt& attempt) {
    const auto& party = attempt.party;
    if (check_enabled(attempt) == Step::stops) {
        return Step::stops;
    }
    if (party.client_id.value.empty() && !party.client_id.is_unknown()) {
        const auto name = setting_name(party.client_id.place, "client_id");
        attempt.fail(Stage::discovery,
                     rule::finding(k_client_id_empty, "the client id is empty", party.client_id.place,
                                   attempt.registration == nullptr
                                       ? util::words("set {} to the id of the provider's client", name)
                                       : util::words("set {} to {}", name,
                                                     util::outside(attempt.registration->client_id.value))));
    }
    if (!party.timeout.is_unknown() && party.timeout.value > party.behaviour.longest_timeout) {
        attempt.fail(
            Stage::discovery,
            rule::finding(k_timeout_out_of_range,
                          util::words("the timeout is in seconds, and {} seconds are more than a timer can hold",
                                      party.timeout.value),
                          party.timeout.place, util::words("set {} to 30", setting_name(party.timeout.place, "it"))));
    }
    return Step::goes_on;
}

/// What the provider publishes for the client at its own issuer.
void read_own_metadata(Attempt& attempt) {
    const auto& url = attempt.circumstances.provider_url;
    Addresses addresses;
    const auto own = issuer_of(attempt.provider, attempt.registration, url);
    const auto provider = addresses.taken_apart(attempt.provider_url());
    const auto issuer = addresses.taken_apart(document::hole_text(own, !attempt.circumstances.are_literal));
    attempt.metadata = {};
    if (provider && provider->origin && issuer) {
        static_cast<void>(read_metadata(attempt, addresses, *issuer, *provider));
    }
}

/// Takes equal holes of the issuer URL and of another address for filled alike, when they are in two files. True when
/// there are any.
bool take_issuer_for_alike(Attempt& attempt) {
    const auto& issuer = attempt.party.issuer_url;
    return attempt.take_for_alike(hole_text(issuer), issuer.place, attempt.provider_url(),
                                  attempt.circumstances.provider_url_place);
}

/// The issuer URL has another origin than the provider.
void check_origin(Attempt& attempt, Addresses& addresses, const util::Url& issuer, const util::Url& provider,
                  bool is_assumed) {
    const auto& place = attempt.party.issuer_url.place;
    const bool same_host = issuer.origin->host == provider.origin->host;
    if (issuer.scheme == "http" && same_host && provider.scheme == "https") {
        auto finding = rule::finding(k_issuer_insecure,
                                     util::words("the issuer URL starts with http instead of https, where {} does not "
                                                 "answer or only redirects",
                                                 attempt.provider_title()),
                                     place, proposal(attempt));
        finding.is_assumed = is_assumed;
        attempt.fail(Stage::discovery, std::move(finding));
        return;
    }
    const bool is_application = to_string(*issuer.origin) == addresses.names.named(attempt.address());
    // Of a saved document it is not known where it was; only the issuer in it can be compared.
    const bool is_uncompared = attempt.provider.saved_metadata && issuer.path.find(k_well_known) != std::string::npos;
    if (!is_application && (!attempt.provider.behaviour.issuer_is_configured || is_uncompared)) {
        // It answers under any name that reaches it; whether this one does is not in the files.
        attempt.cannot_know(place, rule::Doubt::address);
        return;
    }
    auto finding = rule::finding(
        k_issuer_elsewhere,
        is_application ? util::Words("the issuer URL is the application's own address, not the provider's")
                       : util::words("the issuer URL {}, so it does not lead to {}",
                                     difference(attempt.party.issuer_url.value, attempt.circumstances.provider_url),
                                     attempt.provider_title()),
        place, proposal(attempt));
    const auto own =
        std::ranges::find_if(attempt.provider.issuers, [](const Text& it) { return static_cast<bool>(it.place); });
    if (own != attempt.provider.issuers.end()) {
        finding.notes.push_back({"the provider's address is set here", own->place});
    }
    finding.is_assumed = is_assumed;
    attempt.fail(Stage::discovery, std::move(finding));
}

/// Whether the text can become an http or https address, judged by what is in front of its first hole.
bool may_be_web(const document::HoleText& text) {
    const auto front = util::lowered(util::trimmed(text.text.substr(0, text.holes.front().start)));
    return std::ranges::any_of(std::array{"http:"sv, "https:"sv}, [&](std::string_view scheme) {
        return scheme.starts_with(front) || front.starts_with(scheme);
    });
}

/// Compares the origins of the issuer URL and of the provider. True when they are the same, as far as is known.
bool is_at_provider(Attempt& attempt, Addresses& addresses, const util::Url& issuer, const util::Url& provider) {
    const auto has_holes = !hole_text(attempt.party.issuer_url).holes.empty() || !attempt.provider_url().holes.empty();
    if (*issuer.origin == *provider.origin) {
        if (addresses.names.holds_any(to_string(*issuer.origin))) {
            take_issuer_for_alike(attempt);
        }
        return true;
    }
    if (!has_holes) {
        check_origin(attempt, addresses, issuer, provider, false);
        return false;
    }
    const auto left = addresses.names.restored(to_string(*issuer.origin));
    const auto right = addresses.names.restored(to_string(*provider.origin));
    const auto comparison = document::compare(document::hole_text(left, true), document::hole_text(right, true));
    if (comparison.likeness == document::Likeness::different) {
        const bool is_assumed = comparison.rests_on_holes && take_issuer_for_alike(attempt);
        check_origin(attempt, addresses, issuer, provider, is_assumed);
    } else {
        attempt.cannot_know(attempt.party.issuer_url.place);
    }
    return false;
}

/// The issuer URL is at the provider, and not where the metadata is.
void refuse_path(Attempt& attempt) {
    const auto& issuer = attempt.party.issuer_url;
    const auto right = issuer_of(attempt.provider, attempt.registration, attempt.circumstances.provider_url);
    const auto is = hole_text(issuer);
    const auto should = document::hole_text(right, !attempt.circumstances.are_literal);
    bool is_assumed = false;
    if (!is.holes.empty() || !should.holes.empty()) {
        const auto comparison = document::compare(is, should);
        if (comparison.likeness == document::Likeness::open) {
            attempt.cannot_know(issuer.place);
            return;
        }
        is_assumed = comparison.rests_on_holes && take_issuer_for_alike(attempt);
    }
    auto finding = rule::finding(k_issuer_path_wrong,
                                 util::words("the issuer URL {}; the issuer of {} is {}",
                                             difference(issuer.value, right), attempt.provider_title(), right),
                                 issuer.place, proposal(attempt));
    finding.is_assumed = is_assumed;
    attempt.fail(Stage::discovery, std::move(finding));
}

void check_issuer(Attempt& attempt) {
    const auto& party = attempt.party;
    const auto& text = party.issuer_url.value;
    const auto with_holes = hole_text(party.issuer_url);
    if (party.issuer_url.is_unknown() && with_holes.holes.empty()) {
        attempt.cannot_know(party.issuer_url.place);
        return;
    }
    Addresses addresses;
    const auto issuer = addresses.taken_apart(with_holes);
    const auto& place = party.issuer_url.place;
    if (!issuer || (issuer->scheme != "http" && issuer->scheme != "https") || !issuer->origin) {
        if (!with_holes.holes.empty() && may_be_web(with_holes)) {
            attempt.cannot_know(place);
            return;
        }
        attempt.fail(
            Stage::discovery,
            rule::finding(k_issuer_unusable,
                          text.empty()
                              ? util::words("the issuer URL is {}", party.issuer_url.is_given() ? "empty" : "not set")
                              : util::words("the issuer URL {} is not an http or https address", util::outside(text)),
                          place, proposal(attempt)));
        return;
    }
    attempt.trace(Stage::discovery, util::words("{} asks {} for the provider's metadata", attempt.app_release(), text));
    if (issuer->scheme == "http" && party.behaviour.refuses_http && !party.allow_insecure_requests.value &&
        !party.allow_insecure_requests.is_unknown()) {
        attempt.fail(Stage::discovery, rule::finding(k_issuer_insecure,
                                                     util::words("the issuer URL starts with http, which {} refuses",
                                                                 attempt.app_release()),
                                                     place, proposal(attempt)));
        return;
    }
    const auto provider = addresses.taken_apart(attempt.provider_url());
    if (!provider || !provider->origin) {
        attempt.cannot_know(party.issuer_url.place, rule::Doubt::provider_url);
        return;
    }
    const auto names_document = issuer->path.find(k_well_known) != std::string::npos;
    if (attempt.provider.saved_metadata && names_document && *issuer->origin == *provider->origin &&
        !issuer->path.starts_with(std::string(util::without_final_slashes(provider->path)) +
                                  std::string(k_well_known))) {
        attempt.cannot_know(place, rule::Doubt::network); // where the saved document was is not known
        return;
    }
    if (is_at_provider(attempt, addresses, *issuer, *provider) &&
        !read_metadata(attempt, addresses, *issuer, *provider)) {
        refuse_path(attempt);
    }
}

} // namespace

Step discover(Attempt& attempt) {
    if (check_settings(attempt) == Step::stops) {
        return Step::stops;
    }
    const auto obstacles = attempt.result.obstacles.size();
    check_issuer(attempt);
    if (attempt.result.obstacles.size() != obstacles || attempt.is_doubtful(attempt.party.issuer_url.place)) {
        read_own_metadata(attempt);
    }
    if (attempt.registration != nullptr && attempt.registration->application.is_unknown()) {
        attempt.cannot_know(attempt.registration->application.place);
    }
    if (attempt.registration != nullptr && attempt.registration->metadata_fault) {
        return attempt.fail(Stage::discovery, *attempt.registration->metadata_fault);
    }
    if (attempt.provider.metadata_fails) {
        attempt.fail(Stage::discovery,
                     rule::finding(k_metadata_unavailable,
                                   util::words("{} cannot sign its metadata with such a key", attempt.provider_title()),
                                   attempt.provider.metadata_fails, "remove this setting"));
        return Step::goes_on;
    }
    const auto& name = attempt.metadata.issuer;
    attempt.trace(Stage::discovery, util::words("the provider answers with its addresses and its issuer, {}",
                                                name.empty() ? attempt.circumstances.provider_url : name));
    return Step::goes_on;
}

} // namespace oidcgen::oidc
