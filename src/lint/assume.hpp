#pragma once

#include "lint/lint.hpp"
#include "lint/pairing.hpp"

#include <deque>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace oidcgen::lint {

/// An application of which no file was given, in the release that its files would be checked for.
struct AssumedApplication {
    std::unique_ptr<document::Document> document; ///< empty: every setting is absent from it
    ApplicationSide side;                         ///< as after installation
};

[[nodiscard]] AssumedApplication assume_application(const oidc::System& system, const Options& options);

/// True when the client was made for that application: one of its redirect URIs opens the application's app, it has all
/// pages of the application that logins return to, or one of them and the application's name.
[[nodiscard]] bool is_client_of(const oidc::Registration& registration, const ApplicationSide& application);

/// A provider of which no file was given, in the release that its files would be checked for: first with one client
/// that has everything that the application asks for, at each of the addresses at which it may be opened; then one that
/// leaves open what such a client does not decide.
[[nodiscard]] std::vector<oidc::Provider> providers_for(const oidc::System& system, const oidc::RelyingParty& party,
                                                        const std::vector<Address>& addresses, const Options& options);

/// Pairs of a side that was given and what is taken for the other one. What they point to lives in it.
class AssumedPairs {
  public:
    /// Nothing when there are files of both sides, or of none. `providers` and `applications` live longer.
    AssumedPairs(std::span<const ProviderSide> providers, std::span<const ApplicationSide> applications,
                 const Options& options);

    [[nodiscard]] std::span<const Pair> pairs() const { return m_pairs; }
    /// The assumed systems that have pairs.
    [[nodiscard]] std::span<const oidc::System* const> systems() const { return m_systems; }
    /// The documents of assumed sides, for findings that point into them.
    [[nodiscard]] std::vector<std::unique_ptr<document::Document>> take_documents() { return std::move(m_documents); }

  private:
    /// The application with settings by which it may log in with that client: first the defaults with what every
    /// installation has to be told; then those that fit the client best. A login that fails with each of them fails
    /// whatever the application is set to. `base` is where the provider is reached.
    std::vector<oidc::RelyingParty> settings_for(const oidc::Provider& provider, const oidc::Registration& registration,
                                                 const ApplicationSide& fresh, const ProviderUrl& base,
                                                 const Options& options);
    /// False when the application refuses to come back through that address.
    bool takes_override(const ApplicationSide& fresh, const std::string& uri, const Options& options);
    void assume_applications(std::span<const ProviderSide> providers, const Options& options);
    void assume_providers(std::span<const ApplicationSide> applications, const Options& options);

    std::map<std::pair<const oidc::System*, std::string>, bool> m_takes; ///< by the address of an override
    std::deque<ProviderSide> m_providers;
    std::deque<ApplicationSide> m_applications;
    std::deque<std::vector<oidc::RelyingParty>> m_parties;
    std::deque<std::vector<oidc::Provider>> m_others;
    std::vector<std::unique_ptr<document::Document>> m_documents;
    std::vector<const oidc::System*> m_systems;
    std::vector<Pair> m_pairs;
};

/// Where the provider of a pair with an assumed side is reached; never empty.
[[nodiscard]] ProviderUrl assumed_url(const Pair& pair, const Options& options);

} // namespace oidcgen::lint
