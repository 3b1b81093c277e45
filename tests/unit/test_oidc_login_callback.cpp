#include "login_of_texts.hpp"

#include <string>

#include <doctest/doctest.h>

using namespace oidcgen::test;

namespace {

/// The override that leads to this path of Immich, registered at the provider.
Texts overridden(const std::string& address) {
    auto texts = working();
    replace(texts.app, "  scope:", "  mobileOverrideEnabled: true\n  mobileRedirectUri: " + address + "\n  scope:");
    replace(texts.provider, "          - app.immich:///oauth-callback\n", "          - " + address + "\n");
    return texts;
}

} // namespace

TEST_CASE("callback: the path that forwards to the app") {
    const auto texts = overridden("https://photos.example.com/api/oauth/mobile-redirect");
    CHECK(login(texts, "mobile") == "works");
    CHECK(login(texts) == "works");
}

TEST_CASE("callback: another path of Immich shows a page, and the app waits") {
    const auto texts = overridden("https://photos.example.com/api/oauth/mobile");
    CHECK(login(texts, "mobile") == "fails at callback: mobile-override-not-forwarding");
    CHECK(login(texts) == "works");
    CHECK(login(texts, "link") == "works");
}

TEST_CASE("callback: with a query the code does not arrive") {
    auto texts = overridden("https://photos.example.com/api/oauth/mobile-redirect?a=b");
    CHECK(login(texts, "mobile") == "fails at callback: mobile-override-not-forwarding");
}

TEST_CASE("callback: what another host does is not known") {
    const auto texts = overridden("https://forward.example.com/api/oauth/mobile-redirect");
    CHECK(login(texts, "mobile") == "unknown: address");
}

TEST_CASE("callback: an override that is switched off does not count") {
    auto texts = working();
    replace(texts.app,
            "  scope:", "  mobileOverrideEnabled: false\n  mobileRedirectUri: https://x.example.com/\n  scope:");
    CHECK(login(texts, "mobile") == "works");
}
