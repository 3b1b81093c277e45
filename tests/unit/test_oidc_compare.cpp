#include "oidc/compare.hpp"

#include <string>

#include <doctest/doctest.h>

using namespace oidcgen;

namespace {

oidc::Provider provider() {
    oidc::Provider result;
    oidc::Registration client;
    client.client_id = oidc::given(std::string("a"));
    client.access_token_signing_alg = oidc::given(oidc::SigningAlgorithm{"none"});
    result.registrations.push_back(client);
    oidc::ClaimRules policy;
    policy.name = oidc::given(std::string("p"));
    policy.own_claims.push_back({oidc::given(std::string("c")), oidc::given(std::string("c")), {}});
    result.claim_rules.push_back(policy);
    result.scopes.push_back({oidc::given(std::string("s")), oidc::given_texts({"c"})});
    return result;
}

std::string difference(const oidc::Provider& read) {
    const auto found = first_difference(provider(), read);
    return found ? std::string(found->field) : std::string();
}

} // namespace

TEST_CASE("first_difference: every part of a provider that was written counts") {
    auto read = provider();
    CHECK(difference(read).empty());
    SUBCASE("an algorithm of a client") {
        read.registrations.front().access_token_signing_alg.value.name = "RS256";
        CHECK(difference(read) == "access_token_signing_alg");
    }
    SUBCASE("how many clients") {
        read.registrations.clear();
        CHECK(difference(read) == "number of clients");
    }
    SUBCASE("a claim of a policy") {
        read.claim_rules.front().own_claims.front().attribute.value = "other";
        CHECK(difference(read) == "claims policies");
        CHECK_FALSE(first_client_difference(provider(), read).has_value());
    }
    SUBCASE("a scope") {
        read.scopes.front().claims.value.clear();
        CHECK(difference(read) == "scopes of the provider");
    }
    SUBCASE("what cannot be known is not compared") {
        read.registrations.front().client_id = {std::string("{{ id }}"), {}, oidc::Known::unknown};
        CHECK(difference(read).empty());
    }
}
