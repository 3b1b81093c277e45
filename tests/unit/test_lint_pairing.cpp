#include "lint/lint.hpp"

#include <algorithm>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include <doctest/doctest.h>
#include <fmt/format.h>
#include <fmt/ranges.h>

using namespace oidcgen;

namespace {

/// A client whose redirect URIs are on that host.
std::string client(std::string_view id, std::string_view host) {
    return fmt::format(R"(      - client_id: {0}
        client_secret: '${{DIGEST}}'
        redirect_uris:
          - https://{1}.example.com/auth/login
          - https://{1}.example.com/user-settings
          - app.immich:///oauth-callback
        token_endpoint_auth_method: client_secret_post
)",
                       id, host);
}

std::string provider(const std::vector<std::string>& clients) {
    return fmt::format("identity_providers:\n  oidc:\n    clients:\n{}", fmt::join(clients, ""));
}

/// An application that is opened at that host; empty: it does not say where.
std::string application(std::string_view id, std::string_view host) {
    return fmt::format(R"(oauth:
  enabled: true
  issuerUrl: https://auth.example.com
  clientId: {}
  clientSecret: ${{SECRET}}
{})",
                       id,
                       host.empty() ? "" : fmt::format("server:\n  externalDomain: https://{}.example.com\n", host));
}

lint::Result linted(std::vector<lint::Input> inputs, const std::vector<std::string>& addresses = {}) {
    lint::Options options;
    options.provider_url = "https://auth.example.com";
    options.addresses = addresses;
    return lint::lint(std::move(inputs), options);
}

/// `application > provider @ address` of each pair and address.
std::set<std::string> pairs(const lint::Result& result) {
    std::set<std::string> pairs;
    for (const auto& it : result.report.logins) {
        pairs.insert(fmt::format("{} > {} @ {}", it.app, it.provider, it.address));
    }
    return pairs;
}

/// Where findings of that rule point.
std::vector<std::string> found(const lint::Result& result, std::string_view rule) {
    std::vector<std::string> places;
    for (const auto& it : result.report.findings) {
        if (it.rule->name == rule) {
            places.push_back(it.place.document->pointer(it.place.path));
            for (const auto& note : it.notes) {
                places.push_back(note.place.document->pointer(note.place.path));
            }
        }
    }
    return places;
}

using Set = std::set<std::string>;

} // namespace

TEST_CASE("pairs: the client of the same id, whatever else fits") {
    const auto result = linted({{"a.yml", provider({client("photos", "pictures"), client("pictures", "photos")})},
                                {"i.yml", application("pictures", "photos")}});
    CHECK(pairs(result) == Set{"i.yml > a.yml @ https://photos.example.com"});
    CHECK(result.report.count(rule::Severity::error) == 0);
    const auto other = linted({{"a.yml", provider({client("photos", "pictures"), client("pictures", "photos")})},
                               {"i.yml", application("photos", "photos")}});
    CHECK(pairs(other) == Set{"i.yml > a.yml @ https://photos.example.com"});
    CHECK(found(other, "redirect-uri-unregistered").at(0) == "/identity_providers/oidc/clients/0/redirect_uris/0");
}

TEST_CASE("pairs: without the same id, the client with a redirect URI on the application's address") {
    const auto result = linted({{"a.yml", provider({client("one", "music"), client("two", "photos")})},
                                {"i.yml", application("three", "photos")}});
    CHECK(pairs(result) == Set{"i.yml > a.yml @ https://photos.example.com"});
    CHECK(found(result, "client-id-unknown") ==
          std::vector<std::string>{"/oauth/clientId", "/identity_providers/oidc/clients/1/client_id"});
}

TEST_CASE("pairs: without an address either, the only client") {
    const auto result = linted({{"a.yml", provider({client("one", "photos")})}, {"i.yml", application("two", "")}});
    CHECK(pairs(result) == Set{"i.yml > a.yml @ https://photos.example.com"});
    CHECK(found(result, "client-id-unknown") ==
          std::vector<std::string>{"/oauth/clientId", "/identity_providers/oidc/clients/0/client_id"});
}

TEST_CASE("pairs: one provider and one application belong together though no client can be meant") {
    const auto result = linted({{"a.yml", provider({client("one", "music"), client("two", "films")})},
                                {"i.yml", application("three", "photos")}});
    CHECK(pairs(result) == Set{"i.yml > a.yml @ https://photos.example.com"});
    CHECK(found(result, "client-id-unknown").at(0) == "/oauth/clientId");
}

TEST_CASE("pairs: of several applications each gets its client, in any order of the files") {
    const lint::Input one{"a.yml", provider({client("photos", "photos"), client("pictures", "pictures")})};
    const lint::Input two{"i.yml", application("photos", "photos")};
    const lint::Input three{"j.yml", application("pictures", "pictures")};
    const Set wanted{"i.yml > a.yml @ https://photos.example.com", "j.yml > a.yml @ https://pictures.example.com"};
    CHECK(pairs(linted({one, two, three})) == wanted);
    CHECK(pairs(linted({three, two, one})) == wanted);
}

TEST_CASE("pairs: an application that several providers know is paired with each") {
    const auto result = linted({{"a.yml", provider({client("photos", "photos")})},
                                {"b.yml", provider({client("photos", "photos"), client("music", "music")})},
                                {"i.yml", application("photos", "photos")}});
    CHECK(pairs(result) ==
          Set{"i.yml > a.yml @ https://photos.example.com", "i.yml > b.yml @ https://photos.example.com"});
}

TEST_CASE("pairs: among several, an application that none could mean has no login") {
    const auto result = linted({{"a.yml", provider({client("one", "music"), client("two", "films")})},
                                {"i.yml", application("one", "music")},
                                {"j.yml", application("three", "photos")}});
    CHECK(pairs(result) == Set{"i.yml > a.yml @ https://music.example.com"});
}

TEST_CASE("addresses: the options come before the application's own, and these before the client's") {
    const std::vector<lint::Input> own{{"a.yml", provider({client("photos", "photos")})},
                                       {"i.yml", application("photos", "pictures")}};
    CHECK(pairs(linted(own, {"https://one.example.com", "https://two.example.com"})) ==
          Set{"i.yml > a.yml @ https://one.example.com", "i.yml > a.yml @ https://two.example.com"});
    CHECK(pairs(linted(own)) == Set{"i.yml > a.yml @ https://pictures.example.com"});
    CHECK(pairs(linted({own.front(), {"i.yml", application("photos", "")}})) ==
          Set{"i.yml > a.yml @ https://photos.example.com"});
}

namespace {

/// A client with these redirect URIs.
std::string client_with(const std::vector<std::string>& uris) {
    return fmt::format("      - client_id: photos\n        redirect_uris:\n          - {}\n",
                       fmt::join(uris, "\n          - "));
}

Set addresses_of(const std::vector<std::string>& uris) {
    Set result;
    for (const auto& it :
         linted({{"a.yml", provider({client_with(uris)})}, {"i.yml", application("photos", "")}}).report.logins) {
        result.insert(it.address);
    }
    return result;
}

} // namespace

TEST_CASE("addresses: the origin that most redirect URIs share") {
    const auto alone = linted({{"a.yml", provider({client_with({"https://a.example.com/auth/login"})})},
                               {"i.yml", application("photos", "")}});
    CHECK(alone.report.logins.front().address_from == report::AddressFrom::redirect_uris);
    CHECK(alone.report.logins.front().address_place);
    CHECK(addresses_of({"https://a.example.com/auth/login", "https://a.example.com/user-settings",
                        "https://elsewhere.example.net/auth/login"}) == Set{"https://a.example.com"});
    // Where web and link belong together, what else is on another host does not count.
    CHECK(addresses_of({"https://b.example.net/x", "https://b.example.net/y", "https://b.example.net/z",
                        "https://a.example.com/auth/login", "https://a.example.com/user-settings"}) ==
          Set{"https://a.example.com"});
}

TEST_CASE("addresses: several that are complete are several") {
    CHECK(addresses_of({"https://photos1.example.com/auth/login", "https://photos1.example.com/user-settings",
                        "https://photos2.example.com/auth/login", "https://photos2.example.com/user-settings"}) ==
          Set{"https://photos1.example.com", "https://photos2.example.com"});
}

TEST_CASE("addresses: of two that differ by little, the one in the provider's domain is not misspelt") {
    const std::vector<std::string> uris{"https://photos.exmaple.com/auth/login",
                                        "https://photos.example.com/user-settings", "app.immich:///oauth-callback"};
    CHECK(addresses_of(uris) == Set{"https://photos.example.com"});
    const auto result = linted({{"a.yml", provider({client_with(uris)})}, {"i.yml", application("photos", "")}});
    // One wrong entry is one finding, at that entry, with a note at the one that says the address.
    CHECK(found(result, "redirect-uri-unregistered") ==
          std::vector<std::string>{"/identity_providers/oidc/clients/0/redirect_uris/0",
                                   "/identity_providers/oidc/clients/0/redirect_uris/1"});
}

TEST_CASE("pairs: the only client is the application's when it has one of its addresses, or nearly its id") {
    const auto of_client = [](std::string_view id, std::string_view uri) {
        const auto text = fmt::format("      - client_id: {}\n        redirect_uris: ['{}']\n", id, uri);
        const auto result = linted({{"a.yml", provider({text})}, {"i.yml", application("immich", "photos")}});
        const auto finding = std::ranges::find_if(
            result.report.findings, [](const rule::Finding& it) { return it.rule->name == "client-id-unknown"; });
        REQUIRE(finding != result.report.findings.end());
        return finding->client;
    };
    CHECK(of_client("other", "https://x.example.com/auth/login") == "other");
    CHECK(of_client("Imich", "https://x.example.com/y") == "Imich");
    CHECK(of_client("grafana", "https://x.example.com/login/generic_oauth").empty());
}

TEST_CASE("pairs: an application has 16 providers at most, and the report says so") {
    std::vector<lint::Input> inputs{{"i.yml", application("photos", "photos")}};
    for (int number = 0; number < 40; ++number) {
        inputs.push_back({fmt::format("a{:02}.yml", number), provider({client("photos", "photos")})});
    }
    const auto result = linted(inputs);
    CHECK(pairs(result).size() == 16);
    CHECK(std::ranges::count(result.report.not_checked, rule::Doubt::cost, &rule::NotChecked::why) == 1);
    std::ranges::reverse(inputs);
    CHECK(pairs(linted(inputs)) == pairs(result));
}
