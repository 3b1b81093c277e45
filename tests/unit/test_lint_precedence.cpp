#include "document/reader.hpp"
#include "lint/precedence.hpp"
#include "oidc/login/rules.hpp"
#include "oidc/secrets.hpp"

#include <string>
#include <utility>
#include <vector>

#include <doctest/doctest.h>

using namespace oidcgen;

namespace {

/// Findings about the value of `a` and about that of `b`.
struct Two {
    std::unique_ptr<document::Document> document =
        document::read_document("x", "a: one\nb: two\n", document::Dialect::js_yaml);
    document::Place a = document->root().find("a").place();
    document::Place b = document->root().find("b").place();
};

rule::Finding login_fails(const document::Place& place) {
    auto finding = rule::finding(oidc::k_secret_mismatch, "it fails", place);
    finding.stops = {"web"};
    return finding;
}

lint::Told told(std::vector<rule::Finding> all) {
    rule::Findings findings;
    for (auto& finding : all) {
        findings.add(std::move(finding));
    }
    return lint::Told(findings);
}

std::vector<std::string> names(const std::vector<rule::Finding>& findings) {
    std::vector<std::string> result;
    for (const auto& finding : findings) {
        result.emplace_back(finding.rule->name);
    }
    return result;
}

} // namespace

TEST_CASE("silence: a hint about the value because of which a login fails") {
    const Two at;
    std::vector findings{rule::finding(oidc::k_digest_as_secret, "a hint", at.a), login_fails(at.a)};
    std::vector<rule::Dropped> dropped;
    SUBCASE("goes when it was only counted, too") {
        dropped = {{&oidc::k_digest_as_secret, at.a.document, at.a.span, rule::Consequence::risk},
                   {&oidc::k_digest_as_secret, at.b.document, at.b.span, rule::Consequence::risk}};
        lint::silence(findings, dropped);
        REQUIRE(dropped.size() == 1);
        CHECK(dropped.front().span == at.b.span);
    }
    SUBCASE("goes") {
        lint::silence(findings, dropped);
        CHECK(names(findings) == std::vector<std::string>{"secret-mismatch"});
    }
    SUBCASE("stays at another value") {
        findings.front().place = at.b;
        lint::silence(findings, dropped);
        CHECK(findings.size() == 2);
    }
    SUBCASE("stays when the rule is told always: a weak secret is weak whatever else is wrong") {
        findings.front() = rule::finding(oidc::k_secret_too_short, "a hint", at.a);
        lint::silence(findings, dropped);
        CHECK(findings.size() == 2);
    }
    SUBCASE("stays where no login was predicted") {
        findings.back().stops.clear();
        lint::silence(findings, dropped);
        CHECK(findings.size() == 2);
    }
}

TEST_CASE("speaker_for: what one side said of the same value speaks for the login") {
    const Two at;
    const auto finding = login_fails(at.a);
    const auto of_one_side = rule::finding(oidc::k_oauth_disabled, "said by one side", at.a);
    CHECK(told({of_one_side}).speaker_for(finding) == &oidc::k_oauth_disabled);
    CHECK(told({of_one_side}).speaker_for(login_fails(at.b)) == nullptr);
    CHECK(told({finding}).speaker_for(finding) == nullptr);
    CHECK(told({rule::finding(oidc::k_digest_as_secret, "a hint", at.a)}).speaker_for(finding) == nullptr);
}

TEST_CASE("Told: a finding that was dropped speaks and refuses like one that is kept") {
    const Two at;
    rule::Findings findings;
    findings.dropped = {{&oidc::k_oauth_disabled, at.a.document, at.a.span, rule::Consequence::login_fails},
                        {&oidc::k_digest_as_secret, at.b.document, at.b.span, rule::Consequence::app_refuses}};
    const lint::Told told(findings);
    CHECK(told.speaker_for(login_fails(at.a)) == &oidc::k_oauth_disabled);
    CHECK(told.refusals(*at.document) == std::vector<std::string>{"digest-as-secret"});
}
