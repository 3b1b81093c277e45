#include "util/text.hpp"
#include "report/capped.hpp"
#include "report/diagnostic.hpp"
#include "report/report.hpp"

#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace oidcgen::report {

namespace {

std::string counted(std::size_t count, std::string_view noun) {
    return fmt::format("{} {}{}", count, noun, count == 1 ? "" : "s");
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
std::string doubt(const Login& login) {
    if (login.unknown.empty()) {
        return {};
    }
    const auto& first = login.unknown.front();
    if (!first.place) {
        return fmt::format(": {}", reason(first.why));
    }
    const auto& source = first.place.document->source();
    const auto position = source.position(first.place.span.start);
    return fmt::format(": {} ({}:{}:{})", reason(first.why), source.name(), position.line, position.column);
}

std::string outcome(const Login& login) {
    std::vector<std::string_view> because(login.because.begin(), login.because.end());
    switch (login.outcome) {
    case oidc::Outcome::fails:
        return fmt::format("fails at {}: {}", to_string(*login.stage), fmt::join(because, ", "));
    case oidc::Outcome::unknown:
        return "cannot be known" + doubt(login);
    case oidc::Outcome::works:
        break;
    }
    return login.lost.empty() ? "works" : fmt::format("works, without {}", fmt::join(login.lost, ", "));
}

/// One line per login, in columns; with the client where there are several.
std::string login_lines(const std::vector<Login>& logins) {
    std::size_t width = 0;
    bool several = false;
    const auto shown = [](const Login& login) {
        return login.address.empty() ? std::string_view("(unknown address)") : std::string_view(login.address);
    };
    for (const auto& login : logins) {
        width = std::max(width, util::display_width(shown(login)));
        several = several || login.client != logins.front().client || login.app != logins.front().app;
    }
    std::string result;
    for (const auto& login : logins) {
        const auto padding = width - util::display_width(shown(login));
        result += fmt::format("{:<6}  {}{:{}}  {}", login.device, shown(login), "", padding, outcome(login));
        result += several ? fmt::format(" (client {}, {})\n", util::quoted(login.client), login.app) : "\n";
    }
    return result;
}

std::string listed(const std::vector<Acceptance::Range>& ranges) {
    std::vector<std::string_view> names;
    for (const auto& range : ranges) {
        names.emplace_back(range.name);
    }
    return fmt::format("{}", fmt::join(names, ", "));
}

/// Which releases take a file, and what they understand differently.
std::string acceptance_lines(const Acceptance& it) {
    std::string result;
    if (it.accepted.empty()) {
        result = fmt::format("{}: no known version of {} accepts it; checked for {}\n", it.path, it.title, it.target);
    } else {
        result = fmt::format("{}: accepted by {} {}", it.path, it.title, listed(it.accepted));
        const auto calm = listed(it.without_warning);
        if (it.without_warning.empty()) {
            result += ", with a warning by each";
        } else if (calm != listed(it.accepted)) {
            result += fmt::format(", without a warning by {}", calm);
        }
        result += fmt::format("; checked for {}\n", it.target);
    }
    for (const auto& change : it.changes) {
        const auto position = change.place.document->source().position(change.place.span.start);
        result += fmt::format("  {}:{}:{}: before {}.{} {}; since then {}\n", it.path, position.line, position.column,
                              change.since.major, change.since.minor, change.before, change.after);
    }
    return result;
}

/// Why no login was foretold.
std::string no_logins(const Report& report) {
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

std::string to_text(const Report& report) {
    std::string result;
    Redactors redactors;
    for (const auto& finding : report.findings) {
        result += to_text(diagnostic(finding), redactors);
    }
    for (const auto& it : capped_rules(report)) {
        result += it.path.empty() ? fmt::format("and {} more of {}\n", it.more, it.rule->name)
                                  : fmt::format("and {} more of {} in {}\n", it.more, it.rule->name, it.path);
    }
    result += fmt::format("{}, {}, {} in {}\n", counted(report.count(rule::Severity::error), "error"),
                          counted(report.count(rule::Severity::warning), "warning"),
                          counted(report.count(rule::Severity::note), "note"), counted(report.files.size(), "file"));
    for (const auto& file : report.files) {
        if (file.kind.empty()) {
            result += fmt::format("{}: not recognised, and not looked at; --kind says what it is\n", file.path);
        }
    }
    const auto values = static_cast<std::size_t>(std::ranges::count_if(
        report.not_checked, [](const rule::NotChecked& it) { return it.why != rule::Doubt::not_recognised; }));
    if (values > 0) {
        result += fmt::format("{} not checked, being filled in later or not to be known\n", counted(values, "value"));
    }
    if (report.logins.empty() && report.failure.empty()) {
        result += no_logins(report);
    }
    for (const auto& acceptance : report.acceptances) {
        result += acceptance_lines(acceptance);
    }
    result += login_lines(report.logins);
    for (const auto& [system, release] : report.checked_as) {
        result += fmt::format("{} {} is newer than the releases known here, and was checked as {}\n", release.title,
                              release.asked, to_string(release.used));
    }
    return result;
}

} // namespace oidcgen::report
