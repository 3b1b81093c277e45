#include "lint/lint.hpp"
#include "login_of_texts.hpp"
#include "report/report.hpp"

#include <algorithm>
#include <cstddef>
#include <string>
#include <vector>

#include <doctest/doctest.h>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

using namespace oidcgen;
using nlohmann::json;

namespace {

json written(std::vector<lint::Input> inputs, bool traces = false) {
    lint::Options options;
    options.provider_url = "https://auth.example.com";
    options.addresses = {"https://photos.example.com"};
    options.traces = traces;
    return json::parse(to_json(lint::lint(std::move(inputs), options).report).text());
}

json pair_written(const test::Texts& pair) { return written({{"a.yml", pair.provider}, {"i.yml", pair.app}}); }

json login(const json& report, std::string_view device) {
    for (const auto& it : report.at("logins")) {
        if (it.at("device") == device) {
            return it;
        }
    }
    return nullptr;
}

json finding(const json& report, std::string_view rule) {
    for (const auto& it : report.at("findings")) {
        if (it.at("name") == rule) {
            return it;
        }
    }
    return nullptr;
}

} // namespace

TEST_CASE("to_json: nothing at all is a whole report") {
    CHECK(json::parse(report::to_json(report::Report()).text()) ==
          json::parse(R"({"format": "oidcgen-lint/1", "targets": {},
        "files": [], "findings": [], "logins": [], "not_checked": [],
        "summary": {"error": 0, "warning": 0, "note": 0}})"));
}

TEST_CASE("to_json: why the job could not be done") {
    report::Report report;
    report.failure = "no such file";
    CHECK(json::parse(to_json(report).text()).at("failure") == "no such file");
    CHECK(written({{"list.yml", "- bread\n"}}).at("failure").is_string());
}

TEST_CASE("to_json: files and the releases they were checked for") {
    const auto report = pair_written(test::working());
    CHECK(report.at("files") ==
          json::parse(R"([{"path": "a.yml", "kind": "authelia"}, {"path": "i.yml", "kind": "immich"}])"));
    CHECK(report.at("targets").size() == 2);
    const auto other = written({{"a.yml", test::working().provider}, {"list.yml", "- bread\n"}});
    CHECK(other.at("files").at(1) == json::parse(R"({"path": "list.yml", "kind": null})"));
}

TEST_CASE("to_json: a finding with its place, notes and help") {
    auto pair = test::working();
    test::replace(pair.app, "client_secret_post", "client_secret_basic");
    const auto report = pair_written(pair);
    const auto it = finding(report, "auth-method-mismatch");
    REQUIRE(it.is_object());
    CHECK(it.at("code") == "OG3022");
    CHECK(it.at("severity") == "error");
    CHECK(it.at("consequence") == "login-fails");
    CHECK(it.at("path") == "i.yml");
    CHECK(it.at("pointer") == "/oauth/tokenEndpointAuthMethod");
    const auto start = pair.app.find("client_secret_basic");
    CHECK(it.at("start") == json({{"line", 7}, {"column", 28}, {"offset", start}}));
    CHECK(it.at("end") == json({{"line", 7}, {"column", 47}, {"offset", start + 19}}));
    CHECK(it.at("client") == "photos");
    CHECK(it.at("help").is_string());
    REQUIRE(it.at("notes").size() == 1);
    const auto note = it.at("notes").at(0);
    CHECK(note.at("path") == "a.yml");
    CHECK(note.at("pointer") == "/identity_providers/oidc/clients/0/token_endpoint_auth_method");
    CHECK(note.at("start").at("line") == 12);
    CHECK(note.at("end").at("column") == 55);
    CHECK(report.at("summary").at("error") == 1);
}

TEST_CASE("to_json: columns count characters, offsets bytes") {
    auto pair = test::working();
    test::replace(pair.provider, "client_id: photos\n",
                  "{client_name: 'Zo\u00eb', scope: []}\n      - client_id: photos\n");
    const auto it = finding(written({{"a.yml", pair.provider}}), "setting-unknown");
    REQUIRE(it.is_object());
    const auto offset = pair.provider.find("scope: []");
    CHECK(it.at("start").at("offset") == offset);
    CHECK(it.at("start").at("column") == offset - pair.provider.rfind('\n', offset) - 1);
}

TEST_CASE("to_json: what becomes of each login") {
    SUBCASE("works") {
        const auto it = login(pair_written(test::working()), "web");
        CHECK(it.at("outcome") == "works");
        CHECK(it.at("stage").is_null());
        CHECK(it.at("because").empty());
        CHECK(it.at("lost").empty());
        CHECK(it.at("address") == "https://photos.example.com");
        CHECK_FALSE(it.contains("trace"));
    }
    SUBCASE("fails on one device") {
        auto pair = test::working();
        test::replace(pair.provider, "          - app.immich:///oauth-callback\n", "");
        const auto report = pair_written(pair);
        const auto it = login(report, "mobile");
        CHECK(it.at("outcome") == "fails");
        CHECK(it.at("stage") == "authorize");
        CHECK(it.at("because") == json::array({"redirect-uri-unregistered"}));
        CHECK(login(report, "link").at("outcome") == "works");
    }
    SUBCASE("works, and goes without something") {
        auto pair = test::working();
        test::replace(pair.app, "  scope:", "  defaultStorageQuota: 0\n  scope:");
        CHECK(login(pair_written(pair), "web").at("lost") == json::array({"uploads"}));
    }
    SUBCASE("what would stop it next, and where its address comes from") {
        auto pair = test::working();
        test::replace(pair.app, "client_secret_post", "client_secret_basic");
        test::replace(pair.app, "scope: openid profile email", "scope: openid profile\n  autoRegister: false");
        const auto it = login(pair_written(pair), "web");
        CHECK(it.at("because") == json::array({"auth-method-mismatch"}));
        CHECK(it.at("then") == json::array({"email-not-sent", "registration-off"}));
        CHECK(it.at("address_from") == "option");
        CHECK(it.at("assumes").empty());
        CHECK(it.at("concerned").is_null());
    }
    SUBCASE("a secret that was not compared") {
        auto pair = test::working();
        test::replace(pair.app, "made-up-secret-of-the-mutations-0123456789abcdef", "${SECRET}");
        const auto it = login(pair_written(pair), "web");
        CHECK(it.at("outcome") == "works");
        CHECK(it.at("assumes") == json::array({"secret"}));
    }
    SUBCASE("the people whom it concerns") {
        auto pair = test::working();
        test::replace(pair.app, "  scope:", "  autoRegister: false\n  scope:");
        CHECK(login(pair_written(pair), "web").at("concerned") == "people without an account");
    }
    SUBCASE("cannot be known") {
        auto pair = test::working();
        test::replace(pair.app, "https://auth.example.com", "${ISSUER}");
        const auto report = pair_written(pair);
        CHECK(login(report, "web").at("outcome") == "unknown");
        CHECK(report.at("not_checked") ==
              json::parse(R"([{"path": "i.yml", "pointer": "/oauth/issuerUrl", "why": "placeholder"}])"));
    }
}

TEST_CASE("to_json: the trace tells the steps in their order") {
    const auto pair = test::working();
    const auto it = login(written({{"a.yml", pair.provider}, {"i.yml", pair.app}}, true), "web");
    REQUIRE(it.contains("trace"));
    std::vector<std::string> stages;
    for (const auto& step : it.at("trace")) {
        CHECK(!step.at("text").get<std::string>().empty());
        if (stages.empty() || stages.back() != step.at("stage")) {
            stages.push_back(step.at("stage"));
        }
    }
    CHECK(stages == std::vector<std::string>{"discovery", "authorize", "consent", "callback", "token", "id_token",
                                             "userinfo", "account"});
}

TEST_CASE("to_json: no secret, wherever one stands") {
    auto pair = test::working();
    test::replace(pair.app, "made-up-secret-of-the-mutations-0123456789abcdef", "another-secret-of-somebody-77");
    test::replace(pair.app, "clientId: photos",
                  "another-secret-of-somebody-78: {clientSecert: another-secret-of-somebody-79}");
    const auto text = pair_written(pair).dump();
    CHECK(text.find("unknown-setting") != std::string::npos);
    CHECK(text.find("another-secret-of-somebody-77") == std::string::npos);
    CHECK(text.find("another-secret-of-somebody-79") == std::string::npos);
    CHECK(text.find("rhjZgPqigkhe9dF2tiA56Ia5") == std::string::npos);
}

TEST_CASE("to_json: of one rule and file 200 findings are listed, and all are counted") {
    std::string text = "identity_providers:\n  oidc:\n    clients:\n      - client_id: immich\n";
    for (int number = 0; number < 250; ++number) {
        text += fmt::format("        strange_{}: x\n", number);
    }
    const auto report = written({{"a.yml", text}});
    const auto listed =
        std::ranges::count_if(report.at("findings"), [](const json& it) { return it.at("name") == "setting-unknown"; });
    CHECK(listed == 200);
    CHECK(report.at("capped") ==
          json::parse(R"([{"path": "a.yml", "code": "OG1110", "name": "setting-unknown", "more": 50}])"));
    const auto others = report.at("findings").size() - 200;
    CHECK(report.at("summary").at("error").get<std::size_t>() + report.at("summary").at("warning").get<std::size_t>() +
              report.at("summary").at("note").get<std::size_t>() ==
          250 + others);
}

TEST_CASE("to_json: of what was not checked 200 places are listed for each reason and file") {
    std::string text =
        "identity_providers:\n  oidc:\n    clients:\n      - client_id: immich\n        redirect_uris:\n";
    for (int number = 0; number < 230; ++number) {
        text += fmt::format("          - '${{URI_{}}}'\n", number);
    }
    const auto report = written({{"a.yml", text}});
    CHECK(report.at("not_checked").size() == 200);
    CHECK(report.at("not_checked_capped") == json::parse(R"([{"path": "a.yml", "why": "placeholder", "more": 30}])"));
}
