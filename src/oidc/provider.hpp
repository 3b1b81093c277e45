#pragma once

#include "oidc/behaviour.hpp"
#include "oidc/located.hpp"
#include "oidc/metadata.hpp"
#include "oidc/registration.hpp"
#include "oidc/terms.hpp"
#include "rule/rule.hpp"
#include "util/version.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace oidcgen::oidc {

/// A claim that a provider takes from an attribute of its users.
struct OwnClaim {
    Text name;      ///< as it is sent
    Text attribute; ///< of the user
    /// How the attribute is computed, when the file defines it; empty: it comes from the user directory.
    Text expression;
    std::string scope{}; ///< that has to be granted for it; empty: no certain one
};

/// Which claims go where, beyond those that a scope asks for.
struct ClaimRules {
    Text name;
    Texts id_token; ///< claims that go into the ID token
    std::vector<OwnClaim> own_claims;
};

/// A scope beyond the standard ones, and the claims that it asks for.
struct CustomScope {
    Text name;
    Texts claims;
};

/// What a policy decides about a person.
enum class Access : std::uint8_t { one_factor, two_factor, deny };

/// Who may log in with a client.
struct AccessPolicy {
    Text name;
    Located<Access> otherwise; ///< when no rule applies
    struct Rule {
        document::Place place;
        Access access = Access::two_factor;
        bool names_subjects = false; ///< applies to some users or groups only
        bool names_networks = false; ///< applies to some networks only
    };
    std::vector<Rule> rules;
};

/// A key with which a provider signs or decrypts (RFC 7517).
struct ProviderKey {
    document::Place place;
    std::string key_id; ///< `kid`, the provider's default one too
    std::string use;    ///< `sig` or `enc`
    SigningAlgorithm algorithm;
    std::string type;    ///< `kty`: `RSA`, `EC`; empty when the key could not be read (a placeholder)
    std::string curve{}; ///< `crv` of an EC key: `P-256`
    int bits = 0;        ///< of an RSA key's modulus
};

/// A rule for the requests about which a proxy asks the provider before it lets them through. The first one that
/// applies decides. Patterns are of the provider's own kind.
struct ProxyRule {
    document::Place place;          ///< of what names the host
    std::vector<Text> hosts{};      ///< names, with wildcards
    std::vector<Text> host_forms{}; ///< regular expressions; a rule applies to what either list has
    std::vector<Text> path_forms{}; ///< regular expressions; empty: every path
    bool skips_get = false;         ///< applies to other methods only
    bool is_narrow = false;         ///< applies to some of these requests only
    Text decision{};                ///< in the provider's word
};

/// For which clients a provider asks for PKCE.
enum class CodeChallengeDemand : std::uint8_t { never, public_clients_only, always };

struct System;

/// The provider: what it says of itself and does besides keeping registrations.
struct Provider {
    const System* system = nullptr; ///< not null; answers what a login asks the provider
    util::Version version;
    document::Place place;
    ProviderBehaviour behaviour;
    /// The file holds only a part of the provider's section, so what it does not say may stand elsewhere.
    bool is_snippet = false;

    /// The addresses under which people and applications may reach it, without final slash. They are its issuer
    /// identifiers (RFC 8414 section 2), unless it has others for its clients: see issuer_of().
    std::vector<Text> issuers;
    std::vector<ProviderKey> keys;
    std::vector<ClaimRules> claim_rules;
    std::vector<CustomScope> scopes;
    std::vector<AccessPolicy> access_policies;
    Located<CodeChallengeDemand> code_challenge_demand;
    Located<bool> takes_plain_code_challenge;
    Located<bool> require_pushed_authorization_requests; ///< RFC 9126, of every client
    Located<std::int64_t> shortest_state;                ///< least length of `state`; -1: any
    /// Why it does not start although the check of its settings passes: the first finding that makes every login fail.
    std::optional<rule::Finding> start_fault;
    /// Where the setting stands because of which the metadata address answers with an error; nowhere: it answers.
    document::Place metadata_fails{};
    /// Where it is switched off although it has clients, which another file of values may change; nowhere: it is on.
    document::Place switched_off{};
    std::vector<ProxyRule> proxy_rules;
    /// What is decided when no rule applies, in the provider's word; empty: the file does not say.
    Text proxy_default;
    std::vector<Registration> registrations;
    /// What it publishes, when that is all that is known of it.
    std::optional<SavedMetadata> saved_metadata;
    /// Where secrets are written under names of another kind, because a setting refers to them.
    std::vector<document::Place> secrets{};
};

} // namespace oidcgen::oidc
