#pragma once

#include "document/reader.hpp"
#include "document/value.hpp"
#include "oidc/answers.hpp"
#include "oidc/behaviour.hpp"
#include "oidc/metadata.hpp"
#include "oidc/provider.hpp"
#include "oidc/relying_party.hpp"
#include "oidc/site_field.hpp"
#include "oidc/site_view.hpp"
#include "oidc/target.hpp"
#include "rule/findings.hpp"
#include "secret/digest.hpp"
#include "secret/secret.hpp"
#include "util/error.hpp"
#include "util/version.hpp"

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace oidcgen::oidc {

struct Log;

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

/// What a generated text is for.
enum class OutputKind : std::uint8_t {
    config,    ///< the system reads it, and so do we before anybody is given it
    checklist, ///< a person enters it
};

/// One side as its system wants it written.
struct Output {
    std::string text; ///< may hold the secret
    OutputKind kind = OutputKind::config;
    bool is_whole = true; ///< of a provider: what the clients need of the rest of it is in the text too
    std::string note{};   ///< what else is to be done, one sentence; may be empty
};

/// Whether text like `{{ secret }}` or `${X}` stands for a value that is filled in later.
enum class Placeholders : std::uint8_t { recognised, literal };

/// How an application is given a file.
enum class Use : std::uint8_t { file, import };

/// What a text holds: the settings themselves, or the values from which a chart writes them. In values a secret may be
/// a mapping that says where it comes from, there are switches of the chart's own, and what is missing is filled in.
enum class Form : std::uint8_t { settings, chart_values };

/// Where the values of a chart hold the settings of a system.
struct ValuesPlace {
    std::string_view path; ///< names joined by dots, from the top of the values to the mapping that is inspected
    std::string_view mark; ///< a key that this mapping must have
    Form form = Form::settings;
};

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
    document::Dialect dialect{};
    document::Limits limits{};

    friend bool operator==(const Reading&, const Reading&) = default;
};

/// What a program passes the text of its files through before it reads them, as far as those who run it say.
struct Filters {
    std::vector<std::string> names; ///< in lower case and in their order; none: the text is read as it is
    document::Place place{};        ///< where they are set, or the image of the container that sets none
};

/// What an inspection has to know beside the file.
struct InspectOptions {
    util::Version version;
    /// The file is for a newer release than the known ones, so what `version` does not know may well be right.
    bool newer_than_known = false;
    Placeholders placeholders = Placeholders::recognised;
    Use use = Use::file;
    Form form = Form::settings;
    std::string provider_url{};       ///< where people and applications reach the provider; empty: not known
    std::int64_t now = 0;             ///< seconds since 1970, for the validity of certificates
    std::optional<Filters> filters{}; ///< nothing: that is not known, or something else may fill in the file before
};

/// What a provider publishes for a file.
struct Published {
    document::Value value;      ///< as JSON
    bool is_published = true;   ///< false: a provider with this file publishes nothing
    bool lacks_address = false; ///< nothing says where the provider is reached, so addresses are only paths
};

/// What a provider does beside what every system does.
struct ProviderSystem {
    ProviderBehaviour (*behaviour)(const util::Version&) = nullptr;
    /// Reads the file and finds what the provider would refuse or warn about, and what is wrong with this side alone.
    Provider (*inspect)(const document::Document&, const InspectOptions&, rule::Findings&) = nullptr;
    /// What the provider publishes for this file, for `lint --show discovery`.
    Published (*discovery)(const document::Document&, const InspectOptions&) = nullptr;

    /// Finds what is wrong with the secret or digest that is kept for a client, where the provider takes it all the
    /// same. `names` are those of the systems that share secrets. Null: there is nothing to find.
    void (*check_secret)(const Registration&, std::span<const std::string_view> names, rule::Findings&) = nullptr;
    /// It keeps a digest of a client's secret; otherwise the secret itself.
    bool keeps_digest = true;
    /// It makes up client id and secret itself, so a site has to be told them.
    bool makes_credentials = false;
    /// A client may have redirect URIs that open an app (RFC 8252 section 7.1).
    bool takes_app_schemes = true;
    /// Its files say something of clients; otherwise one that has all that an application asks for is taken for
    /// granted.
    bool knows_clients = true;
    /// A site has it at a host of its own, below its domain or elsewhere; otherwise its issuer says where it is.
    bool is_below_domain = true;
    /// The issuer of every such provider; empty: there is no such thing.
    std::string_view fixed_issuer{};
    /// True for an issuer as only this provider has them; null: there is no telling.
    bool (*owns_issuer)(std::string_view issuer_url) = nullptr;
    /// Makes a provider that was assumed for an application, with one client that has all that is asked for, what this
    /// system would be then; null: nothing to add.
    void (*adapt)(Provider& assumed, const RelyingParty&) = nullptr;
    /// Finds what the provider could not be told of this site and of what the application needs there.
    void (*check_site)(const SiteView&, const ClientWish&, const SiteFields&) = nullptr;
    /// The provider with its address, the client as its one registration, which says what no setting decides too, and
    /// what that needs of the rest. `credential` is the digest or the secret, a view that the result keeps.
    Provider (*describe)(const SiteView&, const ClientWish&, std::string_view credential) = nullptr;
    std::span<const std::string_view> styles{}; ///< words for how it can be written; empty: in one way
    std::string_view default_style{};
    std::string_view style_flag = "--style";
    std::string_view item_style{}; ///< the one that is an item of a YAML list and nothing else; empty: none
    /// Null: there is no file to write, and a person enters what `checklist` prints.
    util::Expected<Output> (*write)(const Provider&, const Target&, std::string_view style) = nullptr;

    // What a login asks.

    /// What it publishes at a path of its own address (`base`: origin and path without final slash); nothing when that
    /// is no address of metadata. `registration` is null when it is not known which client asks.
    std::optional<Metadata> (*metadata)(const Provider&, const Registration*, std::string_view base,
                                        std::string_view path) = nullptr;
    /// The issuer of that client below the provider's address, as an application configures it; null: the address
    /// itself. Asked through issuer_of().
    std::string (*issuer)(const Provider&, const Registration*, std::string_view base) = nullptr;
    /// True when a registered redirect URI allows the one that was sent.
    bool (*redirect_matches)(const RedirectUri& registered, std::string_view sent) = nullptr;
    /// False when it does not send the browser back to that address although it is registered. Asked by
    /// check_insecure_redirect() alone; null where that is none of its checks.
    bool (*returns_to)(const Provider&, const Registration&, std::string_view uri) = nullptr;
    /// Asked by check_admission() alone; null where that is none of its checks.
    Admission (*admission)(const Provider&, const Registration&) = nullptr;
    /// Whether and how a claim is sent to a client that was granted those scopes.
    Delivery (*deliver)(const Provider&, const Registration&, const std::vector<std::string>& scopes,
                        std::string_view claim, Carrier) = nullptr;
    /// What to do so that a claim is sent in that way, as a clause.
    util::Words (*how_to_send)(std::string_view claim, Carrier) = nullptr;
    /// What to do so that the client has that redirect URI, as a clause; null: it is an item of a list of texts.
    util::Words (*how_to_register)(const Registration&, std::string_view uri) = nullptr;
    /// False when it would never make that secret for a client that was given none; null: it makes none.
    bool (*may_be_generated)(std::string_view secret) = nullptr;
    /// What to do so that ID tokens are signed with that algorithm, as a clause; null: the client's setting is its
    /// name.
    util::Words (*how_to_sign)(const Registration&, std::string_view algorithm) = nullptr;
    /// Compares a secret with what it keeps, which is not empty; null where no file of it says what that is.
    SecretVerdict (*verify)(std::string_view kept, const secret::Secret&, secret::Budget&) = nullptr;
    /// Null: it has no logout that leads back.
    LogoutReturn (*logout)(std::string_view end_session_endpoint, std::string_view base,
                           std::string_view address) = nullptr;
    /// Whether it asks for consent at every login; null: that is not known.
    AskedAgain (*asked_again)(const Registration&, const std::vector<std::string>& scopes,
                              std::string_view prompt) = nullptr;
    /// What it answers a proxy in front of that host; null: no proxy asks it.
    ProxyAnswer (*proxy_answer)(const Provider&, std::string_view host, std::span<const OpenPath>) = nullptr;
    /// Its checks of an authorization request: before the person signs in, and once the person has agreed.
    std::span<const Check> request_checks{};
    std::span<const Check> answer_checks{};
    /// Its checks of a token request.
    std::span<const Check> token_checks{};
};

/// What an application does beside what every system does.
struct ApplicationSystem {
    ClientBehaviour (*behaviour)(const util::Version&) = nullptr;
    std::span<const ChangeOfMeaning> changes{}; ///< ordered by release
    RelyingParty (*inspect)(const document::Document&, const InspectOptions&, rule::Findings&) = nullptr;
    /// The settings that hold after defaults, the secret masked, for `lint --show effective`.
    document::Value (*effective)(const document::Document&, const InspectOptions&) = nullptr;

    std::string_view secret_setting;     ///< name of the setting that holds the client secret
    std::string_view secret_placeholder; ///< what stands there when the secret is not at hand
    /// What the application needs of its provider. Values that are wrong count as absent.
    ClientWish (*wish)(const SiteView&) = nullptr;
    /// Finds what the application could not be told of this site.
    void (*check_site)(const SiteView&, const SiteFields&) = nullptr;
    /// The provider as the application is to know it: the issuer that it has for its first registration. `secret` (or a
    /// text in its place) is a view that the result keeps.
    RelyingParty (*describe)(const SiteView&, const Provider&, std::string_view secret) = nullptr;
    std::span<const std::string_view> formats{}; ///< words for how it can be written; empty: in one way
    std::string_view default_format{};
    util::Expected<Output> (*write)(const RelyingParty&, const Target&, std::string_view format) = nullptr;

    // What a login asks.

    std::span<const LoginWay> ways{};
    std::span<const Feature> features{};
    std::span<const OpenPath> open_paths{};
    /// Origins that lead on to anybody's application, so that nobody opens one there.
    std::span<const std::string_view> forwarders{};
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

/// How a system is run in containers.
struct Containers {
    std::span<const std::string_view> images{}; ///< names of images that hold it, without the registry
    std::string_view release_variable{}; ///< of the environment: carries the release to run; empty: there is none
    std::string_view files_variable{};   ///< of the environment: says where its settings are in the container
    std::string_view files_flag{};       ///< the same on its command line; empty: it has none
    std::string_view files_path{};       ///< where they are when nothing says so; empty: there are none then
    std::string_view
        filters_variable{}; ///< of the environment: what its files are passed through; empty: there is none
    std::span<const std::string_view> filters_flags{}; ///< the same on its command line, which wins
    std::span<const std::string_view> programs{};      ///< what its command may begin with, without the folder
    /// Beginnings of variables that people set and no release reads, and what says so of the first one of a service.
    std::span<const std::string_view> unread_variables{};
    const rule::Rule* unread_rule = nullptr;
};

/// A provider or an application, as the rest of the program sees it.
struct System {
    std::string_view name{};  ///< as in flags and reports, lower case
    std::string_view title{}; ///< as in messages
    Wing wing = Wing::provider;
    bool is_generic = false;         ///< it stands for all of its wing that have no folder of their own
    std::string_view about;          ///< what its command does, for help texts
    std::string_view goes_to{};      ///< where a person puts what that prints, for hints
    std::string_view ending = "yml"; ///< of the file that a person makes of it
    /// What a person does to have its side compared, when no file of it was given.
    std::string_view to_compare = "name its file too to have the two compared";
    std::span<const ReleaseLine> releases{}; ///< in order, the newest last; empty: it has none
    std::span<const Key> keys{};
    util::Version oldest_written{};             ///< the oldest release that a configuration is written for
    std::string_view why_not_older{};           ///< what the releases before it lack
    std::span<const rule::Rule* const> rules{}; ///< what an inspection can find, ordered by code
    /// Those of them about a setting or value that the release does not know, which a newer one may have.
    std::span<const rule::Rule* const> unknown_rules{};
    std::span<const RuleNote> notes{};   ///< on rules of the login and other rules that know no product
    std::span<const SiteField> fields{}; ///< what it adds to site descriptions, beside the release to write for

    /// By whose rules the system reads a file, in that version and use.
    Reading (*reading)(const util::Version&, Use) = nullptr;
    /// A word that only this system's files hold, to tell what a file is that could not be read.
    std::string_view telling_word{};
    /// Words of which every text with its settings holds at least one. Empty: any text may hold them.
    std::span<const std::string_view> marks{};
    /// True for a document with settings of this system.
    bool (*recognises)(const document::Document&) = nullptr;
    Containers containers{};
    std::span<const ValuesPlace> values_places{}; ///< where charts keep its settings; empty: there is no such chart

    const ProviderSystem* provider = nullptr;       ///< of a provider
    const ApplicationSystem* application = nullptr; ///< of an application
    const Log* log = nullptr;                       ///< what its log says of logins that fail; null: that is not known
};

/// How help texts name a file for the system: its name and ending.
[[nodiscard]] std::string file_name(const System& system);

/// A release as messages name it: title and number.
[[nodiscard]] std::string release_name(const System& system, const util::Version& version);

/// The issuer of that client of a provider that is reached at that address (without final slash). `registration` is
/// null when it is not known which client asks.
[[nodiscard]] std::string issuer_of(const Provider& provider, const Registration* registration, std::string_view base);

/// What to do when a later release behaves so, as a clause: `update it to 1.2.0 or newer`; empty when none does.
[[nodiscard]] util::Words update_advice(const RelyingParty& party, bool (*behaves)(const ClientBehaviour&));
[[nodiscard]] util::Words update_advice(const Provider& provider, bool (*behaves)(const ProviderBehaviour&));

/// Every known release, the oldest first, without candidates.
[[nodiscard]] std::vector<util::Version> all_versions(const System& system);

/// The releases from one to another as a person writes them: one line, one to another, or parts of lines. A line stands
/// for all its releases. `first` and `last` are known releases.
[[nodiscard]] std::string named_range(const System& system, const util::Version& first, const util::Version& last);

/// The newest release that is known; all zero for a system without releases.
[[nodiscard]] util::Version newest_version(const System& system);

/// The first known release behind `after` for which it holds; nothing when there is none.
[[nodiscard]] std::optional<util::Version> first_release(const System& system,
                                                         const std::function<bool(const util::Version&)>& holds,
                                                         const util::Version& after = {});

/// The newest release as a target.
[[nodiscard]] Target newest_target(const System& system);

/// What release a person means (a line, a release, nothing for the newest of all): the newest known one that fits. One
/// behind the known ones of its line is taken for the newest of the line, one behind all for the newest of all. The
/// error says which releases there are.
[[nodiscard]] util::Expected<Target> resolve_version(const System& system, std::string_view text);

/// Makes notes of findings about one file that say that a setting or value is not known, when the file is for a newer
/// release.
void soften_unknown(const System& system, const InspectOptions& options, rule::Findings& findings);

/// What the rule means in that system; null when there is no note about it.
[[nodiscard]] const RuleNote* find_note(const System& system, const rule::Rule& rule);

} // namespace oidcgen::oidc
