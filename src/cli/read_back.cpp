#include "cli/read_back.hpp"

#include "document/reader.hpp"
#include "oidc/compare.hpp"
#include "report/redact.hpp"

#include <algorithm>
#include <memory>
#include <optional>
#include <string>

#include <fmt/format.h>

namespace oidcgen::cli {

namespace {

std::unique_ptr<document::Document> read(const oidc::System& system, const util::Version& version,
                                         const std::string& text) {
    const auto reading = system.reading(version, oidc::Use::file);
    return document::read_document("<output>", text, reading.dialect, reading.limits);
}

/// Why the system would not take it; empty when it would.
util::Words refusal(const rule::Findings& findings) {
    const auto found = std::ranges::find_if(findings.findings, [](const rule::Finding& finding) {
        return finding.consequence == rule::Consequence::provider_refuses ||
               finding.consequence == rule::Consequence::app_refuses ||
               finding.consequence == rule::Consequence::app_warns;
    });
    if (found == findings.findings.end()) {
        return {};
    }
    report::Redactors redactors;
    return util::own(redactors.shown(found->message, found->place).text());
}

/// The setting as the system writes it, where it was found; else in the terms of the standards.
std::string named(const oidc::Difference& difference) {
    const auto& place = difference.place;
    const auto pointer = place ? place.document->pointer(place.path) : std::string();
    const auto slash = pointer.rfind('/');
    return slash == std::string::npos ? std::string(difference.field) : pointer.substr(slash + 1);
}

util::Expected<void> judged(const oidc::System& system, const std::optional<oidc::Difference>& difference,
                            const rule::Findings& findings) {
    if (difference) {
        return util::failure(
            util::words("{} cannot be written for {} so that it reads back the same; nothing was written",
                        named(*difference), system.title));
    }
    if (const auto why = refusal(findings); !why.empty()) {
        return util::failure(util::words("{} would not take this: {}; nothing was written", system.title, why));
    }
    return {};
}

} // namespace

util::Expected<void> read_back(const site::Site& site, const oidc::Provider& wanted, const oidc::Output& output) {
    if (output.kind == oidc::OutputKind::checklist) {
        return {};
    }
    const auto& system = *site.provider;
    const auto document = read(system, site.provider_target.used, output.text);
    rule::Findings findings;
    oidc::InspectOptions options;
    options.version = site.provider_target.used;
    const auto provider = system.provider->inspect(*document, options, findings);
    return judged(system,
                  output.is_whole ? first_difference(wanted, provider) : first_client_difference(wanted, provider),
                  findings);
}

util::Expected<void> read_back(const site::Site& site, const oidc::RelyingParty& wanted, const oidc::Output& output) {
    if (output.kind == oidc::OutputKind::checklist) {
        return {};
    }
    const auto& system = *site.application;
    const auto document = read(system, site.application_target.used, output.text);
    rule::Findings findings;
    oidc::InspectOptions options;
    options.version = site.application_target.used;
    const auto party = system.application->inspect(*document, options, findings);
    return judged(system, first_difference(wanted, party), findings);
}

} // namespace oidcgen::cli
