#include "providers/authelia/check/key_rules.hpp"
#include "providers/authelia/lists.hpp"
#include "providers/authelia/rules.hpp"
#include "util/text.hpp"
#include "util/words.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>

namespace oidcgen::providers::authelia {

namespace {

using rule::Consequence;
using namespace std::string_view_literals;

constexpr std::array k_sources{
    "https://www.authelia.com/configuration/identity-providers/openid-connect/clients/#jwks"sv,
    "https://www.authelia.com/configuration/identity-providers/openid-connect/clients/#jwks_uri"sv};

void check_entry(Inspection& inspection, const KeyEntry& entry) {
    if (!entry.key_id.is_unknown() && entry.key_id.value.empty()) {
        inspection.add(k_client_key_without_id, "a client's key needs a key_id",
                       place_of(entry.key_id, entry.at, "key_id"), "add key_id as the application sends it");
    }
    if (entry.key.is_unknown()) {
        return;
    }
    const auto properties = properties_of(entry.key, entry.use.value, inspection.release);
    const auto key_place = place_of(entry.key, entry.at, "key");
    if (!properties.is_usable) {
        inspection.add(k_key_unusable, "this is not a public key that Authelia can read", key_place,
                       "put a public RSA or EC key here as a PEM block");
        return;
    }
    if (entry.key.value.kind == KeyKind::none) {
        inspection.add(k_key_missing, "this entry has no key", key_place,
                       "add `key` with the public key as a PEM block");
        return;
    }
    const auto uses = inspection.keys.allowed("clients[].jwks[].use");
    if (!entry.use.is_unknown() && !entry.use.value.empty() && !holds(uses, entry.use.value)) {
        inspection.add_unknown(k_key_use_unknown, entry.use.value, "a key use", uses, entry.use.at.place());
    }
    const auto algorithms = inspection.keys.allowed("clients[].jwks[].algorithm");
    const auto algorithm = entry.algorithm.value;
    if (!entry.algorithm.is_unknown() && !algorithm.empty() && !holds(algorithms, algorithm)) {
        inspection.add_unknown(k_key_algorithm_unknown, algorithm, "an algorithm for such a key", algorithms,
                               entry.algorithm.at.place());
    }
    check_key_pair(inspection, entry, KeyHalf::public_key);
}

} // namespace

const rule::Rule k_client_keys_twice{
    .code = "OG1174",
    .name = "client-keys-twice",
    .consequence = Consequence::provider_refuses,
    .summary = "a client's keys are given both as a list and as an address",
    .why = "Authelia reads the keys of a client from either jwks or jwks_uri, and does not start with both.",
    .bad = "jwks_uri: https://photos.example.com/jwks.json\njwks:\n  - key_id: a\n    key: …",
    .good = "jwks_uri: https://photos.example.com/jwks.json",
    .ignore = {},
    .sources = k_sources,
};

const rule::Rule k_client_keys_address_not_https{
    .code = "OG1175",
    .name = "client-keys-address-not-https",
    .consequence = Consequence::provider_refuses,
    .summary = "a client's keys are fetched from an address that is not https",
    .why = "Whoever changed the answer on its way could authenticate as the client, so Authelia accepts only https.",
    .bad = "jwks_uri: http://photos.example.com/jwks.json",
    .good = "jwks_uri: https://photos.example.com/jwks.json",
    .ignore = {},
    .sources = k_sources,
};

const rule::Rule k_client_key_without_id{
    .code = "OG1176",
    .name = "client-key-without-id",
    .consequence = Consequence::provider_refuses,
    .summary = "a client's key has no id",
    .why = "Authelia finds the key of a signed request by the id that the application sends with it.",
    .bad = "jwks:\n  - key: …",
    .good = "jwks:\n  - key_id: main\n    key: …",
    .ignore = {},
    .sources = k_sources,
};

const rule::Rule k_request_algorithm_without_key{
    .code = "OG1177",
    .name = "request-algorithm-without-key",
    .consequence = Consequence::provider_refuses,
    .summary = "request objects are signed with an algorithm that none of the client's keys has",
    .why = "Authelia checks the signature of a request object with the client's keys, so one of them must have the "
           "algorithm.",
    .bad = "request_object_signing_alg: ES256 # with an RSA key only",
    .good = "request_object_signing_alg: RS256",
    .ignore = {},
    .sources = k_sources,
};

std::vector<std::string_view> client_key_algorithms(const Client& client, const Release& release) {
    std::vector<std::string_view> result;
    for (const auto& entry : client.jwks.entries) {
        const auto properties = properties_of(entry.key, entry.use.value, release);
        if (entry.key.is_unknown() || !properties.is_usable || entry.key.value.kind == KeyKind::none) {
            continue;
        }
        const auto algorithm = entry.algorithm.value.empty() ? properties.algorithm : entry.algorithm.value;
        if (!algorithm.empty() && !holds(result, algorithm)) {
            result.push_back(algorithm);
        }
    }
    return result;
}

bool are_client_keys_known(const Client& client) {
    return !client.jwks.is_unknown && std::ranges::none_of(client.jwks.entries, [](const KeyEntry& entry) {
        return entry.key.is_unknown() || entry.algorithm.is_unknown() || entry.use.is_unknown();
    });
}

void check_client_keys(Inspection& inspection, const Client& client) {
    if (client.jwks_uri.is_unknown()) {
        return;
    }
    const auto& address = client.jwks_uri.value;
    const bool has_keys = !client.jwks.entries.empty();
    if (address.is_set && has_keys) {
        inspection.add(k_client_keys_twice, "jwks_uri and jwks are both set, but only one is allowed",
                       client.jwks_uri.at.place(), "remove one of the two");
        return;
    }
    if (address.is_set) {
        if (address.url.scheme != "https") {
            inspection.add(k_client_keys_address_not_https, "Authelia fetches the client's keys only by https",
                           client.jwks_uri.at.place(), "write the complete address, beginning with https://");
        }
        return;
    }
    if (!has_keys) {
        return;
    }
    for (const auto& entry : client.jwks.entries) {
        check_entry(inspection, entry);
    }
    const auto wanted = client.request_object_signing_alg.value;
    const auto algorithms = client_key_algorithms(client, inspection.release);
    if (wanted.empty() || client.request_object_signing_alg.is_unknown() || !are_client_keys_known(client) ||
        holds(algorithms, wanted)) {
        return;
    }
    inspection.add(k_request_algorithm_without_key,
                   util::words("none of the client's keys is for {}; use {}", util::outside(wanted),
                               algorithms.empty() ? util::Words("nothing") : util::own(util::alternatives(algorithms))),
                   client.request_object_signing_alg.at.place());
}

} // namespace oidcgen::providers::authelia
