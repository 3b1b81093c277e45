#pragma once

#include "document/document.hpp"
#include "document/excerpt.hpp"
#include "document/merge.hpp"
#include "lint/supply.hpp"
#include "lint/suppress.hpp"
#include "oidc/system.hpp"
#include "oidc/target.hpp"
#include "report/report.hpp"

#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace oidcgen::lint {

/// A text that was read by the rules of the system that it is recognised as; null when it is not recognised.
struct Recognised {
    std::unique_ptr<document::Document> document;
    const oidc::System* system = nullptr;
    std::string_view language{}; ///< the text is written in this one, which is not read
};

/// A text to look at.
struct Input {
    std::string path; ///< as the user gave it
    std::string text;
    /// Where the text stands in another one; null: it is all of a file.
    std::shared_ptr<const document::Excerpt> excerpt{};
    oidc::Form form = oidc::Form::settings;
    /// What a text was put together from; they outlive the run.
    std::vector<std::shared_ptr<const document::Document>> parts{};
    std::vector<document::ReplacedList> replaced{}; ///< lists in them that do not count
    const oidc::System* kind = nullptr;             ///< what an option says it is; null: nothing does
    bool is_found = false;                          ///< in a folder; nobody named it, so it need not hold settings
    std::optional<std::size_t> site{};              ///< number of the site that it belongs to; nothing: of none
    std::shared_ptr<Recognised> recognised{};       ///< as the options say, when that is known
};

/// Addresses of files that belong together.
struct SiteAddresses {
    std::vector<std::string> addresses; ///< where the application is opened, as origins
    std::string provider_url;           ///< where the provider is reached
};

struct Options {
    const oidc::System* kind = nullptr; ///< what every text is taken for that shows nothing else; null: by content
    oidc::Placeholders placeholders = oidc::Placeholders::recognised;
    std::shared_ptr<const Supply> supply; ///< values for placeholders; null: there are none
    oidc::Use use = oidc::Use::file;
    std::map<std::string, oidc::Target> targets; ///< by system name; the newest of what is not there
    std::set<std::string> narrowed;              ///< systems whose version is found out from their files
    std::vector<std::string> addresses;          ///< where the application is opened, as origins; empty: as files say
    std::vector<std::string> site_addresses;     ///< the same from a site description, when no file says it
    std::string provider_url;                    ///< where the provider is reached; empty: as files say
    std::string site_provider_url;               ///< the same from a site description, when no file says it
    std::vector<SiteAddresses> sites;            ///< of a project, by number
    std::vector<std::string> alike;              ///< names of placeholders that are filled alike in all files
    std::string client;                          ///< only what concerns the client with that id; empty: all
    std::vector<std::string> only;               ///< only what concerns these files, and those below these folders
    Filter filter;                               ///< which findings are reported, and how serious they are
    std::int64_t now = 0;                        ///< seconds since 1970
    bool strict = false;                         ///< a login that is not predicted is a finding
    bool traces = false;                         ///< the report tells every step of each login
};

/// What was read and found. The report's places point into the documents.
struct Result {
    std::shared_ptr<const Supply> supply;
    std::shared_ptr<const document::Document> project_file;       ///< null: there is none
    std::vector<std::unique_ptr<document::Document>> containers;  ///< that documents are excerpts of
    std::vector<std::shared_ptr<const document::Document>> parts; ///< the same, of those that inputs brought
    std::vector<std::unique_ptr<document::Document>> documents;
    report::Report report;
    bool knows_client = true;   ///< some file has the client that was asked for
    std::vector<Unused> unused; ///< values given by option that no file asks for
};

/// Recognises each text, checks each side, pairs clients with applications and predicts their logins. The findings do
/// not depend on the order of the inputs. When none of the texts is recognised, the report tells so as its failure.
[[nodiscard]] Result lint(const std::vector<Input>& inputs, const Options& options);

/// The files as the one that a program makes of them when it reads them in this order; a problem when they cannot be
/// put together.
[[nodiscard]] util::Expected<Input> merged(const std::vector<Input>& inputs);

/// Reads one text by the rules of the system that it is recognised as, or that the options name.
[[nodiscard]] Recognised recognise(const Input& input, const Options& options);

/// Reads a text by these rules, its placeholders filled as far as the options have values for them; around its template
/// actions, unless they are text like any other.
[[nodiscard]] std::unique_ptr<document::Document> read(const Input& input, oidc::Reading reading,
                                                       const Options& options);

/// True when a template action that somebody fills in ended the reading, so nobody knows what is behind it.
[[nodiscard]] bool stops_at_action(const document::Document& document, const Options& options);

/// The release that files of that system are checked for.
[[nodiscard]] oidc::Target target_of(const oidc::System& system, const Options& options);

/// What inspections of that system take.
[[nodiscard]] oidc::InspectOptions inspect_options(const oidc::System& system, const Options& options,
                                                   oidc::Form form = oidc::Form::settings);

} // namespace oidcgen::lint
