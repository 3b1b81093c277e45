#include "document/reader.hpp"
#include "providers/authelia/read.hpp"

#include <doctest/doctest.h>
#include <initializer_list>
#include <set>
#include <string>
#include <string_view>

using namespace oidcgen;

namespace {

using Told = std::set<std::string>;

/// The rules that find something in a client, other than notes.
Told told_of_client(std::string_view settings, const util::Version& version) {
    oidc::InspectOptions options;
    options.version = version;
    const auto document = document::read_document(
        "configuration.yml", "clients:\n  - client_id: photos\n" + std::string(settings), document::Dialect::go_yaml);
    rule::Findings findings;
    const auto provider = providers::authelia::inspect(*document, options, findings);
    CHECK(provider.registrations.size() == 1);
    Told result;
    for (const auto& finding : findings.findings) {
        result.emplace(finding.rule->name);
    }
    return result;
}

} // namespace

TEST_CASE("inspect: the plaintext secret of a public client with client_secret_jwt is warned of since 4.39.2") {
    constexpr std::string_view k_settings = "    public: true\n"
                                            "    client_secret: $plaintext$7q.H0kPIrgO2TnqwZfUVnFa6gQ5aVg2i\n"
                                            "    token_endpoint_auth_method: client_secret_jwt\n";
    CHECK(told_of_client(k_settings, {4, 39, 1}) == Told{"auth-method-of-public-client", "secret-of-public-client"});
    CHECK(told_of_client(k_settings, {4, 39, 2}) ==
          Told{"auth-method-of-public-client", "secret-of-public-client", "secret-plaintext"});
}

TEST_CASE("inspect: a mapping counts as a secret before 4.38.8") {
    constexpr std::string_view k_settings = "    client_secret: {}\n";
    CHECK(told_of_client(k_settings, {4, 38, 7}) == Told{});
    CHECK(told_of_client(k_settings, {4, 38, 8}) == Told{"secret-missing"});
}
