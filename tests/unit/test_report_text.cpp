#include "lint/lint.hpp"
#include "login_of_texts.hpp"
#include "report/report.hpp"

#include <string>
#include <vector>

#include <doctest/doctest.h>

using namespace oidcgen;

namespace {

/// The report on these files, which are opened at the working pair's addresses.
std::string text(const std::vector<lint::Input>& inputs) {
    lint::Options options;
    options.provider_url = "https://auth.example.com";
    options.addresses = {"https://photos.example.com"};
    return to_text(lint::lint(inputs, options).report).text();
}

std::size_t times(const std::string& text, std::string_view what) {
    std::size_t count = 0;
    for (auto at = text.find(what); at != std::string::npos; at = text.find(what, at + what.size())) {
        ++count;
    }
    return count;
}

bool has(const std::string& text, std::string_view what) { return times(text, what) > 0; }

} // namespace

TEST_CASE("to_text: nothing at all") {
    const auto shown = report::to_text(report::Report()).text();
    CHECK(shown.starts_with("0 errors, 0 warnings, 0 notes in 0 files\n"));
    CHECK(times(shown, "\n") == 1);
}

TEST_CASE("to_text: a pair that works has sums, and a line for all devices of which the same is true") {
    const auto pair = test::working();
    const auto shown = text({{"a.yml", pair.provider}, {"i.yml", pair.app}});
    CHECK(has(shown, " in 2 files\n"));
    CHECK(has(shown, "0 errors, 0 warnings, "));
    CHECK(has(shown, "\nweb, link, mobile  https://photos.example.com  works\n"));
}

TEST_CASE("to_text: a finding has its place, its lines, its rule, its notes with their places, and a help") {
    auto pair = test::working();
    test::replace(pair.app, "client_secret_post", "client_secret_basic");
    const auto shown = text({{"a.yml", pair.provider}, {"i.yml", pair.app}});
    CHECK(has(shown, "i.yml:7:28: error: "));
    CHECK(has(shown, " [auth-method-mismatch OG3022]\n"));
    CHECK(has(
        shown,
        "\n7 |   tokenEndpointAuthMethod: client_secret_basic\n  |                            ^^^^^^^^^^^^^^^^^^^\n"));
    CHECK(has(shown, "\na.yml:12:37: note: "));
    CHECK(has(shown, "\n   = help: "));
    CHECK(has(shown, "\n1 error, 0 warnings, "));
    CHECK(has(shown, "\nweb, link, mobile  https://photos.example.com  fails at token: auth-method-mismatch\n"));
}

TEST_CASE("to_text: sums count each severity, and one of a kind has no plural") {
    auto pair = test::working();
    test::replace(pair.provider, "scopes:", "scope:");
    test::replace(pair.provider, "  oidc:\n", "  oidc:\n    minimum_parameter_entropy: -1\n");
    const auto shown = text({{"a.yml", pair.provider}});
    const auto errors = times(shown, ": error: ");
    const auto warnings = times(shown, ": warning: ");
    CHECK(errors == 1);
    CHECK(warnings == 1);
    CHECK(has(shown, "\n1 error, 1 warning, "));
    CHECK(has(shown, " in 1 file\n"));
}

TEST_CASE("to_text: secrets are masked in lines and messages, whatever is wrong with them") {
    auto pair = test::working();
    test::replace(pair.app, "made-up-secret-of-the-mutations-0123456789abcdef", "another-secret-of-somebody-77");
    const auto mismatch = text({{"a.yml", pair.provider}, {"i.yml", pair.app}});
    CHECK(has(mismatch, " [secret-mismatch OG3023]\n"));
    CHECK(has(mismatch, "clientSecret: ********\n"));
    CHECK_FALSE(has(mismatch, "another-secret"));
    CHECK_FALSE(has(mismatch, "rhjZgPqigkhe9dF2tiA56Ia5"));
    test::replace(pair.app, "clientSecret: ", "clientSecert: ");
    const auto misspelt = text({{"i.yml", pair.app}});
    CHECK(has(misspelt, "clientSecert: ********\n"));
    CHECK_FALSE(has(misspelt, "another-secret"));
}

TEST_CASE("to_text: what is not known is said, with the reason") {
    auto pair = test::working();
    test::replace(pair.app, "https://auth.example.com", "${ISSUER}");
    const auto shown = text({{"a.yml", pair.provider}, {"i.yml", pair.app}});
    CHECK(has(shown, "\n1 value not checked"));
    CHECK(has(shown, "\nweb, link, mobile  https://photos.example.com  cannot be predicted: "));
    CHECK(has(shown, "(i.yml:3:14)\n"));
}

TEST_CASE("to_text: what a login goes without stands in its line") {
    auto pair = test::working();
    test::replace(pair.app, "  scope:", "  defaultStorageQuota: 0\n  scope:");
    const auto shown = text({{"a.yml", pair.provider}, {"i.yml", pair.app}});
    CHECK(has(shown, "\nweb, mobile  https://photos.example.com  works, without uploads\n"));
    CHECK(has(shown, "\nlink         https://photos.example.com  works\n"));
}

TEST_CASE("to_text: a file that is not recognised is named, and so is a side that was assumed") {
    const auto shown = text({{"a.yml", test::working().provider}, {"list.yml", "- bread\n"}});
    CHECK(has(shown, "\nlist.yml: not recognised"));
    CHECK(has(shown, "\nweb, link, mobile  https://photos.example.com  works with the defaults of Immich 3.2.2\n"));
    CHECK(has(shown, "\nImmich 3.2.2 was assumed, because no file of it was given; name its file too to have the two "
                     "compared\n"));
}

TEST_CASE("to_text: a client that is no application's has no login") {
    auto provider = test::working().provider;
    test::replace(provider, "https://photos.example.com/auth/login", "https://wiki.example.com/oauth");
    test::replace(provider, "          - https://photos.example.com/user-settings\n", "");
    test::replace(provider, "          - app.immich:///oauth-callback\n", "");
    const auto shown = text({{"a.yml", provider}});
    CHECK(has(shown, "no login predicted: no file of Immich was given"));
    CHECK_FALSE(has(shown, "\nweb"));
}

TEST_CASE("to_text: what stops a login next stands below it, with the devices that it stops") {
    auto pair = test::working();
    test::replace(pair.app, "client_secret_post", "client_secret_basic");
    test::replace(pair.app, "scope: openid profile email", "scope: openid profile");
    const auto shown = text({{"a.yml", pair.provider}, {"i.yml", pair.app}});
    CHECK(has(shown, "\nweb, link, mobile  https://photos.example.com  fails at token: auth-method-mismatch\n"
                     "    then it would fail at account: email-not-sent (web, mobile)\n"));
}

TEST_CASE("to_trace: of a side that does not start, why comes first, and then what would stop the login") {
    auto pair = test::working();
    test::replace(pair.provider, "token_endpoint_auth_method: client_secret_post", "token_endpoint_auth_method: basic");
    test::replace(pair.app, "scope: openid profile email", "scope: openid profile");
    lint::Options options;
    options.traces = true;
    options.provider_url = "https://auth.example.com";
    options.addresses = {"https://photos.example.com"};
    const auto result = lint::lint({{"a.yml", pair.provider}, {"i.yml", pair.app}}, options);
    const auto shown = report::to_trace(result.report).text();
    const auto refused = shown.find("  provider starts         it does not\n");
    REQUIRE(refused != std::string::npos);
    const auto why = shown.find("a.yml, line 12: ", refused);
    REQUIRE(why != std::string::npos);
    CHECK(shown.find("once that is fixed, it stops here: ", why) != std::string::npos);
    CHECK_FALSE(has(shown, "  it stops here: "));
    CHECK(has(shown, "the login fails at config-provider\n"));
}

TEST_CASE("to_text: a secret that was not compared is taken for the right one, and that is said") {
    auto pair = test::working();
    test::replace(pair.app, "made-up-secret-of-the-mutations-0123456789abcdef", "${SECRET}");
    const auto shown = text({{"a.yml", pair.provider}, {"i.yml", pair.app}});
    CHECK(has(shown, "\nweb, link, mobile  https://photos.example.com  works if the secret matches\n"));
}
