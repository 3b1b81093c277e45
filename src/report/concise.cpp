#include "report/diagnostic.hpp"
#include "report/formats.hpp"

#include <string>

namespace oidcgen::report {

util::Shown to_concise(Presented& report, const Style& style) {
    util::Shown result;
    for (const auto& finding : report.report().findings) {
        if (finding.suppressed) {
            continue;
        }
        const Diagnostic diagnostic{to_string(finding.severity()),  finding.whole_message(), finding.place, {}, {},
                                    std::string(finding.rule->name)};
        result += headline(diagnostic, report.redactors(), style);
    }
    return result;
}

} // namespace oidcgen::report
