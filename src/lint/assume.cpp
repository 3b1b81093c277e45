#include "lint/assume.hpp"

#include "document/holes.hpp"
#include "document/path.hpp"
#include "document/reader.hpp"
#include "document/value.hpp"
#include "oidc/login/attempt.hpp"
#include "site/fields.hpp"
#include "systems.hpp"
#include "util/text.hpp"

#include <algorithm>
#include <array>
#include <iterator>
#include <string>
#include <utility>
#include <variant>

namespace oidcgen::lint {

namespace {

using oidc::Known;
using oidc::Located;

template <class T>
void set(Located<T>& setting, T value) {
    setting.value = std::move(value);
    setting.known = Known::given;
}

template <class T>
Known known_as(const Located<T>& setting) {
    return setting.is_unknown() ? Known::unknown : Known::given;
}

/// The algorithm that the application expects, where a client can be registered for it (RFC 7518 section 3.1); else
/// `otherwise`.
Located<oidc::SigningAlgorithm> registrable(const Located<oidc::SigningAlgorithm>& expected,
                                            std::string_view otherwise) {
    constexpr std::array<std::string_view, 13> k_algorithms{"HS256", "HS384", "HS512", "RS256", "RS384",
                                                            "RS512", "ES256", "ES384", "ES512", "PS256",
                                                            "PS384", "PS512", "none"};
    const bool can_be =
        expected.is_unknown() || std::ranges::find(k_algorithms, expected.value.name) != k_algorithms.end();
    return {can_be ? expected.value : oidc::SigningAlgorithm{std::string(otherwise)}, {}, known_as(expected)};
}

/// Its redirect URIs that are known, as they stand there.
std::vector<std::string> known_uris(const oidc::Registration& registration) {
    std::vector<std::string> result;
    for (const auto& uri : registration.redirect_uris.value) {
        if (!uri.is_unknown()) {
            result.push_back(uri.value.text);
        }
    }
    return result;
}

/// Puts a value where the pointer says, into mappings that are made on the way.
void put(document::Value& settings, std::string_view pointer, document::Value value) {
    auto* at = &settings;
    const auto steps = document::steps_of(pointer);
    for (const auto& name : std::span(steps).subspan(1)) {
        if (!std::holds_alternative<document::Value::Members>(at->data)) {
            at->data = document::Value::Members{};
        }
        auto& members = std::get<document::Value::Members>(at->data);
        auto found = std::ranges::find(members, name, &document::Value::Members::value_type::first);
        if (found == members.end()) {
            found = members.insert(members.end(), {name, document::Value{}});
        }
        at = &found->second;
    }
    *at = std::move(value);
}

/// What the client is registered for where the application can be set to the same; else what the application has.
void fit(oidc::RelyingParty& party, const oidc::Provider& provider, const oidc::Registration& registration) {
    const auto& scopes = registration.scopes;
    if (scopes.is_unknown() || std::ranges::any_of(scopes.value, &oidc::Text::is_unknown)) {
        party.scope.known = Known::unknown;
    } else {
        std::vector<std::string> words;
        std::ranges::transform(scopes.value, std::back_inserter(words), &oidc::Text::value);
        set(party.scope, oidc::to_scope(words));
    }
    const auto& method = registration.token_endpoint_auth_method;
    const auto methods = party.behaviour.auth_methods;
    if (method.is_unknown()) {
        party.token_endpoint_auth_method.known = Known::unknown;
    } else if (std::ranges::find(methods, method.value) != methods.end()) {
        set(party.token_endpoint_auth_method, method.value);
    }
    const auto& id_token = registration.id_token_signed_response_alg;
    set(party.id_token_signed_response_alg,
        oidc::effective_algorithm(provider, id_token, registration.id_token_signing_key_id));
    if (party.behaviour.userinfo_alg_is_setting) {
        const auto& userinfo = registration.userinfo_signed_response_alg;
        set(party.userinfo_signed_response_alg,
            oidc::effective_algorithm(provider, userinfo, registration.userinfo_signing_key_id));
    }
    set(party.allow_insecure_requests, true);
}

/// An application of which no file was given, in the release that its files would be checked for.
struct AssumedApplication {
    std::unique_ptr<document::Document> document; ///< empty: every setting is absent from it
    ApplicationSide side;                         ///< as after installation
};

AssumedApplication assume_application(const oidc::System& system, const Options& options) {
    const auto inspecting = inspect_options(system, options);
    const auto reading = system.reading(inspecting.version, oidc::Use::file);
    AssumedApplication result;
    result.document = document::read_document({}, "{}", reading.dialect, reading.limits);
    rule::Findings nobody_reads;
    result.side = {result.document.get(), &system,
                   system.application->inspect(*result.document, inspecting, nobody_reads)};
    return result;
}

/// True when the client was made for the application with those redirect URIs: one of the client's opens its app, the
/// client has all pages of it that logins return to, or one of them and the application's name.
bool is_client_of(const oidc::Registration& registration, const std::vector<OwnUri>& own, std::string_view name) {
    std::size_t pages = 0;
    std::size_t found = 0;
    for (const auto& mine : own) {
        pages += mine.is_web ? 1 : 0;
        const bool is_registered = std::ranges::any_of(registration.redirect_uris.value,
                                                       [&](const auto& it) { return mine.is_like(it.value); });
        if (is_registered && !mine.is_web) {
            return true;
        }
        found += is_registered ? 1 : 0;
    }
    const auto is_named = [&](const oidc::Text& text) {
        return util::lowered(text.value).find(name) != std::string::npos;
    };
    return found > 0 && (found == pages || is_named(registration.client_id) || is_named(registration.client_name));
}

/// The provider that an application most likely has, going by its issuer; the first one when that tells nothing.
const oidc::System& provider_of(const oidc::RelyingParty& party) {
    const auto all = oidcgen::systems();
    const auto found = std::ranges::find_if(all, [&](const oidc::System* it) {
        return it->provider != nullptr && it->provider->owns_issuer != nullptr &&
               it->provider->owns_issuer(party.issuer_url.value);
    });
    return found == all.end() ? *site::first_system(oidc::Wing::provider) : **found;
}

/// A provider of which no file was given, or only its metadata (`known`), in the release that its files would be
/// checked for: first with one client that has everything that the application asks for, at each of the addresses at
/// which it may be opened; then one that leaves open what such a client does not decide.
std::vector<oidc::Provider> providers_for(const oidc::Provider* known, const oidc::System& system,
                                          const oidc::RelyingParty& party, const std::vector<Address>& addresses,
                                          const Options& options) {
    auto provider = known != nullptr ? *known : oidc::Provider{};
    provider.system = &system;
    provider.version = target_of(system, options).used;
    provider.behaviour = system.provider->behaviour(provider.version);
    const std::string_view fixed = system.provider->fixed_issuer;
    const std::string_view issuer = !fixed.empty()                 ? fixed
                                    : options.provider_url.empty() ? std::string_view(party.issuer_url.value)
                                                                   : std::string_view(options.provider_url);
    if (known == nullptr) {
        provider.issuers.push_back(
            oidc::given(std::string(util::without_final_slashes(issuer.substr(0, issuer.find("/.well-known/"))))));
    }
    const auto id_token = registrable(party.id_token_signed_response_alg, "RS256");
    const auto userinfo = registrable(party.userinfo_signed_response_alg, "none");
    const bool is_on_curve = id_token.value.name.starts_with("ES");
    provider.keys.push_back({.place = {},
                             .key_id = {},
                             .use = "sig",
                             .algorithm = id_token.value,
                             .type = is_on_curve ? "EC" : "RSA",
                             .bits = 2048});

    oidc::Registration client;
    client.client_id = oidc::given(party.client_id.value);
    client.client_id.known = known_as(party.client_id);
    client.client_secret.known = Known::unknown;
    const auto& method = party.token_endpoint_auth_method;
    client.token_endpoint_auth_method = {method.value, {}, known_as(method)};
    client.is_public = {method.value == oidc::AuthMethod::none, {}, known_as(method)};
    client.scopes = oidc::given_texts(oidc::parse_scope(party.scope.value));
    client.scopes.known = known_as(party.scope);
    client.response_types = oidc::given_texts({"code"});
    client.grant_types = oidc::given_texts({"authorization_code"});
    client.id_token_signed_response_alg = id_token;
    client.userinfo_signed_response_alg = userinfo;
    client.redirect_uris.known = Known::given;
    const auto& application = *party.system->application;
    for (const auto& address : addresses) {
        for (const auto& way : application.ways) {
            const auto request = application.redirect(party, way, address.origin);
            if (request.unknown) {
                client.redirect_uris.known = Known::unknown;
                continue;
            }
            client.redirect_uris.value.push_back(oidc::given(oidc::RedirectUri{request.uri}));
        }
    }
    provider.registrations.push_back(client);
    const auto adapt = [&](oidc::Provider& it) {
        if (system.provider->adapt != nullptr) {
            system.provider->adapt(it, party);
        }
    };
    std::vector<oidc::Provider> result{provider};
    adapt(result.back());
    provider.is_snippet = true;
    provider.keys.clear();
    auto& open = provider.registrations.front();
    open.claim_rules_name.known = Known::unknown;
    open.access_policy.known = Known::unknown;
    result.push_back(provider);
    adapt(result.back());
    return result;
}

} // namespace

AssumedPairs::AssumedPairs(std::span<const ProviderSide> providers, std::span<const ProviderSide> published,
                           std::span<const ApplicationSide> applications, const Options& options) {
    if (applications.empty()) {
        assume_applications(providers, options);
        return;
    }
    for (const auto& application : applications) {
        for (const auto& it : published) {
            if (it.site == application.site) {
                assume_provider(&it, application, options);
            }
        }
        if (providers.empty() && published.empty()) {
            assume_provider(nullptr, application, options);
        }
    }
}

bool AssumedPairs::takes_override(const ApplicationSide& fresh, const std::string& uri, const Options& options) {
    const auto [found, is_new] = m_takes.try_emplace({fresh.system, uri}, true);
    if (!is_new) {
        return found->second;
    }
    const auto& party = fresh.value;
    const auto pointer_of = [&](const document::Place& place) { return fresh.document->pointer(place.path); };
    document::Value settings{document::Value::Members{}};
    put(settings, pointer_of(party.enabled.place), {true});
    put(settings, pointer_of(party.mobile_override.place), {true});
    const auto setting = pointer_of(party.mobile_redirect_uri.place);
    put(settings, setting, {uri});
    const auto inspecting = inspect_options(*fresh.system, options);
    const auto document = document::read_document({}, document::to_json(settings), fresh.document->dialect(), {});
    rule::Findings findings;
    fresh.system->application->inspect(*document, inspecting, findings);
    found->second = std::ranges::none_of(findings.findings, [&](const rule::Finding& it) {
        return it.consequence == rule::Consequence::app_refuses && document->pointer(it.place.path) == setting;
    });
    return found->second;
}

std::vector<oidc::RelyingParty> AssumedPairs::settings_for(const oidc::Provider& provider,
                                                           const oidc::Registration& registration,
                                                           const ApplicationSide& fresh, const std::vector<OwnUri>& own,
                                                           const ProviderUrl& base, const Options& options) {
    auto party = fresh.value;
    set(party.enabled, true);
    set(party.client_id, registration.client_id.value);
    party.client_id.known = known_as(registration.client_id);
    set(party.issuer_url, oidc::issuer_of(provider, &registration, base.text));
    party.issuer_url.place = base.place;
    if (options.placeholders != oidc::Placeholders::literal &&
        !document::holes(party.issuer_url.value, document::PlaceholderUse::secret_or_address).empty()) {
        party.issuer_url.known = Known::unknown;
    }
    const bool is_public = !registration.is_public.is_unknown() && registration.is_public.value;
    if (is_public && party.behaviour.empty_secret_is_public) {
        set(party.client_secret, std::string_view());
        set(party.token_endpoint_auth_method, oidc::AuthMethod::none);
    } else {
        party.client_secret.known = Known::unknown;
        party.token_endpoint_auth_method.value = party.behaviour.auth_methods.front();
        party.token_endpoint_auth_method.known = Known::defaulted;
        party.token_endpoint_auth_method.place = {}; // without a secret another setting decides
    }
    std::vector<oidc::RelyingParty> result{party};
    fit(party, provider, registration);
    result.push_back(party);
    // The app comes back through an address that can be chosen.
    constexpr std::size_t k_most = 8;
    std::size_t tried = 0;
    for (auto& uri : known_uris(registration)) {
        const oidc::RedirectUri redirect{uri};
        const bool is_page =
            std::ranges::any_of(own, [&](const OwnUri& it) { return it.is_at_address && it.is_like(redirect); });
        if (tried < k_most && !is_page) {
            ++tried;
            if (takes_override(fresh, uri, options)) {
                set(party.mobile_override, true);
                set(party.mobile_redirect_uri, oidc::RedirectUri{std::move(uri)});
                result.push_back(party);
            }
        }
    }
    return result;
}

void AssumedPairs::assume_applications(std::span<const ProviderSide> providers, const Options& options) {
    for (const auto* const system : oidcgen::systems()) {
        if (system->wing != oidc::Wing::application) {
            continue;
        }
        auto assumed = assume_application(*system, options);
        const auto own = own_uris(assumed.side);
        for (const auto& provider : providers) {
            for (const auto& registration : provider.value.registrations) {
                if (!is_client_of(registration, own, system->name)) {
                    continue;
                }
                auto& side = m_applications.emplace_back(assumed.side);
                Pair pair{&provider, &side, &registration, oidc::Wing::application, {}};
                auto& parties = m_parties.emplace_back(
                    settings_for(provider.value, registration, assumed.side, own, assumed_url(pair, options), options));
                side.value = parties.front();
                for (const auto& party : std::span(parties).subspan(1)) {
                    pair.others.push_back({&provider.value, &registration, &party});
                }
                m_pairs.push_back(std::move(pair));
            }
        }
        if (!m_applications.empty() && m_applications.back().system == system) {
            m_systems.push_back(system);
        }
        m_documents.push_back(std::move(assumed.document));
    }
}

void AssumedPairs::assume_provider(const ProviderSide* published, const ApplicationSide& application,
                                   const Options& options) {
    const auto& party = application.value;
    if (party.enabled.is_unknown() || !party.enabled.value) {
        return; // nobody logs in
    }
    const auto& system = published != nullptr ? *published->system : provider_of(party);
    auto& side = m_providers.emplace_back(published != nullptr ? *published : ProviderSide{nullptr, &system, {}});
    Pair pair{&side, &application, nullptr, oidc::Wing::provider, {}};
    auto& providers = m_others.emplace_back(providers_for(published != nullptr ? &published->value : nullptr, system,
                                                          party, addresses(pair, options), options));
    side.value = providers.front();
    pair.registration = &side.value.registrations.front();
    for (const auto& other : std::span(providers).subspan(1)) {
        pair.others.push_back({&other, &other.registrations.front(), &party});
    }
    m_pairs.push_back(std::move(pair));
    if (std::ranges::find(m_systems, &system) == m_systems.end()) {
        m_systems.push_back(&system);
    }
}

ProviderUrl assumed_url(const Pair& pair, const Options& options) {
    auto url = provider_url(pair, options);
    if (url.text.empty()) {
        url.text = "https://provider.invalid";
    }
    return url;
}

} // namespace oidcgen::lint
