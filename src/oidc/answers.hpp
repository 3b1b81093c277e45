#pragma once

#include "oidc/provider.hpp"
#include "oidc/registration.hpp"
#include "oidc/relying_party.hpp"
#include "rule/rule.hpp"
#include "util/words.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace oidcgen::oidc {

// What systems answer when a login asks them.

/// Whether a login goes on behind a step.
enum class Step : std::uint8_t { goes_on, stops };

/// Where claims travel.
enum class Carrier : std::uint8_t { id_token, userinfo };

/// What a claim always is, for everybody; nothing in place of it: it depends on the person, or is not known.
struct ListConstant {};
struct NullConstant {};
using Constant = std::variant<double, std::string, bool, ListConstant, NullConstant>;

/// How a claim reaches the application.
struct Delivery {
    bool arrives = false;
    const OwnClaim* custom = nullptr; ///< its definition, for a claim of the provider's own
    std::optional<Constant> constant{};
    bool is_text = true; ///< what arrives is a text, as far as that is known
};

/// Who may pass with a client.
struct Admission {
    enum class Verdict : std::uint8_t { somebody, nobody, unknown };
    Verdict verdict = Verdict::somebody;
    document::Place place{}; ///< nobody: what decides so; unknown: what is not known
    rule::Doubt doubt{};     ///< unknown: why
    util::Words help{};      ///< nobody: what to do
};

/// Whether the application's secret is the one that the provider keeps.
enum class SecretMatch : std::uint8_t { match, mismatch, unknown };

struct SecretVerdict {
    SecretMatch match = SecretMatch::unknown;
    std::string fault{};        ///< why the provider cannot verify any secret with what it keeps; empty: it can
    bool is_digest = true;      ///< what the provider keeps is a digest; otherwise it is the secret itself
    bool is_too_costly = false; ///< unknown because verifying takes more than the budget
};

/// Where the provider leads after a logout through an address that the application was given.
struct LogoutReturn {
    bool is_refused = false;
    std::string host{};     ///< where it should lead, and does not
    std::string proposal{}; ///< the address that would do
};

/// A path of an application that programs ask, which never sign in at the provider.
struct OpenPath {
    std::string_view path;    ///< the path, or the folder of it, as messages name it
    std::string_view request; ///< one that is asked there
};

/// What the provider answers a proxy that asks it about requests of programs that never sign in.
struct ProxyAnswer {
    enum class Verdict : std::uint8_t { passes, stopped, unknown };
    Verdict verdict = Verdict::passes;
    document::Place place{};               ///< stopped: what decides so
    bool names_host = false;               ///< stopped: somebody made a rule for this host
    std::vector<std::string_view> paths{}; ///< those that are stopped there
    util::Words help{};                    ///< stopped: what to do
};

/// Why the provider asks a person again at every login whether the application may have what it asks for.
struct AskedAgain {
    enum class Cause : std::uint8_t { none, setting, scope, prompt };
    Cause cause = Cause::none;
    std::string_view word{};   ///< the scope or the prompt
    document::Place setting{}; ///< of the client, where it decides
    util::Words help{};        ///< what to do when the setting decides
};

struct Attempt;

/// One check of a provider on a login's way.
using Check = Step (*)(Attempt&);

/// What an authorization request sends as redirect URI.
struct RedirectRequest {
    std::string uri;
    /// The setting that it comes from; nowhere: the application itself, or the address at which it is opened.
    document::Place setting{};
    std::string_view setting_noun{}; ///< what a sentence calls it: `the mobile override`
    /// The place of what is not known and decides the URI; nowhere: it is known.
    document::Place unknown{};
    bool has_holes = false; ///< parts of it are filled in later
};

/// Whether the application sees the code that the browser brings back.
struct Arrival {
    enum class Verdict : std::uint8_t { arrives, lost, unknown };
    Verdict verdict = Verdict::arrives;
    util::Words message{}; ///< lost: why; arrives: how, for the trace
    util::Words help{};    ///< lost: what to do
};

/// What a feature lacks.
struct Loss {
    std::vector<std::string_view> words; ///< what the login goes without, as reports name it
    std::optional<rule::Finding> finding;
};

/// The claims policy of the client; null when it has none, or one that is not defined.
[[nodiscard]] const ClaimRules* policy_of(const Provider& provider, const Registration& registration);

/// The claims of a login, as a feature of the application sees them.
struct Claims {
    const Provider& provider;
    const Registration& registration;
    const std::vector<std::string>& scopes;
    Carrier carrier;
    const Text& scope; ///< the application's setting

    [[nodiscard]] Delivery of(std::string_view claim) const;
    [[nodiscard]] util::Words how_to_send(std::string_view claim) const;
    /// The provider's own claim that was meant for a feature: one of the client's rules whose name speaks of that
    /// purpose, other than the one in use; else the one in use, or the application's `usual` one, in rules that the
    /// client does not have.
    struct Meant {
        const OwnClaim* claim = nullptr;
        const ClaimRules* unused = nullptr; ///< the rules that have it, which the client does not use
    };
    [[nodiscard]] Meant meant_for(std::string_view purpose, std::string_view used, std::string_view usual) const;
};

/// Something that the application does with claims, and that a login can go without.
struct Feature {
    std::string_view name;
    std::optional<Loss> (*loss)(const Claims&, const RelyingParty&) = nullptr;
};

} // namespace oidcgen::oidc
