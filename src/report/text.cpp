#include "util/text.hpp"
#include "report/capped.hpp"
#include "report/diagnostic.hpp"
#include "report/formats.hpp"
#include "report/logins.hpp"
#include "report/placeholders.hpp"

#include <algorithm>
#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace oidcgen::report {

namespace {

constexpr std::size_t k_hang = 4; // of a line that goes on below

util::Words counted(std::size_t count, std::string_view noun) {
    return util::words("{} {}{}", count, noun, count == 1 ? "" : "s");
}

util::Words listed(const std::vector<Acceptance::Range>& ranges) {
    std::vector<std::string_view> names;
    names.reserve(ranges.size());
    for (const auto& range : ranges) {
        names.emplace_back(range.name);
    }
    return util::joined(names, ", ");
}

/// Which releases take a file, and what they understand differently.
util::Words acceptance_lines(const Acceptance& it) {
    util::Words result;
    if (!it.is_whole) {
        result = util::words("{}: not read to its end, so it is not known which versions of {} accept it; checked for "
                             "{}\n",
                             util::path(it.path), util::own(it.title), it.target);
    } else if (it.accepted.empty()) {
        result = util::words("{}: no known version of {} accepts it; checked for {}\n", util::path(it.path),
                             util::own(it.title), it.target);
    } else {
        result = util::words("{}: accepted by {} {}", util::path(it.path), util::own(it.title), listed(it.accepted));
        const auto calm = listed(it.without_warning);
        if (it.without_warning.empty()) {
            result += ", with a warning by each";
        } else if (calm.text() != listed(it.accepted).text()) {
            result += util::words(", without a warning by {}", calm);
        }
        result += util::words("; checked for {}\n", it.target);
    }
    for (const auto& change : it.changes) {
        result += util::words("  {}: before {}.{} {}; since then {}\n", position_of(change.place), change.since.major,
                              change.since.minor, util::own(change.before), util::own(change.after));
    }
    return result;
}

/// Where something begins that was told already.
using Told = std::set<std::pair<const document::Document*, std::uint32_t>>;

/// The first of these places.
util::Words first_positions(const std::vector<const rule::NotChecked*>& values) {
    constexpr std::size_t k_most = 3;
    util::Words result;
    for (std::size_t number = 0; number < std::min(values.size(), k_most); ++number) {
        if (values[number]->place) {
            result += util::words("{}{}", number == 0 ? "" : ", ", position_of(values[number]->place));
        }
    }
    return values.size() > k_most ? result + ", …" : result;
}

/// Values that were not checked for one reason, each once, but for those in `told`.
std::vector<const rule::NotChecked*> unchecked_values(const Report& report, bool (*is_reason)(rule::Doubt), Told told) {
    std::vector<const rule::NotChecked*> result;
    for (const auto& it : report.not_checked) {
        if (is_reason(it.why) && told.emplace(it.place.document, it.place.span.start).second) {
            result.push_back(&it);
        }
    }
    return result;
}

/// Those with placeholders, a line for each file.
util::Words placeholder_lines(const Report& report, const Told& told) {
    std::map<std::string_view, std::vector<const rule::NotChecked*>> files;
    for (const auto* const it : unchecked_values(
             report, [](rule::Doubt why) { return why == rule::Doubt::placeholder; }, told)) {
        files[it->place ? std::string_view(it->place.document->source().name()) : std::string_view()].push_back(it);
    }
    util::Words result;
    for (const auto& [path, values] : files) {
        std::vector<std::string> marks;
        for (const auto& it : by_marks(values)) {
            marks.push_back(it.marks.empty() ? "fillers" : it.marks);
        }
        const auto kinds =
            marks.empty() ? util::Words() : util::words(" ({})", util::own(fmt::format("{}", fmt::join(marks, ", "))));
        result += util::words("{} not checked, because of placeholders{}: {}\n", counted(values.size(), "value"), kinds,
                              first_positions(values));
    }
    return result;
}

/// Several documents may be in one file.
std::size_t file_count(const Report& report) {
    std::set<std::string_view> paths;
    for (const auto& file : report.files) {
        paths.insert(file.path);
    }
    return paths.size();
}

/// What was gone through to find the files.
util::Words looked_at_lines(const Report& report) {
    util::Words result;
    if (!report.settings_file.empty()) {
        result += util::words("settings were taken from {}\n", util::path(report.settings_file));
    }
    if (report.looked_at) {
        const auto known = file_count(report);
        result += util::words("{} looked at in folders; {} {} recognised\n", counted(*report.looked_at, "text file"),
                              known, known == 1 ? "file was" : "files were");
    }
    if (report.not_readable > 0) {
        result += util::words("{} could not be read\n", counted(report.not_readable, "file"));
    }
    return result;
}

/// Which release was checked for because a file says that it is run, or why none was taken.
util::Words release_line(const SaidReleases& said) {
    const auto title = util::own(said.system->title);
    if (said.is_taken) {
        return util::words("checked for {} {}, as {} says\n", title, util::bare(said.releases.front()),
                           position_of(said.place));
    }
    if (said.releases.size() > 1) {
        return util::words("the files name several releases of {} ({}), so none of them was taken; --{}-version says "
                           "which one to check for\n",
                           title, util::bare(fmt::format("{}", fmt::join(said.releases, ", "))),
                           util::own(said.system->name));
    }
    return util::words("{} says {} {}, which is not a known release, so the newest one was checked\n",
                       position_of(said.place), title, util::bare(said.releases.front()));
}

/// What was not checked, and what to do about it.
util::Words unchecked_lines(const Report& report) {
    util::Words result;
    for (const auto& file : report.files) {
        if (file.stop) {
            result += util::words("{}: nothing was read from line {} on", util::path(file.path), file.stop->line);
            result += file.stop->clients
                          ? util::words("; {} {} read before it\n", counted(*file.stop->clients, "client"),
                                        *file.stop->clients == 1 ? "was" : "were")
                          : util::Words("\n");
        }
        if (!file.language.empty()) {
            result +=
                util::words("{}: written in {}, which is not read, so nothing in it was checked; give the YAML or "
                            "JSON that is made from it\n",
                            util::path(file.path), util::own(file.language));
        } else if (file.kind.empty()) {
            result += util::words("{}: not recognised as a file of {}, so nothing in it was checked\n",
                                  util::path(file.path), util::own(report.titles));
        } else if (file.is_part) {
            result +=
                util::words("{}: a part of a configuration, so what it lacks was not checked\n", util::path(file.path));
        }
    }
    Told told; // what a finding is about
    for (const auto& finding : report.findings) {
        told.emplace(finding.place.document, finding.place.span.start);
    }
    result += placeholder_lines(report, told);
    const auto others = unchecked_values(
        report, [](rule::Doubt it) { return it != rule::Doubt::placeholder && it != rule::Doubt::not_recognised; },
        told);
    if (!others.empty()) {
        result += util::words("{} not checked, because the files do not say enough: {}\n",
                              counted(others.size(), "value"), first_positions(others));
    }
    return result;
}

/// `   3 error   OG3001 redirect-uri-unregistered`, a line for each rule.
util::Shown statistics_lines(const Presented& presented, const Style& style) {
    util::Shown result;
    for (const auto& it : presented.statistics()) {
        constexpr std::size_t k_severity_width = 8;
        const auto severity = to_string(it.severity);
        result += shown(util::own(fmt::format("{:>5} ", it.count)));
        result += style.painted(ink_of(it.severity), util::own(severity));
        result += shown(util::own(
            fmt::format("{:{}}{} {}\n", "", k_severity_width - severity.size(), it.rule->code, it.rule->name)));
    }
    return result;
}

/// The findings one by one, or how many there are of each rule.
util::Shown finding_lines(Presented& presented, const Style& style) {
    if (presented.wishes().has_statistics) {
        return statistics_lines(presented, style);
    }
    util::Shown result;
    for (const auto& finding : presented.report().findings) {
        if (!finding.suppressed) {
            result += to_text(diagnostic_of(finding), presented.redactors(), style);
        }
    }
    util::Words more;
    for (const auto& it : capped_rules(presented.report())) {
        more += it.path.empty()
                    ? util::words("and {} more of {}\n", it.more, util::own(it.rule->name))
                    : util::words("and {} more of {} in {}\n", it.more, util::own(it.rule->name), util::path(it.path));
    }
    result += style.wrapped(presented.redactors().shown(more));
    return result;
}

} // namespace

std::size_t Report::suppressed() const {
    return static_cast<std::size_t>(
        std::ranges::count_if(findings, [](const rule::Finding& it) { return it.suppressed.has_value(); }));
}

std::size_t Report::count(rule::Severity severity) const {
    const auto counts = [&](const rule::Finding& it) { return !it.suppressed && it.severity() == severity; };
    return static_cast<std::size_t>(std::ranges::count_if(findings, counts) +
                                    std::ranges::count(dropped, severity, &rule::Dropped::severity));
}

util::Shown to_text(const Report& report, const Style& style) {
    Presented presented(report);
    return to_text(presented, style);
}

util::Shown to_text(Presented& presented, const Style& style) {
    const auto& report = presented.report();
    auto& redactors = presented.redactors();
    auto result = finding_lines(presented, style);
    if (presented.wishes().is_quiet) {
        return result;
    }
    auto ending = util::words("{}, {}, {} in {}\n", counted(report.count(rule::Severity::error), "error"),
                              counted(report.count(rule::Severity::warning), "warning"),
                              counted(report.count(rule::Severity::note), "note"), counted(file_count(report), "file"));
    if (const auto suppressed = report.suppressed(); suppressed > 0) {
        ending += util::words("{} {} suppressed\n", counted(suppressed, "finding"), suppressed == 1 ? "is" : "are");
    }
    for (const auto& acceptance : report.acceptances) {
        ending += acceptance_lines(acceptance);
    }
    result += style.wrapped(redactors.shown(ending));
    result += login_lines(report.logins, redactors, style);
    result += style.wrapped(redactors.shown(to_check_lines(report.to_check)), k_hang);
    ending = {};
    if (report.failure.empty()) {
        ending += no_logins(report);
    }
    ending += looked_at_lines(report);
    for (const auto& it : report.mounted) {
        ending += util::words("{} reads {}, as {} says; name it too, or use --follow\n", util::own(it.title),
                              util::path(it.path), position_of(it.place));
    }
    for (const auto& said : report.said_releases) {
        ending += release_line(said);
    }
    ending += unchecked_lines(report);
    for (const auto& [system, release] : report.checked_as) {
        ending += util::words("{} {} is newer than the releases known here, so it was checked as {}\n",
                              util::own(release.title), release.asked, to_string(release.used));
    }
    result += style.wrapped(redactors.shown(ending));
    if (presented.wishes().has_trace) {
        result += to_trace(report, style);
    }
    return result;
}

} // namespace oidcgen::report
