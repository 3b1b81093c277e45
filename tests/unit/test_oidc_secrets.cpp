#include "document/reader.hpp"
#include "oidc/login/rules.hpp"
#include "oidc/secrets.hpp"
#include "providers/authelia/authelia.hpp"
#include "providers/authelia/check/secret.hpp"
#include "read_texts.hpp"
#include "systems.hpp"

#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include <doctest/doctest.h>

using namespace oidcgen;
using namespace std::string_literals;
using namespace std::string_view_literals;

namespace {

constexpr std::string_view k_digest =
    "$pbkdf2-sha512$310000$8PHy8/T19vf4.fr7/P3./w$"
    "WCkxc.kX2xBh7icZZMQMMDvuRb.RzmEc16zSLVTJSQyd1fKBZjqxjCd1a76B0SPC0YIObf7X4ziAnWWBXcjLng";
constexpr std::string_view k_sample =
    "$pbkdf2-sha512$310000$c8p78n7pUMln0jzvd4aK4Q$"
    "JNRBzwAo0ek5qKn50cFzzvE9RXV88h1wJn5KGiHrD0YKtZaR/nCb2CJPOsKaPK0hjf.9yHxzQGZziziccp6Yng";
constexpr std::string_view k_strong = "q7~Rk2_vXp9.LmT4wZs8bd.Hn6Jc3Ye";

using Names = std::vector<std::string_view>;

std::vector<rule::Finding> at_provider(std::string_view value, oidc::Known known = oidc::Known::given) {
    oidc::Registration registration;
    registration.client_id = oidc::given("immich"s);
    registration.client_secret = {value, {}, known};
    rule::Findings findings;
    const std::vector<oidc::KeptClient> all{{providers::authelia::k_system.provider, &registration}};
    oidc::check_secrets(all, {}, system_names(), findings);
    return findings.findings;
}

std::vector<rule::Finding> at_application(std::string_view value, oidc::Known known = oidc::Known::given) {
    oidc::RelyingParty party;
    party.client_id = oidc::given("immich"s);
    party.client_secret = {value, {}, known};
    rule::Findings findings;
    const std::vector<const oidc::RelyingParty*> all{&party};
    oidc::check_secrets({}, all, system_names(), findings);
    return findings.findings;
}

Names names(const std::vector<rule::Finding>& findings) {
    Names result;
    for (const auto& finding : findings) {
        CHECK(finding.client == "immich");
        CHECK_FALSE(finding.help.empty());
        CHECK(finding.severity() != rule::Severity::error);
        result.push_back(finding.rule->name);
    }
    return result;
}

std::string replaced(std::string text, std::string_view from, std::string_view to) {
    const auto at = text.find(from);
    REQUIRE(at != std::string::npos);
    return text.replace(at, from.size(), to);
}

} // namespace

TEST_CASE("check_secrets: nothing about what is good, absent or filled in later") {
    CHECK(at_provider(k_digest).empty());
    CHECK(at_provider("").empty());
    CHECK(at_provider(k_strong).empty()); // the provider itself warns of plaintext
    CHECK(at_provider("$plaintext$"s + std::string(k_strong)).empty());
    CHECK(at_provider("changeme", oidc::Known::unknown).empty());
    CHECK(at_provider(k_sample, oidc::Known::unknown).empty());
    CHECK(at_application(k_strong).empty());
    CHECK(at_application("").empty());
    CHECK(at_application("changeme", oidc::Known::unknown).empty());
    CHECK(at_application(k_digest, oidc::Known::unknown).empty());
}

TEST_CASE("check_secrets: the provider's digest") {
    const std::string good(k_digest);
    CHECK(names(at_provider(k_sample)) == Names{"documentation-sample"});
    CHECK(names(at_provider(replaced(good, "310000", "1000"))) == Names{"digest-iterations-few"});
    CHECK(names(at_provider(good.substr(0, good.size() - 20))) == Names{"digest-cut-short"});
    CHECK(names(at_provider(replaced(good, "sha512", "sha256"))) == Names{"digest-of-other-hash"});
    CHECK(names(at_provider("$pbkdf2-sha512$310000$f0f1f2f3f4f5f6f7f8f9fafbfcfdfeff$"
                            "d27cbd0344b5116c5bcb0a7c4736bad9f13dcc142bdd11d74379a07b3731a689"
                            "e325aaabcd7fbc6b6b52679645e0df73195889f60b2b9fe8587b58fb8f63ae81")) ==
          Names{"digest-in-hexadecimal"});
    for (const std::string& wrapped : {"Digest: " + good, " " + good, "'" + good + "'", "{CRYPT}" + good,
                                       good.substr(1), "Digest: " + replaced(good, "sha512", "sha521")}) {
        CAPTURE(wrapped);
        CHECK(at_provider(wrapped).empty()); // found when the client is inspected
        CHECK_FALSE(providers::authelia::mistake_in_plaintext(wrapped).message.empty());
    }
    // What the provider refuses is its own finding.
    for (const std::string& refused :
         {"$" + good, good + " ", good + "'", replaced(good, "sha512", "sha521"), "$base64$dmVsdmV0"s}) {
        CAPTURE(refused);
        CHECK(at_provider(refused).empty());
    }
}

TEST_CASE("check_secrets: secrets that can be guessed, on both sides") {
    for (const auto& row :
         {std::pair("insecure_secret"sv, "documentation-sample"sv), std::pair("Immich"sv, "secret-is-client-id"sv),
          std::pair("my-super-secret-password"sv, "secret-filler"sv), std::pair("kestrel-7"sv, "secret-too-short"sv)}) {
        const auto secret = row.first;
        const auto name = row.second;
        CAPTURE(secret);
        CHECK(names(at_provider(secret)) == Names{name});
        CHECK(names(at_provider("$plaintext$" + std::string(secret))) == Names{name});
        const auto found = at_application(secret);
        CHECK(names(found) == Names{name});
        CHECK((found.front().message + found.front().help).text().find("kestrel") == std::string::npos);
    }
}

TEST_CASE("check_fallback: what a placeholder falls back to, in every way to write it") {
    const auto told = [](const char* text) {
        const auto document = test::go(text);
        rule::Findings findings;
        oidc::check_fallback(document->root().place(), oidc::given("immich"s), system_names(), findings);
        return names(findings.findings);
    };
    CHECK(told("${SECRET:-changeme}") == Names{"secret-filler"});
    CHECK(told("${SECRET-insecure_secret}") == Names{"documentation-sample"});
    CHECK(told("'{{ env \"SECRET\" | default \"changeme\" }}'") == Names{"secret-filler"});
    CHECK(told(R"("{{ env \"SECRET\" | default \"changeme\" }}")") == Names{"secret-filler"});
    CHECK(told("\"{{ default 'kestrel-7' .Values.secret }}\"") == Names{"secret-too-short"});
    CHECK(told("\"{{ secret | default('immich') }}\"") == Names{"secret-is-client-id"});
    CHECK(told("${SECRET}").empty());
    CHECK(told("${SECRET:-}").empty());
    CHECK(told("${SECRET:-q7~Rk2_vXp9.LmT4wZs8bd.Hn6Jc3Ye}").empty());
    CHECK(told("'{{ env \"SECRET\" | default \"\" }}'").empty());
    CHECK(told("'{{ env \"default_secret\" }}'").empty());
    CHECK(told(("'{{ env \"SECRET\" | default \"" + std::string(k_digest) + "\" }}'").c_str()).empty());
}

TEST_CASE("check_secrets: a digest in the application") {
    CHECK(names(at_application(k_digest)) == Names{"digest-as-secret"});
    CHECK(names(at_application("Digest: " + std::string(k_digest))) == Names{"digest-as-secret"});
}

TEST_CASE("mistake_in: the probable mistake, without the text") {
    using providers::authelia::mistake_in;
    const std::string good(k_digest);
    CHECK(mistake_in(good).message.empty());
    CHECK(mistake_in(k_sample).message.empty());
    CHECK(mistake_in("velvet").message.empty());
    std::set<std::string> messages;
    for (const std::string& text :
         {"$" + good, good + "'", " " + good, "Digest: " + good, replaced(good, "sha512", "sha521"),
          replaced(good, "$310000", ""), good + "$", good + "==", "$base64$dmVsdmV0"s, "$1$velvet$otter"s}) {
        const auto mistake = mistake_in(text);
        CAPTURE(mistake.message);
        CHECK_FALSE(mistake.message.empty());
        CHECK_FALSE(mistake.remedy.empty());
        CHECK(mistake.message.find("velvet") == std::string_view::npos);
        CHECK(messages.emplace(mistake.message).second);
    }
}
