#include "apps/immich/login.hpp"

#include "apps/immich/behaviour.hpp"
#include "document/hole_text.hpp"
#include "oidc/terms.hpp"
#include "util/text.hpp"
#include "util/url.hpp"
#include "util/words.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>

namespace oidcgen::apps::immich {

namespace {

using oidc::Arrival;
using oidc::LoginWay;
using oidc::RedirectRequest;
using oidc::RelyingParty;

/// https://docs.immich.app/administration/oauth
constexpr std::array k_ways{
    LoginWay{.name = "web", .return_words = "the login page returns to", .can_log_out = true},
    LoginWay{.name = "link", .return_words = "linking an account returns to", .makes_account = false},
    LoginWay{.name = "mobile", .return_words = "the app returns to", .is_at_address = false},
};
constexpr std::array<std::string_view, 2> k_paths{"/auth/login", "/user-settings"};

constexpr std::string_view k_override = "mobile override";
/// Where Immich itself forwards to the app.
constexpr std::string_view k_forwarder = "/api/oauth/mobile-redirect";

} // namespace

std::span<const LoginWay> ways() { return k_ways; }

std::span<const oidc::OpenPath> open_paths() {
    static constexpr std::array k_open_paths{
        oidc::OpenPath{"/api", "/api/server/ping"},
        oidc::OpenPath{"/.well-known/immich", "/.well-known/immich"},
    };
    return k_open_paths;
}

std::span<const std::string_view> forwarders() {
    static constexpr std::array<std::string_view, 1> k_forwarders{"https://my.immich.app"};
    return k_forwarders;
}

std::vector<std::string> redirect_uris_at(std::string_view address) {
    std::vector<std::string> result;
    result.reserve(k_paths.size());
    for (const auto path : k_paths) {
        result.push_back(std::string(address).append(path));
    }
    return result;
}

std::string forwarder_at(std::string_view address) { return std::string(address).append(k_forwarder); }

std::string metadata_path(std::string_view configured) {
    if (configured.find("/.well-known/") != std::string_view::npos) {
        return std::string(configured);
    }
    // Both libraries add the suffix after one final slash or none.
    if (configured.ends_with('/')) {
        configured.remove_suffix(1);
    }
    return std::string(configured) + "/.well-known/openid-configuration";
}

RedirectRequest redirect(const RelyingParty& party, const LoginWay& way, std::string_view address) {
    if (way.is_at_address) {
        const auto number = std::ranges::find(k_ways, way.name, &LoginWay::name) - k_ways.begin();
        return {.uri = std::string(address).append(k_paths.at(static_cast<std::size_t>(number)))};
    }
    const auto behaves = behaviour(party.version);
    const auto& override_uri = party.mobile_redirect_uri;
    if (party.mobile_override.is_unknown()) {
        return {.uri = {}, .unknown = party.mobile_override.place};
    }
    if (!party.mobile_override.value || !behaves.honours_mobile_override) {
        return {.uri = std::string(behaves.mobile_redirect_uri)};
    }
    const bool has_holes = override_uri.is_unknown();
    const auto text = document::hole_text(override_uri.value.text, has_holes);
    const auto whole = util::trimmed(text.text).size();
    if (has_holes && (text.holes.empty() || text.holes.front().end - text.holes.front().start >= whole)) {
        return {.uri = {}, .unknown = override_uri.place}; // nothing of it is known
    }
    if (override_uri.value.text.empty()) {
        return {.uri = std::string(behaves.mobile_redirect_uri)};
    }
    return {.uri = override_uri.value.text,
            .setting = override_uri.place,
            .setting_noun = k_override,
            .has_holes = has_holes};
}

/// As a URL library writes it, as far as overrides need it: scheme and host in lower case, no default port.
std::string token_redirect(const RelyingParty& party, const RedirectRequest& request) {
    document::HoleNames names;
    const auto uri = names.named(document::hole_text(request.uri, request.has_holes));
    const auto url = util::split_url(uri);
    if (!request.setting || !behaviour(party.version).normalises_redirect_uri || !oidc::RedirectUri{uri}.is_web() ||
        !url) {
        return request.uri;
    }
    const auto origin = util::parse_origin(util::origin_part(uri));
    const auto path = util::trimmed(std::string_view(uri).substr(util::origin_part(uri).size()));
    return origin ? names.restored(to_string(*origin) + std::string(path.empty() ? "/" : path)) : request.uri;
}

Arrival arrival(const RelyingParty& party, const RedirectRequest& request, std::string_view address) {
    if (!request.setting) {
        return {};
    }
    document::HoleNames names;
    const auto uri = names.named(document::hole_text(request.uri, request.has_holes));
    if (!oidc::RedirectUri{uri}.is_web()) {
        const bool is_known = !names.holds_any(oidc::RedirectUri{uri}.scheme()) && uri.find(':') != std::string::npos;
        // The app's own scheme brings it back.
        return {.verdict = is_known || !request.has_holes ? Arrival::Verdict::arrives : Arrival::Verdict::unknown};
    }
    const auto lost = [&](util::Words message) {
        return Arrival{Arrival::Verdict::lost, std::move(message),
                       util::words("set {} to {}", oidc::setting_name(request.setting, "it"), forwarder_at(address))};
    };
    const auto url = util::split_url(uri);
    if (url && !url->query.empty() && behaviour(party.version).normalises_redirect_uri) {
        return lost("the mobile override has a query, so the code does not arrive");
    }
    const auto origin = util::parse_origin(util::origin_part(uri));
    // An address that was given as it is has no marks of holes: they cannot be in an origin.
    const auto own = names.named(document::hole_text(address, true, document::PlaceholderUse::identifier));
    if (!origin || !url || to_string(*origin) != own || names.holds_any(url->path)) {
        return {.verdict = Arrival::Verdict::unknown};
    }
    auto path = util::lowered(url->path);
    if (path.size() > 1 && path.ends_with('/')) {
        path.pop_back();
    }
    if (path != k_forwarder) {
        return lost("the address of the mobile override does not forward to the app");
    }
    return {.message = ", which opens the app with a code"};
}

oidc::SigningAlgorithm id_token_alg(const RelyingParty& party, const oidc::Metadata& metadata) {
    if (behaviour(party.version).id_token_alg_is_setting) {
        return party.id_token_signed_response_alg.value;
    }
    // https://github.com/immich-app/immich/blob/v1.94.1/server/src/domain/auth/auth.service.ts
    const auto& offered = metadata.id_token_signing_alg_values_supported;
    return {!offered.empty() && offered.front() == "HS256" ? "HS256" : "RS256"};
}

} // namespace oidcgen::apps::immich
