#pragma once

#include "cli/run.hpp"
#include "document/document.hpp"
#include "site/site.hpp"

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
};

/// Adds a flag for every field of the site description.
void add_site_flags(CLI::App& command, SiteOptions& options);

/// Adds the positional SITE as well.
void add_site(CLI::App& command, SiteOptions& options);

/// A site, with what it was read from.
struct LoadedSite {
    std::unique_ptr<document::Document> document; ///< null when flags alone describe it
    site::Entries entries;
    site::Site site;
    /// Where files named in the site file, and the default files, are looked for; nothing when flags or standard input
    /// alone describe the site.
    std::optional<std::filesystem::path> folder;
};

/// Reads, merges and checks. Nothing when something is wrong, which was then told on `err`.
[[nodiscard]] std::optional<LoadedSite> load_site(const SiteOptions& options, Streams& streams);

} // namespace oidcgen::cli
