#pragma once

#include "document/reader.hpp"
#include "document/value.hpp"
#include "oidc/behaviour.hpp"
#include "oidc/metadata.hpp"
#include "oidc/provider.hpp"
#include "oidc/relying_party.hpp"
#include "rule/rule.hpp"
#include "secret/digest.hpp"
#include "secret/secret.hpp"
#include "util/error.hpp"
#include "util/version.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace oidcgen::oidc {

/// Whether a login goes on behind a step.
enum class Step : std::uint8_t { goes_on, stops };

enum class Wing : std::uint8_t { provider, application };

/// The releases of one line, `major.minor.0` to `major.minor.last_patch`.
struct ReleaseLine {
    int major = 0;
    int minor = 0;
    int last_patch = 0;
    int candidates = 0; ///< how many `major.minor.0-rc.N` there were, from N = 0
};

/// One kind of value that a setting takes.
enum class ValueType : std::uint8_t {
    boolean,
    integer,
    number,
    text,
    text_list,
    url,
    url_list,
    duration,
    digest,
    pem,
    object,
    object_list,
    object_map, ///< names chosen by the user, each with an object
};

/// One setting of a system, in the versions where it holds. A setting whose type or default changed has several rows.
struct Key {
    std::string_view path; ///< names joined by dots; `[]` behind a list, `*` for a name chosen by the user
    ValueType type = ValueType::text;
    std::string_view default_value{};            ///< as JSON; empty: none
    std::span<const std::string_view> allowed{}; ///< empty: any value of the type, or checked by a rule of its own
    util::VersionRange versions{};
    std::string_view replaced_by{}; ///< of a deprecated key: its new name, relative to the same object
};

/// How much of a provider's configuration is written.
enum class Extent : std::uint8_t {
    client,  ///< the client alone, as a list item
    snippet, ///< the client below its parent keys
    full,    ///< and what it needs of the rest: claims policies, scopes
};

/// What the official guides advise for one release of an application, where several ways work.
struct Recipe {
    AuthMethod auth_method = AuthMethod::client_secret_basic;
    bool require_pkce = true;
    /// The issuer is configured as the address of its metadata, `/.well-known/openid-configuration`.
    bool metadata_address_as_issuer = false;
};

/// Whether text like `{{ secret }}` or `${X}` stands for a value that is filled in later.
enum class Placeholders : std::uint8_t { recognised, literal };

/// How an application is given a file.
enum class Use : std::uint8_t { file, import };

/// What a release of an application made of settings that the releases before it took too.
struct ChangeOfMeaning {
    util::Version since;
    std::string_view before; ///< a clause about what the releases before did
    std::string_view after;  ///< a clause about what this release and the later ones do
    /// The setting that it is about; null when it makes no difference to these settings.
    const document::Place* (*concerned)(const RelyingParty&) = nullptr;
};

/// By whose rules a file is read.
struct Reading {
    document::Dialect dialect = document::Dialect::go_yaml;
    document::Limits limits{};

    friend bool operator==(const Reading&, const Reading&) = default;
};

/// What an inspection has to know beside the file.
struct InspectOptions {
    util::Version version;
    Placeholders placeholders = Placeholders::recognised;
    Use use = Use::file;
    std::string provider_url{}; ///< where people and applications reach the provider; empty: not known
    std::int64_t now = 0;       ///< seconds since 1970, for the validity of certificates
};

/// Where claims travel.
enum class Carrier : std::uint8_t { id_token, userinfo };

/// What a claim always is, for everybody; nothing in place of it: it depends on the person, or is not known.
struct ListConstant {};
using Constant = std::variant<double, std::string, bool, ListConstant>;

/// How a claim reaches the application.
struct Delivery {
    bool arrives = false;
    const CustomClaim* custom = nullptr; ///< its definition, for a claim of the provider's own
    std::optional<Constant> constant{};
    bool is_text = true; ///< what arrives is a text, as far as that is known
};

/// Who may pass with a client.
struct Admission {
    enum class Verdict : std::uint8_t { somebody, nobody, unknown };
    Verdict verdict = Verdict::somebody;
    document::Place place{}; ///< nobody: what decides so; unknown: what is not known
    rule::Doubt doubt{};     ///< unknown: why
    std::string help{};      ///< nobody: what to do
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

struct Attempt;

/// One check of a provider on a login's way.
using Check = Step (*)(Attempt&);

/// What a provider does beside what every system does.
struct ProviderSystem {
    ProviderBehaviour (*behaviour)(const util::Version&) = nullptr;
    /// Reads the file and finds what the provider would refuse or warn about, and what is wrong with this side alone.
    Provider (*inspect)(const document::Document&, const InspectOptions&, rule::Findings&) = nullptr;
    /// What the provider publishes for this file, for `lint --show discovery`.
    document::Value (*discovery)(const document::Document&, const InspectOptions&) = nullptr;
    /// Finds what is wrong with the secret or digest that is kept for a client, where the provider takes it all the
    /// same. `mismatch` where a login is known to fail by it.
    void (*check_secret)(const Registration&, SecretMatch, rule::Findings&) = nullptr;
    std::string (*write)(const Provider&, const util::Version&, Extent) = nullptr;

    bool keeps_digest = false; ///< of the secret, rather than the secret itself

    // What a login asks.

    /// What it publishes at a path of its own address (`base`: origin and path without final slash); nothing when that
    /// is no address of metadata. `registration` is null when it is not known which client asks.
    std::optional<Metadata> (*metadata)(const Provider&, const Registration*, std::string_view base,
                                        std::string_view path) = nullptr;
    /// The issuer of that client below the provider's address, as an application configures it; null: the address
    /// itself.
    std::string (*issuer)(const Provider&, const Registration*, std::string_view base) = nullptr;
    /// True when a registered redirect URI allows the one that was sent.
    bool (*redirect_matches)(const RedirectUri& registered, std::string_view sent) = nullptr;
    /// False when it does not send the browser back to that address although it is registered.
    bool (*returns_to)(const Provider&, const Registration&, std::string_view uri) = nullptr;
    Admission (*admission)(const Provider&, const Registration&) = nullptr;
    /// Whether and how a claim is sent to a client that was granted those scopes.
    Delivery (*deliver)(const Provider&, const Registration&, const std::vector<std::string>& scopes,
                        std::string_view claim, Carrier) = nullptr;
    /// What to do so that a claim is sent in that way, as a clause.
    std::string (*how_to_send)(std::string_view claim, Carrier) = nullptr;
    /// Compares a secret with what it keeps, which is not empty.
    SecretVerdict (*verify)(std::string_view kept, const secret::Secret&, secret::Budget&) = nullptr;
    /// Null: it has no logout that leads back.
    LogoutReturn (*logout)(std::string_view end_session_endpoint, std::string_view base,
                           std::string_view address) = nullptr;
    /// Its checks of an authorization request: before the person signs in, and once the person has agreed.
    std::span<const Check> request_checks{};
    std::span<const Check> answer_checks{};
    /// Its checks of a token request.
    std::span<const Check> token_checks{};
};

/// What an authorization request sends as redirect URI.
struct RedirectRequest {
    std::string uri;
    /// The setting that it comes from; nowhere: the application itself, or the address at which it is opened.
    document::Place setting{};
    std::string_view setting_noun{}; ///< what a sentence calls it: `the mobile override`
    /// The place of what is not known and decides the URI; nowhere: it is known.
    document::Place unknown{};
};

/// Whether the application sees the code that the browser brings back.
struct Arrival {
    enum class Verdict : std::uint8_t { arrives, lost, unknown };
    Verdict verdict = Verdict::arrives;
    std::string message{}; ///< lost: why; arrives: how, for the trace
    std::string help{};    ///< lost: what to do
};

/// What a feature lacks.
struct Loss {
    std::vector<std::string_view> words; ///< what the login goes without, as reports name it
    std::optional<rule::Finding> finding;
};

/// The claims policy of the client; null when it has none, or one that is not defined.
[[nodiscard]] const ClaimsPolicy* policy_of(const Provider& provider, const Registration& registration);

/// The claims of a login, as a feature of the application sees them.
struct Claims {
    const Provider& provider;
    const Registration& registration;
    const std::vector<std::string>& scopes;
    Carrier carrier;
    const Text& scope; ///< the application's setting

    [[nodiscard]] Delivery of(std::string_view claim) const;
    [[nodiscard]] std::string how_to_send(std::string_view claim) const;
    /// The provider's own claim whose name speaks of that purpose, other than the one in use: of the client's policy,
    /// else of any.
    struct Meant {
        const CustomClaim* claim = nullptr;
        bool is_elsewhere = false; ///< a policy has it that the client does not use
    };
    [[nodiscard]] Meant meant_for(std::string_view purpose, std::string_view used) const;
};

/// Something that the application does with claims, and that a login can go without.
struct Feature {
    std::string_view name;
    std::optional<Loss> (*loss)(const Claims&, const RelyingParty&) = nullptr;
};

/// What an application does beside what every system does.
struct ApplicationSystem {
    ClientBehaviour (*behaviour)(const util::Version&) = nullptr;
    Recipe (*recipe)(const util::Version&) = nullptr;
    std::span<const ChangeOfMeaning> changes{}; ///< ordered by release
    RelyingParty (*inspect)(const document::Document&, const InspectOptions&, rule::Findings&) = nullptr;
    /// The settings that hold after defaults, the secret masked, for `lint --show effective`.
    document::Value (*effective)(const document::Document&, const InspectOptions&) = nullptr;
    document::Value (*write)(const RelyingParty&, const util::Version&) = nullptr;

    // What a login asks.

    std::span<const LoginWay> ways{};
    std::span<const Feature> features{};
    /// The path that it asks for metadata when that path is configured.
    std::string (*metadata_path)(std::string_view configured) = nullptr;
    RedirectRequest (*redirect)(const RelyingParty&, const LoginWay&, std::string_view address) = nullptr;
    /// The redirect URI in the token request, when that is what the authorization request sent.
    std::string (*token_redirect)(const RelyingParty&, const RedirectRequest&) = nullptr;
    Arrival (*arrival)(const RelyingParty&, const RedirectRequest&, std::string_view address) = nullptr;
    /// The algorithm that it expects ID tokens to be signed with.
    SigningAlgorithm (*id_token_alg)(const RelyingParty&, const Metadata&) = nullptr;
};

/// What a rule of the login means in one system: `explain` prints it behind the rule's own text, which names no
/// product.
struct RuleNote {
    std::string_view rule;                       ///< its name
    std::string_view text{};                     ///< what this system does, in a few sentences; may be empty
    std::string_view bad{};                      ///< a few lines of this system's configuration that have the fault
    std::string_view good{};                     ///< the same without it
    std::span<const std::string_view> sources{}; ///< public documents about this system
};

/// A provider or an application, as the rest of the program sees it.
struct System {
    std::string_view name;  ///< as in flags and reports, in lower case
    std::string_view title; ///< as in messages
    Wing wing = Wing::provider;
    std::span<const ReleaseLine> releases; ///< in order, the newest last
    std::span<const Key> keys;
    util::Version oldest_written;               ///< the oldest release that a configuration is written for
    std::string_view why_not_older;             ///< what the releases before it lack
    std::span<const rule::Rule* const> rules{}; ///< what an inspection can find
    std::span<const RuleNote> notes{};          ///< on rules of the login and other rules that know no product

    /// By whose rules the system reads a file, in that version and use.
    Reading (*reading)(const util::Version&, Use) = nullptr;
    /// A word that only this system's files hold, to tell what a file is that could not be read.
    std::string_view telling_word{};
    /// True for a document with settings of this system.
    bool (*recognises)(const document::Document&) = nullptr;

    const ProviderSystem* provider = nullptr;       ///< of a provider
    const ApplicationSystem* application = nullptr; ///< of an application
};

/// `Immich 3.2.2`: a release as messages name it.
[[nodiscard]] std::string release_name(const System& system, const util::Version& version);

/// The first release from which on the application behaves so, up to the newest: `update Immich to 1.132.0 or newer`.
[[nodiscard]] std::string update_advice(const System& system, bool (*behaves)(const ClientBehaviour&));
[[nodiscard]] std::string update_advice(const System& system, bool (*behaves)(const ProviderBehaviour&));

/// Every known release, the oldest first, without candidates.
[[nodiscard]] std::vector<util::Version> all_versions(const System& system);

/// The releases from one to another as a person writes them: `1.2`, `1.2 to 2.0`, `1.2.3 to 1.2.9`. A line stands
/// for all its releases. `first` and `last` are known releases.
[[nodiscard]] std::string named_range(const System& system, const util::Version& first, const util::Version& last);

/// The newest release that is known.
[[nodiscard]] util::Version newest_version(const System& system);

/// The newest known release that fits what a person wrote (`1.2`, `v1.2.3`, empty for the newest of all). The error
/// says which releases there are.
[[nodiscard]] util::Expected<util::Version> resolve_version(const System& system, std::string_view text);

/// What the rule means in that system; null when there is no note about it.
[[nodiscard]] const RuleNote* find_note(const System& system, const rule::Rule& rule);

} // namespace oidcgen::oidc
