// What lint says of made-up blueprints, in all releases of the tables.

#include "document/reader.hpp"
#include "login_of_texts.hpp"
#include "oidc/compare.hpp"
#include "site/site.hpp"
#include "systems.hpp"

#include <cstddef>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <doctest/doctest.h>
#include <fmt/format.h>

using namespace oidcgen::test;

namespace oidc = oidcgen::oidc;

namespace {

constexpr std::string_view k_provider = R"(version: 1
metadata: {name: Immich}
entries:
  - model: authentik_providers_oauth2.oauth2provider
    id: immich-provider
    identifiers: {name: Immich}
    attrs:
      authorization_flow: !Find [authentik_flows.flow, [slug, default-provider-authorization-implicit-consent]]
      invalidation_flow: !Find [authentik_flows.flow, [slug, default-provider-invalidation-flow]]
      grant_types: [authorization_code]
      client_id: photos
      client_secret: made-up-secret-of-the-blueprints-0123456789abcdef
      signing_key: !Find [authentik_crypto.certificatekeypair, [name, authentik Self-signed Certificate]]
      redirect_uris:
        - {matching_mode: strict, url: "https://photos.example.com/auth/login"}
        - {matching_mode: strict, url: "https://photos.example.com/user-settings"}
        - {matching_mode: strict, url: "app.immich:///oauth-callback"}
      property_mappings:
        - !Find [authentik_providers_oauth2.scopemapping, [managed, goauthentik.io/providers/oauth2/scope-openid]]
        - !Find [authentik_providers_oauth2.scopemapping, [managed, goauthentik.io/providers/oauth2/scope-email]]
        - !Find [authentik_providers_oauth2.scopemapping, [managed, goauthentik.io/providers/oauth2/scope-profile]]
  - model: authentik_core.application
    identifiers: {slug: immich}
    attrs: {name: Immich, provider: !KeyOf immich-provider}
)";

constexpr std::string_view k_app = R"(oauth:
  enabled: true
  issuerUrl: https://auth.example.com/application/o/immich/
  clientId: photos
  clientSecret: made-up-secret-of-the-blueprints-0123456789abcdef
  scope: openid profile email
  tokenEndpointAuthMethod: client_secret_post
)";

Texts pair() {
    Texts result{.provider = std::string(k_provider), .app = std::string(k_app)};
    result.authentik_version = "2026.8";
    return result;
}

enum class Side { provider, app };

struct Edit {
    Side side;
    std::string_view from;
    std::string_view to;
};

// The lines that edits take away or put something behind.
constexpr std::string_view k_web =
    "        - {matching_mode: strict, url: \"https://photos.example.com/auth/login\"}\n";
constexpr std::string_view k_link =
    "        - {matching_mode: strict, url: \"https://photos.example.com/user-settings\"}\n";
constexpr std::string_view k_mobile = "        - {matching_mode: strict, url: \"app.immich:///oauth-callback\"}\n";
constexpr std::string_view k_uris =
    "      redirect_uris:\n"
    "        - {matching_mode: strict, url: \"https://photos.example.com/auth/login\"}\n"
    "        - {matching_mode: strict, url: \"https://photos.example.com/user-settings\"}\n"
    "        - {matching_mode: strict, url: \"app.immich:///oauth-callback\"}\n";
constexpr std::string_view k_grants = "      grant_types: [authorization_code]\n";
constexpr std::string_view k_secret = "made-up-secret-of-the-blueprints-0123456789abcdef";
constexpr std::string_view k_key =
    "!Find [authentik_crypto.certificatekeypair, [name, authentik Self-signed Certificate]]";
constexpr std::string_view k_key_line =
    "      signing_key: !Find [authentik_crypto.certificatekeypair, [name, authentik Self-signed Certificate]]\n";
constexpr std::string_view k_openid = "        - !Find [authentik_providers_oauth2.scopemapping, [managed, "
                                      "goauthentik.io/providers/oauth2/scope-openid]]\n";
constexpr std::string_view k_email = "        - !Find [authentik_providers_oauth2.scopemapping, [managed, "
                                     "goauthentik.io/providers/oauth2/scope-email]]\n";
constexpr std::string_view k_profile = "        - !Find [authentik_providers_oauth2.scopemapping, [managed, "
                                       "goauthentik.io/providers/oauth2/scope-profile]]\n";
constexpr std::string_view k_entries = "entries:\n";
constexpr std::string_view k_certificate = "entries:\n"
                                           "  - model: authentik_crypto.certificatekeypair\n"
                                           "    id: own\n"
                                           "    identifiers: {name: Immich}\n"
                                           "    attrs: {certificate_data: made-up, key_data: ";
constexpr std::string_view k_own_key = "!KeyOf own";
constexpr std::string_view k_post = "tokenEndpointAuthMethod: client_secret_post";
constexpr std::string_view k_basic = "tokenEndpointAuthMethod: client_secret_basic";
constexpr std::string_view k_mapping = "entries:\n"
                                       "  - model: authentik_providers_oauth2.scopemapping\n"
                                       "    id: own\n"
                                       "    identifiers: {name: Immich claims}\n"
                                       "    attrs: {scope_name: immich, expression: 'return {\"immich_quota\": 5}'}\n";

/// What happens to each way to log in when something is wrong, in the words of people who tried it.
struct Fault {
    std::string_view name;
    std::string_view stage; ///< in their words
    std::string_view stops; ///< of `web link mobile` those that fail
    std::vector<Edit> edits;
    std::string_view provider_version = "2026.8";
    std::string_view app_version = "3.2";
    std::string_view lost = {};
};

/// Their words for a stage, and ours.
const std::map<std::string_view, std::string_view> k_stages{
    {"discovery", "discovery"},         {"authorize", "authorize"}, {"token", "token"},
    {"ID token check", "id_token"},     {"userinfo", "userinfo"},   {"profile", "account"},
    {"not applied", "config-provider"}, {"logout only", ""},        {"none", ""},
};

constexpr std::string_view k_all = "web link mobile";

const std::vector<Fault>& faults() {
    using enum Side;
    static const std::vector<Fault> k_faults{
        {"web address not listed", "authorize", "web", {{provider, k_web, ""}}},
        {"link address not listed", "authorize", "link", {{provider, k_link, ""}}},
        {"app address not listed", "authorize", "mobile", {{provider, k_mobile, ""}}},
        {"app address with one slash",
         "authorize",
         "mobile",
         {{provider, "app.immich:///oauth-callback", "app.immich:/oauth-callback"}}},
        {"override on, its address not listed",
         "authorize",
         "mobile",
         {{app, "  enabled: true\n",
           "  enabled: true\n  mobileOverrideEnabled: true\n"
           "  mobileRedirectUri: https://photos.example.com/api/oauth/mobile-redirect\n"}}},
        {"escaped pattern in a strict entry",
         "authorize",
         "web",
         {{provider, R"("https://photos.example.com/auth/login")", R"('https://photos\.example\.com/auth/login')"}}},
        {"pattern that fits",
         "none",
         "",
         {{provider, R"(strict, url: "https://photos.example.com/auth/login")",
           R"(regex, url: 'https://photos\.example\.com/auth/login')"}}},
        {"no addresses before 2026.5",
         "authorize",
         "link mobile",
         {{provider, k_uris, "      redirect_uris: []\n"}},
         "2026.2"},
        {"no addresses", "authorize", k_all, {{provider, k_uris, "      redirect_uris: []\n"}}},
        {"addresses only for a logout",
         "authorize",
         "web",
         {{provider, R"({matching_mode: strict, url: "https://photos.example.com/auth/login"})",
           R"({redirect_uri_type: logout, matching_mode: strict, url: "https://photos.example.com/auth/login"})"}}},
        {"addresses missing", "not applied", k_all, {{provider, k_uris, ""}}},
        {"addresses as text",
         "not applied",
         k_all,
         {{provider, k_uris, "      redirect_uris: https://photos.example.com/auth/login\n"}}},
        {"unknown matching mode",
         "not applied",
         k_all,
         {{provider, R"({matching_mode: strict, url: "app.immich)", R"({matching_mode: exact, url: "app.immich)"}}},
        {"grant types missing", "authorize", k_all, {{provider, k_grants, ""}}},
        {"grant types missing before 2026.5", "none", "", {{provider, k_grants, ""}}, "2026.2"},
        {"other grant types", "authorize", k_all, {{provider, "[authorization_code]", "[implicit]"}}},
        {"client id differs", "authorize", k_all, {{provider, "client_id: photos", "client_id: Photos"}}},
        {"secret differs", "token", k_all, {{app, k_secret, "another-secret-of-the-blueprints-0123456789abcdef"}}},
        {"secret empty at the application", "token", k_all, {{app, k_secret, "''"}}},
        {"digest instead of the secret",
         "token",
         k_all,
         {{provider, k_secret,
           "'$pbkdf2-sha512$1000$YSBtYWRlLXVwIHNhbHQhIQ$rhjZgPqigkhe9dF2tiA56Ia5JPjAG3p4/"
           "z2A.vtxGzlIGjiKbFrYNYIL2EcKfZotWjys2"
           "TwKqwKS280A1zBhww'"}}},
        {"special characters and basic before 2026.2.2", "token", k_all, {{app, k_post, k_basic}}, "2026.2.1"},
        {"special characters and basic", "none", "", {{app, k_post, k_basic}}, "2026.2.2"},
        {"blank in the secret and basic",
         "token",
         k_all,
         {{app, k_post, k_basic},
          {app, k_secret, "made up secret of the blueprints 0123456789abcdef"},
          {provider, k_secret, "made up secret of the blueprints 0123456789abcdef"}}},
        {"secret that is not ASCII",
         "token",
         k_all,
         {{app, k_secret, "mädé-up-secret-of-the-blueprints-0123456789abcdef"},
          {provider, k_secret, "mädé-up-secret-of-the-blueprints-0123456789abcdef"}}},
        {"encryption key on an elliptic curve",
         "token",
         k_all,
         {{provider, k_entries, k_certificate},
          {provider, "key_data: ", "key_data: MHcCAQEEIMadeUp}\n"},
          {provider, k_key_line,
           "      signing_key: !Find [authentik_crypto.certificatekeypair, [name, authentik Self-signed Certificate]]\n"
           "      encryption_key: !KeyOf own\n"}}},
        {"certificate without a private key",
         "discovery",
         k_all,
         {{provider, k_entries, k_certificate},
          {provider, "key_data: ", "key_data: ''}\n"},
          {provider, k_key, k_own_key}}},
        {"signing key of the kind Ed25519",
         "discovery",
         k_all,
         {{provider, k_entries, k_certificate},
          {provider, "key_data: ", "key_data: MC4CAQAwBQYDK2VwMadeUp}\n"},
          {provider, k_key, k_own_key}}},
        {"signing key missing", "ID token check", k_all, {{provider, k_key_line, ""}}},
        {"signing key missing, and expected so",
         "none",
         "",
         {{provider, k_key_line, ""}, {app, "  enabled: true\n", "  enabled: true\n  signingAlgorithm: HS256\n"}}},
        {"signing key on an elliptic curve",
         "ID token check",
         k_all,
         {{provider, k_entries, k_certificate},
          {provider, "key_data: ", "key_data: MHcCAQEEIMadeUp}\n"},
          {provider, k_key, k_own_key}}},
        {"signing key on an elliptic curve, and expected so",
         "none",
         "",
         {{provider, k_entries, k_certificate},
          {provider, "key_data: ", "key_data: MHcCAQEEIMadeUp}\n"},
          {provider, k_key, k_own_key},
          {app, "  enabled: true\n", "  enabled: true\n  signingAlgorithm: ES256\n"}}},
        {"algorithm differs",
         "ID token check",
         k_all,
         {{app, "  enabled: true\n", "  enabled: true\n  signingAlgorithm: ES256\n"}}},
        {"encryption key",
         "ID token check",
         k_all,
         {{provider, k_key_line,
           "      signing_key: !Find [authentik_crypto.certificatekeypair, [name, authentik Self-signed Certificate]]\n"
           "      encryption_key: !Find [authentik_crypto.certificatekeypair, [name, authentik Self-signed "
           "Certificate]]\n"}}},
        {"no property mappings",
         "userinfo",
         k_all,
         {{provider, "      property_mappings:\n", "      property_mappings: []\n"},
          {provider, k_openid, ""},
          {provider, k_email, ""},
          {provider, k_profile, ""}}},
        {"openid mapping missing", "none", "", {{provider, k_openid, ""}}},
        {"openid mapping missing, before Immich 2.6", "userinfo", k_all, {{provider, k_openid, ""}}, "2026.8", "1.135"},
        {"email mapping missing", "profile", "web mobile", {{provider, k_email, ""}}},
        {"userinfo expected to be signed, and used",
         "userinfo",
         k_all,
         {{app, "  enabled: true\n", "  enabled: true\n  profileSigningAlgorithm: RS256\n"},
          {app, "  tokenEndpointAuthMethod: client_secret_post\n", ""}},
         "2026.8",
         "1.131"},
        {"userinfo expected to be signed, and not used",
         "none",
         "",
         {{app, "  enabled: true\n", "  enabled: true\n  profileSigningAlgorithm: RS256\n"}}},
        {"issuer without its slash", "discovery", k_all, {{app, "/o/immich/\n", "/o/immich\n"}}},
        {"issuer without its slash, before Immich 1.132",
         "none",
         "",
         {{app, "/o/immich/\n", "/o/immich\n"},
          {app, "  tokenEndpointAuthMethod: client_secret_post\n", ""},
          {provider, k_secret, "MadeUpSecretOfTheBlueprints0123456789abcdef"},
          {app, k_secret, "MadeUpSecretOfTheBlueprints0123456789abcdef"}},
         "2026.8",
         "1.131"},
        {"wrong slug", "discovery", k_all, {{app, "/o/immich/\n", "/o/Immich/\n"}}},
        {"one issuer for all, and only the address of the application",
         "discovery",
         k_all,
         {{provider, k_grants, "      grant_types: [authorization_code]\n      issuer_mode: global\n"}}},
        {"one issuer for all, and the whole address of its metadata",
         "none",
         "",
         {{provider, k_grants, "      grant_types: [authorization_code]\n      issuer_mode: global\n"},
          {app, "/o/immich/\n", "/o/immich/.well-known/openid-configuration\n"}}},
        {"application without a provider", "discovery", k_all, {{provider, ", provider: !KeyOf immich-provider", ""}}},
        {"reserved slug", "not applied", k_all, {{provider, "slug: immich", "slug: token"}}},
        {"own scope only asked for",
         "none",
         "",
         {{provider, k_entries, k_mapping}, {app, "scope: openid profile email", "scope: openid profile email immich"}},
         "2026.8",
         "3.2",
         "quota"},
        {"own scope not asked for",
         "none",
         "",
         {{provider, k_entries, k_mapping},
          {provider, "      property_mappings:\n", "      property_mappings:\n        - !KeyOf own\n"}},
         "2026.8",
         "3.2",
         "quota"},
        {"own scope on both sides",
         "none",
         "",
         {{provider, k_entries, k_mapping},
          {provider, "      property_mappings:\n", "      property_mappings:\n        - !KeyOf own\n"},
          {app, "scope: openid profile email", "scope: openid profile email immich"}}},
        {"logout address of another host",
         "logout only",
         "",
         {{provider, k_grants,
           "      grant_types: [authorization_code]\n      logout_uri: https://other.example.com/api/oauth/logout\n"}}},
        {"secret from a file, before 2025.8",
         "not applied",
         k_all,
         {{provider, k_secret, "!File /run/secrets/immich"}, {provider, k_grants, ""}},
         "2025.6"},
        {"flow for logging out missing",
         "not applied",
         k_all,
         {{provider,
           "      invalidation_flow: !Find [authentik_flows.flow, [slug, default-provider-invalidation-flow]]\n", ""}}},
    };
    return k_faults;
}

} // namespace

TEST_CASE("authentik: each fault stops the logins that it stops in reality, at the stage where it does") {
    REQUIRE(said(pair()).faults.size() == 0);
    for (const auto& fault : faults()) {
        CAPTURE(fault.name);
        auto texts = pair();
        texts.authentik_version = fault.provider_version;
        texts.immich_version = fault.app_version;
        for (const auto& edit : fault.edits) {
            replace(edit.side == Side::provider ? texts.provider : texts.app, edit.from, edit.to);
        }
        REQUIRE(k_stages.contains(fault.stage));
        const auto logins = said(texts).logins;
        for (const std::string device : {"web", "link", "mobile"}) {
            CAPTURE(device);
            const bool stops = fault.stops.find(device) != std::string_view::npos;
            REQUIRE(logins.contains(device));
            const auto& login = logins.at(device);
            CHECK(login.outcome == (stops ? "fails" : "works"));
            CHECK(login.stage == (stops ? k_stages.at(fault.stage) : ""));
            if (!stops && device != "link") {
                CHECK(fmt::format("{}", login.lost.empty() ? "" : login.lost.front()) == fault.lost);
            }
        }
    }
}

namespace {

/// A site description that is right.
struct MadeSite {
    std::unique_ptr<oidcgen::document::Document> document;
    oidcgen::site::Site site;

    explicit MadeSite(std::string text)
        : document(
              oidcgen::document::read_document("site.yaml", std::move(text), oidcgen::document::Dialect::go_yaml)) {
        std::vector<oidc::SiteProblem> problems;
        const auto entries = oidcgen::site::read_entries(*document, problems);
        REQUIRE(problems.empty());
        site = oidcgen::site::read_site(entries, problems);
        REQUIRE(problems.empty());
    }
};

std::string line_of(const oidc::ReleaseLine& line) { return fmt::format("{}.{}", line.major, line.minor); }

/// The registration that is written for a site, once it is read back.
oidc::Provider read_back(const oidcgen::site::Site& site, const oidc::Output& output,
                         std::unique_ptr<oidcgen::document::Document>& document) {
    const auto& system = *site.provider;
    const auto reading = system.reading(site.provider_target.used, oidc::Use::file);
    document = oidcgen::document::read_document("blueprint.yaml", output.text, reading.dialect, reading.limits);
    oidcgen::rule::Findings findings;
    oidc::InspectOptions options;
    options.version = site.provider_target.used;
    return system.provider->inspect(*document, options, findings);
}

} // namespace

TEST_CASE("authentik: what is written for two releases logs in, and is read back as it went in") {
    constexpr std::string_view k_literal = "made-up-secret-of-the-blueprints-0123456789abcdef";
    const auto* const authentik = oidcgen::find_system("authentik");
    const auto* const immich = oidcgen::find_system("immich");
    REQUIRE(authentik != nullptr);
    REQUIRE(immich != nullptr);
    std::size_t pairs = 0;
    for (const auto& provider_line : authentik->releases) {
        for (const auto& app_line : immich->releases) {
            if (oidcgen::util::Version{app_line.major, app_line.minor, 0} < immich->oldest_written) {
                continue;
            }
            CAPTURE(line_of(provider_line));
            CAPTURE(line_of(app_line));
            const bool is_direct = ++pairs % 2 == 0;
            const MadeSite made(
                fmt::format("domain: example.com\nsubdomain: photos\nclient_id: photos\nprovider: authentik\n"
                            "authentik_version: '{}'\nimmich_version: '{}'\nmobile: {}\n",
                            line_of(provider_line), line_of(app_line), is_direct ? "direct" : "override"));
            const auto wanted = oidcgen::site::provider(made.site, {});
            const auto written = authentik->provider->write(wanted, made.site.provider_target, "env");
            REQUIRE(written);
            const auto party = oidcgen::site::relying_party(made.site, k_literal);
            const auto settings = immich->application->write(party, made.site.application_target, "json");
            REQUIRE(settings);

            std::unique_ptr<oidcgen::document::Document> document;
            const auto read = read_back(made.site, *written, document);
            const auto difference = oidc::first_difference(wanted, read);
            CHECK(std::string(difference ? difference->field : "") == "");

            Texts texts{.provider = written->text, .app = settings->text};
            texts.authentik_version = line_of(provider_line);
            texts.immich_version = line_of(app_line);
            const auto all = said(texts);
            CHECK(all.faults.size() == 0);
            for (const std::string device : {"web", "link", "mobile"}) {
                CAPTURE(device);
                REQUIRE(all.logins.contains(device));
                const auto& login = all.logins.at(device);
                CHECK(login.outcome == "works");
                CHECK(login.lost.empty());
                CHECK(login.assumes == std::vector<std::string>{"secret"});
            }
        }
    }
    CHECK(pairs > 100);
}
