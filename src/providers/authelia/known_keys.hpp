#pragma once

#include "document/document.hpp"
#include "oidc/system.hpp"
#include "providers/authelia/release.hpp"
#include "rule/findings.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

namespace oidcgen::providers::authelia {

struct FormerName;

/// Which names of settings one release knows, and what is found about the others.
class KnownKeys {
  public:
    KnownKeys(const oidc::InspectOptions& options, const Release& release, rule::Findings& findings);

    /// The row of a setting below `identity_providers.oidc`; null for unknown ones.
    [[nodiscard]] const oidc::Key* find(std::string_view path) const;
    /// What a setting may hold, in the order of Authelia's messages.
    [[nodiscard]] std::span<const std::string_view> allowed(std::string_view path) const;

    /// What holds where a setting is left out, without quotes; empty: nothing.
    [[nodiscard]] std::string_view default_of(std::string_view path) const;
    /// The same of a setting that is a list.
    [[nodiscard]] std::vector<std::string_view> default_list(std::string_view path) const;

    /// Whether a file could be read to its end.
    enum class Ending : std::uint8_t { whole, cut };
    /// Looks at the names in a whole configuration, outside of our section too.
    void check(const document::Cursor& root, Ending ending);
    /// Looks at the names in everything below a node whose own path is `path` (empty for the whole configuration).
    /// Items of lists are looked at one level deep, as Authelia does, but not those of `clients`, whose reader knows
    /// their names already.
    void check(const document::Cursor& at, const std::string& path);
    /// A name in an item of `clients` that is not known.
    void unknown_in_client(const document::Cursor& owner, const document::Cursor& member, std::string_view client);
    /// Whether a setting's new name stands beside its old one, which is not used then.
    enum class NewName : std::uint8_t { absent, present };
    /// An old name, which Authelia takes for its new one.
    void deprecated(const document::Cursor& member, const oidc::Key& key, std::string_view client, NewName new_name);

  private:
    [[nodiscard]] bool is_known(std::string_view path) const;
    void check_leaf(const document::Cursor& owner, const document::Cursor& at, const std::string& path);
    void check_items(const document::Cursor& at, const std::string& path);
    /// Of a name or value that is filled in later nothing is known.
    [[nodiscard]] bool is_placeholder(std::string_view text) const;
    /// `owner` is the mapping that holds `at`.
    void report_unknown(const document::Cursor& owner, const document::Cursor& at, std::string_view path,
                        std::string_view client);
    [[nodiscard]] std::optional<rule::Finding>
    unknown_in_section(const document::Cursor& owner, const document::Cursor& at, std::string_view below) const;
    /// Nothing when that depends on what is not in the file.
    [[nodiscard]] std::optional<rule::Finding> unknown_elsewhere(const document::Cursor& at,
                                                                 std::string_view path) const;
    void report_environment(const document::Cursor& at);
    void report_former(const document::Cursor& at, std::string_view path, const FormerName& former);
    [[nodiscard]] std::vector<std::string_view> neighbours(std::string_view below) const;

    const Release& m_release;
    rule::Findings& m_findings;
    util::Version m_version;
    oidc::Placeholders m_placeholders;
    oidc::Form m_form;
    document::Cursor m_root{};
    Ending m_ending = Ending::whole;
    std::unordered_map<std::string_view, const oidc::Key*> m_rows;
    std::vector<std::string> m_patterns; ///< paths with names chosen by the user
    std::unordered_set<std::string> m_reported;
};

/// The section that everything else here is about, as Authelia names it.
inline constexpr std::string_view k_section = "identity_providers.oidc";

} // namespace oidcgen::providers::authelia
