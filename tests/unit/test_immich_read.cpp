#include "apps/immich/immich.hpp"
#include "document/reader.hpp"

#include <doctest/doctest.h>
#include <initializer_list>
#include <memory>
#include <set>
#include <string>
#include <string_view>

using namespace oidcgen;
using oidc::Known;

namespace {

constexpr util::Version k_newest{3, 2, 2};

/// A text as one release of Immich reads it.
struct Inspected {
    std::unique_ptr<document::Document> document;
    oidc::RelyingParty party;
    rule::Findings findings;

    [[nodiscard]] std::string pointer(const document::Place& place) const { return document->pointer(place.path); }
    [[nodiscard]] std::string_view bytes(const document::Place& place) const {
        return document->source().text(place.span);
    }
    /// `app-refuses /oauth/clientId` and the like.
    [[nodiscard]] std::set<std::string> told() const {
        std::set<std::string> result;
        for (const auto& finding : findings.findings) {
            result.insert(std::string(to_string(finding.consequence)) + " " + pointer(finding.place));
        }
        return result;
    }
};

Inspected inspect_with(std::string_view text, const oidc::InspectOptions& options) {
    const auto& immich = apps::immich::k_system;
    const auto reading = immich.reading(options.version, options.use);
    Inspected result;
    result.document = document::read_document("immich.json", std::string(text), reading.dialect, reading.limits);
    result.party = immich.application->inspect(*result.document, options, result.findings);
    return result;
}

Inspected inspect(std::string_view text, const util::Version& version = k_newest) {
    oidc::InspectOptions options;
    options.version = version;
    return inspect_with(text, options);
}

std::string effective(std::string_view text, const oidc::InspectOptions& options) {
    const auto& immich = apps::immich::k_system;
    const auto reading = immich.reading(options.version, options.use);
    const auto document = document::read_document("immich.json", std::string(text), reading.dialect, reading.limits);
    return document::to_json(immich.application->effective(*document, options));
}

using Told = std::set<std::string>;

} // namespace

TEST_CASE("inspect: values with their places") {
    const auto it = inspect("oauth:\n  enabled: true\n  clientId: photos\nserver:\n"
                            "  externalDomain: https://photos.example.com/x\n");
    CHECK(release_name(*it.party.system, it.party.version) == "Immich 3.2.2");
    CHECK(it.party.client_id.value == "photos");
    CHECK(it.party.client_id.known == Known::given);
    CHECK(it.bytes(it.party.client_id.place) == "photos");
    CHECK(it.pointer(it.party.client_id.place) == "/oauth/clientId");
    CHECK(it.party.scope.value == "openid email profile");
    CHECK(it.party.scope.known == Known::defaulted);
    CHECK(it.bytes(it.party.scope.place) == "oauth");
    CHECK(it.pointer(it.party.scope.place) == "/oauth/scope");
    CHECK(it.party.external_address.value == "https://photos.example.com");
    CHECK(it.told().empty());
}

TEST_CASE("inspect: what a release has no setting for") {
    const std::string_view text = R"({"oauth": {"enabled": true, "issuerUrl": "https://a.example", "clientId": "i",
        "clientSecret": "s", "tokenEndpointAuthMethod": "client_secret_post", "signingAlgorithm": "ES256"}})";
    CHECK(inspect(text, {1, 110, 0}).party.token_endpoint_auth_method.value == oidc::AuthMethod::client_secret_basic);
    CHECK(inspect(text, {1, 132, 0}).party.token_endpoint_auth_method.value == oidc::AuthMethod::client_secret_post);
    CHECK(inspect(text, {1, 94, 0}).party.id_token_signed_response_alg.value.name == "RS256");
    CHECK(inspect(text, {1, 95, 0}).party.id_token_signed_response_alg.value.name == "ES256");
}

TEST_CASE("inspect: a configuration as a chart writes it from its values") {
    const auto it = inspect("oauth:\n  enabled: true\n  issuerUrl: \"https://a.example\"\n  clientId: photos\n"
                            "  clientSecret: secret-of-the-client-0123456789\n  defaultStorageQuota: null\n"
                            "  timeout: \"30000\"\nserver:\n  externalDomain: ~\n");
    CHECK(it.party.issuer_url.value == "https://a.example");
    CHECK_FALSE(it.party.default_storage_quota.value.has_value());
    CHECK(it.party.timeout.is_unknown()); // a text is no number to Immich
}

TEST_CASE("inspect: an empty secret makes a public client from 1.133") {
    const std::string_view text = R"({"oauth": {"enabled": true, "issuerUrl": "https://a.example", "clientId": "i"}})";
    CHECK(inspect(text, k_newest).party.token_endpoint_auth_method.value == oidc::AuthMethod::none);
    CHECK(inspect(text, {1, 132, 3}).party.token_endpoint_auth_method.value == oidc::AuthMethod::client_secret_post);
}

TEST_CASE("inspect: placeholders are unknown, and nothing rests on them") {
    const std::string_view text = R"({"oauth": {"enabled": "{{ .Values.on }}", "clientId": "", "issuerUrl": "${ISSUER}",
        "clientSecret": "CHANGEME", "buttonText": "CHANGEME"}})";
    const auto it = inspect(text, {2, 7, 5});
    CHECK(it.party.enabled.is_unknown());
    CHECK(it.party.issuer_url.is_unknown());
    CHECK(it.party.client_secret.is_unknown());
    CHECK(it.party.button_text.value == "CHANGEME");
    CHECK(it.told().empty());
    CHECK(it.findings.not_checked.size() == 1);
    SUBCASE("in place of a section") {
        const auto whole = inspect("oauth: {{ toYaml .Values.oauth }}\nserver: '{{ .Values.server }}'\n");
        CHECK(whole.party.client_id.is_unknown());
        CHECK(whole.party.id_token_signed_response_alg.is_unknown());
        CHECK(whole.party.external_address.is_unknown());
        CHECK(whole.told().empty());
    }
    oidc::InspectOptions literal;
    literal.version = {2, 7, 5};
    literal.placeholders = oidc::Placeholders::literal;
    CHECK(inspect_with(text, literal).told() == Told{"app-refuses /oauth/enabled", "app-refuses /oauth/clientId"});
}

TEST_CASE("inspect: what a file can look like and not be") {
    SUBCASE("null is no default") { CHECK(inspect("oauth:\n").told() == Told{"app-refuses /oauth"}); }
    SUBCASE("an empty object sets nothing") {
        CHECK(inspect(R"({"oauth": {"enabled": {}}})").told() == Told{"feature-lost /oauth/enabled"});
    }
    SUBCASE("a list is no section, and class-validator looks into it") {
        CHECK(inspect(R"({"oauth": [{"clientId": "i"}]})").told() == Told{"app-refuses /oauth", "app-warns /oauth"});
        CHECK(inspect(R"({"passwordLogin": [{}]})", {2, 7, 5}).told() ==
              Told{"app-refuses /passwordLogin", "app-warns /passwordLogin", "app-refuses /passwordLogin/0/enabled"});
    }
    SUBCASE("names with dots act like nested ones, and win") {
        const auto it = inspect(R"({"oauth.clientId": "b", "oauth": {"clientId": "a"}})");
        CHECK(it.party.client_id.value == "b");
        CHECK(it.pointer(it.party.client_id.place) == "/oauth/clientId");
        CHECK(it.told() == Told{"feature-lost /oauth/clientId"});
        CHECK(inspect(R"({"oauth[clientId]": "b"})").party.client_id.value == "b");
        CHECK(inspect(R"({"oauth": {"client.id": 1}})").told() == Told{"app-warns /oauth/client/id"});
    }
    SUBCASE("a file without an object") {
        CHECK(inspect("OAUTH_ENABLED=true\n").told() == Told{"feature-lost "});
        CHECK(inspect("# nothing\n").told() == Told{"advice "});
        CHECK(inspect("[{\"oauth\": {\"enabled\": true}}]").told() == Told{"app-warns /0/oauth/enabled"});
    }
    SUBCASE("what cannot be read is told about the whole file, and alone") {
        CHECK(inspect("oauth:\n  enabled: true\n  enabled: false\n  scope: 5\n").told() == Told{"app-refuses "});
        CHECK(inspect("{\"oauth\": {\"clientId\": \"\\q\"}}").told() == Told{"app-refuses "});
        CHECK(inspect("a: 1\n---\nb: 2\n").told() == Told{"app-refuses "});
    }
    SUBCASE("texts that are booleans") {
        const std::string_view text = R"({"oauth": {"enabled": "true", "autoRegister": "false"}})";
        CHECK_FALSE(inspect(text, {1, 120, 0}).party.auto_register.value);
        CHECK(inspect(text, {1, 119, 0}).party.auto_register.value);
        CHECK(inspect(R"({"passwordLogin": {"enabled": "false"}})", {1, 98, 0}).told() ==
              Told{"app-refuses /passwordLogin/enabled"});
    }
}

TEST_CASE("inspect: until 1.105 settings are looked up, and the rest is unknown") {
    const util::Version version{1, 105, 1};
    CHECK(inspect("oauth:\n", version).told() == Told{"feature-lost /oauth"});
    CHECK(inspect(R"({"oauth": "on"})", version).told() == Told{"app-warns /oauth"});
    CHECK(inspect(R"({"oauth": {"clientId": {}, "enabled": true}})", version).told() ==
          Told{"app-refuses /oauth/clientId", "app-refuses /oauth/issuerUrl", "app-refuses /oauth/clientSecret"});
    const auto it = inspect(R"({"oauth.scope": "openid", "oauth": {"scope": "email"}})", version);
    CHECK(it.party.scope.value == "openid");
    CHECK(it.told() == Told{"app-warns /oauth/scope", "feature-lost /oauth/scope"});
}

TEST_CASE("inspect: what stands behind a colon without a blank is not repeated") {
    const auto it = inspect(R"({"oauth": {clientSecret:tell-nobody}})");
    REQUIRE(it.findings.findings.size() == 1);
    CHECK(it.findings.findings.front().message.text().find("tell-nobody") == std::string::npos);
}

TEST_CASE("inspect: lists of one boolean count as it until 2.7") {
    constexpr util::Version k_last{2, 7, 5};
    const auto text = R"({"oauth": {"enabled": [[true]], "autoRegister": [false], "autoLaunch": ["true"]}})";
    oidc::InspectOptions options;
    options.version = k_last;
    const std::string shown = effective(text, options);
    CHECK(shown.find("\"enabled\": true") != std::string::npos);
    CHECK(shown.find("\"autoRegister\": false") != std::string::npos);
    CHECK(inspect(R"({"oauth": {"autoRegister": [[[false]]]}})", k_last).told() == Told{"advice /oauth/autoRegister"});
    CHECK(inspect(R"({"oauth": {"autoRegister": [1]}})", k_last).told() == Told{"app-refuses /oauth/autoRegister"});
    CHECK(inspect(R"({"oauth": {"autoRegister": [true]}})").told() == Told{"app-refuses /oauth/autoRegister"});
}

TEST_CASE("inspect: lists in place of a section until 2.7") {
    oidc::InspectOptions options;
    options.version = {2, 7, 5};
    const auto text = R"({"passwordLogin": [null, [[]], [{"enabled": 1}], "x"]})";
    CHECK(inspect_with(text, options).told() ==
          Told{"app-refuses /passwordLogin", "app-warns /passwordLogin", "app-refuses /passwordLogin/0",
               "app-refuses /passwordLogin/2/0/enabled", "app-refuses /passwordLogin/3"});
    options.use = oidc::Use::import;
    CHECK(inspect_with(text, options).told() == Told{"app-refuses /passwordLogin/0", "advice /passwordLogin",
                                                     "app-refuses /passwordLogin/2/0/enabled",
                                                     "app-refuses /passwordLogin/3"});
    CHECK(inspect_with(R"({"passwordLogin": [[]]})", options).told() ==
          Told{"app-refuses /passwordLogin", "advice /passwordLogin"});
}

TEST_CASE("inspect: a date sets nothing until 1.109") {
    const auto text = "oauth:\n  buttonText: 2024-05-06\n  opened: 2024-05-06\n";
    const auto before = inspect(text, {1, 109, 2});
    CHECK(before.told().empty());
    CHECK(before.party.button_text.value == "Login with OAuth");
    CHECK(inspect(text, {1, 110, 0}).told() == Told{"app-refuses /oauth/buttonText", "app-warns /oauth/opened"});
}

TEST_CASE("inspect: unknown names are fatal until 1.91") {
    CHECK(inspect(R"({"oauth": {"x": 1}})", {1, 91, 0}).told() == Told{"app-refuses /oauth/x"});
    CHECK(inspect(R"({"oauth": {"x": 1}})", {1, 92, 0}).told() == Told{"app-warns /oauth/x"});
}

TEST_CASE("inspect: the bare section is read as if it stood in its place") {
    const auto it = inspect(R"({"enabled": true, "issuerUrl": "https://auth.example.com", "clientId": "immich"})");
    CHECK(it.party.enabled.value);
    CHECK(it.party.issuer_url.value == "https://auth.example.com");
    CHECK(it.pointer(it.party.issuer_url.place) == "/issuerUrl");
    CHECK(it.told() == Told{"app-warns /enabled", "app-warns /issuerUrl", "app-warns /clientId"});
}

TEST_CASE("inspect: an import replaces whole sections") {
    oidc::InspectOptions options;
    options.version = {3, 1, 0};
    options.use = oidc::Use::import;
    CHECK(inspect_with(R"({"passwordLogin": {}})", options).told() == Told{"app-refuses /passwordLogin/enabled"});
    CHECK(inspect_with(R"({"passwordLogin": {"enabled": true}, "x": 1})", options).told() == Told{"advice /x"});
    CHECK(inspect_with("passwordLogin:\n  enabled: true\n", options).told() == Told{"app-refuses "});
    CHECK(inspect_with(R"({"passwordLogin": {"enabled": false, "enabled": true}})", options).told() ==
          Told{"risk /passwordLogin/enabled"});
}

TEST_CASE("effective: defaults of the release below what the file says, and no secret") {
    oidc::InspectOptions options;
    options.version = {1, 110, 0};
    const std::string shown = effective(
        R"({"oauth": {"clientSecret": "tell-nobody", "autoLaunch": "false", "defaultStorageQuota": 0.5}})", options);
    CHECK(shown.find("tell-nobody") == std::string::npos);
    CHECK(shown.find(R"("autoLaunch": "false")") != std::string::npos);
    CHECK(shown.find(R"("defaultStorageQuota": 0.5)") != std::string::npos);
    CHECK(shown.find(R"("profileSigningAlgorithm": "none")") != std::string::npos);
    CHECK(shown.find("timeout") == std::string::npos);

    SUBCASE("what Immich takes unseen while OAuth is off") {
        CHECK(effective("oauth:\n  clientId: 2026-02-30 01:00:00.5 +02:00\n", options)
                  .find(R"("clientId": "2026-03-01T23:00:00.500Z")") != std::string::npos);
    }
    SUBCASE("an import restores defaults") {
        options.use = oidc::Use::import;
        CHECK(effective(R"({"oauth": {"scope": ""}})", options).find(R"("scope": "openid email profile")") !=
              std::string::npos);
    }
}
