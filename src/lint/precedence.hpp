#pragma once

#include "rule/findings.hpp"
#include "rule/settings.hpp"

#include <cstdint>
#include <map>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

namespace oidcgen::lint {

// Which of several findings about one cause speaks. One cause is one finding: the most specific rule says it.

/// A setting by its pointer, absent ones too.
using Setting = std::pair<const document::Document*, std::string>;

/// What each side alone has told, looked up by place and by file. Findings that were dropped count as well, so no
/// verdict depends on how many are kept.
class Told {
  public:
    /// Nothing is certain of the settings in `cut`: their texts may go on behind what could be read.
    explicit Told(const rule::Findings& findings, std::span<const document::Document* const> cut = {});

    /// The rule by which one side alone tells the cause of `finding`, and so speaks for it; null when there is none. It
    /// says why a login fails at the same value, or explains the rule of `finding` there, or says that the absent
    /// setting is misspelt.
    [[nodiscard]] const rule::Rule* speaker_for(const rule::Finding& finding) const;
    /// The rule by which one side alone says that a login fails because of the value there; null when there is none.
    [[nodiscard]] const rule::Rule* speaker_at(const document::Place& place) const;
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
    std::map<Value, const rule::Rule*> m_explaining; ///< those that explain findings of another rule
    std::map<Setting, const rule::Rule*> m_misspelt; ///< by the setting that was meant
    std::map<const document::Document*, std::set<std::string_view>> m_refusals;
    rule::Settings m_doubtful;
};

/// Makes errors of the findings because of which a login fails: those that speak for an obstacle of a login, and that
/// one side alone takes with a warning.
void raise_speakers(std::vector<rule::Finding>& findings, const std::vector<rule::Finding>& spoken_for);

/// Drops what another finding says better: hints behind the reason why a login fails at the same value, and what
/// follows from a setting that is absent because its key is misspelt. What a system itself says of that setting is
/// kept, with a note that shows the misspelt key.
void silence(std::vector<rule::Finding>& findings, std::vector<rule::Dropped>& dropped);

} // namespace oidcgen::lint
