#pragma once

#include "document/reader.hpp"
#include "document/value.hpp"
#include "oidc/behaviour.hpp"
#include "oidc/provider.hpp"
#include "oidc/relying_party.hpp"
#include "rule/rule.hpp"
#include "util/error.hpp"
#include "util/version.hpp"

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace oidcgen::oidc {

enum class SecretMatch : std::uint8_t;

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
    bool nullable = false;
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

/// What a provider does beside what every system does.
struct ProviderSystem {
    ProviderBehaviour (*behaviour)(const util::Version&) = nullptr;
    /// Reads the file and finds what the provider would refuse or warn about, and what is wrong with this side alone.
    Provider (*inspect)(document::Document&, const InspectOptions&, rule::Findings&) = nullptr;
    /// What the provider publishes for this file, for `lint --show discovery`.
    document::Value (*discovery)(document::Document&, const InspectOptions&) = nullptr;
    /// Finds what is wrong with the secret or digest that is kept for a client, where the provider takes it all the
    /// same. `mismatch` where a login is known to fail by it.
    void (*check_secret)(const Registration&, SecretMatch, rule::Findings&) = nullptr;
    std::string (*write)(const Provider&, const util::Version&, Extent) = nullptr;
};

/// What an application does beside what every system does.
struct ApplicationSystem {
    ClientBehaviour (*behaviour)(const util::Version&) = nullptr;
    Recipe (*recipe)(const util::Version&) = nullptr;
    std::span<const ChangeOfMeaning> changes{}; ///< ordered by release
    RelyingParty (*inspect)(document::Document&, const InspectOptions&, rule::Findings&) = nullptr;
    /// The settings that hold after defaults, the secret masked, for `lint --show effective`.
    document::Value (*effective)(document::Document&, const InspectOptions&) = nullptr;
    document::Value (*write)(const RelyingParty&, const util::Version&) = nullptr;
};

/// What a rule of the login means in one system: `explain` prints it behind the rule's own text, which names no
/// product.
struct RuleNote {
    const rule::Rule* rule = nullptr;
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
    bool (*recognises)(document::Document&) = nullptr;

    const ProviderSystem* provider = nullptr;       ///< of a provider
    const ApplicationSystem* application = nullptr; ///< of an application
};

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

/// The row of that path in that version; null when there is none.
[[nodiscard]] const Key* find_key(const System& system, std::string_view path, const util::Version& version);

} // namespace oidcgen::oidc
