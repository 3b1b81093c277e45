// A client of Google and an application that work together; one thing is changed at a time, and the table says at which
// step which way to log in then fails.

#include "login_of_texts.hpp"
#include "providers/google/check.hpp"

#include <algorithm>
#include <array>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

using namespace oidcgen;
using namespace oidcgen::test;
using nlohmann::json;
using providers::google::Allowed;

namespace {

struct Pair {
    json client;
    json oauth;
    std::string address = "https://photos.example.com";
    std::string immich_version = "3.2";
};

Pair working_pair() {
    constexpr auto k_id = "123456789012-madeupmadeupmadeupmadeupmadeup12.apps.googleusercontent.com";
    constexpr auto k_secret = "GOCSPX-made-up-secret-0123456789abc";
    return {{{"web",
              {{"client_id", k_id},
               {"client_secret", k_secret},
               {"auth_uri", "https://accounts.google.com/o/oauth2/auth"},
               {"token_uri", "https://oauth2.googleapis.com/token"},
               {"redirect_uris",
                {"https://photos.example.com/auth/login", "https://photos.example.com/user-settings",
                 "https://photos.example.com/api/oauth/mobile-redirect"}}}}},
            {{"enabled", true},
             {"issuerUrl", "https://accounts.google.com"},
             {"clientId", k_id},
             {"clientSecret", k_secret},
             {"scope", "openid email profile"},
             {"storageLabelClaim", "email"},
             {"mobileOverrideEnabled", true},
             {"mobileRedirectUri", "https://photos.example.com/api/oauth/mobile-redirect"}}};
}

Said said_of(const Pair& pair) {
    return said({.provider = pair.client.empty() ? std::string() : pair.client.dump(2),
                 .app = json{{"oauth", pair.oauth}}.dump(2),
                 .immich_version = pair.immich_version,
                 .address = pair.address,
                 .provider_url = {}});
}

json& uris(Pair& pair) { return pair.client["web"]["redirect_uris"]; }

// The words of https://developers.google.com/identity/protocols/oauth2/web-server for the steps, and ours.
const std::map<std::string_view, std::string> k_stages{
    {"authorization request", "authorize"}, {"token exchange", "token"}, {"ID token validation", "id_token"},
    {"discovery document", "discovery"},    {"account", "account"},      {"", ""},
};

struct Row {
    std::string_view fault;
    std::function<void(Pair&)> change;
    std::map<std::string, std::string_view> fails; ///< device, and at which step
    std::vector<std::string> because;              ///< rules of the logins that fail
    std::vector<std::string> open{};               ///< devices of which it depends on what is reached from where
};

const std::vector<Row> k_rows{
    {"nothing", [](Pair&) {}, {}, {}},
    {"the login page is not registered",
     [](Pair& pair) { uris(pair).erase(0); },
     {{"web", "authorization request"}},
     {"redirect-uri-unregistered"}},
    {"the login page is registered with another port",
     [](Pair& pair) { uris(pair)[0] = "https://photos.example.com:8443/auth/login"; },
     {{"web", "authorization request"}},
     {"redirect-uri-unregistered"}},
    {"the login page is registered with a slash at its end",
     [](Pair& pair) { uris(pair)[0] = "https://photos.example.com/auth/login/"; },
     {{"web", "authorization request"}},
     {"redirect-uri-unregistered"}},
    {"the settings page is not registered",
     [](Pair& pair) { uris(pair).erase(1); },
     {{"link", "authorization request"}},
     {"redirect-uri-unregistered"}},
    {"no redirect URI is registered",
     [](Pair& pair) { pair.client["web"].erase("redirect_uris"); },
     {{"web", "authorization request"}, {"link", "authorization request"}, {"mobile", "authorization request"}},
     {"redirect-uri-unregistered"}},
    {"the override is off",
     [](Pair& pair) { pair.oauth["mobileOverrideEnabled"] = false; },
     {{"mobile", "authorization request"}},
     {"redirect-uri-impossible"}},
    {"the override is empty",
     [](Pair& pair) { pair.oauth["mobileRedirectUri"] = ""; },
     {{"mobile", "authorization request"}},
     {"redirect-uri-impossible"}},
    {"the override is not registered",
     [](Pair& pair) { uris(pair).erase(2); },
     {{"mobile", "authorization request"}},
     {"redirect-uri-unregistered"}},
    {"opened at an address of the local network",
     [](Pair& pair) { pair.address = "http://192.168.0.10:2283"; },
     {{"web", "authorization request"}, {"link", "authorization request"}},
     {"redirect-uri-impossible"},
     {"mobile"}},
    {"opened by http",
     [](Pair& pair) { pair.address = "http://photos.example.com"; },
     {{"web", "authorization request"}, {"link", "authorization request"}},
     {"redirect-uri-impossible"},
     {"mobile"}},
    {"the client id is another",
     [](Pair& pair) { pair.oauth["clientId"] = "123456789012-other.apps.googleusercontent.com"; },
     {{"web", "authorization request"}, {"link", "authorization request"}, {"mobile", "authorization request"}},
     {"client-id-unknown"}},
    {"the client id has a blank at its end",
     [](Pair& pair) {
         const auto id = pair.oauth["clientId"].get<std::string>() + " ";
         pair.oauth["clientId"] = id;
         pair.client["web"]["client_id"] = id;
     },
     {{"web", "authorization request"}, {"link", "authorization request"}, {"mobile", "authorization request"}},
     {"client-id-form"}},
    {"the client is for programs that are installed",
     [](Pair& pair) {
         pair.client["installed"] = pair.client["web"];
         pair.client.erase("web");
     },
     {{"web", "authorization request"}, {"link", "authorization request"}, {"mobile", "authorization request"}},
     {"client-type-wrong"}},
    {"the secret is another",
     [](Pair& pair) { pair.oauth["clientSecret"] = "GOCSPX-another-secret-0123456789abc"; },
     {{"web", "token exchange"}, {"link", "token exchange"}, {"mobile", "token exchange"}},
     {"secret-mismatch"}},
    {"the secret is sent in a header",
     [](Pair& pair) { pair.oauth["tokenEndpointAuthMethod"] = "client_secret_basic"; },
     {{"web", "token exchange"}, {"link", "token exchange"}, {"mobile", "token exchange"}},
     {"credentials-not-decoded"}},
    {"the secret is sent in a header that an older library does not escape",
     [](Pair& pair) { pair.immich_version = "1.131"; },
     {},
     {}},
    {"the issuer has a path",
     [](Pair& pair) { pair.oauth["issuerUrl"] = "https://accounts.google.com/o/oauth2"; },
     {{"web", "discovery document"}, {"link", "discovery document"}, {"mobile", "discovery document"}},
     {"issuer-path-wrong"}},
    {"the issuer is by http",
     [](Pair& pair) { pair.oauth["issuerUrl"] = "http://accounts.google.com"; },
     {{"web", "discovery document"}, {"link", "discovery document"}, {"mobile", "discovery document"}},
     {"issuer-insecure"}},
    {"the issuer is another host",
     [](Pair& pair) { pair.oauth["issuerUrl"] = "https://oauth2.googleapis.com"; },
     {{"web", "discovery document"}, {"link", "discovery document"}, {"mobile", "discovery document"}},
     {"issuer-elsewhere"}},
    {"the whole address of the metadata",
     [](Pair& pair) { pair.oauth["issuerUrl"] = "https://accounts.google.com/.well-known/openid-configuration"; },
     {},
     {}},
    {"another algorithm is expected",
     [](Pair& pair) { pair.oauth["signingAlgorithm"] = "HS256"; },
     {{"web", "ID token validation"}, {"link", "ID token validation"}, {"mobile", "ID token validation"}},
     {"id-token-alg-mismatch"}},
    {"the mail address is not asked for",
     [](Pair& pair) { pair.oauth["scope"] = "openid profile"; },
     {{"web", "account"}, {"mobile", "account"}},
     {"email-not-sent"}},
    {"a scope that does not exist",
     [](Pair& pair) { pair.oauth["scope"] = "openid email profile groups"; },
     {{"web", "authorization request"}, {"link", "authorization request"}, {"mobile", "authorization request"}},
     {"scope-refused"}},
    {"a prompt that is not known",
     [](Pair& pair) { pair.oauth["prompt"] = "create"; },
     {{"web", "authorization request"}, {"link", "authorization request"}, {"mobile", "authorization request"}},
     {"prompt-unknown"}},
    {"accounts are not made",
     [](Pair& pair) { pair.oauth["autoRegister"] = false; },
     {{"web", "account"}, {"mobile", "account"}},
     {"registration-off"}},
};

} // namespace

TEST_CASE("google: each fault fails at its step") {
    for (const auto& row : k_rows) {
        CAPTURE(row.fault);
        auto pair = working_pair();
        row.change(pair);
        const auto found = said_of(pair);
        CHECK(found.logins.size() == 3);
        for (const auto& [device, login] : found.logins) {
            CAPTURE(device);
            const auto fails = row.fails.find(device);
            const bool is_open = std::ranges::find(row.open, device) != row.open.end();
            CHECK(login.outcome == (is_open ? "unknown" : fails == row.fails.end() ? "works" : "fails"));
            CHECK(login.stage == (fails == row.fails.end() ? "" : k_stages.at(fails->second)));
            CHECK(login.because == (fails == row.fails.end() ? std::vector<std::string>() : row.because));
        }
    }
}

TEST_CASE("google: what is not known is not said") {
    auto pair = working_pair();
    pair.oauth["scope"] = "email profile";
    CHECK(said_of(pair).logins.at("web").outcome == "unknown");
    pair = working_pair();
    pair.oauth["prompt"] = "login";
    CHECK(said_of(pair).logins.at("web").outcome == "unknown");
    pair = working_pair();
    pair.client["web"].erase("client_secret"); // a later download
    CHECK(said_of(pair).logins.at("web").outcome == "works");
    CHECK(said_of(pair).logins.at("web").assumes == std::vector<std::string>{"secret"});
}

TEST_CASE("google: claims that it never sends are lost, and one that nobody asked for is not") {
    auto pair = working_pair();
    CHECK(said_of(pair).logins.at("web").lost.empty());
    pair.oauth.erase("storageLabelClaim");
    CHECK(said_of(pair).logins.at("web").lost.empty());
    pair.oauth["storageLabelClaim"] = "preferred_username";
    pair.oauth["storageQuotaClaim"] = "quota";
    pair.oauth["roleClaim"] = "role";
    CHECK(said_of(pair).logins.at("web").lost == std::vector<std::string>{"storage-label", "quota", "role"});
}

TEST_CASE("google: open registration is told when accounts are made") {
    auto pair = working_pair();
    CHECK(said_of(pair).faults == decltype(Said::faults){{"open-registration", "/oauth/autoRegister"}});
    pair.oauth["autoRegister"] = false;
    CHECK(said_of(pair).faults.empty());
}

TEST_CASE("google: the application alone is judged by its issuer") {
    auto pair = working_pair();
    pair.client = json();
    pair.oauth["mobileOverrideEnabled"] = false;
    const auto found = said_of(pair);
    CHECK(found.logins.at("web").outcome == "works");
    CHECK(found.logins.at("web").assumes == std::vector<std::string>{"provider"});
    CHECK(found.logins.at("mobile").stage == "authorize");
    CHECK(found.logins.at("mobile").because == std::vector<std::string>{"redirect-uri-impossible"});
}

TEST_CASE("google: which redirect URIs the console takes") {
    struct {
        std::string_view uri;
        Allowed allowed;
    } static constexpr k_uris[] = {
        {"https://photos.example.com/auth/login", Allowed::yes},
        {"https://photos.example.com:8443/auth/login?x=1", Allowed::yes},
        {"https://host.tailnet.ts.net/auth/login", Allowed::yes},
        {"http://localhost:2283/auth/login", Allowed::yes},
        {"http://127.0.0.1:2283/auth/login", Allowed::yes},
        {"http://[::1]:2283/auth/login", Allowed::yes},
        {"https://xn--bcher-kva.xn--p1ai/", Allowed::yes},
        {"https://photos/auth/login", Allowed::probably_not},
        {"https://photos.lan/auth/login", Allowed::probably_not},
        {"https://photos.home.arpa/auth/login", Allowed::probably_not},
        {"https://x.localhost/auth/login", Allowed::probably_not},
        {"http://photos.example.com/auth/login", Allowed::no},
        {"https://192.168.0.10/auth/login", Allowed::no},
        {"https://[fe80::1]/auth/login", Allowed::no},
        {"app.immich:///oauth-callback", Allowed::no},
        {"https://*.example.com/auth/login", Allowed::no},
        {"https://photos.example.com/auth/login#x", Allowed::no},
        {"https://me:secret@photos.example.com/auth/login", Allowed::no},
        {"https://photos.example.com/a/../auth/login", Allowed::no},
        {"https://photos.example.com/a/%2e%2e/auth/login", Allowed::no},
    };
    for (const auto& [uri, allowed] : k_uris) {
        CAPTURE(uri);
        CHECK(providers::google::judge_redirect_uri(uri).allowed == allowed);
    }
}
