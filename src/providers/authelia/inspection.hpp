#pragma once

#include "providers/authelia/decode.hpp"
#include "providers/authelia/known_keys.hpp"
#include "providers/authelia/settings.hpp"
#include "rule/findings.hpp"
#include "util/words.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

namespace oidcgen::providers::authelia {

/// The keys of the provider as clients refer to them.
struct KeyTable {
    struct Entry {
        document::Place place;
        std::string key_id;
        std::string use;
        std::string algorithm;
        Key key; ///< of kind `none` when it is filled in later or could not be read
    };
    std::vector<Entry> entries; ///< in the order of the file
    std::unordered_set<std::string> signing_key_ids;
    std::vector<std::string> signing_algs; ///< each once, in the order of the file
    /// There may be more keys than these: some are filled in later, or are elsewhere.
    bool is_open = false;
};

/// What the rest of the provider's section lets clients refer to.
struct Names {
    KeyTable keys;
    std::vector<std::string_view> policies; ///< with the two that are always there
    std::vector<std::string_view> lifespans;
    std::unordered_map<std::string_view, const ClaimsPolicySettings*> claims_policies;
    std::unordered_map<std::string_view, const ScopeSettings*> scopes;
    std::vector<std::string_view> known_scopes; ///< standard and custom ones, in the order of Authelia's message
    std::unordered_set<std::string_view> custom_claims;
};

/// What the checks share while one file is inspected.
struct Inspection {
    const Release& release;
    const KnownKeys& keys;
    rule::Findings& findings;
    const ProviderSettings& provider;
    /// The file is only a part of the section, so nothing is concluded from what it does not hold.
    bool is_snippet = false;
    bool is_literal = false;
    oidc::Form form = oidc::Form::settings;
    bool is_cut = false; ///< the file could not be read to its end
    std::optional<oidc::Filters> filters{};
    /// Secrets of this configuration come from outside the file, and a key may too.
    bool has_secrets_elsewhere = false;
    document::Cursor root{};
    Names names{};
    std::string_view client{};                  ///< that findings are about
    std::optional<rule::Finding> start_fault{}; ///< the first that Authelia finds when it starts, not when it checks

    void add(const rule::Rule& rule, util::Words message, document::Place place, util::Words help = {});
    void add_finding(rule::Finding finding);
    /// A value that is not one of those allowed there; `what` as in "an authentication method".
    void add_unknown(const rule::Rule& rule, std::string_view value, std::string_view what,
                     std::span<const std::string_view> allowed, document::Place place);
};

/// Where a setting is, or where it belongs.
template <class S>
[[nodiscard]] document::Place place_of(const S& setting, const document::Cursor& owner, std::string_view name) {
    return setting.at ? setting.at.place() : owner.missing(name);
}

/// The algorithm and the key id that hold for a pair of settings: where one is missing, that of the first fitting key.
struct ResolvedAlgorithm {
    std::string algorithm;
    std::string key_id;
};
[[nodiscard]] ResolvedAlgorithm resolve_algorithm(const KeyTable& keys, std::string_view algorithm,
                                                  std::string_view key_id, std::string_view default_algorithm);

// check/keys.cpp: what is wrong with the provider's keys, and which of them clients can refer to.
void check_provider_keys(Inspection& inspection);
// check/provider.cpp
void check_provider(Inspection& inspection);
// check/cors.cpp
void check_cors(Inspection& inspection);
// check/policies.cpp
void check_policies(Inspection& inspection);
// check/claims.cpp
void check_claims(Inspection& inspection);
// check/expressions.cpp: what Authelia compiles when it starts.
void check_expressions(Inspection& inspection);

/// What Authelia fills in for lists of a client that are left out.
struct ClientDefaults {
    ListSetting scopes;
    ListSetting response_types;
};
[[nodiscard]] ClientDefaults client_defaults(const KnownKeys& keys);

/// The flows of a client with what Authelia fills in for settings that are left out.
struct Flows {
    bool has_client_credentials = false;
    bool has_bearer_scope = false; ///< nothing but scopes is filled in for these clients
    const ListSetting* scopes = nullptr;
    const ListSetting* response_types = nullptr;
    ListSetting grant_types;
};
[[nodiscard]] Flows flows_of(const Client& client, const ClientDefaults& defaults);

/// Faults a value that is in a list twice. `among`: only such values count; empty: all.
void check_repeated(Inspection& inspection, const ListSetting& list, std::span<const std::string_view> among,
                    rule::Consequence consequence);

// Of one client, in the order of Authelia's messages.
void check_identity(Inspection& inspection, const Client& client, const Flows& flows);
void check_bearer_scope(Inspection& inspection, const Client& client, const Flows& flows);
void check_scopes(Inspection& inspection, const Client& client, const Flows& flows);
void check_flows(Inspection& inspection, const Client& client, const Flows& flows);
void check_redirect_uris(Inspection& inspection, const Client& client);
/// Addresses without encryption that the provider returns to all the same.
void check_http_redirects(Inspection& inspection, const oidc::Provider& provider,
                          const oidc::Registration& registration);
void check_responses(Inspection& inspection, const Client& client);
void check_sector_identifier(Inspection& inspection, const Client& client);
void check_client_keys(Inspection& inspection, const Client& client);
void check_authentication(Inspection& inspection, const Client& client, const Flows& flows);

/// Ids of all clients together.
class ClientIds {
  public:
    void add(const Client& client);
    void report(Inspection& inspection) const;

  private:
    struct Repeated {
        std::string_view id;
        document::Cursor at{};
        document::Cursor first{};
    };
    struct Missing {
        document::Cursor client{};
        document::Cursor id{}; ///< empty when the setting is absent
    };

    std::unordered_map<std::string_view, document::Cursor> m_first;
    std::vector<Repeated> m_repeated;
    std::vector<Missing> m_missing;
};

} // namespace oidcgen::providers::authelia
