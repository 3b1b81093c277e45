// Metadata of a made-up provider and an application; one thing is changed at a time.

#include "login_of_texts.hpp"

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

using namespace oidcgen::test;
using nlohmann::json;

namespace {

struct Pair {
    json metadata;
    json oauth;
    std::string address = "https://photos.example.com";
};

Pair working_pair() {
    return {{{"issuer", "https://id.example.com/realms/home"},
             {"authorization_endpoint", "https://id.example.com/realms/home/authorize"},
             {"token_endpoint", "https://id.example.com/realms/home/token"},
             {"userinfo_endpoint", "https://id.example.com/realms/home/userinfo"},
             {"jwks_uri", "https://id.example.com/realms/home/keys"},
             {"scopes_supported", {"openid", "email", "profile"}},
             {"prompt_values_supported", {"none", "login"}},
             {"token_endpoint_auth_methods_supported", {"client_secret_post", "client_secret_basic"}},
             {"id_token_signing_alg_values_supported", {"RS256", "ES256"}},
             {"code_challenge_methods_supported", {"S256"}}},
            {{"enabled", true},
             {"issuerUrl", "https://id.example.com/realms/home"},
             {"clientId", "photos"},
             {"clientSecret", "made-up-secret-of-48-characters-0123456789abcdef"},
             {"scope", "openid email profile"}}};
}

Said said_of(const Pair& pair) {
    return said({.provider = pair.metadata.dump(2),
                 .app = json{{"oauth", pair.oauth}}.dump(2),
                 .address = pair.address,
                 .provider_url = {}});
}

struct Row {
    std::string_view change_name;
    std::function<void(Pair&)> change;
    std::string stage; ///< of the web login; empty: it works
    std::vector<std::string> because{};
};

const std::vector<Row> k_rows{
    {"nothing", [](Pair&) {}, ""},
    {"wrapped as --show discovery prints it",
     [](Pair& pair) {
         pair.metadata = {{"openid_configuration", pair.metadata}, {"jwks", json::array()}};
     },
     ""},
    {"the address of the metadata",
     [](Pair& pair) {
         pair.oauth["issuerUrl"] = "https://id.example.com/realms/home/.well-known/openid-configuration";
     },
     ""},
    {"another issuer",
     [](Pair& pair) { pair.oauth["issuerUrl"] = "https://id.example.com/realms/other"; },
     "discovery",
     {"issuer-path-wrong"}},
    {"another host",
     [](Pair& pair) { pair.oauth["issuerUrl"] = "https://login.example.com/realms/home"; },
     "discovery",
     {"issuer-elsewhere"}},
    {"the address of the metadata on another host",
     [](Pair& pair) { pair.oauth["issuerUrl"] = "https://idp:8443/realms/home/.well-known/openid-configuration"; },
     "unknown"},
    {"without openid", [](Pair& pair) { pair.oauth["scope"] = "email profile"; }, "unknown"},
    {"by http",
     [](Pair& pair) { pair.oauth["issuerUrl"] = "http://id.example.com/realms/home"; },
     "discovery",
     {"issuer-insecure"}},
    {"an issuer with a slash at its end that the application leaves out",
     [](Pair& pair) { pair.metadata["issuer"] = "https://id.example.com/realms/home/"; },
     "discovery",
     {"issuer-path-wrong"}},
    {"an issuer with a slash at its end",
     [](Pair& pair) {
         pair.metadata["issuer"] = "https://id.example.com/realms/home/";
         pair.oauth["issuerUrl"] = "https://id.example.com/realms/home/";
     },
     ""},
    {"metadata without an address for the code",
     [](Pair& pair) { pair.metadata.erase("token_endpoint"); },
     "discovery",
     {"metadata-member-missing"}},
    {"an issuer that is no address",
     [](Pair& pair) { pair.metadata["issuer"] = "id.example.com"; },
     "discovery",
     {"metadata-issuer-unusable"}},
    {"a method that is not listed",
     [](Pair& pair) { pair.metadata["token_endpoint_auth_methods_supported"] = {"client_secret_basic"}; },
     "token",
     {"auth-method-mismatch"}},
    {"no list of methods", [](Pair& pair) { pair.metadata.erase("token_endpoint_auth_methods_supported"); }, ""},
    {"a public client",
     [](Pair& pair) {
         pair.metadata["token_endpoint_auth_methods_supported"] = {"none"};
         pair.oauth["clientSecret"] = "";
     },
     ""},
    {"an algorithm that is not listed",
     [](Pair& pair) { pair.metadata["id_token_signing_alg_values_supported"] = {"EdDSA"}; },
     "id_token",
     {"id-token-alg-mismatch"}},
    {"another algorithm that is listed", [](Pair& pair) { pair.oauth["signingAlgorithm"] = "ES256"; }, ""},
    {"a prompt that is not listed",
     [](Pair& pair) { pair.oauth["prompt"] = "select_account"; },
     "authorize",
     {"prompt-unknown"}},
    {"a prompt that is listed", [](Pair& pair) { pair.oauth["prompt"] = "login"; }, ""},
    {"no list of prompts",
     [](Pair& pair) {
         pair.metadata.erase("prompt_values_supported");
         pair.oauth["prompt"] = "select_account";
     },
     ""},
    {"a scope that is not listed, which some providers know all the same",
     [](Pair& pair) { pair.oauth["scope"] = "openid email profile photos"; }, ""},
    {"the mail address is not asked for",
     [](Pair& pair) { pair.oauth["scope"] = "openid profile"; },
     "account",
     {"email-not-sent"}},
};

} // namespace

TEST_CASE("metadata: what follows from it, and nothing else") {
    for (const auto& row : k_rows) {
        CAPTURE(row.change_name);
        auto pair = working_pair();
        row.change(pair);
        const auto found = said_of(pair);
        REQUIRE(found.logins.contains("web"));
        const auto& web = found.logins.at("web");
        if (row.stage == "unknown") {
            CHECK(web.outcome == "unknown");
            continue;
        }
        CHECK(web.outcome == (row.stage.empty() ? "works" : "fails"));
        CHECK(web.stage == row.stage);
        CHECK(web.because == row.because);
        // That the provider has a client is taken for granted where nothing else decides.
        CHECK(web.assumes == (row.stage.empty() ? std::vector<std::string>{"provider"} : std::vector<std::string>{}));
    }
}

TEST_CASE("metadata: scopes that are not listed are a note") {
    auto pair = working_pair();
    CHECK(said_of(pair).notes.empty());
    pair.oauth["scope"] = "openid email profile photos";
    CHECK(said_of(pair).notes == std::vector<std::string>{"scope-not-listed"});
    pair.metadata.erase("scopes_supported");
    CHECK(said_of(pair).notes.empty());
}

TEST_CASE("metadata: with placeholders nothing is concluded") {
    auto pair = working_pair();
    pair.metadata["issuer"] = "https://id.${DOMAIN}/realms/home";
    CHECK(said_of(pair).logins.at("web").outcome == "unknown");
}
