#include "lint/strict.hpp"

#include <array>
#include <set>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>

namespace oidcgen::lint {

namespace {

constexpr std::array<std::string_view, 1> k_sources{
    "https://openid.net/specs/openid-connect-core-1_0.html#CodeFlowSteps"};

const rule::Rule k_login_not_predicted{
    .code = "OG9002",
    .name = "login-not-predicted",
    .consequence = rule::Consequence::not_known,
    .summary = "with --strict: a login could not be predicted",
    .why = "Without --strict, a run that finds nothing wrong ends with exit status 0, even if the files do not say "
           "whether a login works. With --strict that is a warning, so that a check in CI does not pass "
           "because a file is missing or most of its values are filled in later.",
    .bad = "# filled in later, and decides whether the login works\nissuer: ${ISSUER}",
    .good = "issuer: https://auth.example.com",
    .ignore = "where the missing values are not known when the check runs",
    .sources = k_sources,
};

constexpr std::array k_rules{&k_login_not_predicted};

} // namespace

std::span<const rule::Rule* const> strict_rules() { return k_rules; }

void demand_predictions(report::Report& report, const document::Document* first) {
    if (report.logins.empty()) {
        if (first != nullptr) {
            report.findings.push_back(rule::finding(
                k_login_not_predicted,
                "no login was predicted: the other side is missing, or the two do not have a client in common",
                {first, {}, document::k_root_path},
                util::words("name a file of {} and one of {}", util::own(report.providers),
                            util::own(report.applications))));
        }
        return;
    }
    if (const auto& first_login = report.logins.front(); !first_login.assumed.empty() && first != nullptr) {
        report.findings.push_back(
            rule::finding(k_login_not_predicted,
                          util::words("the logins rest on {}, which was assumed", util::own(first_login.assumed)),
                          {first, {}, document::k_root_path}, "name its file too"));
    }
    std::set<std::tuple<std::string_view, std::string_view, std::string_view, const document::Document*, std::uint32_t>>
        told;
    for (const auto& login : report.logins) {
        if (login.outcome != oidc::Outcome::unknown || login.unknown.empty() || !login.unknown.front().place) {
            continue;
        }
        const auto& doubt = login.unknown.front();
        if (told.emplace(login.client, login.provider, login.app, doubt.place.document, doubt.place.span.start)
                .second) {
            auto finding = rule::finding(k_login_not_predicted,
                                         util::words("whether the login of {} works depends on this: {}",
                                                     util::outside(login.client), util::own(reason(doubt.why))),
                                         doubt.place);
            finding.client = login.client;
            report.findings.push_back(std::move(finding));
        }
    }
}

} // namespace oidcgen::lint
