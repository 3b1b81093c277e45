#include "site/site.hpp"

#include "document/reader.hpp"
#include "oidc/compare.hpp"
#include "util/text.hpp"

#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <doctest/doctest.h>
#include <fmt/format.h>

using namespace oidcgen;

namespace {

struct Read {
    std::unique_ptr<document::Document> document;
    std::vector<oidc::SiteProblem> problems;
    oidc::SiteValues entries;
    site::Site site;

    explicit Read(std::string text)
        : document(document::read_document("site.yaml", std::move(text), document::Dialect::go_yaml))
        , entries(site::read_entries(*document, problems)) {
        if (problems.empty()) {
            site = site::read_site(entries, problems);
        }
    }

    [[nodiscard]] std::string first() const {
        return problems.empty() ? std::string() : problems.front().message.text();
    }
    /// What the first problem points at.
    [[nodiscard]] std::string_view place() const {
        return problems.empty() || !problems.front().place ? std::string_view()
                                                           : document->source().text(problems.front().place.span);
    }
};

const std::string k_minimal = "domain: example.com\nsubdomain: photos\nclient_id: immich\n";

std::vector<std::string> redirect_uris(const site::Site& site) {
    std::vector<std::string> result;
    const auto provider = site::provider(site, "$digest");
    for (const auto& uri : provider.registrations.front().redirect_uris.value) {
        result.push_back(uri.value.text);
    }
    return result;
}

std::string issuer(const site::Site& site) { return site::provider(site, {}).issuers.front().value; }

} // namespace

TEST_CASE("read_site: three lines are enough, the rest follows the newest guides") {
    const Read read(k_minimal);
    REQUIRE(read.first() == "");
    CHECK(issuer(read.site) == "https://auth.example.com");
    CHECK(to_string(read.site.address) == "https://photos.example.com");
    CHECK(read.site.provider_target.asked == "4.39.20");
    CHECK(read.site.application_target.asked == "3.2.2");
    CHECK(read.site.client_name == "Immich");
    const auto provider = site::provider(read.site, "$digest");
    const auto& client = provider.registrations.front();
    CHECK(client.token_endpoint_auth_method.value == oidc::AuthMethod::client_secret_basic);
    CHECK(client.access_policy.value == "two_factor");
    const auto party = site::relying_party(read.site, "x");
    CHECK(party.auto_register.value);
    CHECK_FALSE(party.auto_launch.value);
    CHECK(party.button_text.value == "Login with Authelia");
    CHECK(party.issuer_url.value == "https://auth.example.com");
}

TEST_CASE("read_site: takes what people write") {
    CHECK(to_string(Read("domain: ' Example.COM '\nsubdomain: photos.home\nclient_id: i\n").site.address) ==
          "https://photos.home.example.com");
    CHECK(to_string(Read("domain: example.com\nsubdomain: ''\nclient_id: i\n").site.address) == "https://example.com");
    CHECK(to_string(Read("domain: example.com\nsubdomain:\nclient_id: i\n").site.address) == "https://example.com");
    CHECK(to_string(Read("domain: bücher.example\nsubdomain: fotos\nclient_id: i\n").site.address) ==
          "https://fotos.xn--bcher-kva.example");
    CHECK(Read("domain: example.com\nsubdomain: p\nclient_id: 0123\n").site.client_id == "0123");
    CHECK(Read("domain: example.com\nsubdomain: p\nclient_id: true\n").site.client_id == "true");
    CHECK(Read(k_minimal + "immich_version: 2.7\n").site.application_target.asked == "2.7.5");
    CHECK(issuer(Read(k_minimal + "auth_subdomain: ''\n").site) == "https://example.com");
    CHECK(issuer(Read(k_minimal + "auth_host: login.example.org\n").site) == "https://login.example.org");
    CHECK(to_string(Read(k_minimal + "address: https://photos.example.com:8443\n").site.address) ==
          "https://photos.example.com:8443");
    CHECK(to_string(Read("domain: example.com\naddress: http://192.168.1.20:2283\nclient_id: i\n").site.address) ==
          "http://192.168.1.20:2283");
}

TEST_CASE("read_site: every address is registered once, and one way back for the app") {
    CHECK(redirect_uris(
              Read(k_minimal + "other_addresses: ['http://192.168.1.20:2283', 'https://photos.example.com:443/']\n")
                  .site) ==
          std::vector<std::string>{"https://photos.example.com/auth/login", "https://photos.example.com/user-settings",
                                   "http://192.168.1.20:2283/auth/login", "http://192.168.1.20:2283/user-settings",
                                   "app.immich:///oauth-callback"});
    CHECK(redirect_uris(Read(k_minimal + "mobile: override\n").site).back() ==
          "https://photos.example.com/api/oauth/mobile-redirect");
    CHECK(redirect_uris(Read(k_minimal + "immich_version: '1.100'\n").site).back() == "app.immich:/");
}

TEST_CASE("read_site: a claim of one's own needs a policy and a scope on one side, the scope on the other") {
    const Read read(k_minimal + "quota_claim: immich_quota\nrole_claim: immich_role\n");
    REQUIRE(read.first() == "");
    const auto provider = site::provider(read.site, "$digest");
    REQUIRE(provider.claim_rules.size() == 1);
    CHECK(provider.claim_rules.front().own_claims.size() == 2);
    REQUIRE(provider.scopes.size() == 1);
    CHECK(provider.registrations.front().claim_rules_name.value == provider.claim_rules.front().name.value);
    CHECK(site::relying_party(read.site, "x").scope.value ==
          "openid profile email " + provider.scopes.front().name.value);
    CHECK(site::relying_party(read.site, "x").storage_quota_claim.value == "immich_quota");
}

TEST_CASE("read_site: a standard claim needs its scope only") {
    const Read read(k_minimal + "storage_label_claim: phone_number\n");
    REQUIRE(read.first() == "");
    CHECK(site::provider(read.site, "$digest").claim_rules.empty());
    CHECK(site::relying_party(read.site, "x").scope.value == "openid profile email phone");
}

TEST_CASE("read_site: names the value that is wrong") {
    struct Case {
        std::string text;
        std::string_view place;
        std::string_view part; ///< of the message
    };
    const std::vector<Case> cases{
        {k_minimal + "subdomian: x\n", "subdomian", "unknown field \"subdomian\"; did you mean \"subdomain\"?"},
        {"subdomain: p\nclient_id: i\n", "", "domain is missing"},
        {"domain: example.com\nclient_id: i\n", "", "subdomain is missing"},
        {"domain: example.com\nsubdomain: p\n", "", "client_id is missing"},
        {"domain: https://example.com\nsubdomain: p\nclient_id: i\n", "https://example.com", "has a scheme"},
        {"domain: example.com/x\nsubdomain: p\nclient_id: i\n", "example.com/x", "has a path"},
        {"domain: example.com:80\nsubdomain: p\nclient_id: i\n", "example.com:80", "has a port"},
        {"domain: 192.168.1.1\nsubdomain: p\nclient_id: i\n", "192.168.1.1", "is an IP address"},
        {"domain: example.com\nsubdomain: https://p\nclient_id: i\n", "https://p", "has a scheme"},
        {"domain: example.com\nsubdomain: p.example.com\nclient_id: i\n", "p.example.com", "already has the domain"},
        {"domain: example.com\nsubdomain: 10.0.0.1\nclient_id: i\n", "10.0.0.1", "is an IP address"},
        {"domain: example.com\nsubdomain: auth\nclient_id: i\n", "auth", "is the address of the login provider"},
        {"domain: example.com\nsubdomain: p\nclient_id: 'a b'\n", "'a b'", "has characters"},
        {"domain: example.com\nsubdomain: p\nclient_id: " + std::string(101, 'a') + "\n", "", "has 101 characters"},
        {"domain: example.com\nsubdomain: p\nclient_id: ''\n", "''", "is empty"},
        {k_minimal + "provider: keycloak\n", "keycloak", "is not authelia"},
        {k_minimal + "authelia_version: 4.37\n", "4.37", "is too old"},
        {k_minimal + "authelia_version: 4.38.0-rc.1\n", "4.38.0-rc.1", "Authelia 4.38.0-rc.1 does not exist"},
        {k_minimal + "application: imich\n", "imich", "is not immich; did you mean \"immich\"?"},
        {k_minimal + "immich_version: 1.94.1\n", "1.94.1", "is too old"},
        {k_minimal + "immich_version: 1.80\n", "1.80", "is too old"},
        {k_minimal + "immich_version: 1.145\n", "1.145", "Immich 1.145 does not exist; 1.144 is followed by 2.0"},
        {k_minimal + "auth_method: basic\n", "basic", "is not client_secret_post or client_secret_basic"},
        {k_minimal + "immich_version: 1.132.3\nauth_method: client_secret_basic\n", "client_secret_basic",
         "is not what Immich 1.132.3 uses"},
        {k_minimal + "immich_version: 1.131.3\nauth_method: client_secret_post\n", "client_secret_post",
         "is not what Immich 1.131.3 uses"},
        {k_minimal + "authelia_version: 4.38.17\nother_addresses: ['http://192.168.1.20:2283']\n",
         "'http://192.168.1.20:2283'", "starts with http, which Authelia 4.38.17 accepts only for localhost"},
        {k_minimal + "address: photos.example.com\n", "photos.example.com", "has no scheme"},
        {k_minimal + "address: https://other.example.com\n", "https://other.example.com", "is another host"},
        {k_minimal + "other_addresses: [{a: b}]\n", "{a: b}", "takes a list of texts"},
        {k_minimal + "policy: [a]\n", "policy", "takes one value"},
        {k_minimal + "policy: deny\n", "deny", "lets nobody in"},
        {k_minimal + "auto_register: maybe\n", "maybe", "is not true or false"},
        {k_minimal + "mobile: overide\n", "overide", "did you mean \"override\"?"},
        {k_minimal + "mobile: override\nimmich_version: 1.118.0\n", "override", "has no effect in Immich 1.118.0"},
        {k_minimal + "quota_claim: immich_quota\nauthelia_version: 4.38\n", "immich_quota",
         "cannot be sent by Authelia 4.38.19"},
        {k_minimal + "role_claim: immich_role\nimmich_version: 1.135.3\n", "immich_role",
         "is not read by Immich 1.135.3"},
        {k_minimal + "quota_claim: acr\n", "acr", "is reserved for the protocol"},
        {k_minimal + "quota_claim: 'my quota'\n", "'my quota'", "is not a name that Authelia accepts"},
        {k_minimal + "auth_host: https://auth.example.org\n", "https://auth.example.org", "has a scheme"},
        {k_minimal + "auth_host: a.example.org\nauth_subdomain: b\n", "a.example.org",
         "cannot be combined with auth_subdomain"},
        {"", "", "is empty"},
        {"# only a comment\n", "", "is empty"},
        {"- domain\n", "- domain", "must consist of"},
    };
    for (const auto& it : cases) {
        CAPTURE(it.text);
        const Read read(it.text);
        CHECK(read.first().find(it.part) != std::string::npos);
        CAPTURE(read.first());
        if (!it.place.empty()) {
            CHECK(read.place() == it.place);
        }
    }
}

TEST_CASE("read_site: advice names the first release that has what is lacking") {
    const auto help = [](const std::string& fields) {
        const Read read(k_minimal + fields);
        REQUIRE(read.problems.size() == 1);
        return read.problems.front().help.text();
    };
    CHECK(help("mobile: override\nimmich_version: 1.118.0\n") == "use `direct`, or Immich 1.118.1 or newer");
    CHECK(help("immich_version: 1.132.3\nauth_method: client_secret_basic\n") ==
          "it always authenticates with client_secret_post: leave auth_method out, or use Immich 1.133.0 or newer, "
          "which has a choice");
    CHECK(help("quota_claim: immich_quota\nimmich_version: 1.97\n") == "leave it out, or use Immich 1.98.0 or newer");
    CHECK(help("role_claim: immich_role\nimmich_version: 1.135.3\n") == "leave it out, or use Immich 1.136.0 or newer");
    CHECK(help("quota_claim: immich_quota\nauthelia_version: 4.38\n") ==
          "leave it out, or use Authelia 4.39.0 or newer");
    CHECK(help("storage_label_claim: nickname\nauthelia_version: 4.38\n") ==
          "use preferred_username, or Authelia 4.39.0 or newer");
    CHECK(help("authelia_version: 4.38.17\nother_addresses: ['http://192.168.1.20:2283']\n") ==
          "use https, or Authelia 4.38.18 and newer");
    CHECK(help("role_claim: acr\n") == "use a name of your own, like immich_role");
}

TEST_CASE("read_site: a release newer than the known ones is taken for the newest") {
    const Read read(k_minimal + "authelia_version: 4.39.28\nimmich_version: '3.3'\n");
    REQUIRE(read.first() == "");
    CHECK(read.site.provider_target.asked == "4.39.28");
    CHECK(to_string(read.site.provider_target.used) == "4.39.20");
    CHECK(read.site.provider_target.newer);
    CHECK(read.site.application_target.asked == "3.3");
    CHECK(to_string(read.site.application_target.used) == "3.2.2");
}

TEST_CASE("read_site: a local http address is taken by every Authelia") {
    CHECK(Read(k_minimal + "authelia_version: 4.38.17\nother_addresses: ['http://localhost:2283']\n").first() == "");
    CHECK(Read(k_minimal + "authelia_version: 4.38.18\nother_addresses: ['http://192.168.1.20:2283']\n").first() == "");
}

TEST_CASE("read_entries: a repeated field is a problem") {
    const Read read(k_minimal + "domain: example.org\n");
    REQUIRE(read.problems.size() == 1);
    CHECK(read.place() == "domain");
    CHECK(read.problems.front().place.span.start == k_minimal.size());
}

TEST_CASE("site_file: the defaults that it names are the defaults") {
    const auto is_same = [](const site::Site& left, const site::Site& right) {
        return !oidc::first_difference(site::provider(left, "$digest"), site::provider(right, "$digest")) &&
               !oidc::first_difference(site::relying_party(left, "x"), site::relying_party(right, "x")) &&
               left.address == right.address && left.provider_origin == right.provider_origin &&
               left.provider_target.used == right.provider_target.used &&
               left.application_target.used == right.application_target.used;
    };
    for (const auto& fields : std::vector<std::pair<std::string, std::string>>{
             {"", ""},
             {"immich_version: '1.132'\nauthelia_version: '4.38'\n", "immich_version"},
             {"immich_version: '1.100'\n", "immich_version"},
             {"auth_host: login.example.org\n", "auth_subdomain"},
             {"policy: one_factor\nmobile: override\n", "mobile"},
             {"client_name: 'a: b'\nbutton_text: Go\nauto_launch: true\n", "button_text"}}) {
        const auto& more = fields.first;
        const auto& left_out = fields.second;
        CAPTURE(more);
        const Read read(k_minimal + more);
        REQUIRE(read.first() == "");
        const auto text = site::site_file(read.entries);
        CAPTURE(text);
        CHECK(is_same(Read(text).site, read.site));
        // The same with every default written out, one alone and all together.
        std::string all = k_minimal + more;
        std::size_t lines = 0;
        for (const auto line : util::split(text, '\n')) {
            const auto colon = line.find(": ");
            if (!line.starts_with("# ") || colon == std::string_view::npos) {
                continue;
            }
            ++lines;
            CAPTURE(line);
            CHECK(line.substr(2, colon - 2) != left_out);
            const auto field = std::string(line.substr(2)) + "\n";
            const Read one(k_minimal + more + field);
            CHECK(one.first() == "");
            CHECK(is_same(one.site, read.site));
            all += field;
        }
        CHECK(lines >= 9);
        const Read written(all);
        CHECK(written.first() == "");
        CHECK(is_same(written.site, read.site));
    }
}

TEST_CASE("site_file: a default names the files that are looked for") {
    const Read read(k_minimal);
    const auto text = site::site_file(read.entries);
    for (const auto* const line :
         {"\n# provider: authelia ", "\n# auth_subdomain: auth ", "\n# authelia_version: '4.39' ",
          "\n# immich_version: '3.2' ", "\n# secret_file: immich.secret ", "\n# digest_file: immich.digest ",
          "\n# client_name: Immich ", "\n# policy: two_factor ", "\n# button_text: 'Login with Authelia' ",
          "\n# auto_register: true "}) {
        CAPTURE(line);
        CHECK(text.find(line) != std::string::npos);
    }
    // What has no default is not there, and neither is what has no choice.
    for (const auto* const field : {"quota_claim", "auth_host", "address", "application:"}) {
        CAPTURE(field);
        CHECK(text.find(fmt::format("# {}", field)) == std::string::npos);
    }
}

TEST_CASE("site_file: what it writes reads back to the same site") {
    oidc::SiteValues entries;
    site::set_from_flag(entries, "domain", "--domain", {"example.com"});
    site::set_from_flag(entries, "subdomain", "--subdomain", {""});
    site::set_from_flag(entries, "client_id", "--client-id", {"true"});
    site::set_from_flag(entries, "client_name", "--client-name", {"it's \"odd\": #1\nnew line 🙂"});
    site::set_from_flag(entries, "other_addresses", "--other-addresses", {"http://10.0.0.1:2283", "https://b.example"});
    const auto text = site::site_file(entries);
    CAPTURE(text);
    const Read read(text);
    CHECK(read.first() == "");
    CHECK(read.site.client_id == "true");
    CHECK(read.site.client_name == "it's \"odd\": #1\nnew line 🙂");
    CHECK(read.site.other_addresses.size() == 2);
    CHECK(to_string(read.site.address) == "https://example.com");
    CHECK(site::site_file(read.entries) == text);
}
