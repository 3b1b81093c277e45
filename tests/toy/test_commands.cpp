#include "toy.hpp"

#include <filesystem>
#include <string>
#include <string_view>

#include <doctest/doctest.h>

// What writes: the commands that come from the table of systems, `init`, and the fields of the site description.

using namespace oidcgen::toy;

namespace {

constexpr std::string_view k_site = "domain: example.com\nsubdomain: recipes\nclient_id: larder\nauth_subdomain: id\n";
constexpr std::string_view k_secret = "0123456789abcdefghijKLMNOPQRSTUV";

constexpr std::string_view k_written = R"(gatewarden:
  address: 'https://id.example.com'
  clients:
    - id: 'larder'
      title: 'Larder'
      passphrase: '0123456789abcdefghijKLMNOPQRSTUV'
      returns_to:
        - 'https://recipes.example.com/sign-in/done'
      grants:
        - 'openid'
        - 'email'
      proof: 'header'
)";

void write_site(std::string_view more = {}) {
    write("site.yaml", std::string(k_site).append(more));
    write("larder.secret", std::string(k_secret) + "\n");
    std::filesystem::permissions("larder.secret", std::filesystem::perms(0600));
}

bool holds(std::string_view text, std::string_view part) { return text.find(part) != std::string_view::npos; }

} // namespace

TEST_CASE("--help: commands come from the table of systems") {
    const auto help = run({"--help"});
    CHECK(help.exit == 0);
    CHECK(holds(help.out, "configurations of a login between Gatewarden and Larder.\n"));
    CHECK(holds(help.out, "\n  gatewarden                      print the client as Gatewarden takes it\n"
                          "  larder                          print Larder's settings of the login\n"));
    CHECK(holds(help.out, "\n  init                            make a site file and a client secret here\n"));
}

TEST_CASE("--help: flags come from the systems") {
    const auto provider = run({"gatewarden", "--help"});
    CHECK(provider.exit == 0);
    CHECK(holds(provider.out, "--style file|steps "));
    CHECK_FALSE(holds(provider.out, "--indent")); // none of its styles is an item of a list
    for (const auto& command : {"gatewarden", "larder", "init"}) {
        CAPTURE(command);
        const auto help = run({command, "--help"}).out;
        CHECK(holds(help, "--from-env NAME "));
        CHECK(holds(help, "--greeting TEXT "));
        CHECK(holds(help, "--provider gatewarden "));
        CHECK(holds(help, "--larder-version VERSION "));
        CHECK_FALSE(holds(help, "--gatewarden-version")); // it has no releases
        CHECK_FALSE(holds(help, "digest"));               // no provider keeps one
    }
    const auto lint = run({"lint", "--help"}).out;
    CHECK(holds(lint, "--kind gatewarden|larder "));
    CHECK(holds(lint, "--larder-version VERSION "));
    CHECK_FALSE(holds(lint, "--gatewarden-version"));
}

TEST_CASE("init: makes no digest where the provider keeps the secret") {
    const Folder folder;
    const auto made =
        run({"init", "--domain", "example.com", "--subdomain", "recipes", "--client-id", "larder", "--greeting", "Hi"});
    CHECK(made.exit == 0);
    CHECK(made.out ==
          "made larder.secret\nmade site.yaml\n\nnext:\n"
          "  oidcgen gatewarden  prints what goes into the folder of Gatewarden\n"
          "  oidcgen larder      prints what goes into the folder of Larder\n"
          "  oidcgen lint        checks both files together, like `oidcgen lint gatewarden.yml larder.json`\n");
    CHECK(made.err.empty());
    const auto site = read("site.yaml");
    CHECK(site.starts_with("domain: example.com\nsubdomain: recipes\nclient_id: larder\ngreeting: Hi\n\n#"));
    CHECK(holds(site, "\n# client_name: Larder "));
    CHECK(holds(site, "\n# secret_file: larder.secret "));
    CHECK_FALSE(holds(site, "gatewarden_version")); // it has no releases
    CHECK_FALSE(holds(site, "digest"));
    CHECK(run({"gatewarden"}).exit == 0);
    CHECK(holds(run({"larder"}).out, "\"greeting\": \"Hi\""));
}

TEST_CASE("gatewarden: the client as a file") {
    const Folder folder;
    write_site();
    const auto printed = run({"gatewarden"});
    CHECK(printed.exit == 0);
    CHECK(printed.out == k_written);
    CHECK(printed.err.empty());
}

TEST_CASE("gatewarden: a value with a tag, for which no secret is needed") {
    const Folder folder;
    write("site.yaml", std::string(k_site) + "from_env: LARDER\n");
    const auto printed = run({"gatewarden"});
    CHECK(printed.exit == 0);
    CHECK(holds(printed.out, "\n      passphrase: !from-env 'LARDER'\n"));

    write("site.yaml", k_site);
    const auto refused = run({"gatewarden"});
    CHECK(refused.exit == 2);
    CHECK(refused.err ==
          "oidcgen: no secret was found for the client; `oidcgen init` makes one, or give --secret-file\n");
}

TEST_CASE("gatewarden: the client as a list of steps, which nothing reads back") {
    const Folder folder;
    write_site();
    const auto printed = run({"gatewarden", "--style", "steps"});
    CHECK(printed.exit == 0);
    CHECK(printed.out == "[ ] Clients, New: larder (Larder)\n"
                         "[ ] Passphrase: 0123456789abcdefghijKLMNOPQRSTUV\n"
                         "[ ] Returns to: https://recipes.example.com/sign-in/done\n"
                         "[ ] Grant: openid\n"
                         "[ ] Grant: email\n"
                         "[ ] Proof: header\n");
    CHECK(printed.err == "oidcgen: enter these in the pages of Gatewarden\n");
}

TEST_CASE("larder: the settings, with the issuer of the client") {
    const Folder folder;
    write_site();
    const auto printed = run({"larder"});
    CHECK(printed.exit == 0);
    CHECK(printed.out == R"({
  "sign_in": {
    "issuer": "https://id.example.com/clients/larder",
    "client": "larder",
    "passphrase": "0123456789abcdefghijKLMNOPQRSTUV",
    "scopes": "openid email",
    "greeting": "Sign in"
  }
}
)");
    const auto older = run({"larder", "--larder-version", "1.0"});
    CHECK(older.exit == 0);
    CHECK_FALSE(holds(older.out, "greeting"));
    const auto placeholder = run({"larder", "--secret-placeholder", "${X}"});
    CHECK(holds(placeholder.out, "\"passphrase\": \"${X}\""));
    CHECK(placeholder.err == "oidcgen: passphrase is the placeholder ${X}: put the secret there\n");
}

TEST_CASE("site fields: each system checks its own") {
    const Folder folder;
    write_site("greeting: Hi\nlarder_version: '1.0'\nfrom_env: a\n");
    const auto refused = run({"larder"});
    CHECK(refused.exit == 2);
    CHECK(holds(refused.err, "from_env \"a\" is not the name of a variable"));
    CHECK(holds(refused.err, "greeting \"Hi\" is not read by Larder 1.0.2"));
    CHECK(holds(refused.err, "leave it out, or use Larder 1.1.0 or newer"));

    write_site("digest_file: x\ngatewarden_version: 1\n");
    const auto unknown = run({"larder"});
    CHECK(unknown.exit == 2);
    CHECK(holds(unknown.err, "unknown field \"digest_file\""));
    CHECK(holds(unknown.err, "unknown field \"gatewarden_version\""));
}

TEST_CASE("--larder-version: what is newer than the table is taken for its newest") {
    const Folder folder;
    write_site();
    const auto printed = run({"larder", "--larder-version", "1.2"});
    CHECK(printed.exit == 0);
    CHECK(printed.err == "oidcgen: Larder 1.2 is newer than the releases known here, so it is treated as 1.1.3\n");
}
