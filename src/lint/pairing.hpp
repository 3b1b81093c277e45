#pragma once

#include "lint/lint.hpp"
#include "oidc/provider.hpp"
#include "oidc/relying_party.hpp"

#include <optional>
#include <span>
#include <string>
#include <vector>

namespace oidcgen::lint {

/// One side that was inspected.
template <class Value>
struct Side {
    const document::Document* document = nullptr;
    const oidc::System* system = nullptr;
    Value value;
    bool is_found = false;             ///< in a folder
    std::optional<std::size_t> site{}; ///< that it belongs to
};

using ProviderSide = Side<oidc::Provider>;
using ApplicationSide = Side<oidc::RelyingParty>;

/// Where a way to log in returns to, on whatever host the application is opened.
struct OwnUri {
    std::string part; ///< what tells it from the application's other ones; empty: not known
    bool is_web = false;
    bool is_at_address = false; ///< a page at the address at which the application is opened

    [[nodiscard]] bool is_like(const oidc::RedirectUri& uri) const {
        return !part.empty() && uri.is_web() == is_web && uri.telling_part() == part;
    }
};

/// One for each of the application's ways to log in.
[[nodiscard]] std::vector<OwnUri> own_uris(const ApplicationSide& application);

/// What a login is replayed with.
struct Sides {
    const oidc::Provider* provider = nullptr;
    const oidc::Registration* registration = nullptr;
    const oidc::RelyingParty* party = nullptr;
};

/// A client and the application that it is taken for. No registration: the provider has none that could be meant.
struct Pair {
    const ProviderSide* provider = nullptr;
    const ApplicationSide* application = nullptr;
    const oidc::Registration* registration = nullptr;
    /// The side of which no file was given; nothing: both were. Its document holds nothing, or is null.
    std::optional<oidc::Wing> assumed{};
    std::vector<Sides> others{}; ///< how an assumed side may be set instead
};

/// Pairs, ordered by the names of their files, and applications that have more providers than are looked at.
struct Pairs {
    std::vector<Pair> pairs;
    std::vector<const ApplicationSide*> cut;
};

/// Which client belongs to which application: the same client id, else a redirect URI on the application's address,
/// else the only client there is, when its id or its redirect URIs are like the application's; with one provider and
/// one application they are a pair in any case. An application is paired with 16 providers at most, the first ones by
/// name.
[[nodiscard]] Pairs pairs(std::span<const ProviderSide> providers, std::span<const ApplicationSide> applications,
                          const Options& options);

/// An origin at which people open the application.
struct Address {
    std::string origin; ///< empty: not known
    report::AddressFrom from = report::AddressFrom::nowhere;
    document::Place place{}; ///< of what says it, when that is in a file
};

/// Where people open the application: as the options say, as the application's own settings do, as the site description
/// does, else as most of the registered web redirect URIs do: the origin at which most ways to log in find theirs, and
/// then the one with most entries. Of several that are alike in this, one that differs from another by a few letters is
/// taken for misspelt; which one, the provider's domain says. Origins that lead on to anybody's application do not
/// count. Never empty; 64 at most. Addresses are told with their placeholders.
[[nodiscard]] std::vector<Address> addresses(const Pair& pair, const Options& options);

/// Where the provider is reached.
struct ProviderUrl {
    std::string text;        ///< without final slash; empty: not known
    document::Place place{}; ///< of what says it, when that is in a file
};

/// As the options say, the provider's own settings, the site description, else the application's issuer.
[[nodiscard]] ProviderUrl provider_url(const Pair& pair, const Options& options);

} // namespace oidcgen::lint
