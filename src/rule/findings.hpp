#pragma once

#include "rule/rule.hpp"

#include <cstddef>
#include <map>
#include <optional>
#include <utility>
#include <vector>

namespace oidcgen::rule {

/// A finding beyond those that are kept: enough to count it, and to know what it is about.
struct Dropped {
    const Rule* rule = nullptr;
    const document::Document* document = nullptr;
    document::Span span;
    Consequence consequence = Consequence::advice;
    bool is_assumed = false;         ///< as in the finding
    std::optional<Severity> asked{}; ///< as in the finding

    [[nodiscard]] Severity severity() const { return asked.value_or(severity_of(consequence, is_assumed)); }
};

/// What an inspection found. Of each rule and document `k_most_kept` findings are kept whole, errors before others and
/// then in order of place, whatever the order in which they were added; of the others there are `dropped`.
class Findings {
  public:
    static constexpr std::size_t k_most_kept = 200;

    void add(Finding finding);
    /// True when a finding of the rule with that consequence is kept at that place. If it would not be, it is counted
    /// at once, and nobody has to find words for it.
    [[nodiscard]] bool takes(const Rule& rule, const document::Place& place, Consequence consequence);
    /// The same with the rule's own consequence.
    [[nodiscard]] bool takes(const Rule& rule, const document::Place& place) {
        return takes(rule, place, rule.consequence);
    }
    /// Notes that something could not be judged.
    void doubt(const document::Place& place, Doubt why) { not_checked.push_back({place, why}); }
    /// Adds what somebody else found.
    void append(Findings more);

    /// How many were found, kept or not.
    [[nodiscard]] std::size_t count() const { return findings.size() + dropped.size(); }
    [[nodiscard]] std::size_t count(Consequence consequence) const;
    [[nodiscard]] bool has(Consequence consequence) const { return count(consequence) != 0; }

    std::vector<Finding> findings; ///< in no order
    std::vector<Dropped> dropped;
    std::vector<NotChecked> not_checked;

  private:
    using Group = std::vector<std::size_t>; ///< positions in `findings`, a heap with the last to keep in front

    std::map<std::pair<const Rule*, const document::Document*>, Group> m_groups;
};

} // namespace oidcgen::rule
