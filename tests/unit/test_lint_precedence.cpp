#include "document/reader.hpp"
#include "lint/precedence.hpp"
#include "oidc/login/rules.hpp"
#include "oidc/secrets.hpp"

#include <string>
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
    SUBCASE("goes") {
        lint::silence(findings);
        CHECK(names(findings) == std::vector<std::string>{"secret-mismatch"});
    }
    SUBCASE("stays at another value") {
        findings.front().place = at.b;
        lint::silence(findings);
        CHECK(findings.size() == 2);
    }
    SUBCASE("stays when the rule is told always: a weak secret is weak whatever else is wrong") {
        findings.front() = rule::finding(oidc::k_secret_too_short, "a hint", at.a);
        lint::silence(findings);
        CHECK(findings.size() == 2);
    }
    SUBCASE("stays where no login was predicted") {
        findings.back().stops.clear();
        lint::silence(findings);
        CHECK(findings.size() == 2);
    }
}

TEST_CASE("speaker_for: what one side said of the same value speaks for the login") {
    const Two at;
    const auto finding = login_fails(at.a);
    const auto of_one_side = rule::finding(oidc::k_oauth_disabled, "said by one side", at.a);
    CHECK(lint::speaker_for(finding, {of_one_side}) != nullptr);
    CHECK(lint::speaker_for(login_fails(at.b), {of_one_side}) == nullptr);
    CHECK(lint::speaker_for(finding, {finding}) == nullptr);
    CHECK(lint::speaker_for(finding, {rule::finding(oidc::k_digest_as_secret, "a hint", at.a)}) == nullptr);
}
