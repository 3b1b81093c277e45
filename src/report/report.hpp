#pragma once

#include "document/document.hpp"
#include "oidc/checklist.hpp"
#include "oidc/login/login.hpp"
#include "oidc/system.hpp"
#include "report/line_mask.hpp"
#include "report/style.hpp"
#include "rule/findings.hpp"
#include "util/version.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace oidcgen::report {

/// A file that was looked at.
struct File {
    std::string path;
    std::string kind; ///< name of the system whose settings it holds; empty: not recognised
    std::optional<oidc::Wing> wing;
    const document::Document* document = nullptr; ///< which may be an excerpt of the file
    bool is_part = false;                         ///< it holds a part of the settings; what it lacks may be elsewhere
    std::string_view language{};                  ///< it is written in a language that is not read; empty: it is not

    /// Where the reading ended before the end of the file.
    struct Stop {
        std::size_t line = 0;                 ///< nothing was read from there on
        std::optional<std::size_t> clients{}; ///< of a provider: how many were read before
    };
    std::optional<Stop> stop{};
};

/// What says at which address the application is opened.
enum class AddressFrom : std::uint8_t { nowhere, option, application, site, redirect_uris };

/// As reports name it; empty for nowhere.
[[nodiscard]] std::string_view to_string(AddressFrom from);

/// A finding that a login meets once it gets there.
struct Further {
    oidc::Stage stage = oidc::Stage::discovery;
    std::string name; ///< of a finding in this report

    friend bool operator==(const Further&, const Further&) = default;
};

/// What a verdict takes for granted.
enum class Assumption : std::uint8_t {
    application,      ///< no file of it was given
    provider,         ///< no file of it was given
    address,          ///< it was taken from redirect URIs, which cannot contradict it
    secret,           ///< it was not compared
    same_placeholder, ///< equal placeholders of two files are filled alike
};

[[nodiscard]] std::string_view to_string(Assumption assumption);

/// What only the provider's own settings tell, and a person has to compare.
struct ToCheck {
    std::string provider; ///< path of its metadata
    std::string app;      ///< path of the application's file
    std::string client;
    oidc::Checklist items;
};

/// The prediction for one client, application, address and way to log in.
struct Login {
    std::string client;
    std::string provider;          ///< path of the provider's file; empty: it was assumed
    std::string app;               ///< path of the application's file; empty: it was assumed
    std::string assumed;           ///< title and release of the side of which no file was given; empty: both were
    std::string_view to_compare{}; ///< what a person does to have that side compared
    std::string address;
    AddressFrom address_from = AddressFrom::nowhere;
    document::Place address_place{}; ///< of what says it, when that is in a file
    std::string_view app_title;      ///< of the application, as messages name it
    std::string_view device;         ///< name of the way to log in
    oidc::Outcome outcome = oidc::Outcome::works;
    std::optional<oidc::Stage> stage;
    std::vector<std::string> because;      ///< why it fails at that stage: names of findings in this report
    std::vector<Further> then;             ///< what would stop it next, in order
    std::string_view concerned;            ///< the people for whom it fails; empty: everybody
    std::vector<std::string_view> lost;    ///< what it goes without
    std::vector<Assumption> assumes;       ///< what that takes for granted
    std::vector<std::string> same_holes;   ///< placeholders that it takes to be filled alike
    std::vector<rule::NotChecked> unknown; ///< why the outcome cannot be known
    std::vector<oidc::TraceStep> trace;
};

/// The releases that take a file, told when the target was to be found out.
struct Acceptance {
    /// Known releases from one to another, both included.
    struct Range {
        util::Version first;
        util::Version last;
        std::string name; ///< as a person writes it: a line or several
    };
    /// A setting that later releases of those understand differently.
    struct Change {
        util::Version since;
        std::string_view before;
        std::string_view after;
        document::Place place;
    };
    std::size_t input = 0; ///< number of the file among the inputs
    std::string path;
    std::string kind;                   ///< name of the system
    std::string title;                  ///< the same in messages
    std::string target;                 ///< the release that the file was checked for
    bool is_whole = true;               ///< false: the file was not read to its end, so nothing is known
    std::vector<Range> accepted;        ///< in order; empty: none takes it
    std::vector<Range> without_warning; ///< those of them that have nothing to warn about
    std::vector<Change> changes;
};

/// A release that is newer than the known ones, and the known one that it was taken for.
struct CheckedAs {
    std::string_view title; ///< of the system
    std::string asked;
    util::Version used;
};

/// Releases of a system that files say are run, by the tag of an image or a variable.
struct SaidReleases {
    const oidc::System* system = nullptr;
    std::vector<std::string> releases;
    bool is_taken = false; ///< it is one, known, and nothing else was asked for
    document::Place place; ///< of the first one
};

/// A file that a service reads, as a file that was looked at says, and that was not looked at itself.
struct MountedFile {
    std::string_view title; ///< of the system
    std::string path;       ///< as it is written
    document::Place place;
};

/// What one run of lint found. The documents that its places point into live longer.
struct Report {
    std::map<std::string, std::string> targets;  ///< system name, the release that was asked for
    std::map<std::string, CheckedAs> checked_as; ///< of those that are newer than the known releases
    std::vector<SaidReleases> said_releases;
    std::vector<MountedFile> mounted;
    std::optional<std::size_t> looked_at; ///< text files in folders; nothing: no folder was given
    std::size_t not_readable = 0;         ///< files in them that could not be read
    std::string settings_file;            ///< path of the project's settings; empty: there is none
    std::vector<File> files;
    std::vector<rule::Finding> findings; ///< sorted by path and place
    std::vector<rule::Dropped> dropped;  ///< findings that are counted and not shown
    std::vector<Login> logins;
    std::vector<ToCheck> to_check;
    std::vector<Acceptance> acceptances;
    std::vector<rule::NotChecked> not_checked;
    std::vector<const rule::Rule*> rules;         ///< that findings may be of, by code; for formats that list them
    std::span<const oidc::System* const> systems; ///< that have notes on these
    NamesOf names = nullptr;                      ///< of settings that the systems know
    std::vector<std::string_view> supplied;       ///< secrets that fill placeholders of other settings than secrets
    std::vector<document::Place> supplied_places; ///< of values that fill placeholders of secrets
    std::string providers;                        ///< titles of all providers, as alternatives
    std::string applications;                     ///< the same of all applications
    std::string titles;                           ///< the same of both
    util::Words failure;                          ///< why the job could not be done; empty: it was

    /// How many findings count: not those that are suppressed.
    [[nodiscard]] std::size_t count(rule::Severity severity) const;
    [[nodiscard]] std::size_t suppressed() const;
};

/// The report for people: findings with source lines, a line of sums, a line per device and address.
[[nodiscard]] util::Shown to_text(const Report& report, const Style& style = {});

/// The handshake of every login, step by step, for people who have never seen one: whole for the first way to log in,
/// and of the others what differs. Holds no secrets.
[[nodiscard]] util::Shown to_trace(const Report& report, const Style& style = {});

/// The report for programs, `oidcgen-lint/1`.
[[nodiscard]] util::Shown to_json(const Report& report);

} // namespace oidcgen::report
