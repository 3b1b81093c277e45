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

/// Pairs of a side that was given and what is taken for the other one. What they point to lives in it.
class AssumedPairs {
  public:
    /// Every application with every provider of which only `published` metadata was given. Without any, nothing when
    /// there are files of both sides, or of none. All three live longer.
    AssumedPairs(std::span<const ProviderSide> providers, std::span<const ProviderSide> published,
                 std::span<const ApplicationSide> applications, const Options& options);

    [[nodiscard]] std::span<const Pair> pairs() const { return m_pairs; }
    /// The assumed systems that have pairs.
    [[nodiscard]] std::span<const oidc::System* const> systems() const { return m_systems; }
    /// The documents of assumed sides, for findings that point into them.
    [[nodiscard]] std::vector<std::unique_ptr<document::Document>> take_documents() { return std::move(m_documents); }

  private:
    /// The application with settings by which it may log in with that client: first the defaults with what every
    /// installation has to be told; then those that fit the client best. A login that fails with each of them fails
    /// whatever the application is set to. `own` are its redirect URIs, `base` is
    /// where the provider is reached.
    std::vector<oidc::RelyingParty> settings_for(const oidc::Provider& provider, const oidc::Registration& registration,
                                                 const ApplicationSide& fresh, const std::vector<OwnUri>& own,
                                                 const ProviderUrl& base, const Options& options);
    /// False when the application refuses to come back through that address.
    bool takes_override(const ApplicationSide& fresh, const std::string& uri, const Options& options);
    void assume_applications(std::span<const ProviderSide> providers, const Options& options);
    /// `published`: with its metadata; null: nothing is known of it.
    void assume_provider(const ProviderSide* published, const ApplicationSide& application, const Options& options);

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
