#include "lint/project.hpp"

#include "systems.hpp"
#include "util/text.hpp"
#include "util/url.hpp"
#include "util/words.hpp"

#include <algorithm>
#include <array>
#include <iterator>
#include <system_error>
#include <utility>

namespace oidcgen::lint {

namespace {

namespace fs = std::filesystem;
using document::Cursor;
using oidc::SiteProblem;
using Type = ProjectKey::Type;

constexpr std::array k_keys{
    ProjectKey{"versions", Type::versions, false, "releases to check for, by the name of the program"},
    ProjectKey{"address", Type::list, true, "addresses at which people open the application"},
    ProjectKey{"provider_url", Type::text, true, "address at which people reach the provider"},
    ProjectKey{"sites", Type::sites, false, "files that belong together, where there are several sites"},
    ProjectKey{"files", Type::list, true, "files and folders of a site"},
    ProjectKey{"values", Type::list, false, "Helm values files that fill placeholders"},
    ProjectKey{"env_files", Type::list, false, "files of NAME=VALUE lines that fill placeholders"},
    ProjectKey{"placeholders", Type::list, false, "names of placeholders that have one value in all files"},
    ProjectKey{"ignore", Type::ignores, false, "findings that do not count, with the reason"},
};

constexpr std::array<std::string_view, 4> k_ignore_keys{"rules", "path", "pointer", "reason"};

class Reader {
  public:
    explicit Reader(std::vector<SiteProblem>& problems)
        : m_problems(problems) {}

    void problem(util::Words message, util::Words help, const document::Place& place) {
        m_problems.push_back({std::move(message), std::move(help), place, {}});
    }

    std::string text(const Cursor& value) {
        if (!value.is_scalar() || value.is_null()) {
            problem(util::words("{} takes one value", value.key()), {}, value.key_place());
            return {};
        }
        return std::string(util::trimmed(value.text()));
    }

    std::vector<std::string> list(const Cursor& value) {
        std::vector<std::string> result;
        if (value.is_scalar() && !value.is_null()) {
            return {std::string(util::trimmed(value.text()))};
        }
        if (!value.is_sequence()) {
            problem(util::words("{} takes a list of texts", value.key()), {}, value.key_place());
            return result;
        }
        for (const auto& item : value.children()) {
            if (item.is_scalar() && !item.is_null()) {
                result.emplace_back(util::trimmed(item.text()));
            } else {
                problem(util::words("{} takes a list of texts", value.key()), {}, item.place());
            }
        }
        return result;
    }

    /// Paths that lead to something below the project's folder, as far as their text tells.
    std::vector<std::string> paths(const Cursor& value) {
        auto result = list(value);
        for (const auto& path : result) {
            const auto normal = fs::path(path).lexically_normal();
            if (path.empty() || normal.is_absolute() || *normal.begin() == "..") {
                problem(util::words("{} is not below the folder of this file", util::outside(path)),
                        "name files below it, relative to it", value.place());
            }
        }
        return result;
    }

    std::vector<std::string> addresses(const Cursor& value) {
        std::vector<std::string> result;
        for (const auto& text : list(value)) {
            const auto origin = util::parse_origin(util::origin_part(text));
            if (origin) {
                result.push_back(to_string(*origin));
            } else {
                problem(util::words("{} {} {}", value.key(), util::outside(text), origin.error().message),
                        "write it like https://photos.example.com", value.place());
            }
        }
        return result;
    }

    std::map<std::string, std::string> versions(const Cursor& value) {
        std::map<std::string, std::string> result;
        if (!value.is_mapping()) {
            problem(util::words("{} takes a mapping of names and releases", value.key()), {}, value.key_place());
            return result;
        }
        for (const auto& it : value.children()) {
            const auto names = system_names();
            const auto* const system = find_system(it.key());
            if (system == nullptr || system->releases.empty()) {
                problem(util::words("no program is called {}{}", util::outside(it.key()),
                                    util::did_you_mean(it.key(), names)),
                        util::words("the names are {}", util::own(util::alternatives(names))), it.key_place());
                continue;
            }
            auto release = text(it);
            if (const auto target = resolve_version(*system, release); !target) {
                problem(util::words("{}: {}", it.key(), target.error().message), {}, it.place());
            } else {
                result[std::string(system->name)] = std::move(release);
            }
        }
        return result;
    }

    /// Reads one of the keys that an entry of `sites` has, too; false for another one.
    bool read(const Cursor& value, ProjectSite& site) {
        if (value.key() == "files") {
            site.files = paths(value);
        } else if (value.key() == "address") {
            site.addresses = addresses(value);
        } else if (value.key() == "provider_url") {
            site.provider_url = text(value);
            if (site.provider_url.find("://") == std::string::npos) {
                problem(util::words("provider_url {} has no scheme", util::outside(site.provider_url)),
                        "write it like https://auth.example.com", value.place());
            }
        } else {
            return false;
        }
        return true;
    }

    bool is_known(const Cursor& value, bool is_of_site) {
        std::vector<std::string_view> names;
        for (const auto& key : k_keys) {
            if (is_of_site ? key.is_of_site : key.name != "files") {
                names.push_back(key.name);
            }
        }
        return is_one_of(value, names, is_of_site ? "of a site " : "");
    }

    /// `where`: of what these are the keys, with a blank behind; may be empty.
    bool is_one_of(const Cursor& value, std::span<const std::string_view> names, std::string_view where) {
        if (std::ranges::find(names, value.key()) != names.end()) {
            return true;
        }
        problem(util::words("unknown key {}{}", util::outside(value.key()), util::did_you_mean(value.key(), names)),
                util::words("the keys {}are {}", util::own(where), util::own(util::alternatives(names))),
                value.key_place());
        return false;
    }

    void sites(const Cursor& value, std::vector<ProjectSite>& result) {
        if (!value.is_sequence()) {
            problem("sites takes a list of mappings", "begin each site with `- files: [FOLDER]`", value.key_place());
            return;
        }
        for (const auto& item : value.children()) {
            if (!item.is_mapping()) {
                problem("a site is a mapping with files in it", "begin each site with `- files: [FOLDER]`",
                        item.place());
                continue;
            }
            auto& site = result.emplace_back();
            for (const auto& it : item.children()) {
                if (is_known(it, true)) {
                    read(it, site);
                }
            }
            if (site.files.empty()) {
                problem("a site without files", "name its files and folders: `files: [FOLDER]`", item.place());
            }
        }
    }

    std::vector<NamedRules> rules(const Cursor& value) {
        std::vector<NamedRules> result;
        for (const auto& text : list(value)) {
            if (auto named = named_rules(text)) {
                result.push_back(std::move(*named));
            } else {
                problem(named.error().message, {}, value.place());
            }
        }
        return result;
    }

    /// RFC 6901, without a slash at its end.
    std::string pointer(const Cursor& value) {
        auto result = text(value);
        if (!result.empty() && result.front() != '/') {
            problem(util::words("pointer {} does not begin with a slash", util::outside(result)),
                    "write the names of the settings with a slash in front of each, as `--format json` shows them",
                    value.place());
        }
        while (result.ends_with('/')) {
            result.pop_back();
        }
        return result;
    }

    void ignores(const Cursor& value, std::vector<ProjectIgnore>& result) {
        constexpr const char* k_help = "begin each entry with `- rules: NAME`";
        if (!value.is_sequence()) {
            problem("ignore takes a list of mappings", k_help, value.key_place());
            return;
        }
        for (const auto& item : value.children()) {
            if (!item.is_mapping()) {
                problem("an entry of ignore is a mapping with rules in it", k_help, item.place());
                continue;
            }
            ProjectIgnore entry;
            entry.place = item.place();
            bool has_rules = false;
            for (const auto& it : item.children()) {
                if (!is_one_of(it, k_ignore_keys, "of an entry of ignore ")) {
                    continue;
                }
                if (it.key() == "rules") {
                    has_rules = true;
                    entry.rules = rules(it);
                } else if (it.key() == "path") {
                    const auto all = paths(it);
                    entry.path = all.size() == 1 ? all.front() : std::string();
                    if (all.size() != 1) {
                        problem("path takes one file or folder", "write an entry for each of them", it.place());
                    }
                } else if (it.key() == "pointer") {
                    entry.pointer = pointer(it);
                } else {
                    entry.reason = text(it);
                }
            }
            if (!has_rules) {
                problem("an entry of ignore without rules", "name the rules: `rules: [NAME]`", item.place());
            }
            result.push_back(std::move(entry));
        }
    }

  private:
    std::vector<SiteProblem>& m_problems;
};

} // namespace

std::span<const ProjectKey> project_keys() { return k_keys; }

bool is_within(const fs::path& path, const fs::path& folder) {
    const auto inside = path.lexically_relative(folder);
    return !inside.empty() && *inside.begin() != "..";
}

std::optional<fs::path> find_project(const fs::path& folder) {
    std::error_code error;
    const auto first = fs::weakly_canonical(folder, error);
    if (error) {
        return std::nullopt;
    }
    std::optional<fs::path> found;
    for (auto at = first;; at = at.parent_path()) {
        if (!found && fs::exists(at / k_project_file, error)) {
            found = at;
        }
        if (fs::exists(at / ".git", error)) {
            return found ? std::optional(*found / k_project_file) : std::nullopt;
        }
        if (at == at.parent_path()) {
            break;
        }
    }
    return found == first ? std::optional(first / k_project_file) : std::nullopt;
}

Project read_project(const document::Document& document, const fs::path& path, std::vector<SiteProblem>& problems) {
    Project result;
    result.path = path.string();
    result.folder = path.parent_path();
    for (const auto& fault : document.faults()) {
        problems.push_back({fault.message, {}, {&document, fault.span, document::k_root_path}, {}});
    }
    const auto root = document.root();
    Reader reader(problems);
    if (!root || root.is_null()) {
        return result;
    }
    if (!root.is_mapping()) {
        if (document.fatal() == nullptr) {
            reader.problem("the settings of a project are lines like `key: value`", {}, root.place());
        }
        return result;
    }
    for (const auto& it : root.children()) {
        if (!reader.is_known(it, false)) {
            continue;
        }
        if (it.key() == "versions") {
            result.versions = reader.versions(it);
        } else if (it.key() == "sites") {
            reader.sites(it, result.sites);
        } else if (it.key() == "values") {
            result.values_files = reader.paths(it);
        } else if (it.key() == "env_files") {
            result.env_files = reader.paths(it);
        } else if (it.key() == "placeholders") {
            result.placeholders = reader.list(it);
        } else if (it.key() == "ignore") {
            reader.ignores(it, result.ignores);
        } else {
            reader.read(it, result.common);
        }
    }
    return result;
}

} // namespace oidcgen::lint
