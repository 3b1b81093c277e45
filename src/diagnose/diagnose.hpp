#pragma once

#include "diagnose/line.hpp"
#include "diagnose/recognise.hpp"
#include "diagnose/stories.hpp"
#include "report/diagnosis.hpp"
#include "report/report.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace oidcgen::diagnose {

/// What a log says.
struct Log {
    std::vector<Reason> reasons; ///< why logins failed, in the order of the log
    std::size_t more = 0;        ///< further reasons
    std::size_t lines = 0;
    std::size_t cut = 0; ///< lines of which only the start was read
};

/// Reads a log of any length, block by block. What it keeps does not grow with the log.
class Reader {
  public:
    /// Bytes of a line that are read.
    static constexpr std::size_t k_longest_line = std::size_t{64} << 10U;

    /// The next bytes of the log.
    void take(std::string_view block);
    /// To be called once, when all of it was taken.
    [[nodiscard]] Log finish();

  private:
    /// The line that another one goes on from.
    struct Head {
        std::size_t back = 0; ///< lines
        std::string text;     ///< plain
        std::optional<Moment> time;
    };

    void take_text(std::string_view block);
    void look_at(std::string_view lines);
    void read_line(std::string_view before, std::string_view line, std::size_t number);
    [[nodiscard]] std::optional<Head> head_of(std::string_view line, std::string_view before) const;
    [[nodiscard]] std::int64_t seconds(const Moment& moment);

    Messages m_messages;
    Stories m_stories;
    std::string m_before;       ///< the end of what was looked at
    std::string m_rest;         ///< a line that has not ended, or its start
    bool m_is_too_long = false; ///< that line is
    std::size_t m_lines = 0;    ///< that were looked at
    std::size_t m_cut = 0;
    bool m_has_begun = false;
    bool m_is_wide = false;              ///< UTF-16, as some shells redirect output
    bool m_has_half = false;             ///< of a character of that
    std::optional<Moment> m_zoned;       ///< the last time that says its zone
    std::optional<std::int64_t> m_ahead; ///< of times that do not say their zone, once that is known
    std::optional<Moment> m_dated;       ///< the last time that says its year
};

/// The log in words. With what lint found in files (null: none were given), each reason has the place where the files
/// have it, or what else it can be. The report outlives the diagnosis.
[[nodiscard]] report::Diagnosis diagnosis(const Log& log, const report::Report* files);

} // namespace oidcgen::diagnose
