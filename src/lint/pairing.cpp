#include "lint/pairing.hpp"

#include "util/url.hpp"

#include <algorithm>
#include <optional>
#include <set>

namespace oidcgen::lint {

namespace {

/// The origin of an address with or without a path behind it, as a browser writes it.
std::optional<std::string> origin_of(std::string_view url) {
    if (url.find("://") == std::string_view::npos) {
        return std::nullopt;
    }
    const auto origin = util::parse_origin(util::origin_part(url));
    return origin ? std::optional(to_string(*origin)) : std::nullopt;
}

/// What the application's own settings say about its address.
std::optional<std::string> own_address(const oidc::RelyingParty& party) {
    const auto& text = party.external_address.value;
    if (text.empty() || party.external_address.is_unknown()) {
        return std::nullopt;
    }
    const auto origin = origin_of(text);
    return origin ? origin : origin_of("https://" + text);
}

std::vector<std::string> registered_origins(const oidc::Registration& registration) {
    std::set<std::string> https;
    std::set<std::string> http;
    for (const auto& uri : registration.redirect_uris.value) {
        if (uri.is_unknown() || !uri.value.is_web()) {
            continue;
        }
        if (const auto origin = origin_of(uri.value.text)) {
            (origin->starts_with("https:") ? https : http).insert(*origin);
        }
    }
    const auto& chosen = https.empty() ? http : https;
    return {chosen.begin(), chosen.end()};
}

bool registers_origin(const oidc::Registration& registration, std::string_view origin) {
    return std::ranges::any_of(registration.redirect_uris.value, [&](const auto& uri) {
        return uri.value.is_web() && origin_of(uri.value.text) == origin;
    });
}

const oidc::Registration* with_id(const oidc::Provider& provider, const oidc::RelyingParty& party) {
    if (party.client_id.is_unknown() || party.client_id.value.empty()) {
        return nullptr;
    }
    const auto found = std::ranges::find_if(provider.registrations, [&](const oidc::Registration& registration) {
        return !registration.client_id.is_unknown() && registration.client_id.value == party.client_id.value;
    });
    return found == provider.registrations.end() ? nullptr : &*found;
}

/// A client of another id that the application may mean all the same.
const oidc::Registration* likely(const oidc::Provider& provider, const oidc::RelyingParty& party,
                                 const Options& options) {
    auto origins = options.addresses;
    if (const auto own = own_address(party)) {
        origins.push_back(*own);
    }
    origins.insert(origins.end(), options.site_addresses.begin(), options.site_addresses.end());
    for (const auto& origin : origins) {
        for (const auto& registration : provider.registrations) {
            if (registers_origin(registration, origin)) {
                return &registration;
            }
        }
    }
    return provider.registrations.size() == 1 ? &provider.registrations.front() : nullptr;
}

/// The address at which a provider has that issuer for the client: the issuer itself, or what is left of it without the
/// path of the client.
std::string address_of(const Pair& pair, std::string issuer) {
    const auto& provider = pair.provider->value;
    if (provider.system->provider->issuer == nullptr) {
        return issuer;
    }
    const auto origin = util::origin_part(issuer).size();
    for (auto size = issuer.size(); size > origin; size = issuer.rfind('/', size - 1)) {
        auto base = issuer.substr(0, size);
        if (oidc::issuer_of(provider, pair.registration, base) == issuer) {
            return base;
        }
    }
    return issuer.substr(0, origin);
}

} // namespace

std::vector<Pair> pairs(std::span<const ProviderSide> providers, std::span<const ApplicationSide> applications,
                        const Options& options) {
    std::vector<Pair> result;
    for (const auto& application : applications) {
        const auto before = result.size();
        for (const auto& provider : providers) {
            if (const auto* const registration = with_id(provider.value, application.value)) {
                result.push_back({&provider, &application, registration});
            }
        }
        if (result.size() != before) {
            continue;
        }
        for (const auto& provider : providers) {
            const auto* const registration = likely(provider.value, application.value, options);
            const bool only_ones = providers.size() == 1 && applications.size() == 1;
            if (registration != nullptr || only_ones) {
                result.push_back({&provider, &application, registration});
            }
        }
    }
    return result;
}

std::vector<std::string> addresses(const Pair& pair, const Options& options) {
    if (!options.addresses.empty()) {
        return options.addresses;
    }
    if (const auto own = own_address(pair.application->value)) {
        return {*own};
    }
    if (!options.site_addresses.empty()) {
        return options.site_addresses;
    }
    constexpr std::size_t k_most = 64; // nobody opens one application at more
    auto origins = pair.registration == nullptr ? std::vector<std::string>() : registered_origins(*pair.registration);
    origins.resize(std::min(origins.size(), k_most));
    return origins;
}

std::string provider_url(const Pair& pair, const Options& options) {
    const auto bare = [](std::string url) {
        while (url.ends_with('/')) {
            url.pop_back();
        }
        return url;
    };
    if (!options.provider_url.empty()) {
        return bare(options.provider_url);
    }
    const auto& issuer = pair.application->value.issuer_url;
    const auto configured = issuer.is_unknown() ? std::nullopt : origin_of(issuer.value);
    const auto& own = pair.provider->value.issuers;
    const auto fitting = std::ranges::find_if(
        own, [&](const oidc::Text& it) { return !it.is_unknown() && configured && origin_of(it.value) == configured; });
    if (fitting != own.end()) {
        return bare(fitting->value);
    }
    const auto known = std::ranges::find_if(own, [](const oidc::Text& it) { return !it.is_unknown(); });
    if (known != own.end()) {
        return bare(known->value);
    }
    if (!options.site_provider_url.empty()) {
        return bare(options.site_provider_url);
    }
    if (!configured) {
        return {};
    }
    return address_of(pair, bare(issuer.value.substr(0, issuer.value.find("/.well-known/"))));
}

} // namespace oidcgen::lint
