#include "lint/pairing.hpp"

#include "document/hole_text.hpp"
#include "oidc/hole_text.hpp"
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

template <class Value>
std::string_view name_of(const Side<Value>& side) {
    return side.document->source().name();
}

/// The origin of an address with or without a path behind it, as a browser writes it.
std::optional<std::string> origin_of(std::string_view url) {
    if (url.find("://") == std::string_view::npos) {
        return std::nullopt;
    }
    const auto origin = util::parse_origin(util::origin_part(url));
    return origin ? std::optional(to_string(*origin)) : std::nullopt;
}

/// The same of a text that may have holes, which the origin has too.
std::optional<std::string> origin_of(const document::HoleText& text) {
    document::HoleNames names;
    const auto origin = origin_of(names.named(text));
    return origin ? std::optional(names.restored(*origin)) : std::nullopt;
}

std::optional<std::string> origin_of(const oidc::Text& text) { return origin_of(oidc::hole_text(text)); }

std::optional<std::string> origin_of(const oidc::Located<oidc::RedirectUri>& uri) {
    if (uri.value.is_pattern) {
        return std::nullopt;
    }
    document::HoleNames names;
    const oidc::RedirectUri named{names.named(document::hole_text(uri.value.text, uri.is_unknown()))};
    const auto origin = named.is_web() ? origin_of(named.text) : std::nullopt;
    return origin ? std::optional(names.restored(*origin)) : std::nullopt;
}

/// What the application's own settings say about its address.
std::optional<std::string> own_address(const oidc::RelyingParty& party) {
    const auto& text = party.external_address;
    if (text.value.empty()) {
        return std::nullopt;
    }
    const auto origin = origin_of(text);
    return origin ? origin : origin_of(oidc::Text{"https://" + text.value, text.place, text.known});
}

/// A client id by which clients are found; one with holes is found by an equal one.
bool is_telling(const oidc::Text& id) {
    return !id.value.empty() && oidc::is_partly_known(id, document::PlaceholderUse::identifier);
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
    const auto own = own_uris(application);
    return std::ranges::any_of(registration.redirect_uris.value, [&](const auto& uri) {
        return uri.is_unknown() || std::ranges::any_of(own, [&](const OwnUri& it) { return it.is_like(uri.value); });
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
                if (!it.client_id.is_unknown() || is_telling(it.client_id)) {
                    add_to(m_by_id[it.client_id.value], {side, &it});
                }
            }
        }
    }

    [[nodiscard]] Candidates with_id(const oidc::RelyingParty& party) const {
        if (!is_telling(party.client_id)) {
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
                    if (const auto origin = origin_of(uri)) {
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
    const auto whole = document::hole_text(issuer, pair.application->value.issuer_url.is_unknown());
    const auto origin = util::origin_part(document::without_holes(whole)).size();
    constexpr int k_most = 16; // parts of the path; an issuer has a few
    auto size = issuer.size();
    for (int part = 0; part < k_most && size > origin; ++part, size = issuer.rfind('/', size - 1)) {
        auto base = issuer.substr(0, size);
        if (util::without_final_slashes(oidc::issuer_of(provider, pair.registration, base)) == issuer) {
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
    const auto forwarders = pair.application->system->application->forwarders;
    std::vector<RegisteredOrigin> origins;
    std::unordered_map<std::string, std::size_t> positions;
    for (const auto& uri : pair.registration->redirect_uris.value) {
        const auto origin = origin_of(uri);
        if (origin && std::ranges::find(forwarders, *origin) == forwarders.end()) {
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
            return it.is_unknown() ? it.value.text == request.uri : provider.redirect_matches(it.value, request.uri);
        });
    }));
}

/// The last two names of a host; a hole at its end alone.
std::string domain_of(const document::HoleText& url) {
    document::HoleNames names;
    const auto named = names.named(url);
    const auto origin = util::parse_origin(util::origin_part(named));
    const auto host = origin ? origin->host : std::string();
    if (const auto name = host.rfind('.') + 1; names.holds_any(std::string_view(host).substr(name))) {
        return names.restored(host.substr(name));
    }
    const auto last = host.rfind('.');
    const auto before = last == std::string::npos || last == 0 ? last : host.rfind('.', last - 1);
    return names.restored(before == std::string::npos ? host : host.substr(before + 1));
}

std::vector<Address> registered_addresses(const Pair& pair, const Options& options) {
    constexpr std::size_t k_most = 64; // nobody opens one application at more
    auto origins = registered_origins(pair);
    origins.resize(std::min(origins.size(), k_most));
    // An origin that was given as it is has no marks of holes.
    const auto with_holes = [](std::string_view text) {
        return document::hole_text(text, true, document::PlaceholderUse::identifier);
    };
    const auto url = provider_url(pair, options);
    const auto domain = domain_of(with_holes(url.text));
    for (auto& it : origins) {
        it.fitting = fitting_ways(pair, it.text);
        it.is_by_provider = !domain.empty() && domain_of(with_holes(it.text)) == domain;
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

/// The site of a project that a pair belongs to; an assumed side belongs to that of the other one.
std::optional<std::size_t> site_of(const Pair& pair) {
    return pair.application->site ? pair.application->site : pair.provider->site;
}

/// How many folders two paths have in common.
std::size_t common_folders(std::string_view left, std::string_view right) {
    std::size_t result = 0;
    for (std::size_t at = 0; at < std::min(left.size(), right.size()) && left[at] == right[at]; ++at) {
        result += left[at] == '/' ? 1 : 0;
    }
    return result;
}

/// Of files that were found in folders and nobody said belong together, those in the nearest folder do.
template <class Candidates>
void keep_nearest(const ApplicationSide& application, Candidates& candidates) {
    const auto nearness = [&](const auto& it) { return common_folders(name_of(*it.provider), name_of(application)); };
    const bool are_found =
        application.is_found && std::ranges::all_of(candidates, [](const auto& it) { return it.provider->is_found; });
    if (!are_found || candidates.empty()) {
        return;
    }
    std::size_t best = 0;
    for (const auto& it : candidates) {
        best = std::max(best, nearness(it));
    }
    std::erase_if(candidates, [&](const auto& it) { return nearness(it) < best; });
}

} // namespace

std::vector<OwnUri> own_uris(const ApplicationSide& application) {
    // An address that nobody has (RFC 6761 section 6.4).
    constexpr std::string_view k_nowhere = "https://host.invalid";
    const auto& system = *application.system->application;
    std::vector<OwnUri> result;
    result.reserve(system.ways.size());
    for (const auto& way : system.ways) {
        const oidc::RedirectUri uri{system.redirect(application.value, way, k_nowhere).uri};
        result.push_back({uri.telling_part(), uri.is_web(), way.is_at_address});
    }
    return result;
}

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
        std::erase_if(candidates, [&](const auto& it) { return it.provider->site != application.site; });
        keep_nearest(application, candidates);
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
        result.reserve(origins.size());
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
    const auto site = site_of(pair);
    if (site && !options.sites[*site].addresses.empty()) {
        return from(options.sites[*site].addresses, AddressFrom::site);
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

ProviderUrl provider_url(const Pair& pair, const Options& options) {
    const auto bare = [](std::string_view url) { return std::string(util::without_final_slashes(url)); };
    const auto& saved = pair.provider->value.saved_metadata;
    if (saved && origin_of(saved->issuer)) { // an issuer may have a path
        return {bare(saved->issuer.value), saved->issuer.place};
    }
    if (!options.provider_url.empty()) {
        return {bare(options.provider_url)};
    }
    const auto& issuer = pair.application->value.issuer_url;
    const auto configured = origin_of(issuer);
    const auto& own = pair.provider->value.issuers;
    const auto fitting =
        std::ranges::find_if(own, [&](const oidc::Text& it) { return configured && origin_of(it) == configured; });
    if (fitting != own.end()) {
        return {bare(fitting->value), fitting->place};
    }
    const auto with_holes = [](std::string_view text) {
        return document::hole_text(text, true, document::PlaceholderUse::identifier);
    };
    const auto possible = std::ranges::find_if(own, [&](const oidc::Text& it) {
        const auto origin = origin_of(it);
        return configured && origin && (it.is_unknown() || issuer.is_unknown()) &&
               compare(with_holes(*origin), with_holes(*configured)).likeness == document::Likeness::open;
    });
    if (possible != own.end()) {
        return {bare(possible->value), possible->place};
    }
    const auto known =
        std::ranges::find_if(own, [](const oidc::Text& it) { return !it.is_unknown() || origin_of(it).has_value(); });
    if (known != own.end()) {
        return {bare(known->value), known->place};
    }
    if (const auto site = site_of(pair); site && !options.sites[*site].provider_url.empty()) {
        return {bare(options.sites[*site].provider_url)};
    }
    if (!options.site_provider_url.empty()) {
        return {bare(options.site_provider_url)};
    }
    if (!configured) {
        return {};
    }
    return {address_of(pair, bare(issuer.value.substr(0, issuer.value.find("/.well-known/")))), issuer.place};
}

} // namespace oidcgen::lint
