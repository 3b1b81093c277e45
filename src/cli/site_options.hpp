#pragma once

#include "cli/metadata.hpp"
#include "cli/run.hpp"
#include "document/document.hpp"
#include "report/style.hpp"
#include "site/site.hpp"
#include "util/error.hpp"

#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <CLI/CLI.hpp>

namespace oidcgen::cli {

inline constexpr std::string_view k_site_file = "site.yaml";

/// The site description as the command line gives it: a file, `-`, flags, or a mixture.
struct SiteOptions {
    std::string path;                                                   ///< empty: site.yaml, if it is there
    std::map<std::string, std::vector<std::string>, std::less<>> flags; ///< field name, values
    std::map<std::string, std::string, std::less<>> answers;            ///< what a person typed when asked for a field
    std::string metadata; ///< file with what the provider publishes; empty: none
};

/// Adds a flag for every field of the site description.
void add_site_flags(CLI::App& command, SiteOptions& options);

/// Adds the positional SITE as well.
void add_site(CLI::App& command, SiteOptions& options);

/// A site, with what it was read from.
struct LoadedSite {
    std::unique_ptr<document::Document> document; ///< null when flags alone describe it
    oidc::SiteValues entries;
    std::unique_ptr<LoadedMetadata> metadata; ///< null when none was given
    site::Site site;
    /// Where files named in the site file, and the default files, are looked for; nothing when flags or standard input
    /// alone describe the site.
    std::optional<std::filesystem::path> folder;
};

/// Puts the flags and answers over the values of the file.
void add_given(const SiteOptions& options, oidc::SiteValues& values);

/// The problems as an error, each with its place.
[[nodiscard]] util::Error site_error(const std::vector<oidc::SiteProblem>& problems, const report::Style& style);

/// Reads, merges and checks. `style` is that of what is said when something is wrong.
[[nodiscard]] util::Expected<LoadedSite> read_site(const SiteOptions& options, const report::Style& style);

/// The same, and says on `err` when the site asks for a release that is newer than the known ones.
[[nodiscard]] util::Expected<LoadedSite> load_site(const SiteOptions& options, Streams& streams);

/// An error when a command writes another system's side than the site has. `field` is the one that chooses it.
[[nodiscard]] util::Expected<void> check_side(const oidc::System& wanted, const oidc::System& chosen,
                                              std::string_view field);

} // namespace oidcgen::cli
