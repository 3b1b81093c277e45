#include "lint/versions.hpp"
#include "systems.hpp"

#include <string>
#include <utility>
#include <vector>

#include <doctest/doctest.h>
#include <fmt/format.h>
#include <fmt/ranges.h>

using namespace oidcgen;

namespace {

std::string listed(const std::vector<report::Acceptance::Range>& ranges) {
    std::vector<std::string> names;
    names.reserve(ranges.size());
    for (const auto& range : ranges) {
        names.push_back(range.name);
    }
    return fmt::format("{}", fmt::join(names, ", "));
}

lint::Result linted(std::string text) {
    lint::Options options;
    options.narrowed = {"authelia", "immich"};
    return lint::lint({{"file", std::move(text)}}, options);
}

struct Told {
    std::string accepted;
    std::string without_warning;
    std::string target;
};

Told told(std::string text) {
    const auto report = linted(std::move(text)).report;
    REQUIRE(report.acceptances.size() == 1);
    const auto& it = report.acceptances.front();
    return {listed(it.accepted), listed(it.without_warning), it.target};
}

std::vector<std::string> changes(std::string text) {
    const auto result = linted(std::move(text));
    std::vector<std::string> all;
    for (const auto& change : result.report.acceptances.at(0).changes) {
        all.push_back(fmt::format("{} {}", to_string(change.since), change.place.document->pointer(change.place.path)));
    }
    return all;
}

} // namespace

TEST_CASE("named_range: whole lines by their number, parts by their releases") {
    const auto& authelia = *find_system("authelia");
    const auto& immich = *find_system("immich");
    CHECK(named_range(authelia, {4, 38, 0}, {4, 38, 19}) == "4.38");
    CHECK(named_range(authelia, {4, 38, 0}, {4, 39, 20}) == "4.38 to 4.39");
    CHECK(named_range(authelia, {4, 39, 2}, {4, 39, 20}) == "4.39.2 to 4.39.20");
    CHECK(named_range(authelia, {4, 38, 7}, {4, 39, 20}) == "4.38.7 to 4.39");
    CHECK(named_range(authelia, {4, 38, 3}, {4, 38, 3}) == "4.38.3");
    CHECK(named_range(immich, {1, 96, 0}, {1, 96, 0}) == "1.96");
}

TEST_CASE("narrowed: the keys of a file tell the version") {
    const std::string client = "identity_providers:\n  oidc:\n    clients:\n      - client_id: immich\n"
                               "        public: true\n        redirect_uris: [https://a.example.com/auth/login]\n";
    SUBCASE("any") {
        const auto it = told(client);
        CHECK(it.accepted == "4.38 to 4.39");
        CHECK(it.target == "4.39.20");
    }
    SUBCASE("a key that came with a line") {
        const auto it = told(client + "        claims_policy: a\n");
        CHECK(it.accepted == "4.39");
        CHECK(it.target == "4.39.20");
    }
    SUBCASE("one that came with a patch") {
        const auto it = told("identity_providers:\n  oidc:\n    lifespans: {device_code: 5m}\n" + client.substr(28));
        CHECK(it.accepted == "4.39.2 to 4.39.20");
    }
    SUBCASE("one that is no more") {
        CHECK(told("{\"oauth\": {\"enabled\": true, \"clientId\": \"a\", \"clientSecret\": \"b\", "
                   "\"issuerUrl\": \"https://a.example.com\", \"defaultStorageQuota\": null}}")
                  .accepted == "1.92 to 1.97, 1.135 to 3.2");
    }
    SUBCASE("a setting that older releases only warn about") {
        const auto it = told("{\"oauth\": {\"enabled\": false, \"roleClaim\": \"a\"}}");
        CHECK(it.accepted == "1.92 to 3.2");
        CHECK(it.without_warning == "1.136 to 3.2");
        CHECK(it.target == "3.2.2");
    }
    SUBCASE("a setting that newer releases dropped, which people leave behind") {
        const auto it = told("{\"oauth\": {\"enabled\": false}, \"machineLearning\": {\"url\": \"http://a:3003\"}}");
        CHECK(it.accepted == "1.90 to 3.2");
        CHECK(it.without_warning == "1.90 to 1.121");
        CHECK(it.target == "3.2.2");
    }
    SUBCASE("none at all") {
        const auto it = told("identity_providers:\n  oidc:\n    clients:\n      - client_idd: a\n");
        CHECK(it.accepted.empty());
        CHECK(it.target == "4.39.20");
    }
}

TEST_CASE("narrowed: what releases understand differently, as far as this file is concerned") {
    const auto file = [](const char* settings) {
        return fmt::format(R"({{"oauth": {{"enabled": true, "clientId": "a", "clientSecret": "b",
            "issuerUrl": "https://a.example.com/", "roleClaim": "", {}}}}})",
                           settings);
    };
    CHECK(changes(file(R"("defaultStorageQuota": 0, "mobileOverrideEnabled": true,
        "mobileRedirectUri": "https://b.example.com/x")")) ==
          std::vector<std::string>{"1.132.0 /oauth/clientSecret", "1.132.0 /oauth/issuerUrl",
                                   "1.135.0 /oauth/defaultStorageQuota", "2.6.0 /oauth"});
    CHECK(changes(file(R"("tokenEndpointAuthMethod": "client_secret_basic")")).at(3) ==
          "1.133.0 /oauth/tokenEndpointAuthMethod");
    CHECK(changes(R"({"oauth": {"enabled": false, "defaultStorageQuota": 0}})").empty());
}
