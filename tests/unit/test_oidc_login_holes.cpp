#include "login_of_texts.hpp"

#include <string>
#include <string_view>
#include <vector>

#include <doctest/doctest.h>

using namespace oidcgen::test;

namespace {

void replace_all(std::string& text, std::string_view from, std::string_view to) {
    for (auto at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size())) {
        text.replace(at, from.size(), to);
    }
}

/// The pair that works, with a hole in every address.
Texts with_holes() {
    auto texts = working();
    replace_all(texts.provider, "example.com", "${DOMAIN}");
    replace_all(texts.app, "example.com", "${DOMAIN}");
    replace_all(texts.address, "example.com", "${DOMAIN}");
    replace_all(texts.provider_url, "example.com", "${DOMAIN}");
    return texts;
}

constexpr std::string_view k_link = "          - https://photos.${DOMAIN}/user-settings\n";
constexpr std::string_view k_app = "          - app.immich:///oauth-callback\n";
constexpr const char* k_works = "works assuming same-placeholder";
constexpr const char* k_unregistered = "fails at authorize: redirect-uri-unregistered";

} // namespace

TEST_CASE("holes: a pair that works with equal holes on both sides") {
    for (const std::string device : {"web", "link", "mobile"}) {
        CHECK(login(with_holes(), device) == k_works);
    }
}

TEST_CASE("holes: every kind of them") {
    for (const std::string_view hole :
         {"{{ .Values.domain }}", "{{ env \"DOMAIN\" }}", "$(DOMAIN)", "${DOMAIN:-x.org}"}) {
        CAPTURE(hole);
        auto texts = with_holes();
        for (auto* const text : {&texts.provider, &texts.app}) {
            // Quotes, since some are not YAML without them.
            replace_all(*text, "https://photos.${DOMAIN}/auth/login", "'https://photos.${DOMAIN}/auth/login'");
            replace_all(*text, "https://photos.${DOMAIN}/user-settings", "'https://photos.${DOMAIN}/user-settings'");
            replace_all(*text, "https://auth.${DOMAIN}", "'https://auth.${DOMAIN}'");
        }
        for (auto* const text : {&texts.provider, &texts.app, &texts.address, &texts.provider_url}) {
            replace_all(*text, "${DOMAIN}", hole);
        }
        if (hole != "$(DOMAIN)") { // which is one only as the whole text
            CHECK(login(texts) == k_works);
        }
    }
}

TEST_CASE("holes: an address that is missing") {
    auto texts = with_holes();
    replace(texts.provider, k_link, "");
    CHECK(login(texts, "link") == k_unregistered);
    CHECK(login(texts) == k_works);
    CHECK(said(texts).faults == std::vector<std::pair<std::string, std::string>>{
                                    {"redirect-uri-unregistered", "/identity_providers/oidc/clients/0/redirect_uris"}});
}

TEST_CASE("holes: the path, the scheme and the app's callback need none") {
    auto texts = with_holes();
    replace(texts.provider, "app.immich:///oauth-callback", "app.immich:/");
    CHECK(login(texts, "mobile") == k_unregistered);
    CHECK(login(texts) == k_works);

    texts = with_holes();
    replace(texts.provider, "${DOMAIN}/user-settings", "${DOMAIN}/user-settings/");
    CHECK(login(texts, "link") == k_unregistered);

    texts = with_holes();
    replace(texts.provider, "https://photos.${DOMAIN}/auth/login", "http://photos.${DOMAIN}/auth/login");
    CHECK(login(texts) == k_unregistered);

    texts = with_holes();
    replace(texts.provider, "https://photos.${DOMAIN}/auth/login", "https://fotos.${DOMAIN}/auth/login");
    CHECK(login(texts) == k_unregistered);
}

TEST_CASE("holes: what another hole is filled with is not known") {
    auto texts = with_holes();
    replace(texts.provider, "https://photos.${DOMAIN}/auth/login", "https://photos.${OTHER}/auth/login");
    CHECK(login(texts) == "unknown: placeholder");
    CHECK(login(texts, "link") == k_works);
    CHECK(said(texts).faults.empty());

    texts = with_holes();
    replace(texts.provider, "https://photos.${DOMAIN}/auth/login", "https://photos.example.com/auth/login");
    CHECK(login(texts) == "unknown: placeholder");
    // A hole in the host leaves the path.
    replace(texts.provider, k_link, "");
    CHECK(login(texts, "link") == k_unregistered);
}

TEST_CASE("holes: an item that may be anything") {
    auto texts = with_holes();
    replace(texts.provider, k_link, "          - '{{ .Values.further }}'\n");
    CHECK(login(texts, "link") == "unknown: placeholder");
    CHECK(login(texts) == k_works);
    replace(texts.provider, k_app, "");
    CHECK(login(texts, "mobile") == "unknown: placeholder");
}

TEST_CASE("holes: an address taken from the redirect URIs takes nothing else for granted") {
    auto texts = with_holes();
    texts.address.clear();
    texts.provider_url.clear();
    CHECK(login(texts) == "works assuming address");
    replace(texts.provider, k_link, "");
    CHECK(login(texts, "link") == k_unregistered);
}

TEST_CASE("holes: the address of forwarders is not that of the application") {
    auto texts = working();
    texts.address.clear();
    replace(texts.provider, k_app,
            std::string(k_app) + "          - https://my.immich.app/auth/login\n"
                                 "          - https://my.immich.app/user-settings\n"
                                 "          - https://my.immich.app/oauth-callback\n");
    CHECK(login(texts) == "works assuming address");
}

TEST_CASE("holes: the issuer") {
    auto texts = with_holes();
    replace(texts.app, "https://auth.${DOMAIN}", "https://login.${DOMAIN}");
    CHECK(login(texts) == "fails at discovery: issuer-elsewhere");

    texts = with_holes();
    replace(texts.app, "https://auth.${DOMAIN}", "http://auth.${DOMAIN}");
    CHECK(login(texts) == "fails at discovery: issuer-insecure");

    texts = with_holes();
    replace(texts.app, "https://auth.${DOMAIN}", "https://auth.${DOMAIN}/api/oidc");
    CHECK(login(texts) == "fails at discovery: issuer-path-wrong");

    texts = with_holes();
    replace(texts.app, "https://auth.${DOMAIN}", "auth.${DOMAIN}");
    CHECK(login(texts) == "fails at discovery: issuer-unusable");

    texts = with_holes();
    replace(texts.app, "https://auth.${DOMAIN}", "https://auth.${DOMAIN}/.well-known/openid-configuration");
    CHECK(login(texts) == k_works);

    for (const std::string issuer :
         {"https://auth.${OTHER}", "https://auth.example.com", "${ISSUER}", "https://auth.${DOMAIN}/${PATH}"}) {
        CAPTURE(issuer);
        texts = with_holes();
        replace(texts.app, "https://auth.${DOMAIN}", issuer);
        CHECK(login(texts) == "unknown: placeholder");
        CHECK(said(texts).faults.empty());
    }
}

TEST_CASE("holes: a mobile override") {
    auto texts = with_holes();
    const std::string forwarder = "https://photos.${DOMAIN}/api/oauth/mobile-redirect";
    replace(texts.app, "  scope:", "  mobileOverrideEnabled: true\n  mobileRedirectUri: " + forwarder + "\n  scope:");
    CHECK(login(texts, "mobile") == k_unregistered);
    replace(texts.provider, k_app, "          - " + forwarder + "\n");
    CHECK(login(texts, "mobile") == k_works);

    auto wrong = texts;
    replace(wrong.app, "mobile-redirect\n", "mobile\n");
    replace(wrong.provider, "mobile-redirect\n", "mobile\n");
    CHECK(login(wrong, "mobile") == "fails at callback: mobile-override-not-forwarding");

    auto elsewhere = texts;
    replace(elsewhere.app, forwarder, "https://forward.${OTHER}/api/oauth/mobile-redirect");
    replace(elsewhere.provider, forwarder, "https://forward.${OTHER}/api/oauth/mobile-redirect");
    CHECK(login(elsewhere, "mobile") == "unknown: address");

    auto whole = texts;
    replace(whole.app, forwarder, "'{{ .Values.override }}'");
    CHECK(login(whole, "mobile") == "unknown: placeholder");
}

TEST_CASE("holes: client ids") {
    auto texts = working();
    replace(texts.app, "clientId: photos", "clientId: ${CLIENT_ID}");
    CHECK(login(texts) == "unknown: placeholder");
    CHECK(said(texts).faults.empty());

    // Several clients, and none of them at the address of the application.
    replace_all(texts.provider, "https://photos.example.com", "https://other.example.com");
    replace(texts.provider, "      - client_id: photos\n",
            "      - client_id: first\n        client_secret: "
            "'$pbkdf2-sha512$1000$YSBtYWRlLXVwIHNhbHQhIQ$rhjZgPqigkhe9dF"
            "2tiA56Ia5JPjAG3p4/z2A.vtxGzlIGjiKbFrYNYIL2EcKfZotWjys2TwKqwK"
            "S280A1zBhww'\n        redirect_uris: [https://a.example.com]\n"
            "      - client_id: photos\n");
    CHECK(login(texts) == "unknown: placeholder");

    texts = working();
    replace(texts.app, "clientId: photos", "clientId: ${CLIENT_ID}");
    replace(texts.provider, "client_id: photos", "client_id: ${CLIENT_ID}");
    CHECK(login(texts) == k_works);

    texts = working();
    replace(texts.app, "clientId: photos", "clientId: photos-${STAGE}");
    replace(texts.provider, "client_id: photos", "client_id: pictures-${STAGE}");
    CHECK(login(texts) == "fails at authorize: client-id-unknown");
}

TEST_CASE("holes: text that stands for itself has none") {
    auto texts = working();
    replace(texts.provider, "https://photos.example.com/auth/login", "https://photos.${DOMAIN}/auth/login");
    CHECK(login(texts) == "unknown: placeholder");
}
