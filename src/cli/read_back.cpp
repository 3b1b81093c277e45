#include "cli/read_back.hpp"

#include "document/reader.hpp"
#include "oidc/compare.hpp"

#include <algorithm>
#include <memory>

#include <fmt/format.h>

namespace oidcgen::cli {

namespace {

std::unique_ptr<document::Document> read(const oidc::System& system, const util::Version& version,
                                         const std::string& text) {
    const auto reading = system.reading(version, oidc::Use::file);
    return document::read_document("<output>", text, reading.dialect, reading.limits);
}

/// Why the system would not take it; empty when it would.
std::string refusal(const rule::Findings& findings) {
    const auto found = std::ranges::find_if(findings.findings, [](const rule::Finding& finding) {
        return finding.consequence == rule::Consequence::provider_refuses ||
               finding.consequence == rule::Consequence::app_refuses ||
               finding.consequence == rule::Consequence::app_warns;
    });
    return found == findings.findings.end() ? std::string() : found->message;
}

util::Expected<void> judged(const oidc::System& system, std::string_view difference, const rule::Findings& findings) {
    if (!difference.empty()) {
        return util::failure(
            fmt::format("{} cannot be written for {} so that it reads back the same; nothing was written", difference,
                        system.title));
    }
    if (const auto why = refusal(findings); !why.empty()) {
        return util::failure(fmt::format("{} would not take this: {}; nothing was written", system.title, why));
    }
    return {};
}

} // namespace

util::Expected<void> read_back(const site::Site& site, const oidc::Provider& wanted, const std::string& text) {
    const auto document = read(*site.provider, site.provider_version, text);
    rule::Findings findings;
    oidc::InspectOptions options;
    options.version = site.provider_version;
    const auto provider = site.provider->provider->inspect(*document, options, findings);
    if (provider.registrations.size() != wanted.registrations.size()) {
        return judged(*site.provider, "clients", findings);
    }
    std::string_view difference;
    for (std::size_t at = 0; at < wanted.registrations.size() && difference.empty(); ++at) {
        difference = first_difference(wanted.registrations[at], provider.registrations[at]);
    }
    return judged(*site.provider, difference, findings);
}

util::Expected<void> read_back(const site::Site& site, const oidc::RelyingParty& wanted, const std::string& text) {
    const auto document = read(*site.application, site.application_version, text);
    rule::Findings findings;
    oidc::InspectOptions options;
    options.version = site.application_version;
    const auto party = site.application->application->inspect(*document, options, findings);
    return judged(*site.application, first_difference(wanted, party), findings);
}

} // namespace oidcgen::cli
