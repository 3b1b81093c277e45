#include "lint/lint.hpp"
#include "lint/supply.hpp"

#include <algorithm>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <doctest/doctest.h>
#include <fmt/format.h>

using namespace oidcgen;

namespace {

constexpr std::string_view k_provider = R"(identity_providers:
  oidc:
    clients:
      - client_id: ${CLIENT_ID}
        client_secret: ${CLIENT_SECRET}
        authorization_policy: two_factor
        redirect_uris:
          - https://photos.${DOMAIN}/auth/login
          - https://photos.${DOMAIN}/user-settings
          - app.immich:///oauth-callback
        scopes: [openid, profile, email]
        token_endpoint_auth_method: client_secret_post
)";
constexpr std::string_view k_application = R"(oauth:
  enabled: true
  issuerUrl: https://auth.${DOMAIN}
  clientId: ${CLIENT_ID}
  clientSecret: ${CLIENT_SECRET}
server: {externalDomain: "https://photos.${DOMAIN}"}
)";
constexpr std::string_view k_env = "DOMAIN=example.com\nCLIENT_ID=photo-client\n"
                                   "CLIENT_SECRET=made-up-secret-of-the-supply-cases-0123456789\n";

lint::Result linted(std::shared_ptr<const lint::Supply> supply, std::string provider = std::string(k_provider),
                    std::string application = std::string(k_application)) {
    lint::Options options;
    options.supply = std::move(supply);
    return lint::lint({{"authelia.yml", std::move(provider)}, {"immich.yml", std::move(application)}}, options);
}

std::string outcomes(const lint::Result& result) {
    std::string text;
    for (const auto& login : result.report.logins) {
        text += std::string(to_string(login.outcome)) + " ";
    }
    return text;
}

std::string text_of(const lint::Supply& supply, std::string_view name) {
    const auto* const found = supply.fillings().find(name);
    return found == nullptr ? "(none)" : found->text;
}

} // namespace

TEST_CASE("Supply: variables in files of variables") {
    lint::Supply supply;
    REQUIRE(supply.add_env("a.env", "A=x\nB=${A}.org\nC='${A}'\nD=$A$A\nE=$OTHER\nF=\"\\$A\"\nG=${OTHER:-y}\nH=a$$b\n"
                                    "I=$6$salt$A\n"));
    CHECK(text_of(supply, "B") == "x.org");
    CHECK(text_of(supply, "C") == "${A}");
    CHECK(text_of(supply, "D") == "xx");
    CHECK(text_of(supply, "E") == "${OTHER}");
    CHECK(text_of(supply, "F") == "$A");
    CHECK(text_of(supply, "G") == "y");
    CHECK(text_of(supply, "H") == "a$b");
    CHECK(text_of(supply, "I") == "$6$salt$A");
    SUBCASE("of an earlier file, and the last one wins") {
        REQUIRE(supply.add_env("b.env", "J=$B\nA=z\n"));
        CHECK(text_of(supply, "J") == "x.org");
        CHECK(text_of(supply, "A") == "z");
    }
    SUBCASE("values that grow by each other") {
        std::string text = "X0=0123456789\n";
        for (int number = 1; number < 40; ++number) {
            const auto last = std::to_string(number - 1);
            text += fmt::format("X{}=$X{}$X{}\n", number, last, last);
        }
        const auto done = supply.add_env("c.env", text);
        REQUIRE_FALSE(done);
        CHECK(done.error().message.text() == "c.env:14: the value is longer than 65536 bytes");
    }
}

TEST_CASE("Supply: values of Helm") {
    lint::Supply supply;
    REQUIRE(
        supply.add_values("values.yaml", "a: {b: x, c: 1, d: yes, e: 'yes', f: null}\nlist: [1]\ng: &g true\nh: *g\n"));
    CHECK(text_of(supply, ".Values.a.b") == "x");
    CHECK(text_of(supply, ".Values.a.c") == "1");
    CHECK(text_of(supply, ".Values.a.d") == "true");
    CHECK(text_of(supply, ".Values.a.e") == "yes");
    CHECK(text_of(supply, ".Values.a.f") == "(none)");
    CHECK(text_of(supply, ".Values.list") == "(none)");
    CHECK(text_of(supply, ".Values.h") == "true");
    CHECK_FALSE(supply.fillings().is_complete());
    CHECK_FALSE(supply.add_values("values.yaml", "- 1\n"));
    CHECK_FALSE(supply.add_values("values.yaml", "a: [\n"));
    CHECK(supply.add_values("values.yaml", ""));
}

TEST_CASE("Supply: single values") {
    lint::Supply supply;
    REQUIRE(supply.define("A=x=y"));
    REQUIRE(supply.define(".Values.a=z"));
    CHECK(text_of(supply, "A") == "x=y");
    CHECK(text_of(supply, ".Values.a") == "z");
    CHECK_FALSE(supply.define("A"));
    CHECK_FALSE(supply.define("=x"));
}

TEST_CASE("lint: what is filled is checked") {
    const auto supply = std::make_shared<lint::Supply>();
    const auto is_assumed = [](const report::Login& it) {
        return std::ranges::find(it.assumes, report::Assumption::same_placeholder) != it.assumes.end();
    };
    CHECK(std::ranges::all_of(linted(nullptr).report.logins, is_assumed));
    REQUIRE(supply->add_env("site.env", std::string(k_env)));
    CHECK(outcomes(linted(supply)) == "works works works ");
    CHECK(std::ranges::none_of(linted(supply).report.logins, is_assumed));

    SUBCASE("a value that makes it fail, with the place where it comes from") {
        auto provider = std::string(k_provider);
        provider.replace(provider.find("${DOMAIN}/auth"), 9, "${OTHER}");
        REQUIRE(supply->add_env("other.env", "OTHER=example.net\n"));
        const auto result = linted(supply, provider);
        CHECK(result.report.logins.at(0).outcome == oidc::Outcome::fails);
        const auto& findings = result.report.findings;
        const auto found = std::ranges::find(findings, "redirect-uri-unregistered",
                                             [](const rule::Finding& it) { return it.rule->name; });
        REQUIRE(found != findings.end());
        const auto is_source = [](const rule::Note& it) {
            return it.message.text() == "the value of DOMAIN comes from here";
        };
        const auto note = std::ranges::find_if(found->notes, is_source);
        REQUIRE(note != found->notes.end());
        CHECK(note->place.document->source().name() == "site.env");
        CHECK(note->place.document->source().position(note->place.span.start).column == 8);
    }
    SUBCASE("a text that is filled in part stays unknown") {
        auto provider = std::string(k_provider);
        provider.replace(provider.find("${DOMAIN}/auth"), 9, "${DOMAIN}${PORT}");
        CHECK(linted(supply, provider).report.logins.at(0).outcome == oidc::Outcome::unknown);
    }
}

TEST_CASE("lint: a secret is not defined by option") {
    const auto supply = std::make_shared<lint::Supply>();
    REQUIRE(supply->define("CLIENT_SECRET=x"));
    CHECK(linted(supply).report.failure.text() ==
          "--define is not for secrets, and authelia.yml:5:24 is one: put CLIENT_SECRET into a file and give that with "
          "--env-file");
    const auto harmless = std::make_shared<lint::Supply>();
    REQUIRE(harmless->define("DOMAIN=example.com"));
    CHECK(linted(harmless).report.failure.empty());
}

TEST_CASE("lint: definitions that no file asks for") {
    const auto supply = std::make_shared<lint::Supply>();
    REQUIRE(supply->define("DOMIAN=example.com"));
    REQUIRE(supply->define("CLIENT_ID=immich"));
    const auto unused = linted(supply).unused;
    REQUIRE(unused.size() == 1);
    CHECK(unused[0].name == "DOMIAN");
    CHECK(unused[0].suggestion.text() == "; did you mean \"DOMAIN\"?");
}

TEST_CASE("lint: a variable that is named like a secret is shown nowhere") {
    const auto supply = std::make_shared<lint::Supply>();
    auto env = std::string(k_env);
    env.insert(0, "SECRET_");
    REQUIRE(supply->add_env("site.env", env));
    const auto renamed = [](std::string text) {
        for (auto at = text.find("${DOMAIN}"); at != std::string::npos; at = text.find("${DOMAIN}", at)) {
            text.replace(at, 9, "${SECRET_DOMAIN}");
        }
        return text;
    };
    const auto result = linted(supply, renamed(std::string(k_provider)), renamed(std::string(k_application)));
    for (const auto& text : {to_text(result.report), to_json(result.report)}) {
        CHECK(text.text().find("example.com") == std::string::npos);
        CHECK(text.text().find("photos.********") != std::string::npos);
    }
}
