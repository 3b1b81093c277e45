#pragma once

#include "document/document.hpp"
#include "lint/suppress.hpp"
#include "oidc/site_view.hpp"
#include "oidc/target.hpp"

#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace oidcgen::lint {

/// The name of the file with the settings of a project.
inline constexpr std::string_view k_project_file = ".oidcgen.yaml";

/// What is said of files that belong together.
struct ProjectSite {
    std::vector<std::string> files;     ///< paths from the project's folder: a file, or a folder with all below it
    std::vector<std::string> addresses; ///< where people open the application
    std::string provider_url;           ///< where people reach the provider
};

/// The settings of a project.
struct Project {
    std::filesystem::path folder;                ///< that holds the file; what the file names lies below it
    std::string path;                            ///< of the file
    std::map<std::string, std::string> versions; ///< by system name, as a person asks for them
    ProjectSite common;                          ///< for files of no site
    std::vector<ProjectSite> sites;
    std::vector<std::string> values_files;
    std::vector<std::string> env_files;
    std::vector<std::string> placeholders; ///< names that are filled alike in all files
    std::vector<ProjectIgnore> ignores;
    std::shared_ptr<const document::Document> document{}; ///< that their places are in
};

/// A key of the file.
struct ProjectKey {
    enum class Type : std::uint8_t { text, list, versions, sites, ignores };
    std::string_view name;
    Type type = Type::text;
    bool is_of_site = false; ///< may stand in an entry of `sites`, too
    std::string_view about;
};
[[nodiscard]] std::span<const ProjectKey> project_keys();

/// The file that concerns a folder: in it, or in one of those above, up to the one with `.git` in it. Without `.git`
/// only the folder itself is looked at.
[[nodiscard]] std::optional<std::filesystem::path> find_project(const std::filesystem::path& folder);

/// True for the folder itself and what is below it, by their names alone.
[[nodiscard]] bool is_within(const std::filesystem::path& path, const std::filesystem::path& folder);

/// What the file says. Everything wrong with it goes to `problems`, whose places point into the document.
[[nodiscard]] Project read_project(const document::Document& document, const std::filesystem::path& path,
                                   std::vector<oidc::SiteProblem>& problems);

} // namespace oidcgen::lint
