#include "report/diagnostic.hpp"
#include "report/report.hpp"

#include <string>

namespace oidcgen::report {

util::Shown to_concise(const Report& report, const Style& style) {
    util::Shown result;
    Redactors redactors(report.names, report.supplied, report.supplied_places);
    for (const auto& finding : report.findings) {
        const Diagnostic diagnostic{to_string(finding.severity()),  finding.whole_message(), finding.place, {}, {},
                                    std::string(finding.rule->name)};
        result += headline(diagnostic, redactors, style);
    }
    return result;
}

} // namespace oidcgen::report
