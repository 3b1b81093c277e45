#pragma once

#include "oidc/login/login.hpp"
#include "report/report.hpp"
#include "report/style.hpp"
#include "util/words.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace oidcgen::report {

/// A line of a log that belongs to a login that failed.
struct LogLine {
    std::size_t number = 0; ///< from 1
    std::string_view text;  ///< the piece of it that is known, as the tables have it
    std::string_view title; ///< of the system whose message it is; empty: an answer by the standards

    friend bool operator==(const LogLine&, const LogLine&) = default;
};

/// What the files have to do with a login that failed.
enum class ShownBy : std::uint8_t {
    not_asked, ///< no files were given
    rule,      ///< a finding of a rule that the log points at
    stage,     ///< a finding that stops a login at the same step
    nothing,   ///< no finding fits
};

/// Logins that failed for the same reason.
struct Story {
    std::string_view code; ///< of the rule or cause
    std::string_view name;
    bool is_known = true; ///< false: all that is known is that it failed
    std::optional<oidc::Stage> stage;
    util::Words message; ///< what happened
    util::Words help;    ///< what to do
    std::string client;  ///< id; empty: no line names it
    std::size_t times = 1;
    std::string first_time; ///< as RFC 3339 in UTC; empty: the line has none
    std::string last_time;
    std::size_t last_line = 0;
    std::vector<LogLine> lines; ///< of the first time, the one that names the cause first
    ShownBy shown_by = ShownBy::not_asked;
    std::vector<const rule::Finding*> findings; ///< of the files, where the cause is
    std::vector<util::Words> else_it;           ///< what else it can be, the likeliest first
};

/// What a log says about logins.
struct Diagnosis {
    std::string log; ///< its path, as messages name it
    std::size_t lines = 0;
    std::size_t cut = 0; ///< lines that were too long, and of which only the start was read
    std::vector<Story> stories;
    std::size_t more = 0;          ///< further reasons that are not told
    const Report* files = nullptr; ///< what lint found in the files; null: none were given
    util::Words failure;           ///< why the job could not be done; empty: it was
};

/// For people: what failed, why and what to do, with the place in the files.
[[nodiscard]] util::Shown to_text(const Diagnosis& diagnosis, const Style& style = {});

/// A line for each reason, `log:line: error: message [name]`.
[[nodiscard]] util::Shown to_concise(const Diagnosis& diagnosis, const Style& style = {});

/// For programs, `oidcgen-diagnose/1`.
[[nodiscard]] util::Shown to_json(const Diagnosis& diagnosis);

} // namespace oidcgen::report
