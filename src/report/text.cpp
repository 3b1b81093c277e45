#include "util/text.hpp"
#include "report/capped.hpp"
#include "report/diagnostic.hpp"
#include "report/report.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace oidcgen::report {

namespace {

util::Words counted(std::size_t count, std::string_view noun) {
    return util::words("{} {}{}", count, noun, count == 1 ? "" : "s");
}

Diagnostic diagnostic(const rule::Finding& finding) {
    Diagnostic result{to_string(finding.severity()), finding.whole_message(), finding.place, {}, finding.help, {}};
    for (const auto& note : finding.notes) {
        result.notes.push_back({note.message, note.place});
    }
    result.code = fmt::format("{} {}", finding.rule->name, finding.rule->code);
    return result;
}

/// The first reason why a login cannot be foretold, with its place.
util::Words doubt(const Login& login) {
    if (login.unknown.empty()) {
        return {};
    }
    const auto& first = login.unknown.front();
    if (!first.place) {
        return util::words(": {}", util::own(reason(first.why)));
    }
    const auto& source = first.place.document->source();
    const auto position = source.position(first.place.span.start);
    return util::words(": {} ({}:{}:{})", util::own(reason(first.why)), util::path(source.name()), position.line,
                       position.column);
}

util::Words outcome(const Login& login) {
    std::vector<std::string_view> because(login.because.begin(), login.because.end());
    switch (login.outcome) {
    case oidc::Outcome::fails:
        return util::words("fails at {}: {}", util::own(to_string(*login.stage)), util::joined(because, ", "));
    case oidc::Outcome::unknown:
        return util::words("cannot be known{}", doubt(login));
    case oidc::Outcome::works:
        break;
    }
    return login.lost.empty() ? util::Words("works") : util::words("works, without {}", util::joined(login.lost, ", "));
}

/// One line per login, in columns; with the client where there are several.
util::Words login_lines(const std::vector<Login>& logins) {
    std::size_t width = 0;
    bool several = false;
    const auto shown = [](const Login& login) {
        return login.address.empty() ? std::string_view("(unknown address)") : std::string_view(login.address);
    };
    for (const auto& login : logins) {
        width = std::max(width, util::display_width(shown(login)));
        several = several || login.client != logins.front().client || login.app != logins.front().app;
    }
    util::Words result;
    for (const auto& login : logins) {
        const std::string padding(width - util::display_width(shown(login)), ' ');
        result += util::words("{}  {}{}  {}", util::own(fmt::format("{:<6}", login.device)), shown(login),
                              util::own(padding), outcome(login));
        result += several ? util::words(" (client {}, {})\n", util::outside(login.client), util::path(login.app))
                          : util::Words("\n");
    }
    return result;
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
    if (it.accepted.empty()) {
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
        const auto position = change.place.document->source().position(change.place.span.start);
        result += util::words("  {}:{}:{}: before {}.{} {}; since then {}\n", util::path(it.path), position.line,
                              position.column, change.since.major, change.since.minor, util::own(change.before),
                              util::own(change.after));
    }
    return result;
}

/// Why no login was foretold.
util::Words no_logins(const Report& report) {
    const bool has_provider =
        std::ranges::any_of(report.files, [](const File& it) { return it.wing == oidc::Wing::provider; });
    const bool has_application =
        std::ranges::any_of(report.files, [](const File& it) { return it.wing == oidc::Wing::application; });
    return has_provider && has_application ? "no login foretold: none of the clients is the application's\n"
           : has_provider                  ? "no login foretold: the application's side is not there\n"
           : has_application               ? "no login foretold: the provider's side is not there\n"
                                           : "";
}

} // namespace

std::size_t Report::count(rule::Severity severity) const {
    const auto of_dropped = [](const rule::Dropped& it) { return rule::severity_of(it.consequence); };
    return static_cast<std::size_t>(std::ranges::count(findings, severity, &rule::Finding::severity) +
                                    std::ranges::count(dropped, severity, of_dropped));
}

util::Shown to_text(const Report& report, const Style& style) {
    util::Shown result;
    Redactors redactors(report.names);
    for (const auto& finding : report.findings) {
        result += to_text(diagnostic(finding), redactors, style);
    }
    util::Words ending;
    for (const auto& it : capped_rules(report)) {
        ending += it.path.empty() ? util::words("and {} more of {}\n", it.more, util::own(it.rule->name))
                                  : util::words("and {} more of {} in {}\n", it.more, util::own(it.rule->name),
                                                util::path(it.path));
    }
    ending += util::words("{}, {}, {} in {}\n", counted(report.count(rule::Severity::error), "error"),
                          counted(report.count(rule::Severity::warning), "warning"),
                          counted(report.count(rule::Severity::note), "note"), counted(report.files.size(), "file"));
    for (const auto& file : report.files) {
        if (file.kind.empty()) {
            ending +=
                util::words("{}: not recognised, and not looked at; --kind says what it is\n", util::path(file.path));
        }
    }
    const auto values = static_cast<std::size_t>(std::ranges::count_if(
        report.not_checked, [](const rule::NotChecked& it) { return it.why != rule::Doubt::not_recognised; }));
    if (values > 0) {
        ending += util::words("{} not checked, being filled in later or not to be known\n", counted(values, "value"));
    }
    if (report.logins.empty() && report.failure.empty()) {
        ending += no_logins(report);
    }
    for (const auto& acceptance : report.acceptances) {
        ending += acceptance_lines(acceptance);
    }
    ending += login_lines(report.logins);
    for (const auto& [system, release] : report.checked_as) {
        ending += util::words("{} {} is newer than the releases known here, and was checked as {}\n",
                              util::own(release.title), release.asked, to_string(release.used));
    }
    result += style.wrapped(redactors.shown(ending));
    return result;
}

} // namespace oidcgen::report
