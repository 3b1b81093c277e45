// Site descriptions, and both sides that are written from those that are right.
#include "cli/read_back.hpp"
#include "demand.hpp"
#include "document/reader.hpp"
#include "oidc/system.hpp"
#include "site/entries.hpp"
#include "site/site.hpp"

#include <map>
#include <vector>

using namespace oidcgen;
using fuzz::demand;

namespace {

constexpr std::string_view k_secret = "q7-Rk2_vXp9.LmT4wZs8bd.Hn6Jc3Ye";
constexpr std::string_view k_digest =
    "$pbkdf2-sha512$310000$8PHy8/T19vf4.fr7/P3./w$0ny9A0S1EWxbywp8Rza62fE9zBQr3RHXQ3mgezcxponjJ"
    "aqrzX.8a2tSZ5ZF4N9zGViJ9gsrn.hYe1j7j2OugQ";

std::map<std::string, std::vector<std::string>> texts_of(const oidc::SiteValues& values) {
    std::map<std::string, std::vector<std::string>> result;
    for (const auto& [field, entries] : values) {
        for (const auto& entry : entries) {
            result[field].push_back(entry.text);
        }
    }
    return result;
}

/// A site file that is written of the values says the same.
void check_site_file(const oidc::SiteValues& values) {
    const auto written = document::read_document("site.yaml", site::site_file(values), document::Dialect::go_yaml);
    std::vector<oidc::SiteProblem> problems;
    const auto again = site::read_entries(*written, problems);
    demand(problems.empty(), "a written site file has no faults");
    demand(texts_of(again) == texts_of(values), "a site file stays what it is when it is written and read");
}

/// Both sides in every form. A text that its own system would refuse is not given to anybody.
void check_sides(const site::Site& site) {
    const auto& writer = *site.provider->provider;
    const auto provider = site::provider(site, writer.keeps_digest ? k_digest : k_secret);
    for (const auto style : writer.styles) {
        if (const auto output = writer.write(provider, site.provider_target, style)) {
            const auto read = cli::read_back(site, provider, *output);
            demand(read || !read.error().message.empty(), "a text that does not read back says why");
        }
    }
    const auto& application = *site.application->application;
    const auto party = site::relying_party(site, k_secret);
    for (const auto format : application.formats) {
        if (const auto output = application.write(party, site.application_target, format)) {
            const auto read = cli::read_back(site, party, *output);
            demand(read || !read.error().message.empty(), "a text that does not read back says why");
        }
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto document = document::read_document("site.yaml", fuzz::text_of(data, size), document::Dialect::go_yaml);
    std::vector<oidc::SiteProblem> problems;
    const auto values = site::read_entries(*document, problems);
    if (problems.empty()) {
        const auto site = site::read_site(values, problems);
        if (problems.empty()) {
            check_site_file(values);
            check_sides(site);
        }
    }
    for (const auto& problem : problems) {
        demand(problem.place.span.start <= problem.place.span.end &&
                   problem.place.span.end <= document->source().text().size(),
               "a problem stands in the file");
    }
    return 0;
}
