#include "lint/pairing.hpp"

#include "util/text.hpp"
#include "util/url.hpp"

#include <algorithm>
#include <array>
#include <iterator>
#include <optional>
#include <set>
#include <string_view>
#include <tuple>
#include <unordered_map>
#include <utility>

namespace oidcgen::lint {

namespace {

std::string_view name_of(const ProviderSide& side) { return side.document->source().name(); }

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

/// Whether a client of another id may be the application's: its id is nearly the same, or one of its redirect URIs has
/// the path or the scheme of one of the application's own. What is not known may be.
bool is_related(const oidc::Registration& registration, const ApplicationSide& application) {
    const auto& party = application.value;
    const auto& id = registration.client_id;
    const std::array<std::string_view, 1> ids{id.value};
    if (id.is_unknown() || party.client_id.is_unknown() || util::nearest(party.client_id.value, ids) ||
        registration.redirect_uris.is_unknown() || registration.redirect_uris.value.empty()) {
        return true;
    }
    const auto& system = *application.system->application;
    return std::ranges::any_of(system.ways, [&](const oidc::LoginWay& way) {
        const oidc::RedirectUri own{system.redirect(party, way, "https://host.invalid").uri};
        const auto part = own.telling_part();
        return std::ranges::any_of(registration.redirect_uris.value, [&](const auto& it) {
            return it.is_unknown() ||
                   (!part.empty() && it.value.is_web() == own.is_web() && it.value.telling_part() == part);
        });
    });
}

/// An application has no more providers than these, the first ones by name: what is more costs the square of the files.
constexpr std::size_t k_most_providers = 16;

struct Candidate {
    const ProviderSide* provider = nullptr;
    const oidc::Registration* registration = nullptr;
};
using Candidates = std::vector<Candidate>; ///< a provider each, in the order of their names

/// The clients of all providers, looked up by what an application says of itself. Of several clients of one provider
/// the first one counts.
class Clients {
  public:
    explicit Clients(std::span<const ProviderSide> providers) {
        std::ranges::transform(providers, std::back_inserter(m_sides), [](const ProviderSide& it) { return &it; });
        std::ranges::stable_sort(m_sides, {}, [](const ProviderSide* it) { return name_of(*it); });
        for (const auto* const side : m_sides) {
            for (const auto& it : side->value.registrations) {
                if (!it.client_id.is_unknown()) {
                    add_to(m_by_id[it.client_id.value], {side, &it});
                }
            }
        }
    }

    [[nodiscard]] Candidates with_id(const oidc::RelyingParty& party) const {
        if (party.client_id.is_unknown() || party.client_id.value.empty()) {
            return {};
        }
        const auto found = m_by_id.find(party.client_id.value);
        return found == m_by_id.end() ? Candidates() : found->second;
    }

    /// Clients of another id that may be meant all the same: by the address at which the application is opened, else
    /// the only ones of their provider, when they are related to the application.
    [[nodiscard]] Candidates likely(const ApplicationSide& application, std::span<const std::string> origins) {
        look_at_addresses();
        Candidates result;
        const auto add_some = [&](const Candidates& more) {
            for (const auto& it : more) {
                if (std::ranges::find(result, it.provider, &Candidate::provider) == result.end()) {
                    result.push_back(it);
                }
            }
        };
        for (const auto& origin : origins) {
            if (const auto found = m_by_origin.find(origin); found != m_by_origin.end()) {
                add_some(found->second);
            }
        }
        for (const auto& it : m_only) {
            if (is_related(*it.registration, application)) {
                add_some({it});
            }
        }
        std::ranges::stable_sort(result, {}, [](const Candidate& it) { return name_of(*it.provider); });
        return result;
    }

  private:
    /// One more than is looked at shows that there are more.
    static void add_to(Candidates& all, const Candidate& one) {
        if (all.size() <= k_most_providers && (all.empty() || all.back().provider != one.provider)) {
            all.push_back(one);
        }
    }

    /// Addresses are taken apart when they are needed, and once.
    void look_at_addresses() {
        for (const auto* const side : std::exchange(m_sides, {})) {
            const auto& registrations = side->value.registrations;
            for (const auto& registration : registrations) {
                for (const auto& uri : registration.redirect_uris.value) {
                    if (const auto origin = uri.value.is_web() ? origin_of(uri.value.text) : std::nullopt) {
                        add_to(m_by_origin[*origin], {side, &registration});
                    }
                }
            }
            if (registrations.size() == 1) {
                add_to(m_only, {side, &registrations.front()});
            }
        }
    }

    std::vector<const ProviderSide*> m_sides; ///< whose addresses were not looked at
    std::unordered_map<std::string_view, Candidates> m_by_id;
    std::unordered_map<std::string, Candidates> m_by_origin;
    Candidates m_only; ///< of providers with a single client
};

/// Where the application may be opened, as far as that is said.
std::vector<std::string> likely_origins(const oidc::RelyingParty& party, const Options& options) {
    auto origins = options.addresses;
    if (const auto own = own_address(party)) {
        origins.push_back(*own);
    }
    origins.insert(origins.end(), options.site_addresses.begin(), options.site_addresses.end());
    return origins;
}

/// The address at which a provider has that issuer for the client: the issuer itself, or what is left of it without the
/// path of the client.
std::string address_of(const Pair& pair, std::string issuer) {
    const auto& provider = pair.provider->value;
    if (provider.system->provider->issuer == nullptr) {
        return issuer;
    }
    const auto origin = util::origin_part(issuer).size();
    constexpr int k_most = 16; // parts of the path; an issuer has a few
    auto size = issuer.size();
    for (int part = 0; part < k_most && size > origin; ++part, size = issuer.rfind('/', size - 1)) {
        auto base = issuer.substr(0, size);
        if (oidc::issuer_of(provider, pair.registration, base) == issuer) {
            return base;
        }
    }
    return issuer.substr(0, origin);
}

/// An origin among the registered redirect URIs.
struct RegisteredOrigin {
    std::string text;
    document::Place place{};     ///< of the first entry there
    std::size_t entries = 0;     ///< how many are there
    std::size_t fitting = 0;     ///< how many ways to log in find their entry there
    bool is_by_provider = false; ///< in the provider's domain

    [[nodiscard]] auto rank() const { return std::tuple(fitting, entries); }
};

std::vector<RegisteredOrigin> registered_origins(const Pair& pair) {
    std::vector<RegisteredOrigin> origins;
    std::unordered_map<std::string, std::size_t> positions;
    for (const auto& uri : pair.registration->redirect_uris.value) {
        const auto origin = uri.is_unknown() || !uri.value.is_web() ? std::nullopt : origin_of(uri.value.text);
        if (origin) {
            const auto [at, is_new] = positions.try_emplace(*origin, origins.size());
            if (is_new) {
                origins.push_back({*origin, uri.place});
            }
            ++origins[at->second].entries;
        }
    }
    if (std::ranges::any_of(origins, [](const RegisteredOrigin& it) { return it.text.starts_with("https:"); })) {
        std::erase_if(origins, [](const RegisteredOrigin& it) { return !it.text.starts_with("https:"); });
    }
    return origins;
}

/// How many ways to log in that return to the address itself would find their redirect URI registered.
std::size_t fitting_ways(const Pair& pair, const std::string& origin) {
    const auto& system = *pair.application->system->application;
    const auto& provider = *pair.provider->system->provider;
    return static_cast<std::size_t>(std::ranges::count_if(system.ways, [&](const oidc::LoginWay& way) {
        const auto request =
            way.is_at_address ? system.redirect(pair.application->value, way, origin) : oidc::RedirectRequest{};
        return !request.uri.empty() && std::ranges::any_of(pair.registration->redirect_uris.value, [&](const auto& it) {
            return !it.is_unknown() && provider.redirect_matches(it.value, request.uri);
        });
    }));
}

/// The last two names of a host.
std::string domain_of(std::string_view url) {
    const auto origin = util::parse_origin(util::origin_part(url));
    const auto host = origin ? origin->host : std::string();
    const auto last = host.rfind('.');
    const auto before = last == std::string::npos || last == 0 ? last : host.rfind('.', last - 1);
    return before == std::string::npos ? host : host.substr(before + 1);
}

std::vector<Address> registered_addresses(const Pair& pair, const Options& options) {
    constexpr std::size_t k_most = 64; // nobody opens one application at more
    auto origins = registered_origins(pair);
    origins.resize(std::min(origins.size(), k_most));
    const auto domain = domain_of(provider_url(pair, options));
    for (auto& it : origins) {
        it.fitting = fitting_ways(pair, it.text);
        it.is_by_provider = !domain.empty() && domain_of(it.text) == domain;
    }
    std::ranges::stable_sort(origins, [](const RegisteredOrigin& left, const RegisteredOrigin& right) {
        return std::tuple(left.rank(), left.is_by_provider) > std::tuple(right.rank(), right.is_by_provider);
    });
    const auto ways = pair.application->system->application->ways;
    const auto complete = static_cast<std::size_t>(std::ranges::count_if(ways, &oidc::LoginWay::is_at_address));
    std::vector<Address> result;
    std::vector<std::string_view> taken;
    for (const auto& it : origins) {
        const bool may_be_misspelt = it.fitting < complete && util::nearest(it.text, taken);
        if (it.rank() == origins.front().rank() && !may_be_misspelt) {
            result.push_back({it.text, report::AddressFrom::redirect_uris, it.place});
            taken.push_back(it.text);
        }
    }
    return result;
}

} // namespace

Pairs pairs(std::span<const ProviderSide> providers, std::span<const ApplicationSide> applications,
            const Options& options) {
    Clients clients(providers);
    Pairs result;
    for (const auto& application : applications) {
        auto candidates = clients.with_id(application.value);
        if (candidates.empty()) {
            candidates = clients.likely(application, likely_origins(application.value, options));
        }
        if (candidates.empty() && providers.size() == 1 && applications.size() == 1) {
            candidates.push_back({&providers.front(), nullptr});
        }
        if (candidates.size() > k_most_providers) {
            result.cut.push_back(&application);
            candidates.resize(k_most_providers);
        }
        for (const auto& it : candidates) {
            result.pairs.push_back({it.provider, &application, it.registration});
        }
    }
    std::ranges::stable_sort(result.pairs, {}, [](const Pair& it) {
        return std::pair(std::string_view(it.provider->document->source().name()),
                         std::string_view(it.application->document->source().name()));
    });
    return result;
}

std::vector<Address> addresses(const Pair& pair, const Options& options) {
    using report::AddressFrom;
    const auto from = [](const std::vector<std::string>& origins, AddressFrom source) {
        std::vector<Address> result;
        for (const auto& origin : origins) {
            result.push_back({origin, source, {}});
        }
        return result;
    };
    if (!options.addresses.empty()) {
        return from(options.addresses, AddressFrom::option);
    }
    const auto& party = pair.application->value;
    if (const auto own = own_address(party)) {
        return {{*own, AddressFrom::application, party.external_address.place}};
    }
    if (!options.site_addresses.empty()) {
        return from(options.site_addresses, AddressFrom::site);
    }
    const bool is_registered = pair.registration != nullptr && pair.assumed != oidc::Wing::provider;
    auto registered = is_registered ? registered_addresses(pair, options) : std::vector<Address>();
    if (registered.empty()) {
        registered.emplace_back();
    }
    return registered;
}

std::string provider_url(const Pair& pair, const Options& options) {
    const auto bare = [](std::string_view url) { return std::string(util::without_final_slashes(url)); };
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
