// What is said of one side alone, against every setting of the other side: that a login fails exactly when it fails
// with each of them, that it works exactly when it works with the defaults. The same with a placeholder for the domain.

#include "login_of_texts.hpp"
#include "mutations.hpp"

#include "apps/immich/immich.hpp"
#include "document/reader.hpp"
#include "oidc/login/login.hpp"
#include "providers/authelia/authelia.hpp"

#include <algorithm>
#include <functional>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include <doctest/doctest.h>
#include <fmt/format.h>

using namespace oidcgen;
using namespace oidcgen::test;
using nlohmann::json;

namespace {

const std::string k_address = "https://photos.example.com";
const std::string k_provider_url = "https://auth.example.com";

/// A setting, and the values that are tried.
struct Choice {
    std::string name;
    std::vector<json> values;
};

/// Every combination; a null leaves the setting out.
std::vector<json> combinations(const json& base, const std::vector<Choice>& choices) {
    std::vector<json> result{base};
    for (const auto& choice : choices) {
        std::vector<json> more;
        for (const auto& settings : result) {
            std::set<json> tried;
            for (const auto& value : choice.values) {
                if (!tried.insert(value).second) {
                    continue;
                }
                auto& one = more.emplace_back(settings);
                if (value.is_null()) {
                    one.erase(choice.name);
                } else {
                    one[choice.name] = value;
                }
            }
        }
        result = std::move(more);
    }
    return result;
}

oidc::InspectOptions options_for(const oidc::System& system, const std::string& version) {
    oidc::InspectOptions options;
    const auto target = resolve_version(system, version);
    REQUIRE(target);
    options.version = target->used;
    options.provider_url = k_provider_url;
    options.now = 1767225600;
    return options;
}

/// A side that was read from a text, with what it points to.
template <class Value>
struct Read {
    std::unique_ptr<document::Document> document;
    Value value;
    bool is_refused = false;
};

template <class Value, class Inspect>
Read<Value> read(const oidc::System& system, const std::string& version, const json& settings, Inspect inspect) {
    const auto options = options_for(system, version);
    const auto reading = system.reading(options.version, oidc::Use::file);
    Read<Value> result;
    result.document = document::read_document("x", settings.dump(2), reading.dialect, reading.limits);
    rule::Findings findings;
    result.value = inspect(*result.document, options, findings);
    result.is_refused = std::ranges::any_of(findings.findings, [](const rule::Finding& it) {
        return it.consequence == rule::Consequence::provider_refuses ||
               it.consequence == rule::Consequence::app_refuses;
    });
    return result;
}

Read<oidc::Provider> provider_of(const std::string& version, const json& client) {
    const auto& system = providers::authelia::k_system;
    return read<oidc::Provider>(system, version, {{"identity_providers", {{"oidc", {{"clients", {client}}}}}}},
                                system.provider->inspect);
}

Read<oidc::RelyingParty> party_of(const std::string& version, const json& oauth) {
    const auto& system = apps::immich::k_system;
    return read<oidc::RelyingParty>(system, version, {{"oauth", oauth}}, system.application->inspect);
}

/// The outcomes of one way to log in.
struct Outcomes {
    bool all_fail = true;
    bool default_works = false;
};

std::string expected(const Outcomes& outcomes) {
    return outcomes.all_fail ? "fails" : outcomes.default_works ? "works" : "unknown";
}

oidc::Outcome replay(const oidc::Provider& provider, const oidc::RelyingParty& party, const oidc::LoginWay& way) {
    const oidc::Circumstances circumstances{k_address, k_provider_url, {}, {}, nullptr};
    return predict_login(provider, &provider.registrations.front(), party, circumstances, way).outcome;
}

std::string text_of(const json& list) {
    std::string result;
    for (const auto& it : list) {
        result += (result.empty() ? "" : " ") + it.get<std::string>();
    }
    return result;
}

/// What an administrator of Immich can choose that decides a login; the first values are the defaults. Id and secret
/// of the client and the issuer are what they have to be: with another one every login fails.
std::vector<json> application_settings(const WorkingPair& pair) {
    const json told = {{"enabled", true},
                       {"issuerUrl", k_provider_url},
                       {"clientId", pair.client.at("client_id")},
                       {"clientSecret", pair.oauth.at("clientSecret")}};
    std::vector<json> scopes{"openid email profile", "openid", "email", "",
                             "openid email profile groups offline_access"};
    if (pair.client.contains("scopes")) {
        scopes.emplace_back(text_of(pair.client.at("scopes")));
    }
    const auto ends = combinations(told, {{"scope", scopes},
                                          {"tokenEndpointAuthMethod", {"client_secret_post", "client_secret_basic"}},
                                          {"signingAlgorithm", {"RS256", "ES256"}},
                                          {"profileSigningAlgorithm", {"none", "RS256"}}});
    std::vector<json> overrides{"", k_address + "/api/oauth/mobile-redirect", "https://other.example.org/x"};
    for (const auto& uri : pair.client.value("redirect_uris", json::array())) {
        overrides.push_back(uri);
    }
    std::vector<json> result;
    for (const auto& uri : overrides) {
        for (auto settings : ends) {
            settings["mobileOverrideEnabled"] = uri != "";
            settings["mobileRedirectUri"] = uri;
            result.push_back(std::move(settings));
        }
    }
    return result;
}

/// Each is read once.
const Read<oidc::Provider>& cached_provider(const std::string& version, const json& client) {
    static std::map<std::string, Read<oidc::Provider>> all;
    const auto [at, is_new] = all.try_emplace(version + client.dump());
    if (is_new) {
        at->second = provider_of(version, client);
    }
    return at->second;
}

const Read<oidc::RelyingParty>& cached_party(const std::string& version, const json& oauth) {
    static std::map<std::string, Read<oidc::RelyingParty>> all;
    const auto [at, is_new] = all.try_emplace(version + oauth.dump());
    if (is_new) {
        at->second = party_of(version, oauth);
    }
    return at->second;
}

/// What is said of the files when that is their domain; null: there is no such file.
Said said_of(const json& provider, const json& app, const WorkingPair& pair, std::string_view domain) {
    const auto in_domain = [&](std::string text) {
        constexpr std::string_view k_domain = "example.com";
        for (auto at = text.find(k_domain); at != std::string::npos; at = text.find(k_domain, at + domain.size())) {
            text.replace(at, k_domain.size(), domain);
        }
        return text;
    };
    return test::said({.provider = provider.is_null() ? "" : in_domain(provider.dump(2)),
                       .app = app.is_null() ? "" : in_domain(app.dump(2)),
                       .authelia_version = pair.authelia,
                       .immich_version = pair.immich,
                       .address = in_domain(k_address),
                       .provider_url = in_domain(k_provider_url)});
}

void check_provider_alone(const WorkingPair& pair) {
    const auto provider = provider_of(pair.authelia, pair.client);
    REQUIRE(provider.value.registrations.size() == 1);
    std::map<std::string, Outcomes> outcomes;
    bool is_default = true;
    for (const auto& oauth : application_settings(pair)) {
        const auto is_needed = [&](const oidc::LoginWay& way) {
            return is_default || outcomes[std::string(way.name)].all_fail;
        };
        const auto ways = apps::immich::k_system.application->ways;
        if (std::ranges::none_of(ways, is_needed)) {
            break;
        }
        const auto& party = cached_party(pair.immich, oauth);
        if (party.is_refused) {
            continue;
        }
        for (const auto& way : ways) {
            if (is_needed(way)) {
                auto& it = outcomes[std::string(way.name)];
                const auto outcome = replay(provider.value, party.value, way);
                it.all_fail = it.all_fail && outcome == oidc::Outcome::fails;
                it.default_works = it.default_works || (is_default && outcome == oidc::Outcome::works);
            }
        }
        is_default = false;
    }
    for (const auto* const domain : {"example.com", "${DOMAIN}"}) {
        CAPTURE(domain);
        const json file = {{"identity_providers", {{"oidc", {{"clients", {pair.client}}}}}}};
        const auto said = said_of(file, {}, pair, domain);
        REQUIRE(said.logins.size() == 3);
        for (const auto& entry : said.logins) {
            const auto& device = entry.first;
            const auto& login = entry.second;
            CAPTURE(device);
            CHECK(login.outcome == (provider.is_refused ? "fails" : expected(outcomes.at(device))));
            CHECK(std::ranges::find(login.assumes, "application") != login.assumes.end());
        }
    }
}

/// What an administrator of Authelia can choose; the first values are those of a client that fits.
std::vector<Choice> provider_choices(const json& oauth) {
    const auto asked = oauth.value("scope", std::string("openid profile email"));
    json scopes = json::array();
    for (std::size_t start = 0; start < asked.size();) {
        const auto end = std::min(asked.find(' ', start), asked.size());
        scopes.push_back(asked.substr(start, end - start));
        start = end + 1;
    }
    const auto method = oauth.value("tokenEndpointAuthMethod", std::string("client_secret_post"));
    return {
        {"scopes", {scopes, json::array({"openid", "profile", "email"}), json::array({"openid"})}},
        {"token_endpoint_auth_method", {method, "client_secret_post", "client_secret_basic"}},
        {"id_token_signed_response_alg", {oauth.value("signingAlgorithm", std::string("RS256")), "RS256", "none"}},
        {"userinfo_signed_response_alg",
         {oauth.value("profileSigningAlgorithm", std::string("none")), "none", "RS256"}},
        {"require_pkce", {false, true}},
        {"require_pushed_authorization_requests", {false, true}},
        {"response_modes", {nullptr, json::array({"form_post"})}},
    };
}

void check_application_alone(const WorkingPair& pair) {
    const auto party = party_of(pair.immich, pair.oauth);
    const json told = {{"client_id", pair.oauth.at("clientId")},
                       {"client_secret", pair.client.at("client_secret")},
                       {"redirect_uris",
                        {k_address + "/auth/login", k_address + "/user-settings", "app.immich:/",
                         "app.immich:///oauth-callback", k_address + "/api/oauth/mobile-redirect"}}};
    std::map<std::string, Outcomes> outcomes;
    for (const auto& client : combinations(told, provider_choices(pair.oauth))) {
        const auto& provider = cached_provider(pair.authelia, client);
        if (provider.is_refused) {
            continue;
        }
        bool is_needed = false;
        for (const auto& way : apps::immich::k_system.application->ways) {
            auto& it = outcomes[std::string(way.name)];
            if (it.all_fail) {
                it.all_fail = replay(provider.value, party.value, way) == oidc::Outcome::fails;
            }
            is_needed = is_needed || it.all_fail;
        }
        if (!is_needed) {
            break;
        }
    }
    for (const auto* const domain : {"example.com", "${DOMAIN}"}) {
        CAPTURE(domain);
        const auto said = said_of({}, {{"oauth", pair.oauth}}, pair, domain);
        for (const auto& entry : said.logins) {
            const auto& device = entry.first;
            const auto& login = entry.second;
            CAPTURE(device);
            CHECK((login.outcome == "fails") == (party.is_refused || outcomes.at(device).all_fail));
            CHECK(std::ranges::find(login.assumes, "provider") != login.assumes.end());
        }
    }
}

} // namespace

TEST_CASE("mutations: of one side alone is told what no setting of the other side makes good, and nothing else") {
    const auto table = read_mutations();
    for (const auto& row : table.rows) {
        // The oldest and the newest releases of the row.
        for (const auto& name : std::set{row.pairs.front(), row.pairs.back()}) {
            CAPTURE(row.id);
            CAPTURE(name);
            const auto pair = mutated(table.pairs.at(name), {&row});
            row.side == "authelia" ? check_provider_alone(pair) : check_application_alone(pair);
        }
    }
}

TEST_CASE("mutations: of either side of a working pair no fault is told") {
    const auto table = read_mutations();
    for (const auto& entry : table.pairs) {
        const auto& pair = entry.second;
        CAPTURE(entry.first);
        check_provider_alone(pair);
        check_application_alone(pair);
    }
}
