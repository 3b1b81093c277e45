#include "login_of_texts.hpp"

#include <string>

#include <doctest/doctest.h>

using namespace oidcgen::test;

TEST_CASE("consent: without a prompt, or with one that shows a page, the person agrees") {
    auto texts = working();
    for (const auto* const prompt : {"''", "consent", "login", "select_account"}) {
        CAPTURE(prompt);
        auto other = texts;
        replace(other.app, "  scope:", std::string("  prompt: ") + prompt + "\n  scope:");
        CHECK(login(other) == "works");
    }
}

TEST_CASE("consent: the prompt none shows no page to somebody who is not signed in") {
    auto texts = working();
    replace(texts.app, "  scope:", "  prompt: none\n  scope:");
    CHECK(login(texts) == "fails at consent: prompt-not-satisfied");
    CHECK(login(texts, "mobile") == "fails at consent: prompt-not-satisfied");
}

TEST_CASE("consent: Authelia 4.38 never gets past the prompt login") {
    auto texts = working();
    replace(texts.app, "  scope:", "  prompt: login\n  scope:");
    texts.authelia_version = "4.38";
    CHECK(login(texts) == "fails at consent: prompt-not-satisfied");
}

TEST_CASE("consent: before 4.38.7 the prompt none is not looked at") {
    auto texts = working();
    replace(texts.app, "  scope:", "  prompt: none\n  scope:");
    texts.authelia_version = "4.38.6";
    CHECK(login(texts) == "works");
    texts.authelia_version = "4.38.7";
    CHECK(login(texts) == "fails at consent: prompt-not-satisfied");
}

TEST_CASE("consent: a pre-configured one works from its first release on, as long as nobody has it remembered") {
    auto texts = working();
    replace(texts.provider,
            "        authorization_policy:", "        consent_mode: pre-configured\n        authorization_policy:");
    for (const auto* const release : {"4.39.0", "4.39.1"}) {
        CAPTURE(release);
        texts.authelia_version = release;
        CHECK(login(texts) == "works");
    }
}
