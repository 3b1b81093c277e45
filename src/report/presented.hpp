#pragma once

#include "document/source.hpp"
#include "report/diagnostic.hpp"
#include "report/redact.hpp"
#include "report/report.hpp"

#include <cstddef>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace oidcgen::report {

/// What of a report may be left out or added.
struct Wishes {
    bool is_quiet = false;       ///< findings alone, for people: no sums, logins and hints
    bool has_statistics = false; ///< how often each rule was found, for people instead of the findings
    bool has_trace = false;      ///< every step of each login
    int exit_status = 0;         ///< with which the run ends, for formats that tell it
};

/// A place as reports tell it.
struct ShownPlace {
    std::string path; ///< of the file, as the person gave it
    std::string pointer;
    document::Position start;
    document::Position end; ///< of the first byte behind it
    std::size_t start_offset = 0;
    std::size_t end_offset = 0;
};

/// A note of a finding as reports tell it.
struct ShownNote {
    std::string message;
    std::optional<ShownPlace> place;
};

/// A finding as reports tell it, every secret masked.
struct ShownFinding {
    const rule::Finding* finding = nullptr;
    std::string message;
    std::optional<ShownPlace> place;
    std::vector<ShownNote> notes;
    std::string help;
    std::string reason; ///< of a suppressed one: why it is
    std::optional<ShownPlace> suppressed_at;

    [[nodiscard]] bool is_suppressed() const { return finding->suppressed.has_value(); }
    [[nodiscard]] std::string_view severity() const { return to_string(finding->severity()); }
};

/// How often a rule was found, with one severity.
struct Statistic {
    const rule::Rule* rule = nullptr;
    rule::Severity severity = rule::Severity::error;
    std::size_t count = 0;
};

/// A report with what several formats show of it, so that each part is masked once.
class Presented {
  public:
    /// The report lives longer.
    explicit Presented(const Report& report, Wishes wishes = {});

    [[nodiscard]] const Report& report() const { return *m_report; }
    [[nodiscard]] const Wishes& wishes() const { return m_wishes; }
    [[nodiscard]] Redactors& redactors() { return m_redactors; }
    /// In the order of the report.
    [[nodiscard]] const std::vector<ShownFinding>& findings();
    /// Nothing for no place.
    [[nodiscard]] std::optional<ShownPlace> shown(const document::Place& place);
    /// The finding as to_text() has it, without colours, on lines as long as they are.
    [[nodiscard]] std::string text_of(const ShownFinding& finding);
    /// What counts, dropped findings included: errors first, the most frequent first.
    [[nodiscard]] std::vector<Statistic> statistics() const;
    /// A path as machines that know the project's folder take it: relative, with `/`, without `./` in front. One that
    /// leads elsewhere stays as it is.
    [[nodiscard]] std::string relative(std::string_view path) const;

  private:
    const Report* m_report;
    Wishes m_wishes;
    Redactors m_redactors;
    std::filesystem::path m_folder; ///< in which the program runs
    std::vector<ShownFinding> m_findings;
    bool m_is_shown = false;
};

} // namespace oidcgen::report
