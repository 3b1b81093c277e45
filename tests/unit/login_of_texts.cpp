#include "login_of_texts.hpp"

#include "lint/lint.hpp"
#include "systems.hpp"

#include <string_view>

#include <doctest/doctest.h>

namespace oidcgen::test {

namespace {

util::Version version(std::string_view system, std::string_view text) {
    const auto found = resolve_version(*find_system(system), text);
    REQUIRE(found);
    return *found;
}

} // namespace

Said said(const Texts& texts) {
    lint::Options options;
    options.versions = {{"authelia", version("authelia", texts.authelia_version)},
                        {"immich", version("immich", texts.immich_version)}};
    options.provider_url = texts.provider_url;
    if (!texts.address.empty()) {
        options.addresses = {texts.address};
    }
    options.now = 1767225600;
    const auto result = lint::lint({{"authelia.yml", texts.provider}, {"immich.json", texts.app}}, options);
    Said said;
    for (const auto& it : result.report.logins) {
        auto& login = said.logins[std::string(to_string(it.device))];
        login.outcome = to_string(it.outcome);
        login.stage = it.stage ? to_string(*it.stage) : "";
        login.because = it.because;
        for (const auto lost : it.lost) {
            login.lost.emplace_back(to_string(lost));
        }
        for (const auto& unknown : it.unknown) {
            login.unknown.push_back(unknown.why);
        }
        login.client = it.client;
    }
    for (const auto& it : result.report.findings) {
        if (it.severity() == rule::Severity::note) {
            said.notes.emplace_back(it.rule->name);
        } else {
            said.faults.emplace_back(it.rule->name,
                                     it.place ? it.place.document->pointer(it.place.path) : std::string());
        }
    }
    return said;
}

Login login(const Texts& texts, const std::string& device) {
    const auto all = said(texts).logins;
    REQUIRE(all.contains(device));
    return all.at(device);
}

} // namespace oidcgen::test
