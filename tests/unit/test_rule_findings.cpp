#include "document/reader.hpp"
#include "oidc/secrets.hpp"
#include "rule/findings.hpp"

#include <algorithm>
#include <memory>
#include <random>
#include <set>
#include <string>
#include <vector>

#include <doctest/doctest.h>
#include <fmt/format.h>

using namespace oidcgen;
using rule::Consequence;

namespace {

constexpr std::size_t k_count = 3 * rule::Findings::k_most_kept;

const rule::Rule k_one{
    .code = "OG0901", .name = "one", .consequence = Consequence::risk, .also = {Consequence::provider_refuses}};
const rule::Rule k_other{.code = "OG0902", .name = "other", .consequence = Consequence::provider_warns};

/// A list with as many items as there are findings.
std::unique_ptr<document::Document> long_list() {
    std::string text;
    for (std::size_t number = 0; number < k_count; ++number) {
        text += "- x\n";
    }
    return document::read_document("x", text, document::Dialect::js_yaml);
}

std::vector<document::Place> places(const document::Document& document) {
    std::vector<document::Place> result;
    for (const auto& item : document.root().children()) {
        result.push_back(item.place());
    }
    return result;
}

std::set<std::uint32_t> starts(const rule::Findings& findings) {
    std::set<std::uint32_t> result;
    for (const auto& finding : findings.findings) {
        result.insert(finding.place.span.start);
    }
    return result;
}

} // namespace

TEST_CASE("Findings: keeps the first of each rule and file, in whatever order they come, and counts all") {
    const auto document = long_list();
    auto at = places(*document);
    std::set<std::uint32_t> first;
    for (std::size_t number = 0; number < rule::Findings::k_most_kept; ++number) {
        first.insert(at[number].span.start);
    }
    SUBCASE("from the first on") {}
    SUBCASE("from the last on") { std::ranges::reverse(at); }
    SUBCASE("in no order") { std::ranges::shuffle(at, std::minstd_rand(7)); }
    rule::Findings findings;
    for (const auto& place : at) {
        findings.add(rule::finding(k_one, "x", place));
    }
    CHECK(starts(findings) == first);
    CHECK(findings.count() == k_count);
    CHECK(findings.count(Consequence::risk) == k_count);
    CHECK(findings.dropped.size() == k_count - rule::Findings::k_most_kept);
}

TEST_CASE("Findings: another rule and another file have a count of their own") {
    const auto document = long_list();
    const auto second = long_list();
    rule::Findings findings;
    for (const auto& place : places(*document)) {
        findings.add(rule::finding(k_one, "x", place));
    }
    findings.add(rule::finding(k_other, "x", places(*document).back()));
    findings.add(rule::finding(k_one, "x", places(*second).back()));
    CHECK(findings.findings.size() == rule::Findings::k_most_kept + 2);
}

TEST_CASE("Findings: an error is kept rather than what only warns, wherever it stands") {
    const auto document = long_list();
    const auto at = places(*document);
    rule::Findings findings;
    for (const auto& place : at) {
        findings.add(rule::finding(k_one, "x", place));
    }
    auto error = rule::finding(k_one, "x", at.back());
    rule::set_consequence(error, Consequence::provider_refuses);
    CHECK(findings.takes(k_one, at.back(), Consequence::provider_refuses));
    findings.add(std::move(error));
    CHECK(findings.has(Consequence::provider_refuses));
    CHECK(std::ranges::count(findings.findings, Consequence::provider_refuses, &rule::Finding::consequence) == 1);
}

TEST_CASE("Findings: what it does not take is counted all the same, and does not change what is kept") {
    const auto document = long_list();
    auto at = places(*document);
    std::ranges::shuffle(at, std::minstd_rand(7));
    rule::Findings all;
    rule::Findings asked;
    for (const auto& place : at) {
        all.add(rule::finding(k_one, "x", place));
        if (asked.takes(k_one, place)) {
            asked.add(rule::finding(k_one, "x", place));
        }
    }
    CHECK(starts(asked) == starts(all));
    CHECK(asked.count(Consequence::risk) == k_count);
}

TEST_CASE("Findings: appended ones are kept and counted as if they had been added") {
    const auto document = long_list();
    const auto at = places(*document);
    rule::Findings whole;
    rule::Findings first;
    rule::Findings second;
    for (std::size_t number = 0; number < at.size(); ++number) {
        whole.add(rule::finding(k_one, "x", at[number]));
        (number % 2 == 0 ? first : second).add(rule::finding(k_one, "x", at[number]));
    }
    first.append(std::move(second));
    CHECK(starts(first) == starts(whole));
    CHECK(first.count() == whole.count());
}
