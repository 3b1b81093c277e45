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
