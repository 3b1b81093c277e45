#include "login_of_texts.hpp"

#include <algorithm>

#include <doctest/doctest.h>

using namespace oidcgen::test;

TEST_CASE("account: an account needs a mail address, linking one does not") {
    auto texts = working();
    CHECK(login(texts) == "works");
    replace(texts.app, "openid profile email", "openid profile");
    CHECK(login(texts) == "fails at account: email-not-sent");
    CHECK(login(texts, "mobile") == "fails at account: email-not-sent");
    CHECK(login(texts, "link") == "works");
}

TEST_CASE("account: nobody gets a new account when Immich makes none") {
    auto texts = working();
    replace(texts.app, "  scope:", "  autoRegister: false\n  scope:");
    const auto it = said(texts);
    CHECK(it.logins.at("link").outcome == "works");
    CHECK(login(texts) == "fails at account: registration-off");
    CHECK(it.faults.empty()); // people who have an account get in
    CHECK(std::ranges::find(it.notes, "registration-off") != it.notes.end());
}

TEST_CASE("account: a quota claim needs a scope that holds it") {
    auto texts = working();
    replace(texts.app, "  scope:", "  storageQuotaClaim: quota\n  scope:");
    CHECK(login(texts) == "works without quota");
    replace(texts.provider, "identity_providers:\n  oidc:\n", R"(definitions:
  user_attributes:
    quota:
      expression: '50'
identity_providers:
  oidc:
    claims_policies:
      immich:
        custom_claims:
          immich_quota:
            attribute: quota
    scopes:
      immich:
        claims: [immich_quota]
)");
    replace(texts.provider, "        scopes: [openid, profile, email]",
            "        claims_policy: immich\n        scopes: [openid, profile, email, immich]");
    replace(texts.app, "openid profile email", "openid profile email immich");
    CHECK(login(texts) == "works without quota"); // the claim has another name
    replace(texts.app, "storageQuotaClaim: quota", "storageQuotaClaim: immich_quota");
    CHECK(login(texts) == "works");
}

TEST_CASE("account: a default quota of zero refuses every upload from 1.135 on") {
    auto texts = working();
    replace(texts.app, "  scope:", "  defaultStorageQuota: 0\n  scope:");
    CHECK(login(texts) == "works without uploads");
    CHECK(login(texts, "link") == "works");
    texts.immich_version = "1.134";
    CHECK(login(texts) == "works");
}

TEST_CASE("account: Immich 3.0.0 and 3.0.1 cannot link an account without a session id") {
    auto texts = working();
    for (const auto* const release : {"3.0.0", "3.0.1"}) {
        CAPTURE(release);
        texts.immich_version = release;
        CHECK(login(texts, "link") == "fails at account: session-id-not-sent");
        CHECK(login(texts) == "works");
    }
    for (const auto* const release : {"2.7", "3.0.2"}) {
        CAPTURE(release);
        texts.immich_version = release;
        CHECK(login(texts, "link") == "works");
    }
}
