#pragma once

#include "document/document.hpp"
#include "lint/rules.hpp"
#include "report/report.hpp"
#include "rule/rule.hpp"
#include "util/words.hpp"

#include <filesystem>
#include <map>
#include <memory>
#include <set>
#include <span>
#include <string>
#include <vector>

namespace oidcgen::lint {

/// An entry of `ignore` in the settings of a project.
struct ProjectIgnore {
    std::vector<NamedRules> rules;
    std::string path;    ///< from the project's folder: a file, or a folder with all below it; empty: any file
    std::string pointer; ///< of a setting, with all below it; empty: any
    std::string reason;  ///< may be empty
    document::Place place;
};

/// What a person wants to hear of the findings.
struct Filter {
    std::set<const rule::Rule*> selected; ///< rules whose findings are reported; empty: all
    std::set<const rule::Rule*> left_out; ///< rules whose findings are not
    std::map<const rule::Rule*, rule::Severity> severities;
    std::vector<ProjectIgnore> ignores;
    std::filesystem::path folder;                           ///< of the project
    std::shared_ptr<const document::Document> project_file; ///< that the places of `ignores` are in
};

/// The rules about suppressions.
[[nodiscard]] std::span<const rule::Rule* const> suppression_rules();

/// Marks the findings that a comment (`# oidcgen: ignore[RULE] reason`) in one of the documents, or an entry of the
/// project, suppresses, and adds a finding for each suppression that has nothing to suppress or gives no reason. A
/// comment counts for its line and, on a line of its own, for the next line that is not a comment. Either end of a
/// finding serves. The result says what is wrong with a comment that cannot be understood; empty: nothing.
[[nodiscard]] util::Words suppress(const Filter& filter, std::span<const document::Document* const> documents,
                                   report::Report& report);

/// Leaves the findings of the wished rules in the report, with the wished severities.
void apply(const Filter& filter, report::Report& report);

} // namespace oidcgen::lint
