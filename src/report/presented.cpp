#include "report/presented.hpp"

#include "document/excerpt.hpp"

#include <algorithm>
#include <map>
#include <system_error>
#include <tuple>
#include <utility>

#include <fmt/format.h>

namespace oidcgen::report {

Presented::Presented(const Report& report, Wishes wishes)
    : m_report(&report)
    , m_wishes(wishes)
    , m_redactors(report.names, report.supplied, report.supplied_places) {
    std::error_code error;
    m_folder = std::filesystem::current_path(error);
}

std::optional<ShownPlace> Presented::shown(const document::Place& place) {
    if (!place) {
        return std::nullopt;
    }
    const auto [source, span] = document::in_file(*place.document, place.span);
    return ShownPlace{source->name(),
                      m_redactors.of(*place.document).shown_pointer(place.path),
                      source->position(span.start),
                      source->position(span.end),
                      span.start,
                      span.end};
}

const std::vector<ShownFinding>& Presented::findings() {
    if (std::exchange(m_is_shown, true)) {
        return m_findings;
    }
    m_findings.reserve(m_report->findings.size());
    for (const auto& finding : m_report->findings) {
        auto& result = m_findings.emplace_back();
        result.finding = &finding;
        result.message = m_redactors.shown(finding.whole_message(), finding.place).text();
        result.place = shown(finding.place);
        for (const auto& note : finding.notes) {
            result.notes.push_back({m_redactors.shown(note.message, note.place).text(), shown(note.place)});
        }
        if (!finding.help.empty()) {
            result.help = m_redactors.shown(finding.help, finding.place).text();
        }
        if (finding.suppressed) {
            // Not about its place, where all of a comment is hidden: the reason is written to be read.
            result.reason = m_redactors.shown(finding.suppressed->reason).text();
            result.suppressed_at = shown(finding.suppressed->place);
        }
    }
    return m_findings;
}

std::string Presented::text_of(const ShownFinding& finding) {
    return to_text(diagnostic_of(*finding.finding), m_redactors).text();
}

std::vector<Statistic> Presented::statistics() const {
    std::map<std::pair<rule::Severity, std::string_view>, Statistic> counts;
    const auto add = [&](const rule::Rule& rule, rule::Severity severity) {
        auto& it = counts[{severity, rule.code}];
        it.rule = &rule;
        it.severity = severity;
        ++it.count;
    };
    for (const auto& finding : m_report->findings) {
        if (!finding.suppressed) {
            add(*finding.rule, finding.severity());
        }
    }
    for (const auto& dropped : m_report->dropped) {
        add(*dropped.rule, dropped.severity());
    }
    std::vector<Statistic> result;
    result.reserve(counts.size());
    for (const auto& [key, statistic] : counts) {
        result.push_back(statistic);
    }
    std::ranges::stable_sort(result, [](const Statistic& left, const Statistic& right) {
        return std::tuple(left.severity, right.count) < std::tuple(right.severity, left.count);
    });
    return result;
}

std::string Presented::relative(std::string_view path) const {
    auto result = std::filesystem::path(path).lexically_normal();
    if (result.is_absolute() && !m_folder.empty()) {
        const auto inside = result.lexically_relative(m_folder);
        if (!inside.empty() && *inside.begin() != "..") {
            result = inside;
        }
    }
    return result.generic_string();
}

} // namespace oidcgen::report
