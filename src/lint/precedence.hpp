#pragma once

#include "rule/findings.hpp"
#include "rule/settings.hpp"

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

namespace oidcgen::lint {

// Which of several findings about one cause speaks. One cause is one finding: the most specific rule says it.

/// What each side alone has told, looked up by place and by file. Findings that were dropped count as well, so no
/// verdict depends on how many are kept.
class Told {
  public:
    explicit Told(const rule::Findings& findings);

    /// The rule by which one side alone says why a login fails at the same value, and so speaks for `finding`; null
    /// when there is none.
    [[nodiscard]] const rule::Rule* speaker_for(const rule::Finding& finding) const;
    /// Names of the rules because of which a document is refused, each once and in order.
    [[nodiscard]] std::vector<std::string> refusals(const document::Document& document) const;
    /// Settings because of which a side is refused: what they are fixed to is not known.
    [[nodiscard]] const rule::Settings& doubtful() const { return m_doubtful; }

  private:
    /// A value, as far as findings point at it.
    using Value = std::tuple<const document::Document*, std::uint32_t, std::uint32_t>;

    void add(const rule::Rule& rule, const document::Document* document, document::Span span,
             rule::Consequence consequence);

    std::map<Value, const rule::Rule*> m_speakers;
    std::map<const document::Document*, std::set<std::string_view>> m_refusals;
    rule::Settings m_doubtful;
};

/// Drops what another finding about the same value says better: hints behind the reason why a login fails.
void silence(std::vector<rule::Finding>& findings, std::vector<rule::Dropped>& dropped);

} // namespace oidcgen::lint
