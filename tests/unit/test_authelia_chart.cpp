#include "document/reader.hpp"
#include "providers/authelia/authelia.hpp"
#include "providers/authelia/read.hpp"

#include <array>
#include <memory>
#include <set>
#include <string>
#include <string_view>

#include <doctest/doctest.h>
#include <fmt/format.h>

// Values from which a chart writes the configuration: the mapping that is the configuration, in the chart's own form.

using namespace oidcgen;

namespace {

using oidc::Known;
using Told = std::set<std::string>;

struct Inspected {
    std::unique_ptr<document::Document> document;
    rule::Findings findings;
    oidc::Provider provider;

    [[nodiscard]] Told told() const {
        Told result;
        for (const auto& finding : findings.findings) {
            result.emplace(finding.rule->name);
        }
        return result;
    }
    [[nodiscard]] std::string pointer(const document::Place& place) const { return document->pointer(place.path); }
};

Inspected inspect(std::string_view text, oidc::Form form = oidc::Form::chart_values) {
    Inspected result;
    result.document = document::read_document("values.yml", std::string(text), document::Dialect::go_yaml);
    oidc::InspectOptions options;
    options.version = oidc::newest_version(providers::authelia::k_system);
    options.form = form;
    result.provider = providers::authelia::inspect(*result.document, options, result.findings);
    return result;
}

constexpr std::string_view k_digest = "$pbkdf2-sha512$310000$MDEyMzQ1Njc4OWFiY2RlZg$WCkxc.kX2xBh7icZZMQMMDvuRb."
                                      "RzmEc16zSLVTJSQyd1fKBZjqxjCd1a76B0SPC0YIObf7X"
                                      "4ziAnWWBXcjLng";

/// A section with one client that has this secret, and these lines in it.
std::string values(std::string_view secret, std::string_view section = {}, std::string_view client = {}) {
    return "identity_providers:\n  oidc:\n" + std::string(section) +
           "    clients:\n"
           "      - client_id: photos\n"
           "        client_secret: " +
           std::string(secret) +
           "\n        authorization_policy: two_factor\n"
           "        redirect_uris: [https://photos.example.com/auth/login]\n" +
           std::string(client);
}

} // namespace

TEST_CASE("chart: names of its own and what it fills in are no findings") {
    const auto text = values("'" + std::string(k_digest) + "'", "    enabled: true\n    own_switch: 1\n",
                             "        own_word: true\n") +
                      "session:\n  redis:\n    enabled: true\n    deploy: true\npod:\n  kind: DaemonSet\n";
    CHECK(inspect(text).told() == Told{});
    CHECK(inspect(text, oidc::Form::settings).told() == Told{"setting-unknown"});
}

TEST_CASE("chart: a secret is a text, or a mapping that holds it") {
    for (const auto* const held : {"'{}'", "{{value: '{}'}}", "{{value: '{}', path: ''}}"}) {
        const auto it = inspect(values(fmt::format(fmt::runtime(held), k_digest)));
        CAPTURE(held);
        const auto& secret = it.provider.registrations.at(0).client_secret;
        CHECK(secret.known == Known::given);
        CHECK(secret.value == k_digest);
        CHECK(it.told() == Told{});
    }
    const auto held = inspect(values("{value: plain-text-of-a-secret-0123456789}"));
    CHECK(held.told() == Told{"secret-plaintext"});
    CHECK(held.pointer(held.findings.findings.at(0).place) == "/identity_providers/oidc/clients/0/client_secret/value");
    CHECK(inspect(values("{value: '$pbkdf2-sha512$310000$short'}")).told() == Told{"digest-unreadable"});
}

TEST_CASE("chart: a secret that is elsewhere is unknown") {
    for (const auto* const elsewhere :
         {"{path: /secrets/photos}", "{secret_name: photos, path: digest}", "{value: x, path: /secrets/photos}",
          "{disabled: true, value: x}", "{}", "{value: ''}", "12345", "${PHOTOS}"}) {
        const auto it = inspect(values(elsewhere));
        CAPTURE(elsewhere);
        CHECK(it.provider.registrations.at(0).client_secret.is_unknown());
        CHECK(it.told() == Told{});
    }
}

TEST_CASE("chart: keys of the provider") {
    const auto digest = "'" + std::string(k_digest) + "'";
    SUBCASE("in a file, or made by the chart") {
        for (const auto* const keys :
             {"    jwks: []\n",
              "    hmac_secret: {secret_name: hmac, path: key}\n    jwks:\n      - key: {path: /k.pem}\n",
              "    jwks:\n      - key: {value: '${KEY}'}\n        certificate_chain: {path: /c.pem}\n",
              "    hmac_secret: {disabled: true}\n    issuer_private_key: {secret_name: issuer}\n"}) {
            CAPTURE(keys);
            CHECK(inspect(values(digest, keys)).told() == Told{});
        }
    }
    SUBCASE("a value is judged") {
        CHECK(inspect(values(digest, "    jwks:\n      - key: {value: rsa.pem}\n")).told() == Told{"key-unreadable"});
        CHECK(inspect(values(digest, "    jwks:\n      - key: {path: /k.pem}\n"
                                     "        certificate_chain: {value: none}\n"))
                  .told() == Told{"certificates-unreadable"});
    }
}

TEST_CASE("chart: clients are judged as in a configuration") {
    const auto digest = "'" + std::string(k_digest) + "'";
    CHECK(inspect(values(digest, {}, "        token_endpoint_auth_method: post\n")).told() ==
          Told{"auth-method-unknown"});
    CHECK(inspect(values(digest, {}, "        consent_mode: never\n")).told() == Told{"consent-mode-unknown"});
}

TEST_CASE("chart: its own defaults are unknown") {
    const auto digest = "'" + std::string(k_digest) + "'";
    const auto open = inspect(values(digest));
    CHECK(open.provider.registrations.at(0).scopes.is_unknown());
    CHECK(open.provider.registrations.at(0).consent_kept_for.is_unknown());
    const auto given = inspect(values(digest, {}, "        scopes: [openid]\n        consent_mode: implicit\n"));
    CHECK(given.provider.registrations.at(0).scopes.is_given());
    CHECK(given.provider.registrations.at(0).consent.value == "implicit");
    CHECK(given.provider.is_snippet);
}

TEST_CASE("chart: the address is made of the parts of a cookie") {
    struct Row {
        std::string_view cookie;
        std::string_view address;
        Known known;
    };
    constexpr std::array k_rows{
        Row{"{domain: example.com, subdomain: auth}", "https://auth.example.com", Known::given},
        Row{"{domain: example.com, subdomain: auth, path: /login/}", "https://auth.example.com/login", Known::given},
        Row{"{domain: auth.example.com, subdomain: '', path: ''}", "https://auth.example.com", Known::given},
        Row{"{domain: '${DOMAIN}', subdomain: auth}", "https://auth.${DOMAIN}", Known::unknown},
        Row{"{domain: example.com, subdomain: auth, authelia_url: 'https://id.example.com'}", "https://id.example.com",
            Known::given},
    };
    for (const auto& row : k_rows) {
        CAPTURE(row.cookie);
        const auto text = "session:\n  cookies:\n    - " + std::string(row.cookie) + "\n";
        const auto it = inspect(text);
        REQUIRE(it.provider.issuers.size() == 1);
        CHECK(it.provider.issuers.at(0).value == row.address);
        CHECK(it.provider.issuers.at(0).known == row.known);
        const bool is_named = row.cookie.find("_url") != std::string_view::npos;
        CHECK(inspect(text, oidc::Form::settings).provider.issuers.size() == (is_named ? 1 : 0));
    }
    CHECK(inspect("session:\n  cookies:\n    - {subdomain: auth}\n").provider.issuers.empty());
}

TEST_CASE("chart: with OpenID Connect switched off no login is known to work") {
    const auto digest = "'" + std::string(k_digest) + "'";
    const auto off = inspect(values(digest, "    enabled: false\n"));
    CHECK(off.pointer(off.provider.switched_off) == "/identity_providers/oidc/enabled");
    CHECK(off.told() == Told{});
    for (const auto* const on : {"    enabled: true\n", "    enabled:\n", "    enabled: ${ON}\n", ""}) {
        CAPTURE(on);
        CHECK_FALSE(inspect(values(digest, on)).provider.switched_off);
    }
    CHECK_FALSE(inspect("identity_providers:\n  oidc:\n    enabled: false\n    clients: []\n").provider.switched_off);
}
