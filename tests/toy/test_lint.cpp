#include "toy.hpp"

#include <string>
#include <string_view>

#include <doctest/doctest.h>

// What reads: `lint` with its predictions, and `explain`.

using namespace oidcgen::toy;

namespace {

constexpr std::string_view k_larder =
    R"({"sign_in": {"issuer": "https://id.example.com/clients/larder", "client": "larder",
  "passphrase": "0123456789abcdefghijKLMNOPQRSTUV"}}
)";

/// A file of Gatewarden's with one client; each argument is what stands behind a key.
std::string gatewarden(std::string_view passphrase, std::string_view returns_to, std::string_view id = "larder",
                       std::string_view address = "https://id.example.com") {
    std::string result = "gatewarden:\n";
    if (!address.empty()) {
        result.append("  address: ").append(address).append("\n");
    }
    result.append("  clients:\n    - id: ").append(id).append("\n      passphrase: ").append(passphrase);
    return result.append("\n      returns_to: ").append(returns_to).append("\n      grants: [openid, email]\n");
}

constexpr std::string_view k_passphrase = "0123456789abcdefghijKLMNOPQRSTUV";
constexpr std::string_view k_pattern = "['https://recipes.example.com/*']";

/// Lints both sides.
Run lint(std::string_view provider, std::string_view application, std::vector<std::string> more = {}) {
    const Folder folder;
    write("gatewarden.yml", provider);
    write("larder.json", application);
    std::vector<std::string> arguments{"lint", "gatewarden.yml", "larder.json"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return run(std::move(arguments));
}

bool holds(std::string_view text, std::string_view part) { return text.find(part) != std::string_view::npos; }

} // namespace

TEST_CASE("lint: what was written works") {
    const Folder folder;
    write("site.yaml", "domain: example.com\nsubdomain: recipes\nclient_id: larder\n");
    write("larder.secret", k_passphrase);
    REQUIRE(run({"gatewarden", "--output", "gatewarden.yml"}).exit == 0);
    REQUIRE(run({"larder", "--output", "larder.json"}).exit == 0);
    const auto report = run({"lint", "gatewarden.yml", "larder.json"});
    CHECK(report.exit == 0);
    CHECK(report.out == "0 errors, 0 warnings, 0 notes in 2 files\n"
                        "browser  https://recipes.example.com  works\n"
                        "https://recipes.example.com was taken from the redirect URIs (gatewarden.yml:8:11), so they "
                        "were not checked against it; --address says where people open Larder\n");
    CHECK(report.err.empty());

    REQUIRE(run({"gatewarden", "--from-env", "LARDER", "--output", "gatewarden.yml", "--force"}).exit == 0);
    const auto unknown = run({"lint", "gatewarden.yml", "larder.json"});
    CHECK(unknown.exit == 0);
    CHECK(holds(unknown.out, "https://recipes.example.com  works if the secret matches\n"));
}

TEST_CASE("lint: redirect URIs by pattern") {
    CHECK(holds(lint(gatewarden(k_passphrase, k_pattern), k_larder).out, "https://recipes.example.com  works"));
    const auto elsewhere = lint(gatewarden(k_passphrase, "['https://recipes.example.com/']"), k_larder);
    CHECK(elsewhere.exit == 1);
    CHECK(holds(elsewhere.out,
                "the sign-in page returns to \"https://recipes.example.com/sign-in/done\", which is not in "
                "the client's returns_to"));
    CHECK(holds(elsewhere.out, "fails at authorize: redirect-uri-unregistered"));
}

TEST_CASE("lint: no address is guessed from a pattern that leaves the host open") {
    const auto text = gatewarden(k_passphrase, "['https://*.example.com/*']");
    const auto report = lint(text, k_larder);
    CHECK(holds(report.out, "gatewarden-any-host TG1002"));
    CHECK(holds(report.out, "(unknown address)  cannot be predicted"));
    const auto told = lint(text, k_larder, {"--address", "https://recipes.example.com"});
    CHECK(holds(told.out, "https://recipes.example.com  works"));
}

TEST_CASE("lint: an issuer for each client") {
    const std::string_view bare =
        R"({"sign_in": {"issuer": "https://id.example.com", "client": "larder", "passphrase": "${X}"}})";
    const auto report = lint(gatewarden(k_passphrase, k_pattern), bare);
    CHECK(report.exit == 1);
    CHECK(holds(report.out, "the issuer URL lacks the path /clients/larder; the issuer of"));
    CHECK(holds(report.out, "= help: set issuer to https://id.example.com/clients/larder"));
    CHECK(holds(report.out, "fails at discovery: issuer-path-wrong"));
    SUBCASE("where no file says the provider's address") {
        const auto assumed = gatewarden(k_passphrase, k_pattern, "larder", {});
        const auto works = lint(assumed, k_larder, {"--trace"});
        CHECK(holds(works.out, "https://recipes.example.com  works"));
        CHECK(holds(works.out, "its issuer, https://id.example.com/clients/larder\n"));
        CHECK(holds(lint(assumed, bare).out, "fails at discovery: issuer-path-wrong"));
    }
}

TEST_CASE("lint: a value with a tag is not known") {
    const auto client = lint(gatewarden(k_passphrase, k_pattern, "!from-env ID"), k_larder);
    CHECK(client.exit == 0);
    CHECK(holds(client.out, "1 value not checked"));
    CHECK(holds(client.out, "cannot be predicted: this value is a placeholder (gatewarden.yml:4:21)"));
    const auto uri =
        lint(gatewarden(k_passphrase, "[!from-env URI]"), k_larder, {"--address", "https://x.example.com"});
    CHECK(uri.exit == 0);
    CHECK(holds(uri.out, "cannot be predicted: this value is a placeholder"));
    SUBCASE("unless a file says what the environment holds") {
        const Folder folder;
        write("gatewarden.yml", gatewarden("!from-env LARDER_PASSPHRASE", k_pattern));
        write("larder.json", k_larder);
        write("right.env", "LARDER_PASSPHRASE=" + std::string(k_passphrase) + "\n");
        write("wrong.env", "LARDER_PASSPHRASE=0123456789abcdefghijKLMNOPQRSTUX\n");
        const auto with = [](const char* file) {
            return run({"lint", "gatewarden.yml", "larder.json", "--env-file", file});
        };
        CHECK(holds(with("right.env").out, "https://recipes.example.com  works\n"));
        CHECK(holds(with("wrong.env").out, "fails at token: secret-mismatch"));
        CHECK_FALSE(holds(with("wrong.env").out, "QRSTUX"));
    }
    SUBCASE("and a tag that is not the system's is a fault") {
        const auto wrong = lint(gatewarden("!env X", k_pattern), k_larder);
        CHECK(wrong.exit == 1);
        CHECK(holds(wrong.out, "unknown tag \"!env\" [unfit-node OG0006]"));
        CHECK(holds(wrong.out, "fails at config-provider: unfit-node"));
    }
}

TEST_CASE("lint: a secret in plain text") {
    const auto report = lint(gatewarden("0123456789abcdefghijKLMNOPQRSTUX", k_pattern), k_larder);
    CHECK(report.exit == 1);
    CHECK(holds(report.out, "the secret is not the provider's secret; this stops every login"));
    CHECK(holds(report.out, "= help: set passphrase to the same secret as the provider's passphrase"));
    CHECK(holds(report.out, "fails at token: secret-mismatch"));
    CHECK_FALSE(holds(report.out, "digest"));
    CHECK_FALSE(holds(report.out, "QRSTU"));
    CHECK(holds(lint(gatewarden("hello", k_pattern), k_larder).out, "secret-too-short OG4004"));
    const auto trace = lint(gatewarden(k_passphrase, k_pattern), k_larder, {"--trace"});
    CHECK(holds(trace.out, "the secret is the provider's secret\n"));
    CHECK(holds(trace.out, "the person signs in\n"));
}

TEST_CASE("lint: findings of one side, and releases") {
    const auto report = lint("gatewarden:\n  frob: 1\n", R"({"sign_in": {"greeting": "Hi", "frob": 1}})");
    CHECK(holds(report.out, "there is no setting \"frob\" [gatewarden-setting-unknown TG1001]"));
    CHECK(holds(report.out, "there is no setting \"frob\" [larder-setting-unknown TG2001]"));
    CHECK_FALSE(holds(report.out, "no setting \"greeting\""));
    const auto older =
        lint(gatewarden(k_passphrase, k_pattern), R"({"sign_in": {"greeting": "Hi"}})", {"--larder-version", "1.0"});
    CHECK(holds(older.out, "there is no setting \"greeting\""));
    const auto narrowed =
        lint(gatewarden(k_passphrase, k_pattern), R"({"sign_in": {"greeting": "Hi"}})", {"--larder-version", "auto"});
    CHECK(holds(narrowed.out, "accepted by Larder 1.0 to 1.1, without a warning by 1.1; checked for 1.1.3"));
}

TEST_CASE("lint: a system without releases has none in the report") {
    const auto report = lint(gatewarden(k_passphrase, k_pattern), k_larder, {"--format", "json"});
    CHECK(report.exit == 0);
    CHECK(holds(report.out, "\"targets\": {\n    \"larder\": \"1.1.3\"\n  }"));
    CHECK(holds(report.out, "\"kind\": \"gatewarden\""));
    CHECK(holds(report.out, "\"device\": \"browser\""));
    CHECK(holds(report.out, "\"outcome\": \"works\""));
}

TEST_CASE("explain: rules and notes of these systems, and of no other") {
    const auto own = run({"explain", "gatewarden-any-host"});
    CHECK(own.exit == 0);
    CHECK(own.out.starts_with("TG1002 gatewarden-any-host (warning: risk)\nthe pattern fits addresses of any host\n"));
    const auto shared = run({"explain", "redirect-uri-unregistered"});
    CHECK(holds(shared.out, "\nIn Gatewarden: An entry is a pattern, in which * stands for any text.\n\nBad:\n"
                            "    returns_to:\n      - https://recipes.example.com\n"));
    CHECK(holds(shared.out, "See https://gatewarden.example/manual#returns_to\n"));
    const auto all = run({"explain", "all"});
    CHECK(holds(all.out, "\nTG1001 error    gatewarden-setting-unknown: Gatewarden has no setting of that name\n"));
    CHECK(holds(all.out, "\nTG2001 warning  larder-setting-unknown: Larder has no setting of that name\n"));
    CHECK_FALSE(holds(all.out, "\nOG1"));
}
