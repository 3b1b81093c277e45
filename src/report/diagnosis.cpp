#include "report/diagnosis.hpp"

#include "report/diagnostic.hpp"
#include "report/redact.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

namespace oidcgen::report {

namespace {

/// `log:12`, of the line that names the cause.
util::Words position_of(const Diagnosis& diagnosis, const Story& story) {
    return util::words("{}:{}", util::path(diagnosis.log), story.lines.front().number);
}

std::string bracketed(const Story& story) { return fmt::format("{} {}", story.name, story.code); }

/// `log:12: error: message [name code]`
util::Shown opening(const Diagnosis& diagnosis, const Story& story, const std::string& code, const Style& style) {
    auto line = style.painted(Ink::place, position_of(diagnosis, story) + ":");
    line += shown(" ");
    line += style.painted(Ink::error, "error:");
    line += shown(util::words(" {} ", story.message));
    line += style.painted(Ink::rule, util::words("[{}]", util::own(code)));
    line += shown("\n");
    return line;
}

/// `   = note: …`
util::Shown note_line(const util::Words& note, const Style& style) {
    auto line = shown("   = ");
    line += style.painted(Ink::note, "note:");
    const auto hang = shown_width(line) + 1;
    line += shown(util::words(" {}\n", note));
    return style.wrapped(line, hang);
}

/// ` (2026-01-02T15:04:05Z)`, or nothing when the line has no time.
util::Words in_brackets(const std::string& time) {
    return time.empty() ? util::Words() : util::words(" ({})", util::own(time));
}

/// At which step, for which client, how often and when.
util::Words circumstances(const Story& story) {
    const bool is_of_start = story.stage == oidc::Stage::config_provider || story.stage == oidc::Stage::config_app;
    util::Words result = is_of_start ? "no login can begin" : "a login failed";
    if (story.stage && !is_of_start) {
        result += util::words(" at {}", util::own(to_string(*story.stage)));
    }
    result += in_brackets(story.first_time);
    if (!story.client.empty()) {
        result += util::words(", client {}", util::outside(story.client));
    }
    if (story.times > 1) {
        result += util::words("; {} times in all, the last time in line {}{}", story.times, story.last_line,
                              in_brackets(story.last_time));
    }
    return result;
}

/// Which lines say so, and by which piece of each it was known.
util::Words evidence(const Story& story) {
    util::Words result;
    for (const auto& line : story.lines) {
        result += result.empty() ? "known by " : "; ";
        result += util::words("\"{}\" in line {}", util::own(line.text), line.number);
        if (!line.title.empty()) {
            result += util::words(" ({})", util::own(line.title));
        }
    }
    return result;
}

util::Words shown_where(const Story& story) {
    switch (story.shown_by) {
    case ShownBy::rule:
        return "the files show it here:";
    case ShownBy::stage:
        return "the files do not show it, but something else at the same step:";
    case ShownBy::nothing:
        return "the files do not show it";
    case ShownBy::not_asked:
        break;
    }
    return {};
}

/// What else it can be, the likeliest first.
util::Words alternatives(const Story& story) {
    util::Words result;
    for (const auto& other : story.else_it) {
        result += result.empty() ? "what else it can be, most likely first: " : "; ";
        result += other;
    }
    return result;
}

util::Words counted(std::size_t count, std::string_view noun) {
    return util::words("{} {}{}", count, util::own(noun), count == 1 ? "" : "s");
}

util::Words ending(const Diagnosis& diagnosis) {
    util::Words result;
    if (diagnosis.stories.empty()) {
        result = util::words("{}: nothing in {} is about a login that failed; give the lines that the provider and the "
                             "application logged at that time\n",
                             util::path(diagnosis.log), counted(diagnosis.lines, "line"));
    } else {
        result = util::words("{} in {}\n",
                             diagnosis.stories.size() == 1
                                 ? util::Words("1 reason why logins fail")
                                 : util::words("{} reasons why logins fail", diagnosis.stories.size()),
                             counted(diagnosis.lines, "line"));
    }
    if (diagnosis.more > 0) {
        result += util::words("and {} more, which are not shown\n", counted(diagnosis.more, "reason"));
    }
    if (diagnosis.cut > 0) {
        result +=
            util::words("{} too long, so only the start was read\n",
                        diagnosis.cut == 1 ? util::Words("1 line was") : util::words("{} lines were", diagnosis.cut));
    }
    return result;
}

} // namespace

util::Shown to_text(const Diagnosis& diagnosis, const Style& style) {
    util::Shown result;
    Redactors redactors;
    if (diagnosis.files != nullptr) {
        redactors = Redactors(diagnosis.files->names, diagnosis.files->supplied, diagnosis.files->supplied_places);
    }
    for (const auto& story : diagnosis.stories) {
        result += style.wrapped(opening(diagnosis, story, bracketed(story), style), 2);
        result += note_line(circumstances(story), style);
        result += note_line(evidence(story), style);
        const bool is_placed = story.shown_by == ShownBy::rule;
        if (!is_placed) {
            result += help_line(shown(story.help), style);
        }
        if (const auto where = shown_where(story); !where.empty()) {
            result += note_line(where, style);
        }
        for (const auto* const finding : story.findings) {
            result += to_text(diagnostic_of(*finding), redactors, style);
        }
        if (const auto others = alternatives(story); !others.empty()) {
            result += note_line(others, style);
        }
    }
    result += style.wrapped(shown(ending(diagnosis)));
    return result;
}

util::Shown to_concise(const Diagnosis& diagnosis, const Style& style) {
    util::Shown result;
    for (const auto& story : diagnosis.stories) {
        result += opening(diagnosis, story, std::string(story.name), style);
    }
    return result;
}

} // namespace oidcgen::report
