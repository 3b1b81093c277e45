#include "report/redact.hpp"
#include "report/snippet.hpp"
#include "report/suspicion.hpp"
#include "report_places.hpp"
#include "site/fields.hpp"
#include "systems.hpp"
#include "util/text.hpp"

#include <functional>
#include <initializer_list>
#include <memory>
#include <set>
#include <string>
#include <string_view>

#include <doctest/doctest.h>
#include <fmt/format.h>
#include <fmt/ranges.h>

using namespace oidcgen;
using report::names_secret;
using report::Redactor;
using report::secrets_in_addresses;
using report::suspicious_in;
using test::at;
using test::yaml;

namespace {

const report::Names k_names{"client_secret", "clientSecret", "clientId", "public", "scope",
                            "secret",        "jwt_secret",   "a",        "c"};

const report::Names& names() { return k_names; }

std::string snippet(const document::Place& place) {
    report::Redactors redactors(names);
    return report::snippet(place, redactors).text();
}

std::string shown(const document::Document& document, std::string_view what) { return snippet(at(document, what)); }

/// The source line of a report about line `number` of a text that cannot be read.
std::string unreadable(const std::string& text, std::size_t number = 1) {
    const auto document = yaml(text);
    REQUIRE(document->fatal() != nullptr);
    const auto span = document->source().line_span(number);
    const auto lines = snippet({document.get(), {span.start, span.start}, document::k_root_path});
    const auto start = lines.find(std::to_string(number) + " | ") + std::to_string(number).size() + 3;
    return lines.substr(start, lines.find('\n', start) - start);
}

std::string without_address_secrets(std::string_view text) { return report::masked(text, secrets_in_addresses(text)); }

} // namespace

TEST_CASE("names_secret: names of settings that hold one, also misspelt") {
    for (const std::string_view name : {"client_secret",
                                        "clientSecret",
                                        "CLIENT-SECRET",
                                        "secret",
                                        "secrets",
                                        "secrt",
                                        "secert",
                                        "sceret",
                                        "client_secrt",
                                        "clientSecrret",
                                        "hmac_secret",
                                        "jwt_secret",
                                        "password",
                                        "pasword",
                                        "my_passwort",
                                        "passwd",
                                        "encryption_key",
                                        "issuer_private_key",
                                        "key",
                                        "value",
                                        "token",
                                        "access_token",
                                        "api_key",
                                        "apiKey",
                                        "credentials",
                                        "pass",
                                        "smtp_pass",
                                        "SMTP-PWD",
                                        "encryptionkey",
                                        "encryptionKey",
                                        "encryption-key",
                                        "encrypton_key",
                                        "encyrption_kye",
                                        "clientKey",
                                        "client_key",
                                        "client-key",
                                        "jwt_scrt",
                                        "sekrit",
                                        "privat_kay",
                                        "passfrase",
                                        "credentail",
                                        "smtpPass",
                                        "userPin",
                                        "USER_PIN2",
                                        "passwordHash",
                                        "signing_keys"}) {
        CAPTURE(name);
        CHECK(names_secret(name));
    }
    for (const std::string_view name : {"client_id",
                                        "clientId",
                                        "scope",
                                        "scopes",
                                        "server",
                                        "sector_identifier_uri",
                                        "allowInsecureRequests",
                                        "redirect_uris",
                                        "token_endpoint_auth_method",
                                        "access_token_signed_response_alg",
                                        "key_id",
                                        "keys",
                                        "jwks",
                                        "issuerUrl",
                                        "consent_mode",
                                        "secure",
                                        "passkeys",
                                        "bypass",
                                        "compass_url",
                                        "compass",
                                        "spin",
                                        "public_key",
                                        "publicKeys",
                                        "at_hash",
                                        "server",
                                        "section",
                                        ""}) {
        CAPTURE(name);
        CHECK_FALSE(names_secret(name));
    }
    CHECK(names_secret(std::string(1000, 'x'))); // no name at all
}

TEST_CASE("names_secret: of the settings that the systems have, those that hold a secret, and no other") {
    std::set<std::string, std::less<>> secret;
    for (const auto* const system : systems()) {
        for (const auto& key : system->keys) {
            for (const auto step : util::split(key.path, '.')) {
                const auto name = step.substr(0, step.find('['));
                CAPTURE(name);
                CHECK(!(names_secret(name) && name.ends_with("_id")));
                if (names_secret(name)) {
                    secret.emplace(name);
                }
            }
            if (key.type == oidc::ValueType::digest) {
                CHECK(names_secret(key.path.substr(key.path.rfind('.') + 1)));
            }
        }
    }
    // Tokens and grants are lists and durations too, which their values tell. Some names of keys stand for references.
    CHECK(fmt::format("{}", fmt::join(secret, " ")) ==
          "access_token clientSecret client_credentials client_secret encryption_key hmac_secret id_token "
          "include_claims_in_id_token issuer_private_key key refresh_token secret signing_key");
    for (const auto& field : site::fields()) {
        CAPTURE(field.name);
        CHECK(names_secret(field.name) == (field.name == "secret_file" || field.name == "digest_file"));
    }
}

TEST_CASE("names_section: a misspelt name of a secret is the name of no section") {
    for (const std::string_view name : {"encryptionkey", "encrypton_key", "clientKey", "jwt_scrt", "userPin"}) {
        CAPTURE(name);
        CHECK_FALSE(report::names_section(name));
    }
    CHECK(report::names_section("passwordLogin"));
    CHECK(report::names_section("password_policy"));
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
    CHECK(shown(*yaml("other: geheim # too\n"), "other").find("other: geheim # ********\n") != std::string::npos);
    CHECK(shown(*yaml("other: 'geheim # too'\n"), "other").find("other: 'geheim # too'\n") != std::string::npos);
    CHECK(shown(*yaml("other: | # too\n  text\n"), "other").find("other: | # ********\n") != std::string::npos);
    CHECK(shown(*yaml("other: &unused x\n"), "other").find("other: &******** x\n") != std::string::npos);
    CHECK(shown(*yaml("other: &used x\nagain: *used\n"), "other").find("other: &used x\n") != std::string::npos);
    CHECK(shown(*yaml("other: !!str x\n"), "other").find("other: !!str x\n") != std::string::npos);
    CHECK(shown(*yaml("other: !mine x\n"), "other").find("other: !******** x\n") != std::string::npos);
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

TEST_CASE("snippet: of lines that were not read, keys and punctuation stay and secrets go") {
    CHECK(unreadable("client_secret: 'geheim") == "client_secret: '********");
    CHECK(unreadable("client_secret: geheim: x\n") == "client_secret: ********");
    CHECK(unreadable("  client_secret geheim\n x: [\n") == "  client_secret ********");
    CHECK(unreadable("- client_secret: [geheim, more\n") == "- client_secret: [********");
    CHECK(unreadable("{\"clientSecret\": \"geheim\" \"clientId\": \"b\"\n") ==
          "{\"clientSecret\": \"********\" \"clientId\": \"b\"");
    CHECK(unreadable("{clientSecret: geheim, clientId: b,, scope: c\n") ==
          "{clientSecret: ********, clientId: b,, scope: c");
    CHECK(unreadable("public: maybe # note\nx: [\n") == "public: maybe # ********");
    CHECK(unreadable("public maybe\nx: [\n") == "public maybe");
    CHECK(unreadable("public: &mark maybe\nx: [\n") == "public: &******** maybe");
    CHECK(unreadable("public: *mark\n") == "public: *mark");
    CHECK(unreadable("public: &mark maybe\nscope: *mark\nx: [\n") == "public: &mark maybe");
    CHECK(unreadable("&mark public: maybe\nx: [\n") == "&******** public: maybe");
    CHECK(unreadable("--- # note\nx: [\n") == "--- # ********");
    CHECK(unreadable("%YAML 1.2\n---\nx: [\n") == "%YAML 1.2");
    CHECK(unreadable("scope: https://bob:geheim@h/\nx: [\n") == "scope: https://********@h/");
    CHECK(unreadable("CLIENT_SECRET=geheim words\nx: [\n") == "********");
    const std::string below = "a: b\nsecret:\n  - geheim\n  - 'geheim\n    geheim: x\nc: d\n";
    CHECK(unreadable(below, 2) == "secret:");
    CHECK(unreadable(below, 3) == "  - ********");
    CHECK(unreadable(below, 4) == "  - '********");
    CHECK(unreadable(below, 5) == "    ********: ********");
    CHECK(unreadable(below, 1) == "a: b");
    CHECK(unreadable("x: [\n- MIIEpAIBAAKCAQEAtZ3hR0mVwq1yF2c8Jk5sL7nPx9bQ4dTe\n", 2) == "- ********");
}

TEST_CASE("snippet: of lines that were not read, names and hosts behind a secret that has an end are seen") {
    const std::string json = "{\"a\": {\n    \"clientSecret\": \"geheim\"\n  }\n  \"server\": {\n";
    CHECK(unreadable(json, 2) == "    \"clientSecret\": \"********\"");
    CHECK(unreadable(json, 4) == "  \"server\": {");
    CHECK(unreadable("{\n  \"a\": {\"clientSecret\": \"geheim\"}\n  \"server\": {\n", 3) == "  \"server\": {");
    CHECK(unreadable("secret: 'x'\nserver: y: z\n", 2) == "server: y: z");
    // Where the secret may go on.
    CHECK(unreadable("{\"a\": {\"clientSecret\":\n  \"geheim\": {\n", 2) == "  ********: {");
    CHECK(unreadable("{\"clientSecret\": {\n  \"geheim\": {\n", 2) == "  ********: {");
    CHECK(unreadable("{\"clientSecret\": \"gehe\n  im\": {\n", 2) == "  ******** {");
    CHECK(unreadable("x: ]\n  secret: |\ngeheim: [\n", 3) == "********: [");
    CHECK(unreadable("secret: 'x'\n  geheim: [\n", 2) == "  ********: [");
    CHECK(unreadable("secret: 'x'\nmore geheim\ngeheim: [\n", 3) == "********: [");
}

TEST_CASE("snippet: of lines without a colon, a host behind a word is seen") {
    for (const std::string line : {"domain example.com", "address https://photos.example.com:8443/", "host 192.168.1.5",
                                   "address http://192.168.1.5:2283"}) {
        CAPTURE(line);
        CHECK(unreadable(line + "\nx: y\n") == line);
    }
    for (const std::string line : {"my geheim", "my very geheim.example", "geheim.example", "pass geheim.example",
                                   "my geheim.example!", "x Zq7Xk2VwPm4Tn8RbYs5H.example"}) {
        CAPTURE(line);
        CHECK(unreadable(line + "\nx: y\n").find("geheim") == std::string::npos);
        CHECK(unreadable(line + "\nx: y\n").find("Zq7Xk2") == std::string::npos);
    }
    CHECK(shown(*yaml("domain example.com\n"), "domain").find("example") == std::string::npos); // one text
}

TEST_CASE("snippet: what stands behind the first document belongs to nothing") {
    const auto document = yaml("{}\n---\nclient_secret: geheim\n");
    REQUIRE(document->fatal() == nullptr);
    CHECK(shown(*document, "client_secret: geheim").find("geheim") == std::string::npos);
}

TEST_CASE("secrets_in_addresses: users, passwords and parameters") {
    CHECK(without_address_secrets("https://photos.example.com:8443/a/b?x=1#y") ==
          "https://photos.example.com:8443/a/b?x=1#y");
    CHECK(without_address_secrets("https://bob:geheim@h/") == "https://********@h/");
    CHECK(without_address_secrets("https://bob:ge/heim@h/") == "https://********@h/");
    CHECK(without_address_secrets("https://bob:ge#heim@h/") == "https://********@h/");
    CHECK(without_address_secrets("https://bob:ge@heim@h/") == "https://********@h/");
    CHECK(without_address_secrets("//bob:geheim@h/") == "//********@h/");
    CHECK(without_address_secrets("https:/bob:geheim@h/") == "https:/********@h/");
    CHECK(without_address_secrets("https://a/,https://bob:geheim@h/") == "https://a/,https://********@h/");
    CHECK(without_address_secrets("https://h/?token=geheim&x=1") == "https://h/?token=********&x=1");
    CHECK(without_address_secrets("https://h/#/x?to%6ben=geheim") == "https://h/#/x?to%6ben=********");
    CHECK(without_address_secrets("app:///cb?x=1;api_key=geheim") == "app:///cb?x=1;api_key=********");
    CHECK(without_address_secrets("https://h/?x=Zq7Xk2VwPm4Tn8RbYs5H") == "https://h/?x=********");
    CHECK(without_address_secrets("person@example.com") == "person@example.com");
    CHECK(without_address_secrets("bob:geheim@example.com") == "bob:geheim@example.com");
    CHECK(report::masked("bob:geheim@h", suspicious_in("bob:geheim@h")) == "********@h");
    CHECK(without_address_secrets("https://example.com/@person") == "https://example.com/@person");
    CHECK(without_address_secrets("mailto:person@example.com") == "mailto:person@example.com");
}

TEST_CASE("shown: what comes from a secret is masked, and nothing else") {
    using util::outside;
    using util::words;
    const auto document = yaml("client_secret: '$pbkdf2$geheimnis'\nname: geheimnis\n");
    const Redactor redactor(*document, k_names);
    const auto place = at(*document, "'$pbkdf2$geheimnis'");
    CHECK(redactor.shown(words("no {} here", outside("$pbkdf2$geheimnis")), place).text() == "no \"********\" here");
    CHECK(redactor.shown(words("no {} here", outside("$pbkdf2$geh")), place).text() == "no \"********\" here");
    CHECK(redactor.shown(words("part {} and {}", outside("heimni"), outside("other")), place).text() ==
          "part \"********\" and \"other\"");
    CHECK(redactor.shown(outside("$pbkdf2$geheimnis", 11), place).text() == "\"********\"");
    CHECK(redactor.shown("our own \"geheimnis\" stays", place).text() == "our own \"geheimnis\" stays");
    CHECK(redactor.shown(outside("geheimnis"), at(*document, "name")).text() == "\"geheimnis\"");
    CHECK(redactor.shown(words("unknown key {}", outside("Zq7Xk2VwPm4Tn8RbYs5H")), at(*document, "name")).text() ==
          "unknown key \"********\"");
    CHECK(redactor.shown(outside("oauth.Zq7Xk2VwPm4Tn8RbYs5H"), at(*document, "name")).text() == "\"********\"");

    const auto escaped = yaml("client_secret: \"\\x67eheimnis\"\n");
    CHECK(Redactor(*escaped, k_names).shown(outside("geheimnis"), at(*escaped, "\"\\x67eheimnis\"")).text() ==
          "\"********\"");
    const auto small = yaml("client_secret: abc\n");
    CHECK(Redactor(*small, k_names).shown(outside("abc"), at(*small, "abc")).text() == "\"********\"");
    CHECK(Redactor(*small, k_names).shown(outside("ab"), at(*small, "abc")).text() == "\"ab\"");
}

TEST_CASE("shown: what is an origin stays, and what else is in an address keeps its rules") {
    const auto document = yaml("a: 1\n");
    const Redactor redactor(*document, k_names);
    const auto text_of = [&](std::string_view text) {
        return std::string(redactor.shown(util::bare(text), at(*document, "a")).text());
    };
    for (const std::string_view address :
         {"http://192.168.1.5:2283/auth/login", "http://192.168.178.100:2283",
          "http://[fe80::1234:5678:9abc:def0]:2283/a/b/c/d/e", "https://photos-4.my-home-2.example.com:8443/auth/login",
          "192.168.1.5:2283/auth/login", "photos.example.com", "http://localhost:2283/user-settings"}) {
        CAPTURE(address);
        CHECK(text_of(address) == address);
        CHECK(report::shown(util::bare(address)).text() == address);
    }
    for (const std::string_view address :
         {"http://bob:geheim@192.168.1.5:2283/auth/login", "http://192.168.1.5:2283/?token=geheim",
          "http://192.168.1.5:geheim1x2y3z4a5b6c7d8/", "http://192.168.1.5:2283/?x=geheim1x2y3z4a5b6c7d8e9",
          "http://[fe80::1]:2283/#geheim1x2y3z4a5b6c7d8e9", "http://[geheim1x2y3z4a5b6c7d8e9f0]:2283/"}) {
        CAPTURE(address);
        CHECK(text_of(address).find("geheim") == std::string::npos);
        CHECK(report::shown(util::bare(address)).text().find("geheim") == std::string::npos);
    }
}

TEST_CASE("shown_pointer: names below a secret and names that look like one are masked") {
    const auto document = yaml("a: 1\n");
    const auto pointer = [&](std::initializer_list<std::string_view> names) {
        document::PathId path;
        for (const auto name : names) {
            path = path.child(name);
        }
        return Redactor(*document, k_names).shown_pointer(path);
    };
    CHECK(pointer({"oauth", "clientSecret"}) == "/oauth/clientSecret");
    CHECK(pointer({"password", "public"}) == "/password/public");
    CHECK(pointer({"passwordLogin", "odd"}) == "/passwordLogin/odd");
    CHECK(pointer({"my_passwords", "geheim"}) == "/my_passwords/********");
    CHECK(pointer({"client_secrt", "geheim"}) == "/client_secrt/********");
    CHECK(pointer({"password", "geheim"}) == "/password/********");
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
    CHECK(pointer({"clients", "encrypton_key=geheim"}) == "/clients/********");
    CHECK(pointer({"clients", "encryptionKey: geheim"}) == "/clients/********");
    CHECK(pointer({"clients", "Photo Key"}) == "/clients/Photo Key");
    CHECK(pointer({"encrypton_key", "geheim"}) == "/encrypton_key/********");
}
