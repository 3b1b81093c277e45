#include "providers/authelia/inspection.hpp"
#include "providers/authelia/lists.hpp"
#include "providers/authelia/rules.hpp"
#include "util/text.hpp"
#include "util/words.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>

namespace oidcgen::providers::authelia {

namespace {

using rule::Consequence;
using namespace std::string_view_literals;

constexpr std::array k_sources{
    "https://www.authelia.com/configuration/identity-providers/openid-connect/provider/#cors"sv};

bool is_wildcard(const AddressItem& origin) {
    const auto& url = origin.address.url;
    return url.path == "*" && url.scheme.empty() && url.host.empty() && url.query.empty() && url.fragment.empty();
}

} // namespace

const rule::Rule k_cors_wildcard_not_alone{
    .code = "OG1130",
    .name = "cors-wildcard-not-alone",
    .consequence = Consequence::provider_refuses,
    .summary = "the origin * is combined with other origins",
    .why = "* already allows every origin, so it must be the only entry, and origins cannot be taken from the clients "
           "as well.",
    .bad = "allowed_origins: ['*', 'https://photos.example.com']",
    .good = "allowed_origins: ['https://photos.example.com']",
    .ignore = {},
    .sources = k_sources,
};

const rule::Rule k_cors_origin_invalid{
    .code = "OG1131",
    .name = "cors-origin-invalid",
    .consequence = Consequence::provider_refuses,
    .summary = "an allowed origin is empty, or has more than scheme, host and port",
    .why = "Browsers send an origin without path and query, so Authelia refuses entries that have one. To Authelia, a "
           "bare host name is a path. An empty entry crashes Authelia.",
    .bad = "allowed_origins: ['https://photos.example.com/']",
    .good = "allowed_origins: ['https://photos.example.com']",
    .ignore = {},
    .sources = k_sources,
};

const rule::Rule k_cors_endpoint_unknown{
    .code = "OG1132",
    .name = "cors-endpoint-unknown",
    .consequence = Consequence::provider_refuses,
    .also = {Consequence::advice},
    .summary = "an endpoint for browser scripts that this version does not have",
    .why = "An endpoint is named by the last part of its address, in lower case.",
    .bad = "endpoints: [user-info]",
    .good = "endpoints: [userinfo]",
    .ignore = {},
    .sources = k_sources,
};

void check_cors(Inspection& inspection) {
    const auto& origins = inspection.provider.cors_origins;
    const bool is_whole = std::ranges::none_of(origins.value, &AddressItem::is_unknown);
    for (const auto& origin : origins.value) {
        if (origin.is_unknown) {
            continue;
        }
        const auto& url = origin.address.url;
        if (!origin.address.is_set) {
            inspection.add(k_cors_origin_invalid, "the origin is empty, which crashes Authelia", origin.at.place(),
                           "remove it");
        } else if (is_wildcard(origin)) {
            const auto& from_clients = inspection.provider.cors_origins_from_redirect_uris;
            if (origins.value.size() > 1 && is_whole) {
                inspection.add(k_cors_wildcard_not_alone, "* must be the only origin", origins.at.place(),
                               "remove *, or all the other origins");
            }
            if (!from_clients.is_unknown() && from_clients.value) {
                inspection.add(k_cors_wildcard_not_alone,
                               "* is not allowed while allowed_origins_from_client_redirect_uris is true",
                               origins.at.place());
            }
        } else {
            for (const auto& [part, what] : {std::pair(&url.path, "a path"), std::pair(&url.query, "a query")}) {
                if (!part->empty()) {
                    inspection.add(k_cors_origin_invalid,
                                   util::words("{} has {}, but an origin is only scheme, host and port",
                                               util::outside(origin.at.text()), what),
                                   origin.at.place(),
                                   url.scheme.empty() ? "begin it with https://, or Authelia takes it for a path"
                                                      : "remove everything after the host and port");
                }
            }
        }
    }
    const auto allowed = inspection.keys.allowed("cors.endpoints");
    for (const auto& endpoint : inspection.provider.cors_endpoints.value) {
        if (!endpoint.is_unknown && !holds(allowed, endpoint.text)) {
            inspection.add_unknown(k_cors_endpoint_unknown, endpoint.text, "an endpoint", allowed, endpoint.at.place());
        }
    }
}

} // namespace oidcgen::providers::authelia
