#include "report/redact.hpp"
#include "report/snippet.hpp"
#include "report_places.hpp"

#include <initializer_list>
#include <memory>
#include <string>
#include <string_view>

#include <doctest/doctest.h>

using namespace oidcgen;
using report::names_secret;
using report::Redactor;
using test::at;
using test::yaml;

namespace {

std::string shown(const document::Document& document, std::string_view what) {
    return report::snippet(at(document, what), Redactor(document));
}

} // namespace

TEST_CASE("names_secret: names of settings that hold one, also misspelt") {
    for (const std::string_view name :
         {"client_secret", "clientSecret", "CLIENT-SECRET", "secret",        "secrets",        "secrt",
          "secert",        "sceret",       "client_secrt",  "clientSecrret", "hmac_secret",    "jwt_secret",
          "password",      "pasword",      "my_passwort",   "passwd",        "encryption_key", "issuer_private_key",
          "key",           "value",        "token",         "access_token",  "api_key",        "apiKey",
          "credentials"}) {
        CAPTURE(name);
        CHECK(names_secret(name));
    }
    for (const std::string_view name :
         {"client_id", "clientId", "scope", "scopes", "server", "sector_identifier_uri", "allowInsecureRequests",
          "redirect_uris", "token_endpoint_auth_method", "access_token_signed_response_alg", "key_id", "keys", "jwks",
          "issuerUrl", "consent_mode", "secure", "passkeys", ""}) {
        CAPTURE(name);
        CHECK_FALSE(names_secret(name));
    }
    CHECK(names_secret(std::string(1000, 'x'))); // no name at all
}

TEST_CASE("snippet: anchors, tags, aliases and comments of a secret are hidden with it") {
    CHECK(shown(*yaml("secret: &geheim x\n"), "secret").find("1 | secret: ********\n") != std::string::npos);
    CHECK(shown(*yaml("secret: !geheim x\n"), "secret").find("geheim") == std::string::npos);
    CHECK(shown(*yaml("secret: x # geheim\n"), "secret").find("********") != std::string::npos);
    CHECK(shown(*yaml("secret: x # geheim\n"), "secret").find("geheim") == std::string::npos);
    CHECK(shown(*yaml("secret: # geheim\n  x\n"), "secret").find("geheim") == std::string::npos);
    CHECK(shown(*yaml("? secret\n: geheim\n"), "geheim").find("geheim") == std::string::npos);
    const auto alias = yaml("common: &a geheim\nclient_secret: *a\n");
    CHECK(shown(*alias, "common").find("geheim") == std::string::npos);
    const auto nested = yaml("common: &a [geheim]\nmore: &b {x: *a}\nclient_secret: {y: *b}\n");
    CHECK(shown(*nested, "common").find("geheim") == std::string::npos);
    CHECK(shown(*nested, "more").find("more: ") != std::string::npos);
    CHECK(shown(*yaml("client_secrt: geheim\n"), "client_secrt").find("geheim") == std::string::npos);
    CHECK(shown(*yaml("Zq7Xk2VwPm4Tn8RbYs5H: x\n"), "Zq7Xk2").find("Zq7Xk2") == std::string::npos);
    CHECK(shown(*yaml("other: geheim # too\n"), "other").find("other: geheim # too") != std::string::npos);
    CHECK(shown(*yaml("? [geheim]\n: x\n"), "[geheim]").find("geheim") == std::string::npos);
    CHECK(shown(*yaml("secret_file: a/geheim\n"), "secret_file").find("geheim") != std::string::npos);
    CHECK(shown(*yaml("secret_file: geheim.secret\n"), "secret_file").find("geheim") != std::string::npos);
    CHECK(shown(*yaml("secret_file: geheim\n"), "secret_file").find("geheim") == std::string::npos);
}

TEST_CASE("snippet: what looks like a secret is hidden wherever it stands, identifiers apart") {
    const auto is_hidden = [](const std::string& text) {
        return shown(*yaml(text), text).find("********") != std::string::npos;
    };
    for (const std::string_view random :
         {"Zq7Xk2VwPm4Tn8RbYs5H", "f3b1c09a7d5e4f28a6b0c1d2", "q7~Rk2_vXp9.LmT4wZs8bd"}) {
        const std::string value(random);
        CAPTURE(value);
        CHECK(is_hidden("other: " + value));
        CHECK(is_hidden("- " + value));
        CHECK(is_hidden("\"" + value + "\""));
        CHECK(is_hidden("other: [x, " + value + "]"));
        CHECK_FALSE(is_hidden("client_id: " + value));
        CHECK_FALSE(is_hidden("clientId: " + value));
    }
    for (const std::string_view plain :
         {"https://a1b2c3.example.com/d4e5f6", "preferred_username", "2026-01-01T00:00:00Z", "client_secret_post",
          "192.168.100.200", "Login with 1 of 2 or 3 things", "photos.example.com:8443"}) {
        CAPTURE(plain);
        CHECK_FALSE(is_hidden("other: '" + std::string(plain) + "'"));
    }
}

TEST_CASE("snippet: lines that were not read are hidden when they, or what they belong to, name a secret") {
    const auto document = yaml("a: b\nsecret:\n  - geheim\n  - 'geheim\n    geheim\nc: d\n");
    REQUIRE(document->fatal() != nullptr);
    const Redactor redactor(*document);
    CHECK_FALSE(redactor.hides_line(1));
    CHECK(redactor.hides_line(2));
    CHECK(redactor.hides_line(3));
    CHECK(redactor.hides_line(4));
    CHECK(redactor.hides_line(5));
    CHECK(redactor.hides_line(6)); // the open quotation mark took it in
    const auto flat = yaml("{\"secret\":\n\"geheim\"\n\"geheim\", x: y\n,z\n");
    REQUIRE(flat->fatal() != nullptr);
    CHECK(Redactor(*flat).hides_line(2));
    CHECK(Redactor(*flat).hides_line(3));
    CHECK_FALSE(Redactor(*flat).hides_line(4));
    const auto key = yaml("x: [\n- MIIEpAIBAAKCAQEAtZ3hR0mVwq1yF2c8Jk5sL7nPx9bQ4dTe\n");
    REQUIRE(key->fatal() != nullptr);
    CHECK(Redactor(*key).hides_line(2));
}

TEST_CASE("shown: what comes from a secret is masked, and nothing else") {
    using util::outside;
    using util::words;
    const auto document = yaml("client_secret: '$pbkdf2$geheimnis'\nname: geheimnis\n");
    const Redactor redactor(*document);
    const auto place = at(*document, "'$pbkdf2$geheimnis'");
    CHECK(redactor.shown(words("no {} here", outside("$pbkdf2$geheimnis")), place) == "no \"********\" here");
    CHECK(redactor.shown(words("no {} here", outside("$pbkdf2$geh")), place) == "no \"********\" here");
    CHECK(redactor.shown(words("part {} and {}", outside("heimni"), outside("other")), place) ==
          "part \"********\" and \"other\"");
    CHECK(redactor.shown(outside("$pbkdf2$geheimnis", 11), place) == "\"********\"");
    CHECK(redactor.shown("our own \"geheimnis\" stays", place) == "our own \"geheimnis\" stays");
    CHECK(redactor.shown(outside("geheimnis"), at(*document, "name")) == "\"geheimnis\"");
    CHECK(redactor.shown(words("unknown key {}", outside("Zq7Xk2VwPm4Tn8RbYs5H")), at(*document, "name")) ==
          "unknown key \"********\"");
    CHECK(redactor.shown(outside("oauth.Zq7Xk2VwPm4Tn8RbYs5H"), at(*document, "name")) == "\"********\"");

    const auto escaped = yaml("client_secret: \"\\x67eheimnis\"\n");
    CHECK(Redactor(*escaped).shown(outside("geheimnis"), at(*escaped, "\"\\x67eheimnis\"")) == "\"********\"");
    const auto small = yaml("client_secret: abc\n");
    CHECK(Redactor(*small).shown(outside("abc"), at(*small, "abc")) == "\"********\"");
    CHECK(Redactor(*small).shown(outside("ab"), at(*small, "abc")) == "\"ab\"");
}

TEST_CASE("shown_pointer: names below a secret and names that look like one are masked") {
    const auto document = yaml("a: 1\n");
    const auto pointer = [&](std::initializer_list<std::string_view> names) {
        document::PathId path;
        for (const auto name : names) {
            path = path.child(name);
        }
        return report::shown_pointer(*document, path);
    };
    CHECK(pointer({"oauth", "clientSecret"}) == "/oauth/clientSecret");
    CHECK(pointer({"oauth", "clientSecret", "geheim"}) == "/oauth/clientSecret/********");
    CHECK(pointer({"client_secret", "value"}) == "/client_secret/value");
    CHECK(pointer({"identity_validation", "reset_password", "jwt_secret"}) ==
          "/identity_validation/reset_password/jwt_secret");
    CHECK(pointer({"oauth", "Zq7Xk2VwPm4Tn8RbYs5H"}) == "/oauth/********");
    CHECK(pointer({"oauth", "clientSecret: geheim"}) == "/oauth/********");
    CHECK(pointer({"oauth.clientSecret"}) == "/oauth.clientSecret");
    CHECK(pointer({"a/b", "c~d"}) == "/a~1b/c~0d");
    CHECK(pointer({"storageQuotaClaim", "identity_providers", "userinfo_signed_response_alg"}) ==
          "/storageQuotaClaim/identity_providers/userinfo_signed_response_alg");
    CHECK(pointer({}) == "");
    const std::string filler(1023, 'k');
    CHECK(pointer({"jwks", filler}) == "/jwks/" + filler);
    std::string long_secret;
    for (int i = 0; i < 100; ++i) {
        long_secret += static_cast<char>('a' + i * 7 % 26);
        long_secret += "xyz";
    }
    CHECK(pointer({"jwks", long_secret}) == "/jwks/********");
    CHECK(pointer({"clients", "client_secret "}) == "/clients/client_secret ");
    CHECK(pointer({"clients", "<client_secret>"}) == "/clients/<client_secret>");
    CHECK(pointer({"clients", "client_secret geheim"}) == "/clients/********");
}
