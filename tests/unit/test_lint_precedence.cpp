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

TEST_CASE("speaker_for: a rule explains another one about the same value, or about a value in a note") {
    const Two at;
    static const rule::Rule k_cause{.code = "OG0", .name = "cause", .explains = "secret-mismatch"};
    const auto all = told({rule::finding(k_cause, "a digest with a label", at.a)});
    CHECK(all.speaker_for(login_fails(at.a)) == &k_cause);
    auto compared = login_fails(at.b);
    CHECK(all.speaker_for(compared) == nullptr);
    compared.notes.push_back({"compared with this", at.a});
    CHECK(all.speaker_for(compared) == &k_cause);
    auto other = rule::finding(oidc::k_oauth_disabled, "something else", at.a);
    other.stops = {"web"};
    CHECK(all.speaker_for(other) == nullptr);
}

TEST_CASE("a misspelt key is the cause of what follows from the absence of the setting that was meant") {
    const Two at;
    const auto root = at.document->root();
    auto misspelt = rule::finding(oidc::k_oauth_disabled, "unknown key", at.a);
    misspelt.meant = root.missing("c");
    auto about_it = login_fails(root.missing("c"));
    SUBCASE("of the login") {
        CHECK(told({misspelt}).speaker_for(about_it) == &oidc::k_oauth_disabled);
        CHECK(told({misspelt}).speaker_for(login_fails(root.missing("d"))) == nullptr);
        about_it.place.kind = document::PlaceKind::value; // which is there, so that it is not absent
        CHECK(told({misspelt}).speaker_for(about_it) == nullptr);
    }
    SUBCASE("of one side: a hint goes") {
        std::vector findings{misspelt, rule::finding(oidc::k_digest_as_secret, "a hint", root.missing("c")),
                             rule::finding(oidc::k_digest_as_secret, "a hint", root.missing("d"))};
        std::vector<rule::Dropped> dropped;
        lint::silence(findings, dropped);
        REQUIRE(findings.size() == 2);
        CHECK(at.document->pointer(findings.back().place.path) == "/d");
    }
    SUBCASE("of one side: what a system itself says stays, and shows the key") {
        static const rule::Rule k_missing{
            .code = "OG0", .name = "missing", .consequence = rule::Consequence::provider_refuses};
        std::vector findings{misspelt, rule::finding(k_missing, "c is missing", root.missing("c"))};
        std::vector<rule::Dropped> dropped;
        lint::silence(findings, dropped);
        REQUIRE(findings.size() == 2);
        REQUIRE(findings.back().notes.size() == 1);
        CHECK(findings.back().notes.front().place.span == at.a.span);
    }
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
